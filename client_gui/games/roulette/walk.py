"""The arrows' way over the cloth: through fields, lines and corners of the layout, and up into the
racetrack where that lies above it. Pure.

A step goes to the nearest place in its direction. What lies aside counts threefold, so that one
keeps to a row or a line as long as there is a next place on it.
"""

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import NamedTuple, TypeAlias, TypeVar

from client_gui.games.roulette.layout import Felt
from client_gui.games.roulette.racetrack import AIMS, Aim, Kind, Racetrack
from protocol.games.roulette.rules import Spot

FIRST: Spot = 17
"""Where the first arrow leads: into the middle."""
ASIDE = 3
STEEPEST = 8
"""So much further aside than forward a place may lie: far enough to leave zero and the columns."""

Goal: TypeAlias = Spot | Aim
"""What the arrows can be on."""
T = TypeVar("T")


class Place(NamedTuple):
    """A point, or a stretch that is entered from wherever one stands above or below it."""

    left: float
    right: float
    y: float


class Arrow(Enum):
    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


def onward(places: Mapping[T, Place], here: T, arrow: Arrow) -> T:
    """The place that this arrow leads to; the same at the edge."""
    left, right, y = places[here]
    x = (left + right) / 2
    dx, dy = arrow.value
    best, least = here, float("inf")
    for place, there in places.items():
        over = (there.left + there.right) / 2 - x
        beside = max(there.left - x, x - there.right, 0.0)
        ahead = over * dx + (there.y - y) * dy
        aside = abs(beside * dy) + abs((there.y - y) * dx)
        if ahead <= 0 or aside > STEEPEST * ahead:
            continue
        if ahead + ASIDE * aside < least:
            best, least = place, ahead + ASIDE * aside
    return best


@lru_cache(maxsize=8)
def spots(felt: Felt) -> Mapping[Goal, Place]:
    anchors = {spot: felt.anchor(spot) for spot in sorted(felt.wheel.spots)}
    return {spot: Place(x, x, y) for spot, (x, y) in anchors.items()}


@lru_cache(maxsize=8)
def cloth(felt: Felt, oval: Racetrack) -> Mapping[Goal, Place]:
    """Layout and racetrack."""
    return {**spots(felt), **{aim: _place(oval, aim) for aim in AIMS}}


def _place(oval: Racetrack, aim: Aim) -> Place:
    if aim.kind is Kind.SECTOR:
        return Place(*oval.span(aim.sector), oval.heart(aim.sector)[1])
    x, y = oval.middle(aim.number)
    return Place(x, x, y)
