"""The ball as it is heard, sample by sample."""

from array import array
from itertools import pairwise

import pytest

from client_gui.games.roulette import rolling
from client_gui.games.roulette.motion import LEAST_SLOW, Spin
from client_gui.games.roulette.rolling import ball
from client_gui.sound.tones import BLOCK, FULL, RATE, Samples

SPIN = Spin.begin(100.0).announce(102.0, 17)
assert SPIN.fall is not None
LENGTH = int((SPIN.fall.settled - SPIN.start) * RATE)
WHOLE = ball(SPIN, 0, -(-LENGTH // BLOCK) * BLOCK)


def crossings(sound: Samples) -> float:
    """How often a second it goes through zero: twice the pitch."""
    return sum((a < 0) != (b < 0) for a, b in pairwise(sound)) * RATE / len(sound)


def loudness(sound: Samples) -> float:
    return float((sum(value * value for value in sound) / len(sound)) ** 0.5)


def second(at: float, long: float = 0.4) -> Samples:
    """What is heard of the spin from this second on."""
    first = int(at * RATE)
    return WHOLE[first : first + int(long * RATE)]


@pytest.mark.parametrize("pocket", range(37))
def test_the_ball_is_never_clipped_and_never_louder_than_its_strokes(pocket: int) -> None:
    spin = Spin.begin(0.0).announce(1.0, pocket)
    assert spin.fall is not None
    first = int(spin.fall.leaves * RATE) // BLOCK * BLOCK
    end = ball(spin, first, int(4 * RATE) // BLOCK * BLOCK)
    assert 0.2 * FULL < max(map(abs, end)) <= (rolling.ROLLING + rolling.STRIKING) * FULL
    assert end[-1] == 0


def test_pitch_and_loudness_fall_with_the_ball() -> None:
    leaves = SPIN.fall.leaves - SPIN.start if SPIN.fall else 0
    times = (0.7, 2.0, 2.0 + LEAST_SLOW / 2, leaves - 0.5)
    pitches = [crossings(second(at)) for at in times]
    assert all(a > 1.1 * b for a, b in pairwise(pitches)), pitches
    loud = [loudness(second(at)) for at in times]
    assert all(a > 1.1 * b for a, b in pairwise(loud)), loud


def test_pieces_join_without_a_seam() -> None:
    size = 11 * BLOCK
    pieces = [ball(SPIN, at, size) for at in range(0, len(WHOLE) - size, size)]
    joined = array("h")
    for piece in pieces:
        joined += piece
    assert joined == WHOLE[: len(joined)]


def test_the_result_changes_nothing_of_what_was_heard_before_it() -> None:
    unknown, first = Spin.begin(100.0), 64 * BLOCK
    assert ball(unknown, first, first) == ball(SPIN, first, first)


def test_a_ball_that_hops_strikes_the_frets_and_does_not_roll() -> None:
    assert SPIN.fall is not None
    strokes = [(moment - SPIN.start, hard) for moment, hard in SPIN.strokes()]
    assert [hard for _, hard in strokes] == sorted((hard for _, hard in strokes), reverse=True)
    for (moment, hard), (next_, _) in list(pairwise(strokes))[:4]:
        struck = WHOLE[int(moment * RATE) : int((moment + 0.03) * RATE)]
        assert max(map(abs, struck)) > 0.5 * hard * rolling.STRIKING * FULL
        assert not any(WHOLE[int((moment + 0.04) * RATE) : int(next_ * RATE) - 1])


def test_before_the_spin_and_after_it_there_is_silence() -> None:
    assert not any(WHOLE[: int(0.28 * RATE)])
    over = (LENGTH // BLOCK + 1) * BLOCK
    assert not any(ball(SPIN, over, 8 * BLOCK))
    assert SPIN.fall is not None
    skipped = SPIN.skipped(SPIN.fall.begin + 1)
    assert not any(ball(skipped, 3 * RATE // BLOCK * BLOCK, 8 * BLOCK))


def test_the_rim_is_round() -> None:
    wood = rolling.rim()
    steps = [abs(a - b) for a, b in pairwise(wood)]
    assert abs(wood[0] - wood[-1]) <= max(steps)
