"""What is heard once, made from nothing: pure functions of time, as 16-bit samples."""

from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp, sin, tau
from typing import NamedTuple, TypeAlias

from client_gui.sound.cues import Cue

Samples: TypeAlias = "array[int]"

RATE = 22_050
"""Samples a second."""
FULL = 32_000
"""The loudest that a sample can be, with a little to spare."""
BLOCK = 64
"""What goes on is made in whole blocks of so many samples."""

# --- strokes --------------------------------------------------------------------------------------


class Partial(NamedTuple):
    """One of the tones that a struck thing sounds with."""

    hz: float
    loud: float
    dies: float
    """How fast: after `1 / dies` seconds a third is left."""


CLAY = (Partial(2750, 1.0, 150), Partial(4180, 0.8, 190), Partial(6200, 0.45, 260))
"""A chip on cloth or on another chip."""
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


def prepare() -> None:
    """Make what is made once, so that no first time is slower."""
    for cue in Cue:
        effect(cue)
