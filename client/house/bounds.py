"""How much of what a table says is kept, so that no house can fill a client's memory.

A full one drops its oldest; what is then missing is said to be missing (`roster_known`,
`bets_known`), never made up. Of questions of our own nothing can be dropped: a house that leaves
so many unanswered is left.

Everything at its bound takes some 40 MiB at one table: names 2, people 2, bets 5 in each of two
rounds, one's own rounds 15, verdicts 5, talk 1, what waits in the link 4, the lobby 1; and 33 more
for each further table at which a person sat down. What is worked out anew in the window's thread
shares what was said with the link's, and doubles the mappings only.
"""

from collections.abc import Mapping
from itertools import islice
from typing import TypeVar

from protocol import limits

K = TypeVar("K")
V = TypeVar("V")

PAGES_READ = 40
"""Pages of one list that are read, because a person asks for all of it."""
REFUSALS_KEPT = 16
LINES_KEPT = 300
"""Lines of the talk of each table, and as many again of what was said to oneself alone: 1 KiB each.
"""
NAMES_KEPT = 10_000
"""Whoever was named since one came: 200 bytes each."""
PEOPLE_KEPT = PAGES_READ * limits.PLAYERS_A_PAGE
"""Whoever is at the table: 350 bytes each."""
BETS_KEPT = PAGES_READ * limits.BETS_A_PAGE
"""The bets of one round: 250 bytes each."""
TABLES_LISTED = PAGES_READ * limits.TABLES_A_PAGE
"""The tables of the house: 400 bytes each."""
SESSIONS_KEPT = 50
"""Private sessions, and people who ask for one."""
ROUNDS_KEPT = 500
"""One's own, with up to 157 bets of 200 bytes each, and the table's."""
VERDICTS_KEPT = 50
"""With a page of bets each: 90 KiB."""
UNANSWERED_KEPT = 300
"""Requests that wait for their answer. Nobody asks for so much in the 13 seconds of silence after
which a line is given up.
"""


def newest(rows: Mapping[K, V], most: int) -> Mapping[K, V]:
    """Without the oldest, if they are too many; a quarter at once, so that it is seldom done."""
    if len(rows) <= most:
        return rows
    return dict(islice(rows.items(), len(rows) - most * 3 // 4, None))
