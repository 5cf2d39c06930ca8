"""Everything that is heard, made from nothing: pure functions of time, as 16-bit samples.

The ball is not recorded but rolled: the rim's wood is a table of one revolution, and what is heard
at a moment is the wood under the ball of `motion.py`. So pitch and loudness fall with its speed,
every lap has the same grain, and pieces that are made one after the other join without a seam.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import exp, pi, sin, tau
from typing import NamedTuple, TypeAlias

from client_gui.games.roulette.motion import FRETS, LAUNCH_SPEED, RIM, Spin, clamp
from client_gui.sound.cues import Cue

Samples: TypeAlias = "array[int]"

RATE = 22_050
"""Samples a second."""
FULL = 32_000
"""The loudest that a sample can be, with a little to spare."""

# --- strokes --------------------------------------------------------------------------------------


class Partial(NamedTuple):
    """One of the tones that a struck thing sounds with."""

    hz: float
    loud: float
    dies: float
    """How fast: after `1 / dies` seconds a third is left."""


CLAY = (Partial(2750, 1.0, 150), Partial(4180, 0.8, 190), Partial(6200, 0.45, 260))
"""A chip on cloth or on another chip."""
BRASS = (Partial(2380, 1.0, 130), Partial(3730, 0.7, 170), Partial(690, 0.6, 70))
"""The ball on a fret."""
WOOD = (Partial(176, 1.0, 34), Partial(412, 0.55, 52), Partial(905, 0.2, 90))
"""Knuckles on the table's edge."""
BELL = (Partial(1.0, 1.0, 4.6), Partial(2.0, 0.32, 7.5), Partial(3.01, 0.14, 12.0))
"""Its tones are multiples of the note."""


def stroke(body: Iterable[Partial], seconds: float, pitch: float = 1.0) -> list[float]:
    """Something struck once: it begins at zero and ends at zero."""
    count = round(seconds * RATE)
    sound = [0.0] * count
    for hz, loud, dies in body:
        step = tau * hz * pitch / RATE
        fade = -dies / RATE
        for at in range(count):
            sound[at] += loud * exp(fade * at) * sin(step * at)
    end = count // 4
    for at in range(end):
        sound[count - end + at] *= 1 - (at + 1) / end
    return sound


def together(parts: Iterable[tuple[float, float, Sequence[float]]]) -> list[float]:
    """Several sounds, each from its second on, so loud."""
    sound: list[float] = []
    for second, loud, part in parts:
        first = round(second * RATE)
        sound.extend([0.0] * (first + len(part) - len(sound)))
        for at, value in enumerate(part, first):
            sound[at] += loud * value
    return sound


def pcm(sound: Sequence[float], loud: float) -> Samples:
    """As samples whose highest is so much of `FULL`: nothing can be clipped."""
    peak = max((abs(value) for value in sound), default=0.0) or 1.0
    gain = loud * FULL / peak
    return array("h", [round(value * gain) for value in sound])


# --- what is heard once ---------------------------------------------------------------------------


def _chips(count: int, seconds: float, pitch: float) -> list[float]:
    """Chips one after the other, no two alike; they come closer together as they come to rest."""
    parts = []
    for at in range(count):
        uneven = at * 0.618034 % 1.0
        when = seconds * (1 - (1 - at / count) ** 1.6) + 0.012 * uneven
        parts.append((when, 0.6 + 0.4 * uneven, stroke(CLAY, 0.04, pitch * (0.9 + 0.2 * uneven))))
    return together(parts)


def _bells(*notes: tuple[float, float], seconds: float) -> list[float]:
    return together((second, 1.0, stroke(BELL, seconds, hz)) for second, hz in notes)


C5, E5, G5, C6 = 523.25, 659.26, 783.99, 1046.5


@cache
def effect(cue: Cue) -> Samples:
    """What is heard for it; as loud as it is beside the others."""
    match cue:
        case Cue.LAID:
            return pcm(_chips(2, 0.05, 1.0), 0.5)
        case Cue.LIFTED:
            return pcm(_chips(1, 0.04, 0.78), 0.32)
        case Cue.LAST_CALL:
            return pcm(_bells((0.0, G5), (0.16, E5), seconds=0.7), 0.34)
        case Cue.CLOSED:
            return pcm(together((at, 1.0, stroke(WOOD, 0.14)) for at in (0.0, 0.16)), 0.6)
        case Cue.RAKED:
            return pcm(_chips(13, 0.5, 0.86), 0.4)
        case Cue.PAID:
            return pcm(_chips(5, 0.3, 1.08), 0.45)
        case Cue.WON:
            notes = ((0.0, C5), (0.1, E5), (0.2, G5), (0.32, C6))
            return pcm(_bells(*notes, seconds=0.9), 0.42)


