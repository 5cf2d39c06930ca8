"""Places in a window, in whole pixels."""

from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[int, int]
Size: TypeAlias = tuple[int, int]

BASE = (1280, 800)
LEAST = (960, 600)


class Box(NamedTuple):
    """A rectangle in pixels; the right and the bottom edge are outside it."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    @property
    def middle(self) -> Point:
        return self.x + self.w // 2, self.y + self.h // 2

    def holds(self, point: Point) -> bool:
        return self.x <= point[0] < self.right and self.y <= point[1] < self.bottom

    def touches(self, other: "Box") -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def inset(self, dx: int, dy: int | None = None) -> "Box":
        dy = dx if dy is None else dy
        return Box(self.x + dx, self.y + dy, max(0, self.w - 2 * dx), max(0, self.h - 2 * dy))

    def grown(self, by: int) -> "Box":
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def clipped(self, other: "Box") -> "Box":
        """What of this lies in the other; empty when nothing does."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Box(
            x,
            y,
            max(0, min(self.right, other.right) - x),
            max(0, min(self.bottom, other.bottom) - y),
        )

    def within(self, other: "Box") -> "Box":
        """This box pushed into the other, as far as it fits."""
        x = max(other.x, min(self.x, other.right - self.w))
        y = max(other.y, min(self.y, other.bottom - self.h))
        return Box(x, y, self.w, self.h)

    def columns(self, shares: tuple[float, ...], gap: int) -> list["Box"]:
        """This box cut from left to right into parts of these shares."""
        room = self.w - gap * (len(shares) - 1)
        cuts = _cuts(room, shares)
        return [
            Box(self.x + cut + i * gap, self.y, cuts[i + 1] - cut, self.h)
            for i, cut in enumerate(cuts[:-1])
        ]

    def rows(self, shares: tuple[float, ...], gap: int) -> list["Box"]:
        """This box cut from top to bottom into parts of these shares."""
        room = self.h - gap * (len(shares) - 1)
        cuts = _cuts(room, shares)
        return [
            Box(self.x, self.y + cut + i * gap, self.w, cuts[i + 1] - cut)
            for i, cut in enumerate(cuts[:-1])
        ]


def _cuts(room: int, shares: tuple[float, ...]) -> list[int]:
    total = sum(shares)
    return [round(room * sum(shares[:i]) / total) for i in range(len(shares) + 1)]
