"""Where chance comes from: words of 16 bits, without end, out of a seed, a step and what was shown.

Whoever has all three computes the same words. A number below n is taken from them evenly: a word
that would favour some numbers is thrown away.
"""

import hmac
from collections.abc import Iterator, MutableSequence
from struct import iter_unpack
from typing import TypeVar

from protocol.fair.hashes import Hash, domain, u32

T = TypeVar("T")

WORDS = 2**16


class Words:
    """The words of one event, in order."""

    def __init__(self, seed: Hash, step: Hash, shown: Hash) -> None:
        self._seed = seed
        self._where = step + shown
        self._words = _stream(seed, domain("draw") + self._where)

    def apart(self, tag: str, context: bytes) -> "Words":
        """A stream of its own out of the same event."""
        words = Words.__new__(Words)
        words._seed, words._where = self._seed, self._where
        words._words = _stream(self._seed, domain(tag) + self._where + context)
        return words

    def below(self, n: int) -> int:
        """A number from 0 to n - 1, each as likely."""
        if not 1 <= n <= WORDS:
            raise ValueError(f"nothing is drawn below {n}")
        fair = WORDS - WORDS % n
        return next(word for word in self._words if word < fair) % n

    def take(self, pool: MutableSequence[T]) -> T:
        """One of these, which is gone from them then."""
        return pool.pop(self.below(len(pool)))


def _stream(seed: Hash, message: bytes) -> Iterator[int]:
    index = 0
    while True:
        block = hmac.digest(seed, message + u32(index), "sha256")
        yield from (word for (word,) in iter_unpack(">H", block))
        index += 1
