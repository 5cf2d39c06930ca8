"""The racetrack: the wheel's order laid out as an oval, and what a click on it would lay. Pure.

Zero lies in the middle of the right end, and the others follow as on the wheel, clockwise. All
pockets are equally long on the middle line of the track, in the bends as on the straights. Inside
the oval are the four announced bets, divided where their numbers meet.
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import takewhile
from math import atan2, cos, hypot, pi, sin
from typing import NamedTuple

from client_gui.kit.box import Box, Point
from protocol.games.roulette.rules import (
    ANNOUNCED,
    WHEEL,
    Pattern,
    Pocket,
    finals,
    neighbour_bet,
    sector,
)

MOST_REACH = 8
"""So many neighbours on either side at most."""
SECTIONS = ("zero", "voisins", "orphelins", "tiers")
"""What lies inside the oval, from the right."""

Place = tuple[float, float]


class Kind(Enum):
    NUMBER = "number"
    """A number with its neighbours."""
    SECTOR = "sector"
    FINAL = "final"


class Aim(NamedTuple):
    """What a click on the racetrack means."""

    kind: Kind
    number: int = 0
    """The pocket, or the digit of a final."""
    sector: str = ""


def pattern(aim: Aim, reach: int) -> Pattern:
    """The units that the click lays, spot by spot."""
    match aim.kind:
        case Kind.NUMBER:
            return neighbour_bet(aim.number, reach)
        case Kind.FINAL:
            return finals(aim.number)
        case Kind.SECTOR:
            return ANNOUNCED[aim.sector]


def _border(covered: frozenset[Pocket]) -> tuple[float, float]:
    """How far these numbers reach from zero, after it and before it, in pockets."""
    after = len(list(takewhile(covered.__contains__, WHEEL[1:])))
    before = len(list(takewhile(covered.__contains__, reversed(WHEEL))))
    return after + 0.5, -before - 0.5


BORDERS = (
    _border(sector(ANNOUNCED["zero"])),
    _border(sector(ANNOUNCED["voisins"])),
    _border(sector(ANNOUNCED["voisins"]) | sector(ANNOUNCED["orphelins"])),
)
"""Between one section and the next, from the right."""


@dataclass(frozen=True, slots=True)
class Racetrack:
    box: Box
    depth: int
    """How wide the track is."""

    @property
    def radius(self) -> float:
        """Of the outer bends."""
        return self.box.h / 2

    @property
    def _bend(self) -> float:
        """The radius of the bends on the middle line."""
        return self.radius - self.depth / 2

    @property
    def _straight(self) -> float:
        return self.box.w - self.box.h

    @property
    def pocket(self) -> float:
        """How long a pocket is on the middle line."""
        return (2 * self._straight + 2 * pi * self._bend) / len(WHEEL)

    @property
    def _right(self) -> Place:
        """The middle of the right bend."""
        return self.box.right - self.radius, self.box.y + self.radius

    def at(self, along: float, deep: float) -> Place:
        """A point so many pockets after zero, and so deep: 0 is the outer edge, 1 the inner one."""
        x, y = self._right
        far = self.radius - deep * self.depth
        way = along % len(WHEEL) * self.pocket
        quarter, half = pi / 2 * self._bend, pi * self._bend
        if way < quarter:
            return x + far * cos(way / self._bend), y + far * sin(way / self._bend)
        way -= quarter
        if way < self._straight:
            return x - way, y + far
        way -= self._straight
        if way < half:
            angle = pi / 2 + way / self._bend
            return x - self._straight + far * cos(angle), y + far * sin(angle)
        way -= half
        if way < self._straight:
            return x - self._straight + way, y - far
        angle = -pi / 2 + (way - self._straight) / self._bend
        return x + far * cos(angle), y + far * sin(angle)

    def middle(self, pocket: Pocket) -> Place:
        return self.at(WHEEL.index(pocket), 0.5)

    def cell(self, pocket: Pocket) -> list[Place]:
        """The corners of a pocket's field; the bends are followed in steps."""
        at, steps = WHEEL.index(pocket), (-0.5, -0.25, 0.0, 0.25, 0.5)
        outer = [self.at(at + step, 0) for step in steps]
        return outer + [self.at(at + step, 1) for step in reversed(steps)]

    def border(self, which: int) -> tuple[Place, Place]:
        """The line at the left of a section: its lower and its upper end."""
        after, before = BORDERS[which]
        return self.at(after, 1), self.at(before, 1)

    def span(self, section: str, below: float = 0) -> tuple[float, float]:
        """From where to where a section reaches, this far below the middle."""
        at = SECTIONS.index(section)
        bulge = self.box.h / 2 - self.depth
        ends = self.depth + bulge - (bulge**2 - below**2) ** 0.5
        left = self._crossed(at, below) if at < len(BORDERS) else self.box.x + ends
        right = self._crossed(at - 1, below) if at else self.box.right - ends
        return left, right

    def _crossed(self, which: int, below: float) -> float:
        (ax, ay), (bx, by) = self.border(which)
        return ax + (bx - ax) * (self._right[1] + below - ay) / (by - ay)

    def heart(self, section: str, below: float = 0) -> Place:
        """Where a section's name stands, or what stands so far below it."""
        return sum(self.span(section, below)) / 2, self._right[1] + below

    def aim_at(self, point: Point) -> Aim | None:
        """What lies under this point."""
        if not self.box.holds(point):
            return None
        px, py = point[0] + 0.5, point[1] + 0.5
        x, y = self._right
        left = x - self._straight
        centre = max(left, min(x, px))
        far = hypot(px - centre, py - y)
        if far > self.radius:
            return None
        if far < self.radius - self.depth:
            return Aim(Kind.SECTOR, sector=self._section((px, py)))
        along = round(self._along(px, py) / self.pocket) % len(WHEEL)
        return Aim(Kind.NUMBER, WHEEL[along])

    def _along(self, px: float, py: float) -> float:
        """How far on the middle line from zero, clockwise."""
        x, y = self._right
        left = x - self._straight
        quarter = pi / 2 * self._bend
        if px > x:
            return atan2(py - y, px - x) * self._bend
        if px < left:
            angle = (atan2(py - y, px - left) - pi / 2) % (2 * pi)
            return quarter + self._straight + angle * self._bend
        if py > y:
            return quarter + x - px
        return -quarter - (x - px)

    def _section(self, point: Place) -> str:
        """The first border that the point lies to the right of."""
        for at in range(len(BORDERS)):
            (ax, ay), (bx, by) = self.border(at)
            if (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax) > 0:
                return SECTIONS[at]
        return SECTIONS[-1]

    def hit(self, aim: Aim) -> Box:
        """A small rectangle of which every pixel is this aim."""
        if aim.kind is Kind.NUMBER:
            x, y = self.middle(aim.number)
        else:
            x, y = self.heart(aim.sector)
        half = max(1, self.depth // 6)
        return Box(round(x) - half, round(y) - half, 2 * half + 1, 2 * half + 1)


@lru_cache(maxsize=8)
def divide(place: Box) -> tuple[Racetrack, Box]:
    """The oval, and below it a strip for what does not lie on it."""
    oval, strip = place.rows((0.81, 0.15), round(place.h * 0.04))
    return Racetrack(oval, round(oval.h * 0.18)), strip


AIMS = (
    *(Aim(Kind.NUMBER, pocket) for pocket in WHEEL),
    *(Aim(Kind.SECTOR, sector=name) for name in SECTIONS),
)
"""Everything on the oval."""
