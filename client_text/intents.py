"""What a person wants of the house, as the words say it: nothing here is done yet.

What is wanted of a game, the game reads and does itself (`client_text/games`).
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

from protocol.house.lists import Phrase, Seat

Intent: TypeAlias = Any
"""One of these, or of a game's own."""


@dataclass(frozen=True, slots=True)
class Show:
    """Show what is known under this word."""

    topic: str
    about: Any = None


@dataclass(frozen=True, slots=True)
class Sit:
    seat: Seat


@dataclass(frozen=True, slots=True)
class GoTo:
    """To this table, by its number or name; where one has the seat, only look at it."""

    table: str
    seat: Seat


@dataclass(frozen=True, slots=True)
class LeaveTable:
    """Get up from the table that one looks at."""


@dataclass(frozen=True, slots=True)
class Help:
    """About a word; empty: about everything."""

    about: str


@dataclass(frozen=True, slots=True)
class Quit:
    pass


@dataclass(frozen=True, slots=True)
class Wait:
    """A script waits for this; a game has more to wait for."""

    until: str


@dataclass(frozen=True, slots=True)
class Announce:
    phrase: Phrase
    words: str


@dataclass(frozen=True, slots=True)
class HandOver:
    name: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A line of the talk, as `client.talk.commands` reads it."""

    line: str
