"""The arrows' way over the layout, through fields, lines and corners: pure.

A step goes to the nearest spot in its direction. What lies aside counts threefold, so that one
keeps to a row or a line as long as there is a next spot on it.
"""

from enum import Enum
from functools import lru_cache

from client_gui.layout import Felt
from protocol.roulette import SPOTS, Spot

FIRST: Spot = 17
"""Where the first arrow leads: into the middle."""
ASIDE = 3
STEEPEST = 8
"""So much further aside than forward a spot may lie: far enough to leave zero and the columns."""


class Arrow(Enum):
    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


@lru_cache(maxsize=2048)
def step(felt: Felt, spot: Spot, arrow: Arrow) -> Spot:
    """The spot that this arrow leads to; the same at the edge of the layout."""
    x, y = felt.anchor(spot)
    dx, dy = arrow.value
    best, least = spot, float("inf")
    for info in SPOTS:
        there = felt.anchor(info.spot)
        ahead = (there[0] - x) * dx + (there[1] - y) * dy
        aside = abs((there[0] - x) * dy) + abs((there[1] - y) * dx)
        if ahead <= 0 or aside > STEEPEST * ahead:
            continue
        if ahead + ASIDE * aside < least:
            best, least = info.spot, ahead + ASIDE * aside
    return best
