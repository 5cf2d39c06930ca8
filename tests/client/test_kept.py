"""How much is kept on this side and for how long it is waited: what the pages say, and what the
memory of a client was measured with (docs/what-survives.md). What a test of its behaviour holds to
the number does not stand here.
"""

import pytest

from client import classic, diary, ending, keepalive, link, store, turn
from client.fair import evidence, witness
from client.games.roulette.night import export
from client.house import bounds
from client.talk import ignored
from tests.pages import said

KIB, MIB = 1 << 10, 1 << 20


@pytest.mark.parametrize(
    ("kept", "page", "words"),
    [
        (evidence.FILES_KEPT, "docs/window.md", "does not hold: {} files and 5 MB at the most"),
        (evidence.BYTES_KEPT / 1e6, "docs/window.md", "50 files and {} MB at the most"),
        (bounds.ROUNDS_KEPT, "docs/player.md", "This computer keeps the last {} rounds"),
    ],
)
def test_so_much_is_kept_as_the_page_says(kept: float, page: str, words: str) -> None:
    assert said(page, words, kept)


@pytest.mark.parametrize(
    ("kept", "most"),
    [
        (link.UNSENT, 64 * KIB),
        (diary.MOST_BYTES, 8 * MIB),
        (bounds.LINES_KEPT, 300),
        (bounds.NAMES_KEPT, 10_000),
        (bounds.PEOPLE_KEPT, 40 * 128),
        (bounds.BETS_KEPT, 40 * 512),
        (bounds.SESSIONS_KEPT, 50),
        (bounds.REFUSALS_KEPT, 16),
        (bounds.VERDICTS_KEPT, 50),
        (bounds.UNANSWERED_KEPT, 300),
        (witness.EVENTS_KEPT, 400),
        (witness.OTHERS_KEPT, 4),
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
        (keepalive.GREETING_SECONDS, 5.0),
        (keepalive.PING_SECONDS, 5.0),
        (keepalive.SILENT_SECONDS, 13.0),
        (classic.ANSWER_SECONDS, 10.0),
        (turn.PATIENCE, 2.0),
        (witness.YOUR_FREEZE_SECONDS, 5.0),
        (witness.DRAWN_SECONDS, 10.0),
        (witness.STEP_SECONDS, 600.0),
        (witness.AGAIN_SECONDS, 40.0),
    ],
)
def test_so_long_is_waited(waited: float, seconds: float) -> None:
    assert waited == seconds


def test_a_window_is_not_held_up() -> None:
    assert 0 < ending.LATEST < 1, "a program ends within a second"
    assert 0 < turn.PAUSE < 0.05
