"""A typed line as words with their places, and what to say when it makes no sense. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from client_text.vocabulary import normal

T = TypeVar("T")

MOST_CHIPS = 2**53
"""More than any table has; a longer number is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands in the line."""

    text: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        """What it says, if it is a number; `1k` is a thousand."""
        found = re.fullmatch(r"([0-9]{1,16})([kк]?)", self.text)
        if found is None:
            return None
        number = int(found[1]) * (1000 if found[2] else 1)
        return number if number <= MOST_CHIPS else None


class MisreadError(Exception):
    """A line that makes no sense: the message that says why, and the part that it is about."""

    def __init__(self, key: str, start: int, end: int, **values: object) -> None:
        """`values` go into the message."""
        super().__init__(key)
        self.key = key
        self.start = start
        self.end = end
        self.values = values


_DASHES = str.maketrans("‐‑‒–—−", "------")
_WORD = re.compile(r"[^\s,;]+|[,;]")


def split(line: str) -> list[Word]:
    """The words of a line; commas and semicolons are words of their own."""
    return [
        Word(normal(found[0].translate(_DASHES)), found.start(), found.end())
        for found in _WORD.finditer(line)
    ]


def longest(
    words: Sequence[Word], known: Mapping[tuple[str, ...], T], most: int = 4
) -> tuple[T | None, int]:
    """What the most of the leading words mean together, and how many they are."""
    for length in range(min(most, len(words)), 0, -1):
        meaning = known.get(tuple(word.text for word in words[:length]))
        if meaning is not None:
            return meaning, length
    return None, 0


def misread(key: str, words: Sequence[Word], **values: object) -> MisreadError:
    """It is about these words; none are left: about the end of the line, which `-1` stands for."""
    if not words:
        return MisreadError(key, -1, -1, **values)
    return MisreadError(key, words[0].start, words[-1].end, **values)


@dataclass(frozen=True, slots=True)
class Rest:
    """What follows a command."""

    line: str
    words: list[Word]

    def text(self) -> str:
        """All of it, as it was written."""
        return self.line[self.words[0].start :].strip() if self.words else ""

    def number(self, most: int, key: str) -> int:
        """Its only word, a number up to `most`."""
        found = self.words[:1]
        number = found[0].number if found else None
        if number is None or number > most:
            raise misread(key, found, most=most)
        self.nothing(1)
        return number

    def one_of(self, known: Mapping[tuple[str, ...], T], key: str) -> T:
        """What all of it means together."""
        meaning, length = longest(self.words, known)
        if meaning is None:
            raise misread(key, self.words)
        self.nothing(length)
        return meaning

    def nothing(self, after: int = 0) -> None:
        """Nothing follows these words."""
        if self.words[after:]:
            raise misread("too_much", self.words[after:])
