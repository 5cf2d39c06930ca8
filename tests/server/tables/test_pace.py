"""How often everybody is told of changes."""

from server.tables.pace import Pace

TICKS = 64
"""In a second; all moments here are whole ticks."""
OFTEN, RATE = 4 / TICKS, 16_000


def told(heads: int, seconds: int) -> list[int]:
    """At which ticks it is due, where there is always something to tell."""
    pace = Pace(OFTEN, RATE)
    return [tick for tick in range(seconds * TICKS) if tells(pace, tick, heads)]


def tells(pace: Pace, tick: int, heads: int) -> bool:
    due = pace.is_due(tick / TICKS, heads)
    if due:
        pace.told(tick / TICKS)
    return due


def test_a_small_table_is_told_at_once_and_then_so_often() -> None:
    assert told(1000, 1) == list(range(0, TICKS, 4))


def test_a_full_table_is_told_more_seldom_and_what_follows_a_change_goes_with_it() -> None:
    assert told(8000, 2) == [32, 65, 98]


def test_after_a_pause_a_small_table_does_not_wait() -> None:
    pace = Pace(OFTEN, RATE)
    answers = [tells(pace, tick, 2) for tick in (64, 65, 68, 200)]
    assert answers == [True, False, True, True]


def test_what_was_told_for_another_reason_is_not_due_any_more() -> None:
    pace = Pace(OFTEN, RATE)
    assert not pace.is_due(1.0, 8000)
    pace.told(1.25)
    assert pace.moment is None
    assert not pace.is_due(1.5, 8000)
