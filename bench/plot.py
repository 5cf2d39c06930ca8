"""A plot on doubly logarithmic paper, as a picture: there a power of x is a straight line."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import pygame

from client_gui.kit.resources import Typesetter
from client_gui.kit.theme import Face

Points: TypeAlias = Sequence[tuple[float, float]]

SIZE = (860, 520)
LEFT, RIGHT, TOP, BOTTOM = 80, 240, 56, 64
PAPER, GRID, INK = (250, 248, 243), (222, 217, 207), (50, 46, 40)
COLOURS = (
    *((176, 42, 48), (22, 92, 125), (38, 120, 70), (150, 100, 20), (98, 60, 140)),
    *((60, 60, 60), (200, 90, 130)),
)
END = 3
"""So many of the last points say how something grows; what is small has its own reasons."""


def exponent(points: Points) -> float:
    """The power of x that y grows with in the end: the slope of the line that fits best."""
    logs = [(math.log(x), math.log(y)) for x, y in points[-END:]]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread


class Axis:
    """Decades over so many pixels."""

    def __init__(self, values: Sequence[float], start: int, end: int) -> None:
        self.first = math.floor(math.log10(min(values)))
        self.last = max(self.first + 1, math.ceil(math.log10(max(values))))
        self._start, self._end = start, end

    def at(self, value: float) -> int:
        share = (math.log10(value) - self.first) / (self.last - self.first)
        return round(self._start + share * (self._end - self._start))

    def decades(self) -> list[float]:
        return [10.0**power for power in range(self.first, self.last + 1)]


def plot(file: Path, title: str, below: str, lines: Mapping[str, Points]) -> None:
    """Draw these lines; the title says what is up, and `below` what is across."""
    pygame.font.init()
    type_ = Typesetter()
    surface = pygame.Surface(SIZE)
    surface.fill(PAPER)

    def write(text: str, at: tuple[int, int], px: int = 15, *, to_left: bool = False) -> None:
        drawn = type_.font(Face.REGULAR, px).render(text, True, INK, PAPER)
        surface.blit(drawn, (at[0] - drawn.get_width() * to_left, at[1] - drawn.get_height() // 2))

    width, height = SIZE
    across = Axis([x for points in lines.values() for x, _ in points], LEFT, width - RIGHT)
    up = Axis([y for points in lines.values() for _, y in points], height - BOTTOM, TOP)
    for value in across.decades():
        x = across.at(value)
        pygame.draw.line(surface, GRID, (x, TOP), (x, height - BOTTOM))
        write(shown(value), (x - 8, height - BOTTOM + 16))
    for value in up.decades():
        y = up.at(value)
        pygame.draw.line(surface, GRID, (LEFT, y), (width - RIGHT, y))
        write(shown(value), (LEFT - 8, y), to_left=True)
    write(title, (LEFT, 26), 19)
    write(below, (LEFT, height - 20))
    for place, (name, points) in enumerate(lines.items()):
        colour = COLOURS[place % len(COLOURS)]
        dots = [(across.at(x), up.at(y)) for x, y in points]
        pygame.draw.aalines(surface, colour, False, dots)
        for dot in dots:
            pygame.draw.circle(surface, colour, dot, 4)
        y = TOP + 16 + 44 * place
        pygame.draw.circle(surface, colour, (width - RIGHT + 24, y), 5)
        write(name, (width - RIGHT + 38, y))
        write(f"exponent {exponent(points):.2f}", (width - RIGHT + 38, y + 18), 13)
    pygame.image.save(surface, file)


def shown(value: float) -> str:
    """A power of ten, short."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"
