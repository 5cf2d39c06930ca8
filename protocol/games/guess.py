"""Guess the number, and samples: draws that need nothing but words."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from protocol.fair.drawing import Halves, Kind, Misread, Result, Stakes, Unlawful, same
from protocol.fair.hashes import What
from protocol.fair.words import Words

HINTS = {1: "higher", 0: "right", -1: "lower"}
"""What is said of a guess, by where the number lies from it."""


class _Plain(ABC):
    """A round without stakes and decisions."""

    def __init__(self, _: Sequence[str], state: bytes, __: Stakes, ___: bool) -> None:
        if state:
            raise Misread("there is no state")

    @abstractmethod
    def draw(self, what: int, detail: bytes, words: Words) -> Result:
        """What its only step gives."""

    def fits(self, what: int, detail: bytes, words: Words, told: Any) -> bool:
        return same(self.draw(what, detail, words), told)

    def keep(self, what: int, detail: bytes, result: Result) -> None:  # noqa: B027
        """No step follows from another."""

    def note(self, _: bytes) -> None:
        raise Unlawful("nothing is decided here")

    def payouts(self) -> Halves | None:
        return None


class Guess(_Plain):
    """A number that is told when the game ends."""

    def draw(self, what: int, detail: bytes, words: Words) -> Result:
        if what != What.GUESS:
            raise Unlawful(f"a guess has no step {what}")
        low, high = _two(detail)
        if low > high:
            raise Unlawful(f"no number lies from {low} to {high}")
        return {"number": low + words.below(high - low + 1)}

    def fits(self, what: int, detail: bytes, words: Words, told: Any) -> bool:
        """The hints as well: they were given before the number was told."""
        number = self.draw(what, detail, words)["number"]
        hints = [[guess, HINTS[(number > guess) - (number < guess)]] for guess, _ in told["hints"]]
        guessed = all(type(guess) is int for guess, _ in hints)
        return guessed and same({"number": number, "hints": hints}, told)


class Sample(_Plain):
    """So many of so many, in the order in which they come; all of them are a shuffle."""

    def draw(self, what: int, detail: bytes, words: Words) -> Result:
        if what != What.SAMPLE:
            raise Unlawful(f"a sample has no step {what}")
        n, k = _two(detail)
        if k > n:
            raise Unlawful(f"{k} are not among {n}")
        apart, pool = words.apart("sample", b""), [*range(n)]
        return {"sample": [apart.take(pool) for _ in range(k)]}


def _two(detail: bytes) -> tuple[int, int]:
    if len(detail) != 4:
        raise Misread("a detail of two numbers has four bytes")
    return int.from_bytes(detail[:2], "big"), int.from_bytes(detail[2:], "big")


GUESS = Kind(6, Guess, lambda _: True, told_at_end=True)
SAMPLE = Kind(7, Sample, lambda _: True)
