"""How often everybody is told of changes."""

import pytest

from server.tables.pace import Pace, Turns

TICKS = 64
"""In a second; all moments here are whole ticks."""
OFTEN, RATE = 4 / TICKS, 16_000


def told(heads: int, seconds: int) -> list[int]:
    """At which ticks it is due, where there is always something to tell."""
    pace = Pace(OFTEN, RATE, Turns())
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
    pace = Pace(OFTEN, RATE, Turns())
    answers = [tells(pace, tick, 2) for tick in (64, 65, 68, 200)]
    assert answers == [True, False, True, True]


def test_what_was_told_for_another_reason_is_not_due_any_more() -> None:
    pace = Pace(OFTEN, RATE, Turns())
    assert not pace.is_due(1.0, 8000)
    pace.told(1.25)
    assert pace.moment is None
    assert not pace.is_due(1.5, 8000)


def test_many_small_tables_wait_for_each_other_as_if_they_were_one() -> None:
    """Sixteen tables of 1000 with always something to tell: each is told once a second."""
    turns = Turns()
    paces = [Pace(OFTEN, RATE, turns) for _ in range(16)]
    told = [at for tick in range(3 * TICKS) for at in range(16) if tells(paces[at], tick, 1000)]
    assert len(told) == pytest.approx(3 * RATE / 1000, abs=1)
    assert told[:16] == told[16:32] == told[32:48] == list(range(16))


def test_where_others_leave_time_a_small_table_is_told_at_once() -> None:
    turns = Turns()
    paces = [Pace(OFTEN, RATE, turns) for _ in range(3)]
    assert [tells(pace, 64, 500) for pace in paces] == [True, True, False]
    assert paces[2].moment == 66 / TICKS
    assert tells(paces[2], 66, 500)
    assert tells(Pace(OFTEN, RATE, turns), 80, 500)


def test_a_full_table_waits_for_itself_and_no_small_one_for_it() -> None:
    turns = Turns()
    full, small, other = (Pace(OFTEN, RATE, turns) for _ in range(3))
    assert not full.is_due(1.0, 8000)
    assert full.moment == 1.5
    assert not small.is_due(1.0, 16)
    assert small.moment == 1.0 + 1 / 1000
    assert tells(other, 68, 16)
