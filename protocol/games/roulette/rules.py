"""Roulette: the wheels, the spots of their layouts, what each spot covers and pays.

Facts only: nothing here knows of players, chips on a table, or time.

A *spot* is a place on the layout where a chip can lie. Its number is part of the protocol and of
the fairness scheme, so it never changes, and it means the same at every table:

| spots   |                                                                            |
| ------- | -------------------------------------------------------------------------- |
| 0-156   | those of a single zero, in groups, and inside a group by the ascending     |
|         | tuple of the numbers that they cover                                       |
| 157-163 | those that only a double zero has                                          |
| 164-169 | where the stake of an even chance lies that zero has locked (`zero`)       |
| 170-175 | where it lies when zero has locked it more than once                       |

Which of them a table has, is up to its wheel (`Wheel.spots`). A locked stake lies on a spot of its
own, as it lies on the line at a real table: nobody lays chips there or takes any back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from protocol.house.fields import Chips

Pocket: TypeAlias = int
"""A number on the wheel, 0-36; 37 is the double zero."""
Spot: TypeAlias = int
"""A place on the layout, 0-175."""

ROULETTE = 1
"""The number of this game on the wire."""

POCKETS = range(37)
WHEEL: tuple[Pocket, ...] = (
    0, 32, 15, 19, 4, 21, 2, 25, 17, 34, 6, 27, 13, 36, 11, 30, 8, 23, 10,
    5, 24, 16, 33, 1, 20, 14, 31, 9, 22, 18, 29, 7, 28, 12, 35, 3, 26,
)  # fmt: skip
"""The pockets of the single zero, and how they lie clockwise."""

DOUBLE_ZERO: Pocket = 37
DOUBLE_WHEEL: tuple[Pocket, ...] = (
    0, 28, 9, 26, 30, 11, 7, 20, 32, 17, 5, 22, 34, 15, 3, 24, 36, 13, 1,
    37, 27, 10, 25, 29, 12, 8, 19, 31, 18, 6, 21, 33, 16, 4, 23, 35, 14, 2,
)  # fmt: skip
ZEROS: frozenset[Pocket] = frozenset((0, DOUBLE_ZERO))

REDS = frozenset((1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36))
BLACKS = frozenset(POCKETS) - REDS - {0}


class Colour(IntEnum):
    GREEN = 0
    RED = 1
    BLACK = 2


def colour(pocket: Pocket) -> Colour:
    if pocket in ZEROS:
        return Colour.GREEN
    return Colour.RED if pocket in REDS else Colour.BLACK


def written(pocket: Pocket) -> str:
    """A number as it stands on the wheel."""
    return "00" if pocket == DOUBLE_ZERO else str(pocket)


class Group(IntEnum):
    """The kinds of spot, in the order of their numbers."""

    STRAIGHT = 0
    SPLIT = 1
    STREET = 2
    CORNER = 3
    LINE = 4
    COLUMN = 5
    DOZEN = 6
    CHANCE = 7


class SpotInfo(NamedTuple):
    spot: Spot
    group: Group
    name: str
    covers: tuple[Pocket, ...]
    locked: int = 0
    """How often zero has locked what lies there; 2: more than once."""

    @property
    def numbers(self) -> list[str]:
        """What it covers as it is written, the zeros first."""
        return [written(each) for each in sorted(self.covers, key=lambda p: (p not in ZEROS, p))]

    @property
    def pays(self) -> int:
        """What one chip wins on top of itself: 36 shared by the numbers covered, less the stake. A
        locked stake wins nothing but itself.
        """
        return 0 if self.locked else 36 // len(self.covers) - 1


def _splits() -> list[tuple[int, ...]]:
    along = [(n, n + 3) for n in range(1, 34)]
    across = [(n, n + 1) for n in range(1, 36) if n % 3]
    return sorted([(0, 1), (0, 2), (0, 3), *along, *across])


def _streets() -> list[tuple[int, ...]]:
    return sorted([(0, 1, 2), (0, 2, 3), *((n, n + 1, n + 2) for n in range(1, 37, 3))])


def _corners() -> list[tuple[int, ...]]:
    return sorted([(0, 1, 2, 3), *((n, n + 1, n + 3, n + 4) for n in range(1, 33) if n % 3)])


def _by_numbers(numbers: Iterable[tuple[int, ...]]) -> list[tuple[str, tuple[int, ...]]]:
    return [("-".join(map(str, covers)), covers) for covers in numbers]


_GROUPS: dict[Group, list[tuple[str, tuple[int, ...]]]] = {
    Group.STRAIGHT: [(str(n), (n,)) for n in POCKETS],
    Group.SPLIT: _by_numbers(_splits()),
    Group.STREET: _by_numbers(_streets()),
    Group.CORNER: _by_numbers(_corners()),
    Group.LINE: [(f"{n}-{n + 5}", tuple(range(n, n + 6))) for n in range(1, 33, 3)],
    Group.COLUMN: [(f"column {c}", tuple(range(c, 37, 3))) for c in (1, 2, 3)],
    Group.DOZEN: [(f"dozen {d}", tuple(range(12 * d - 11, 12 * d + 1))) for d in (1, 2, 3)],
    Group.CHANCE: [
        ("low", tuple(range(1, 19))),
        ("even", tuple(range(2, 37, 2))),
        ("red", tuple(sorted(REDS))),
        ("black", tuple(sorted(BLACKS))),
        ("odd", tuple(range(1, 37, 2))),
        ("high", tuple(range(19, 37))),
    ],
}

_OF_DOUBLE_ZERO: tuple[tuple[Group, str, tuple[Pocket, ...]], ...] = (
    (Group.STRAIGHT, "00", (DOUBLE_ZERO,)),
    (Group.SPLIT, "0-00", (0, DOUBLE_ZERO)),
    (Group.SPLIT, "00-2", (2, DOUBLE_ZERO)),
    (Group.SPLIT, "00-3", (3, DOUBLE_ZERO)),
    (Group.STREET, "0-00-2", (0, 2, DOUBLE_ZERO)),
    (Group.STREET, "00-2-3", (2, 3, DOUBLE_ZERO)),
    (Group.CORNER, "top line", (0, 1, 2, 3, DOUBLE_ZERO)),
)


def _spots() -> Iterable[SpotInfo]:
    chances = _GROUPS[Group.CHANCE]
    free = [(group, *entry) for group, entries in _GROUPS.items() for entry in entries]
    for spot, (group, name, covers) in enumerate((*free, *_OF_DOUBLE_ZERO)):
        yield SpotInfo(spot, group, name, covers)
    for times, words in ((1, "locked"), (2, "locked again")):
        for at, (name, covers) in enumerate(chances, LOCKED + (times - 1) * len(chances)):
            yield SpotInfo(at, Group.CHANCE, f"{name}, {words}", covers, times)


LOCKED: Spot = 164
"""From here on lies what zero has locked."""

SPOTS: tuple[SpotInfo, ...] = tuple(_spots())
"""Every spot, at the index that is its number."""

SPOT_OF: dict[tuple[Pocket, ...], Spot] = {info.covers: info.spot for info in SPOTS[:LOCKED]}
"""The spot that covers exactly these ascending numbers."""

CHANCES = range(151, 157)
LOW, EVEN, RED, BLACK, ODD, HIGH = CHANCES
LOCK: dict[Spot, Spot] = {
    **{spot: LOCKED + at for at, spot in enumerate(CHANCES)},
    **{LOCKED + at: LOCKED + len(CHANCES) + at for at in range(len(CHANCES))},
    **{spot: spot for spot in range(LOCKED + len(CHANCES), len(SPOTS))},
}
"""Where a stake lies when zero has locked it, or has locked it once more."""

TIMES: tuple[tuple[int, ...], ...] = tuple(
    tuple(info.pays + 1 if pocket in info.covers else 0 for info in SPOTS)
    for pocket in (*POCKETS, DOUBLE_ZERO)
)
"""For each pocket and each spot, how many times the stake comes back."""


def returned(spot: Spot, stake: Chips, pocket: Pocket) -> Chips:
    """What comes back to the player: stake and winnings, or nothing."""
    return stake * TIMES[pocket][spot]


@dataclass(frozen=True, slots=True, eq=False)
class Wheel:
    """What a table with this wheel has."""

    order: tuple[Pocket, ...]
    """The pockets clockwise, from zero."""
    spots: frozenset[Spot]
    """Where chips may be laid."""
    announced: "dict[str, Pattern]"
    """The bets of its racetrack, by name; a wheel without them has none."""

    @property
    def pockets(self) -> range:
        return range(len(self.order))


Pattern: TypeAlias = tuple[tuple[Spot, int], ...]
"""An announced bet: the units that it lays on each spot."""


def _pattern(*chips: tuple[tuple[int, ...], int]) -> Pattern:
    return tuple((SPOT_OF[covers], units) for covers, units in chips)


ANNOUNCED: dict[str, Pattern] = {
    "voisins": _pattern(
        ((0, 2, 3), 2),
        ((4, 7), 1),
        ((12, 15), 1),
        ((18, 21), 1),
        ((19, 22), 1),
        ((25, 26, 28, 29), 2),
        ((32, 35), 1),
    ),
    "tiers": _pattern(
        ((5, 8), 1), ((10, 11), 1), ((13, 16), 1), ((23, 24), 1), ((27, 30), 1), ((33, 36), 1)
    ),
    "orphelins": _pattern(((1,), 1), ((6, 9), 1), ((14, 17), 1), ((17, 20), 1), ((31, 34), 1)),
    "zero": _pattern(((26,), 1), ((0, 3), 1), ((12, 15), 1), ((32, 35), 1)),
}
"""Voisins du zéro, tiers du cylindre, orphelins à cheval, jeu zéro."""


_NOT_BESIDE_TWO_ZEROS = (SPOT_OF[0, 3], SPOT_OF[0, 2, 3], SPOT_OF[0, 1, 2, 3])
_OF_SINGLE = range(157)

SINGLE = Wheel(WHEEL, frozenset(_OF_SINGLE), ANNOUNCED)
DOUBLE = Wheel(DOUBLE_WHEEL, frozenset(range(LOCKED)) - {*_NOT_BESIDE_TWO_ZEROS}, {})


def neighbours(pocket: Pocket, reach: int, wheel: Wheel = SINGLE) -> tuple[Pocket, ...]:
    """The pockets from `reach` before to `reach` after this one, in wheel order."""
    order = wheel.order
    most = (len(order) - 1) // 2
    if not 0 <= reach <= most:
        raise ValueError(
            f"a wheel of {len(order)} pockets has neighbours up to {most} away, not {reach}"
        )
    at = order.index(pocket)
    return tuple(order[(at + step) % len(order)] for step in range(-reach, reach + 1))


def neighbour_bet(pocket: Pocket, reach: int, wheel: Wheel = SINGLE) -> Pattern:
    """One unit straight up on a number and on its neighbours."""
    return tuple((SPOT_OF[number,], 1) for number in neighbours(pocket, reach, wheel))


def finals(digit: int) -> Pattern:
    """Finale en plein: one unit straight up on every number that ends in this digit."""
    if not 0 <= digit <= 9:
        raise ValueError(f"a final is a digit, not {digit}")
    return tuple((number, 1) for number in POCKETS if number % 10 == digit)


def sector(pattern: Pattern) -> frozenset[Pocket]:
    """The numbers that an announced bet covers."""
    return frozenset(number for spot, _ in pattern for number in SPOTS[spot].covers)


assert len(SPOT_OF) == LOCKED
assert len(SINGLE.spots) == 157
assert len(DOUBLE.spots) == 161
assert all(sorted(wheel.order) == list(wheel.pockets) for wheel in (SINGLE, DOUBLE))
assert all(list(info.covers) == sorted(info.covers) for info in SPOTS)
assert all(a.group <= b.group for a, b in pairwise(SPOTS[:157]))
