"""The layout by the rules of the game: what each spot covers, and what becomes of chips on it."""

from typing import NamedTuple

ZEROS = (0, 37)
"""The numbers that no even chance covers; 37 is the double zero."""
CHANCES, ONCE, TWICE = range(151, 157), range(164, 170), range(170, 176)
"""The even chances, and where their stakes lie that zero locked, once or more often."""


def _layout() -> list[tuple[str, frozenset[int]]]:
    """Every spot in the order of the page: its kind, and the numbers that it covers."""
    row = {n: (n - 1) % 3 for n in range(1, 37)}
    upward = [(n, n + 1) for n in row if row[n] < 2]
    onward = [(n, n + 3) for n in row if n + 3 in row]
    streets = [(n, n + 1, n + 2) for n in row if row[n] == 0]
    red = (1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36)
    kinds: dict[str, list[tuple[int, ...]]] = {
        "straight": [(n,) for n in range(37)],
        "split": sorted([*upward, *onward, (0, 1), (0, 2), (0, 3)]),
        "street": sorted([*streets, (0, 1, 2), (0, 2, 3)]),
        "corner": sorted([*((n, m, n + 3, m + 3) for n, m in upward if m < 34), (0, 1, 2, 3)]),
        "line": [(*left, *(n + 3 for n in left)) for left in streets[:-1]],
        "column": [tuple(n for n in row if row[n] == which) for which in range(3)],
        "dozen": [tuple(range(first, first + 12)) for first in (1, 13, 25)],
        "chance": [
            tuple(range(1, 19)),
            tuple(range(2, 37, 2)),
            red,
            tuple(n for n in row if n not in red),
            tuple(range(1, 36, 2)),
            tuple(range(19, 37)),
        ],
    }
    more = [
        ("straight", (37,)),
        *(("split", (number, 37)) for number in (0, 2, 3)),
        *(("street", (a, b, 37)) for a, b in ((0, 2), (2, 3))),
        ("corner", (0, 1, 2, 3, 37)),
        *(("chance", covers) for _ in (ONCE, TWICE) for covers in kinds["chance"]),
    ]
    rows = [(kind, covers) for kind, rows in kinds.items() for covers in rows]
    return [(kind, frozenset(covers)) for kind, covers in (*rows, *more)]


LAYOUT = _layout()


def takes_chips(wheel: str, spot: int) -> bool:
    """Whether the layout beside this wheel has the spot, and one may lay chips there."""
    if spot >= ONCE[0] or wheel == "single":
        return spot < 157
    return LAYOUT[spot][1] not in ({0, 3}, {0, 2, 3}, {0, 1, 2, 3})


class Fate(NamedTuple):
    """What becomes of chips on a spot."""

    halves: int = 0
    """Half chips that come back."""
    end: int = 0
    """0: won or lost, 1: halved, 2: locked, 3: locked as before."""
    lies: int | None = None
    """Where they stay."""


def fate(zero: str, spot: int, chips: int, pocket: int) -> Fate:
    """By the rule of the table, when this number falls."""
    covers = LAYOUT[spot][1]
    locked = spot >= ONCE[0]
    if pocket in ZEROS:
        if spot in CHANCES and zero in ("partage", "surrender"):
            return Fate(chips, 1)
        if spot in CHANCES and zero in ("prison", "prison2"):
            return Fate(0, 2, ONCE[CHANCES.index(spot)])
        if locked and zero == "prison2":
            return Fate(0, 2, TWICE[(spot - ONCE[0]) % 6])
    if pocket not in covers:
        return Fate()
    return Fate(2 * chips if locked else 2 * chips * (36 // len(covers)))


def called_off(spot: int, chips: int) -> Fate:
    """When the round does not count."""
    return Fate(0, 3, spot) if spot >= ONCE[0] else Fate(2 * chips)