# --- the ball -------------------------------------------------------------------------------------

GRAIN = 16_384
"""So many grains has a revolution of the rim."""
FINE = 4
"""So many steps lie between two grains: slow balls are heard without a whistle."""
LAP = GRAIN * FINE
COARSE = 900
"""So often on a lap the wood's grain goes up and down, on the average."""
JOINT = 260
"""The rim is one strip of wood, glued end to end; the ball goes over the seam once a lap."""

ROLLING = 0.42
"""How loud the ball is at its fastest, of `FULL`."""
STRIKING = 0.5
"""And its first stroke on a fret. Both together stay below `FULL`."""
BLOCK = 64
"""For so many samples loudness and pitch are taken to be the same."""


def _noise(count: int) -> list[float]:
    """White noise, always the same: the wheel has one rim."""
    sound, dice = [], 20_240_607
    for _ in range(count):
        dice = (dice * 1_103_515_245 + 12_345) & 0x7FFF_FFFF
        sound.append(dice / 0x4000_0000 - 1)
    return sound


@cache
def rim() -> Samples:
    """The wood of the rim, one revolution, that ends where it began."""
    sharp = 0.93
    back, further = 2 * sharp * (1 - (tau * COARSE / GRAIN) ** 2 / 2), -sharp * sharp
    white = _noise(GRAIN)
    wood: list[float] = []
    one = two = low = 0.0
    for at in range(-GRAIN // 8, GRAIN):  # What comes before the lap lets the filter settle.
        one, two = white[at] + back * one + further * two, one
        low += 0.03 * (white[at] - low)
        wood.append(one + 9 * low)
    wood = wood[GRAIN // 8 :]
    for at in range(JOINT):
        wood[at] *= 1 + 1.6 * sin(pi * at / JOINT)
    mean = sum(wood) / GRAIN
    wood = [value - mean for value in wood]
    fine = [
        a + (b - a) * part / FINE
        for a, b in pairwise((*wood, wood[0]))
        for part in range(FINE)
    ]  # fmt: skip
    return pcm(fine, 1.0)


@cache
def _click() -> list[float]:
    strike = stroke(BRASS, 0.035)
    peak = max(map(abs, strike))
    return [value / peak * STRIKING * FULL for value in strike]


def prepare() -> None:
    """Make what is made once, so that no first time is slower."""
    rim()
    _click()
    for cue in Cue:
        effect(cue)


def ball(spin: Spin, first: int, count: int) -> Samples:
    """What the ball of this spin sounds like, from the `first` sample after its start on.

    `count` and `first` are whole blocks.
    """
    wood, mask = rim(), LAP - 1
    sound = array("h", bytes(2 * count))
    lap = LAP / tau * 65_536
    was = spin.at(spin.start + first / RATE)
    for at in range(0, count, BLOCK):
        now = spin.at(spin.start + (first + at + BLOCK) / RATE)
        way, here, was = was.ball - now.ball, was, now
        gain = _loudness(way * RATE / BLOCK, now.radius, now.height, now.shown)
        if gain:
            # In fixed point: the place on the rim, and the way from sample to sample.
            place, step = int(-here.ball * lap), max(1, int(way * lap / BLOCK))
            ahead = range(place, place + BLOCK * step, step)
            sound[at : at + BLOCK] = array("h", [wood[p >> 16 & mask] * gain >> 15 for p in ahead])
    _strike(sound, spin, first)
    return sound


def _loudness(speed: float, radius: float, height: float, shown: float) -> int:
    """Of the rolling ball, of 32 768; nothing where it touches no wood, or does not roll."""
    touches = clamp((radius - FRETS) / (RIM - FRETS))
    if height > 0 or not 0 < speed < 1.2 * LAUNCH_SPEED:
        return 0
    return int(32_768 * ROLLING * touches * shown * min(1.0, speed / LAUNCH_SPEED) ** 1.2)


def _strike(sound: Samples, spin: Spin, first: int) -> None:
    """Add the strokes on the frets."""
    for moment, strength in spin.strokes():
        offset = round((moment - spin.start) * RATE) - first
        if not -len(_click()) < offset < len(sound):
            continue
        for at, value in enumerate(_click(), offset):
            if 0 <= at < len(sound):
                sound[at] += round(value * strength)
