"""The layout by the rules of the game: what each spot covers, and what comes back from it."""


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
    return [(kind, frozenset(covers)) for kind, rows in kinds.items() for covers in rows]


LAYOUT = _layout()


def back(spot: int, chips: int, pocket: int) -> int:
    """What comes back: the stake and 36/n - 1 times as much, or nothing."""
    covers = LAYOUT[spot][1]
    return chips * 36 // len(covers) if pocket in covers else 0
