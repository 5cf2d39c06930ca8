"""Numbers that are put in order when somebody asks. Pure.

To add one costs nothing that grows, and a page of ten thousand is not paid for by sorting them all.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from itertools import islice

FEW = 32
"""So many new ones are put into their places; more are sorted in with all the others."""


class Ascending:
    """A set of numbers, given in ascending order."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._known = set(numbers)
        self._sorted = sorted(self._known)
        self._new: list[int] = []

    def __iter__(self) -> Iterator[int]:
        return self.after(-1)

    def add(self, number: int) -> None:
        if number not in self._known:
            self._known.add(number)
            self._new.append(number)

    def discard(self, number: int) -> None:
        if number in self._known:
            self._put_in_order()
            self._known.discard(number)
            del self._sorted[bisect_left(self._sorted, number)]

    def after(self, number: int) -> Iterator[int]:
        """Those that are greater."""
        self._put_in_order()
        return islice(self._sorted, bisect_right(self._sorted, number), None)

    def _put_in_order(self) -> None:
        if len(self._new) > FEW:
            self._sorted += self._new
            self._sorted.sort()
        else:
            for number in self._new:
                insort(self._sorted, number)
        self._new.clear()
