"""Who is due, of many: the same as asking each of them, whatever was noted before."""

from random import Random

import pytest

from server.tables.moments import NEVER, ROOM, Moments


def test_nobody_is_due_whose_moment_was_not_noted() -> None:
    moments = Moments()
    assert (moments.first(), moments.earliest, moments.take(1e9)) == (None, NEVER, [])
    moments.note(1, None)
    assert (moments.first(), moments.earliest, moments.take(1e9)) == (None, NEVER, [])


def test_who_is_due_is_taken_once_at_its_moment_and_not_before() -> None:
    moments = Moments()
    for number, moment in ((1, 5.0), (2, 3.0), (3, 4.0)):
        moments.note(number, moment)
    assert (moments.first(), moments.earliest) == (3.0, 3.0)
    assert moments.take(2.9) == []
    assert moments.take(4.0) == [2, 3]
    assert (moments.first(), moments.earliest) == (5.0, 5.0)
    assert moments.take(4.0) == []
    assert moments.take(9.0) == [1]
    assert (moments.first(), moments.earliest) == (None, NEVER)


@pytest.mark.parametrize("then", [1.0, 9.0, None])
def test_a_moment_that_moved_is_where_it_is_now(then: float | None) -> None:
    moments = Moments()
    moments.note(1, 5.0)
    moments.note(1, then)
    assert moments.first() == then
    assert moments.take(8.0) == ([1] if then == 1.0 else [])
    assert moments.take(9.0) == ([1] if then == 9.0 else [])
    assert moments.first() is None


def test_a_moment_that_came_back_is_due_once() -> None:
    moments = Moments()
    for moment in (5.0, 7.0, 5.0):
        moments.note(1, moment)
    assert moments.take(9.0) == [1]
    moments.note(1, 5.0)
    assert moments.take(9.0) == [1]


def test_old_moments_take_no_room_in_the_end() -> None:
    moments = Moments()
    for moment in range(10_000):
        moments.note(moment % 3, 1e6 + moment)
        moments.note(4, 1e6)
        assert len(moments._heap) <= 2 * 4 + ROOM
    assert moments.first() == 1e6


@pytest.mark.parametrize("seed", range(5))
def test_it_knows_what_a_walk_over_all_of_them_finds(seed: int) -> None:
    dice, moments, all_ = Random(seed), Moments(), dict[int, float]()
    now, old = 0.0, 0
    for _ in range(3_000):
        number = dice.randrange(30)
        if dice.random() < 0.2:
            now += dice.choice((0.0, 0.5, 3.0))
            due = sorted((moment, each) for each, moment in all_.items() if moment <= now)
            assert moments.take(now) == [each for _, each in due]
            all_ = {each: moment for each, moment in all_.items() if moment > now}
        elif dice.random() < 0.1:
            moments.note(number, None)
            all_.pop(number, None)
        else:
            all_[number] = now + dice.randrange(dice.choice((40, 4_000))) / 2
            moments.note(number, all_[number])
        old += len(moments._heap) > len(all_)
        assert moments.earliest <= min(all_.values(), default=NEVER)
        if dice.random() < 0.5:
            assert moments.first() == min(all_.values(), default=None)
    assert old > 1_000
