"""Chance that a test has in its hand."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

from protocol.fair.words import Words

T = TypeVar("T")


class Chosen(Words):
    """These numbers and no others; each has to be possible."""

    def __init__(self, *numbers: int) -> None:
        self._numbers = [*numbers]

    def below(self, n: int) -> int:
        number = self._numbers.pop(0)
        assert 0 <= number < n
        return number

    @property
    def used_up(self) -> bool:
        return not self._numbers


class _Path(Words):
    """One of all ways that chance may take: those of the last one, and then the first of each."""

    def __init__(self, way: Iterable[int]) -> None:
        self.way = [*way]
        self.of: list[int] = []

    def below(self, n: int) -> int:
        if len(self.of) == len(self.way):
            self.way.append(0)
        self.of.append(n)
        return self.way[len(self.of) - 1]


def every(play: Callable[[Words], T]) -> Mapping[T, Fraction]:
    """How likely each end of it is: exactly, by playing all ways that there are."""
    ends: dict[T, Fraction] = defaultdict(Fraction)
    way: list[int] = []
    while True:
        path = _Path(way)
        end = play(path)
        share = Fraction(1)
        for n in path.of:
            share /= n
        ends[end] += share
        way = path.way
        while way and way[-1] + 1 == path.of[len(way) - 1]:
            way.pop()
        if not way:
            return ends
        way[-1] += 1
