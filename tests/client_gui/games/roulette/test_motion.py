"""The ball ends in the announced pocket, without a jump, and does only what a ball does."""

from itertools import pairwise
from math import tau

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.games.roulette import motion
from client_gui.games.roulette.motion import Count, Scene, Spin, pocket_angle
from protocol.games.roulette.rules import DOUBLE, POCKETS, SINGLE

pockets = st.sampled_from(POCKETS)
rates = st.sampled_from([11, 24, 30, 50, 59.94, 60, 75, 144, 240])
waits = st.floats(0, 12)
"""How long after the start the result arrives."""


def film(
    spin: Spin, wait: float, pocket: int, rate: float
) -> tuple[Spin, list[tuple[float, Scene]]]:
    """What a window that draws this many frames a second shows, from the throw to the rest."""
    frames: list[tuple[float, Scene]] = []
    announced = False
    for n in range(int(60 * rate)):
        now = spin.start + n / rate
        if not announced and now - spin.start >= wait:
            spin, announced = spin.announce(now, pocket), True
        frames.append((now, spin.at(now)))
        if spin.stands(now):
            return spin, frames
    raise AssertionError("the ball never came to rest")


def turned(a: float, b: float) -> float:
    """The shorter way from one angle to another."""
    return (b - a + tau / 2) % tau - tau / 2


@given(pockets, rates, waits)
def test_the_ball_ends_in_the_announced_pocket(pocket: int, rate: float, wait: float) -> None:
    _, frames = film(Spin.begin(100.0), wait, pocket, rate)
    last = frames[-1][1]
    assert abs(turned(last.ball - last.wheel, pocket_angle(pocket))) < 1e-6
    assert last.radius == motion.BAY
    assert last.height == 0


@given(pockets, rates, waits)
def test_nothing_jumps(pocket: int, rate: float, wait: float) -> None:
    _, frames = film(Spin.begin(100.0), wait, pocket, rate)
    for (t0, a), (t1, b) in pairwise(frames):
        step = t1 - t0 + 1e-9
        if a.shown and b.shown:
            assert abs(turned(a.ball, b.ball)) <= (motion.LAUNCH_SPEED + 0.01) * step
        assert abs(b.radius - a.radius) <= 0.6 * step
        assert abs(b.height - a.height) <= motion.GRAVITY * motion.FIRST_HOP * step
        assert 0 <= b.wheel - a.wheel <= motion.WHEEL_SPEED * step + 1e-9
        assert abs(b.shown - a.shown) <= step / motion.PICK_UP + 1e-9


@given(pockets, waits)
def test_the_speed_does_not_jump_when_the_result_arrives(pocket: int, wait: float) -> None:
    running = Spin.begin(0.0)
    known = running.announce(wait, pocket)
    assert known.fall is not None
    moment, tiny = known.fall.begin, 1e-5
    before = (running.at(moment).ball - running.at(moment - tiny).ball) / tiny
    after = (known.at(moment + tiny).ball - known.at(moment).ball) / tiny
    assert before == pytest.approx(after, abs=1e-3)
    assert running.at(moment).ball == pytest.approx(known.at(moment).ball, abs=1e-9)
    leaves = known.fall.leaves
    before = (known.at(leaves).ball - known.at(leaves - tiny).ball) / tiny
    after = (known.at(leaves + tiny).ball - known.at(leaves).ball) / tiny
    assert turned(before * tiny, after * tiny) / tiny == pytest.approx(0, abs=1e-3)


@given(pockets, waits)
def test_the_ball_only_ever_loses_speed_until_it_rocks_in_its_pocket(
    pocket: int, wait: float
) -> None:
    """Seen from the wheel, as the frets see it."""
    spin, frames = film(Spin.begin(0.0), wait, pocket, 240)
    assert spin.fall is not None
    falls = [(t, s) for t, s in frames if motion.SPIN_UP < t < spin.fall.settled - motion.ROCK_TIME]
    speeds = [
        -turned(a.ball - a.wheel, b.ball - b.wheel) / (t1 - t0)
        for (t0, a), (t1, b) in pairwise(falls)
    ]
    assert all(b <= a + 1e-6 for a, b in pairwise(speeds))
    assert speeds[-1] > 0


@given(pockets, waits)
def test_the_ball_goes_down_the_slope_and_never_up_again(pocket: int, wait: float) -> None:
    _, frames = film(Spin.begin(0.0), wait, pocket, 60)
    radii = [scene.radius for t, scene in frames if t > 2 * motion.PICK_UP]
    assert all(b <= a for a, b in pairwise(radii))


