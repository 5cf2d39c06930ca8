"""A line of output, and the gate that nothing from the network passes raw."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

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
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def folded(text: str, columns: int) -> str:
    """The text broken between words, so that a terminal does not break it inside them."""
    if width(text) <= columns or columns < LEAST_COLUMNS:
        return text
    rows = [""]
    for word in re.split(" +", text):
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if width(longer) <= columns or not rows[-1].strip():
            rows[-1] = longer
        else:
            rows.append(f"  {word}")
    return "\n".join(rows)
