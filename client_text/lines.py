"""A line of output, and the gate that nothing from the network passes raw."""

import textwrap
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


LEAST_COLUMNS = 20
"""In less, breaking between words makes it worse."""


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
