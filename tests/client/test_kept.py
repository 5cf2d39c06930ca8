"""How much is kept on this side and for how long it is waited: what the pages say, and what the
memory of a client was measured with (docs/what-survives.md).
"""

import pytest

from client import classic, ending, inbox, link, modern, store, turn
from client.fair import evidence, follow
from client.house import bounds
from client.night import diary, export
from client.talk import commands, ignored

KIB, MIB = 1 << 10, 1 << 20


@pytest.mark.parametrize(
    ("kept", "most"),
    [
        (inbox.AHEAD, 256 * KIB),
        (link.UNSENT, 64 * KIB),
        (diary.MOST_BYTES, 8 * MIB),
        (evidence.BYTES_KEPT, 5_000_000),
        (evidence.FILES_KEPT, 50),
        (bounds.ROUNDS_KEPT, 500),
        (bounds.LINES_KEPT, 300),
        (bounds.NAMES_KEPT, 10_000),
        (bounds.PEOPLE_KEPT, 40 * 128),
        (bounds.BETS_KEPT, 40 * 512),
        (bounds.SESSIONS_KEPT, 50),
        (bounds.REFUSALS_KEPT, 16),
        (bounds.VERDICTS_KEPT, 50),
        (bounds.UNANSWERED_KEPT, 300),
        (follow.ROUNDS_WATCHED, 4),
        (follow.MOST_BETS, 40_000),
        (store.HOSTS_KEPT, 10),
        (store.TOKENS_KEPT, 500),
        (store.TABLES_KEPT, 500),
        (ignored.TABLES_KEPT, 50),
        (ignored.PEOPLE_KEPT, 500),
        (export.MOST_OF_A_NAME, 999),
    ],
)
def test_so_much_is_kept_and_no_more(kept: int, most: int) -> None:
    assert kept == most


@pytest.mark.parametrize(
    ("waited", "seconds"),
    [
        (link.CONNECT_SECONDS, 6.0),
        (modern.GREETING_SECONDS, 5.0),
        (modern.PING_SECONDS, 5.0),
        (modern.SILENT_SECONDS, 13.0),
        (modern.LIST_SECONDS, 1.0),
        (classic.ANSWER_SECONDS, 10.0),
        (turn.PATIENCE, 2.0),
        (commands.MUTE_SECONDS, 300),
    ],
)
def test_so_long_is_waited(waited: float, seconds: float) -> None:
    assert waited == seconds


def test_a_window_is_not_held_up() -> None:
    assert 0 < ending.LATEST < 1, "a program ends within a second"
    assert 0 < turn.PAUSE < 0.05
    assert 100 <= inbox.STEPS_AT_ONCE <= 1_000
