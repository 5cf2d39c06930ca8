"""A line of output, and the gate that nothing from the network passes raw."""

import textwrap
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto


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


LONGEST = 4000
"""Characters of one line; nothing that we say ourselves comes near it."""
LEAST_COLUMNS = 20
"""In less, breaking between words makes it worse."""
REPLACED = "\N{REPLACEMENT CHARACTER}"
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Control characters and what turns the direction of the text, has no shape, or breaks the line."""
_JOINERS = frozenset("\u200c\u200d")
"""Letters of some scripts, and many emoji, need these between them."""
_MOST_MARKS = 4
"""So many marks on one letter are writing; more are a tower over the lines around it."""


def visible(text: str) -> str:
    """The text with everything replaced that a terminal would obey instead of show."""
    shown = []
    marks = 0
    for character in text[:LONGEST]:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in _UNSEEN and character not in _JOINERS:
            shown.append(REPLACED)
        elif marks <= _MOST_MARKS:
            shown.append(character)
    return "".join(shown)


def folded(text: str, columns: int) -> str:
    """The text broken between words, so that a terminal does not break it inside them."""
    if len(text) <= columns or columns < LEAST_COLUMNS:
        return text
    return textwrap.fill(
        text,
        columns,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )
