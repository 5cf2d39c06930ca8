"""The ball as it is heard. Pure.

It is not recorded but rolled: the rim's wood is a table of one revolution, and what is heard at a
moment is the wood under the ball of `motion.py`. So pitch and loudness fall with its speed, every
lap has the same grain, and pieces that are made one after the other join without a seam. For the
length of a block loudness and pitch are taken to be the same.
"""

from array import array
from functools import cache
from itertools import pairwise
from math import pi, sin, tau
from typing import NamedTuple

from client_gui.games.roulette.motion import FRETS, LAUNCH_SPEED, RIM, Spin, clamp
from client_gui.sound.tones import BLOCK, FULL, RATE, Partial, Samples, pcm, stroke

BRASS = (Partial(2380, 1.0, 130), Partial(3730, 0.7, 170), Partial(690, 0.6, 70))
"""The ball on a fret."""
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
    """Make what is made once."""
    rim()
    _click()


class Rolling(NamedTuple):
    """A ball that is heard until it lies."""

    spin: Spin

    @property
    def start(self) -> float:
        return self.spin.start

    def over(self, now: float) -> bool:
        return self.spin.over(now)

    def samples(self, first: int, count: int) -> Samples:
        return ball(self.spin, first, count)


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
