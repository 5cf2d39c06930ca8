"""A line of output, and the gate that nothing from the network passes raw."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from protocol.text import ISOLATE, ISOLATED, LONGEST, visible


class Mood(Enum):
    """What kind of news a line is; a screen with colours shows it."""

    PLAIN = auto()
    QUIET = auto()
    CALL = auto()
    GOOD = auto()
    BAD = auto()
    TALK = auto()
    PRIVATE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    mood: Mood = Mood.PLAIN


LEAST_COLUMNS = 20
"""In less, breaking between words makes it worse."""
PICTURED = "\ufe0f"
"""What makes a narrow sign a picture, and so a wide one."""
_TURNED = re.compile(f"{ISOLATE}([^{ISOLATE}{ISOLATED}]*){ISOLATED}")
"""What is written from the right, and turns nothing but itself."""


def shown(text: str, *, turned: bool = False) -> str:
    """The line without anything that a terminal would obey instead of show; `turned`: one that
    puts letters in order by itself is told what turns nothing but itself.
    """
    before, after = (ISOLATE, ISOLATED) if turned else ("", "")
    parts = [visible(part) for part in _TURNED.split(text[:LONGEST])]
    parts[1::2] = [f"{before}{part}{after}" for part in parts[1::2]]
    return "".join(parts)


def width(text: str) -> int:
    """The columns that a terminal takes for it."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    if character == PICTURED:
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def folded(text: str, columns: int) -> str:
    """The text broken between words, and inside one that is longer than a row: what a terminal
    breaks by itself goes on at its edge, where it looks like a line of its own.
    """
    if width(text) <= columns or columns < LEAST_COLUMNS:
        return text
    rows: list[list[str]] = [[]]
    used = 0
    for word in re.split(" +", text):
        first, *others = _pieces(word, columns - 2)
        wide = width(first)
        if rows[-1] and used + 1 + wide > columns:
            rows.append(["", ""])  # (Two blanks in front.)
            used = 1
        rows[-1].append(first)
        used += 1 + wide if len(rows[-1]) > 1 else wide
        for piece in others:
            rows.append(["", "", piece])
            used = 2 + width(piece)
    return "\n".join(" ".join(row) for row in rows)


def _pieces(word: str, columns: int) -> list[str]:
    """The word, in as many pieces of this width as it takes."""
    if width(word) <= columns:
        return [word]
    pieces, used = [""], 0
    for character in word:
        wide = _columns(character)
        if used + wide > columns:
            pieces.append("")
            used = 0
        pieces[-1] += character
        used += wide
    return pieces