def test_each_hop_is_lower_than_the_one_before_and_falls_as_things_fall() -> None:
    spin, frames = film(Spin.begin(0.0), 1.0, 17, 1000)
    heights = [scene.height for _, scene in frames]
    assert min(heights) >= 0
    tops = [
        b
        for a, b, c in zip(heights, heights[1:], heights[2:], strict=False)
        if b > 0.001 and a < b >= c
    ]
    assert len(tops) == motion.HOPS
    assert all(b < a for a, b in pairwise(tops))
    pulls = {
        round((c - 2 * b + a) * 1e6, 1)
        for a, b, c in zip(heights, heights[1:], heights[2:], strict=False)
        if min(a, b, c) > 0.002
    }
    assert len(pulls) == 1, "one gravity for all hops"
    assert spin.over(frames[-1][0])


def test_while_it_rocks_the_ball_stays_between_its_two_frets() -> None:
    spin, _ = film(Spin.begin(0.0), 1.0, 17, 60)
    assert spin.fall is not None
    start = spin.fall.settled - motion.ROCK_TIME
    for n in range(200):
        scene = spin.at(start + n * motion.ROCK_TIME / 200)
        assert (
            abs(turned(scene.ball - scene.wheel, pocket_angle(17))) < motion.one_pocket(SINGLE) / 2
        )


@given(pockets, pockets, st.floats(0, 20))
def test_the_next_spin_takes_over_wheel_and_ball_as_they_are(
    first: int, second: int, pause: float
) -> None:
    spin, frames = film(Spin.begin(0.0), 0.5, first, 60)
    assert spin.fall is not None
    now = spin.fall.settled + pause
    following = Spin.begin(now, spin)
    assert abs(turned(following.at(now).wheel, spin.at(now).wheel)) < 1e-9
    assert abs(turned(following.at(now).ball, spin.at(now).ball)) < 1e-9
    assert following.at(now).radius == spin.at(now).radius
    _, frames = film(following, 1.0, second, 60)
    last = frames[-1][1]
    assert abs(turned(last.ball - last.wheel, pocket_angle(second))) < 1e-6


@given(pockets, st.floats(0, 9), st.floats(0, 12))
def test_a_skipped_spin_lies_in_the_same_pocket(pocket: int, wait: float, skip: float) -> None:
    spin = Spin.begin(0.0).announce(wait, pocket).skipped(wait + skip)
    scene = spin.at(wait + skip)
    assert spin.over(wait + skip)
    assert abs(turned(scene.ball - scene.wheel, pocket_angle(pocket))) < 1e-6


def test_a_resting_wheel_shows_the_last_pocket() -> None:
    scene = Spin.resting(26).at(5.0)
    assert abs(turned(scene.ball - scene.wheel, pocket_angle(26))) < 1e-6
    assert Spin.resting(None).at(5.0).shown == 0
    assert Spin.resting(26).stands(5.0)


def test_the_show_is_over_in_a_good_time() -> None:
    for pocket in POCKETS:
        fall = Spin.begin(0.0).announce(0.1, pocket).fall
        assert fall is not None
        assert 7 < fall.settled < 11


def test_a_sum_counts_to_its_new_value() -> None:
    count = Count(100, 460, 10.0, 2.0)
    assert count.at(9) == 100
    assert 100 < count.at(10.5) < 460
    assert count.at(12) == 460


@given(st.sampled_from(DOUBLE.order), waits)
def test_the_ball_ends_in_the_announced_pocket_of_two_zeros(pocket: int, wait: float) -> None:
    _, frames = film(Spin.begin(100.0, wheel=DOUBLE), wait, pocket, 60)
    last = frames[-1][1]
    lies = DOUBLE.order.index(pocket) * tau / 38
    assert abs(turned(last.ball - last.wheel, lies)) < 1e-6
    resting = Spin.resting(pocket, DOUBLE).at(5.0)
    assert abs(turned(resting.ball - resting.wheel, lies)) < 1e-6


def test_a_spin_goes_on_where_the_last_one_lay_and_on_its_wheel() -> None:
    before = Spin.begin(0.0, wheel=DOUBLE).announce(0.1, 37)
    skipped = before.skipped(20.0)
    following = Spin.begin(30.0, skipped, DOUBLE)
    assert {each.wheel for each in (before, skipped, following)} == {DOUBLE}
    scene = following.at(30.01)
    assert abs(turned(scene.ball - scene.wheel, pocket_angle(37, DOUBLE))) < 1e-6


def test_a_number_that_no_such_wheel_has_lies_in_zero() -> None:
    assert pocket_angle(37) == 0
