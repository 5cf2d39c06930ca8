"""Reads a QR code as a telephone does, once it has found it: the standard, read backwards.

Of versions 1 to 9 at any level, in bytes; it wants the code whole, and so mends nothing.
"""

from collections.abc import Callable, Iterator

from client_gui.shell.invitation import Modules

MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda y, x: (y + x) % 2,
    lambda y, _: y % 2,
    lambda _, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)
"""What was turned over, where it is 0; by the number of the mask."""
FORMAT_MASK = 0b101010000010010
LEVELS = "MLHQ"
"""By the two bits that say so."""
BLOCKS = {
    "L": ((19,), (34,), (55,), (80,), (108,), (68,) * 2, (78,) * 2, (97,) * 2, (116,) * 2),
    "M": (
        (16,), (28,), (44,), (32,) * 2, (43,) * 2, (27,) * 4, (31,) * 4, (38, 38, 39, 39),
        (36, 36, 36, 37, 37),
    ),
    "Q": (
        (13,), (22,), (17,) * 2, (24,) * 2, (15, 15, 16, 16), (19,) * 4, (14, 14, 15, 15, 15, 15),
        (18, 18, 18, 18, 19, 19), (16, 16, 16, 16, 17, 17, 17, 17),
    ),
    "H": (
        (9,), (16,), (13,) * 2, (9,) * 4, (11, 11, 12, 12), (15,) * 4, (13, 13, 13, 13, 14),
        (14, 14, 14, 14, 15, 15), (12, 12, 12, 12, 13, 13, 13, 13),
    ),
}  # fmt: skip
"""How many bytes of data each block has, by level and version."""


def read_code(modules: Modules) -> str:
    """The text that a code says."""
    version = (len(modules) - 17) // 4
    level, mask = _format(modules)
    bits = [
        modules[y][x] ^ (MASKS[mask](y, x) == 0)
        for y, x in _way(len(modules))
        if not _drawn(y, x, len(modules), version)
    ]
    words = [_number(bits[at : at + 8]) for at in range(0, len(bits) - 7, 8)]
    data = [
        bool(word >> bit & 1)
        for word in _one_after_the_other(words, BLOCKS[level][version - 1])
        for bit in range(7, -1, -1)
    ]
    assert _number(data[:4]) == 0b0100, "only bytes are read"
    length = _number(data[4:12])
    return bytes(_number(data[at : at + 8]) for at in range(12, 12 + 8 * length, 8)).decode()


def _format(modules: Modules) -> tuple[str, int]:
    """The level and the mask, from beside the first corner."""
    places = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    said = _number([modules[y][x] for y, x in places]) ^ FORMAT_MASK
    return LEVELS[said >> 13], said >> 10 & 7


def _number(bits: list[bool]) -> int:
    return int("".join("01"[bit] for bit in bits), 2)


def _way(side: int) -> Iterator[tuple[int, int]]:
    """Up and down in pairs of columns, from the right; the column of the clock is left out."""
    up = True
    for right in (*range(side - 1, 7, -2), *range(5, 0, -2)):
        for y in range(side - 1, -1, -1) if up else range(side):
            yield y, right
            yield y, right - 1
        up = not up


def _drawn(y: int, x: int, side: int, version: int) -> bool:
    """Whether it is part of what every code of this size has, and says nothing."""
    far = side - 9
    corner = (y <= 8 and x <= 8) or (y <= 8 and x > far) or (y > far and x <= 8)
    middle = side - 7  # Of the one small square that versions 2 to 6 have.
    small = version > 1 and abs(y - middle) <= 2 and abs(x - middle) <= 2
    if version > 6:
        centres = (6, (6 + middle) // 2, middle)
        small = any(
            abs(y - a) <= 2 and abs(x - b) <= 2
            for a in centres
            for b in centres
            if (a, b) not in ((6, 6), (6, middle), (middle, 6))
        )
        corner |= (y < 6 and x > side - 12) or (x < 6 and y > side - 12)
    return corner or small or y == 6 or x == 6


def _one_after_the_other(words: list[int], sizes: tuple[int, ...]) -> list[int]:
    """The blocks were dealt like cards: a byte of each in turn."""
    blocks: list[list[int]] = [[] for _ in sizes]
    dealt = iter(words)
    for turn in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if turn < size:
                block.append(next(dealt))
    return [word for block in blocks for word in block]
