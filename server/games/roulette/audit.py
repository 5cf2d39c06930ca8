"""What an audit asks of roulette: that a round was settled by its rules. Pure.

It counts for itself, bet by bet and in half chips: `rules.settle`, which paid, is not asked.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

from protocol.fair.document import Document, Round
from protocol.fair.hashes import Account
from protocol.fair.judge import Before, examine
from protocol.fair.trail import Trail
from protocol.fair.verdict import RED
from protocol.games.kinds import KINDS
from protocol.games.roulette.rules import TIMES, Spot
from protocol.games.roulette.zero import GAME_OF, TOKENS, halves, locks
from protocol.house.fields import Chips
from server.books.books import Deed
from server.books.drawing import in_hex
from server.books.purse import BooksError
from server.books.till import Till
from server.games.roulette.records import as_told, payouts
from server.games.roulette.state import RouletteState
from server.tables.game import Record


def check_settle(till: Till, record: Record, deed: Deed, owed: Collection[Account]) -> None:
    """The number must follow from the record, and every payout from the number. `till` is before
    the deed, a `settle`; `owed`: to whom half a chip was owed then.
    """
    _, table, number, returned, rest, __, (pocket, locked) = deed
    assert isinstance(till.state, RouletteState)
    play = till.state.round
    stays, halved = locks(play.law.zero, pocket), halves(play.law.zero, pocket)
    back: list[Chips] = []
    left: list[list[int]] = []
    paid: list[list[int]] = []
    moved: dict[tuple[Account, Spot], Chips] = {}
    for account, mine in sorted(play.bets.items()):
        halves_back = staying = 0
        for spot, chips in mine.items():
            if spot in stays:
                staying += chips
                where = account, stays[spot]
                moved[where] = moved.get(where, 0) + chips
            else:
                halves_back += chips if spot in halved else 2 * chips * TIMES[pocket][spot]
        back.append((halves_back + (account in owed)) // 2)
        paid.append([account, sum(mine.values()) - staying, back[-1]])
        if staying or halves_back % 2:
            left.append([account, staying, halves_back % 2])
    done = record.finished_round(table, number)
    then = json.loads(done.record)
    if returned != back or payouts(done, then) != paid:
        raise BooksError(f"round {number} did not pay what its spots pay")
    if rest != left or locked != [[*where, chips] for where, chips in sorted(moved.items())]:
        raise BooksError(f"round {number} did not keep what zero locked or halved")
    if (then["game"], then["rules"]) != (GAME_OF[play.law.wheel], TOKENS[play.law.zero]):
        raise BooksError(f"round {number}: its record tells of other rules")
    if then["pocket"] != pocket:
        raise BooksError(f"round {number}: its record tells of another spin")
    _check_draw(till, then["draw"], as_told(done, then, bytes.fromhex(till.draw)))


def _check_draw(till: Till, kept: Mapping[str, Any], told: Round) -> None:
    """The record has the freeze and the steps that the books have, and everything follows."""
    frozen, table = till.drawing.frozen, bytes.fromhex(till.draw)
    if frozen is None or kept["freeze"] != in_hex(frozen, but=2):
        raise BooksError(f"round {told.number}: its record tells of another freeze")
    if kept["steps"] != [*map(in_hex, frozen.steps)]:
        raise BooksError(f"round {told.number}: its record tells of other steps")
    if told.first_event == 1 and told.seed_before.hex() != till.anchor:
        raise BooksError(f"round {told.number}: its seed is not that of the table")
    # That each seed is the one before the next, the books have seen to themselves.
    near = Trail(table, told.seed_before, told.first_event - 1)
    where = Document(table, told.seed_before, ())
    for step in examine(where, told, KINDS[told.game], near, Before()).reds:
        raise BooksError(f"round {told.number}: {RED[step]}")
