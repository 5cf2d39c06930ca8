"""What a person wants, as the words say it: nothing here is done yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips
from protocol.house.lists import Phrase, Seat


class Topic(Enum):
    """What can be shown without asking anything of the table's rules."""

    BETS = auto()
    MINE = auto()
    PLAYERS = auto()
    HISTORY = auto()
    ROUNDS = auto()
    NUMBERS = auto()
    LIMITS = auto()
    TALK = auto()
    TABLES = auto()


class Until(Enum):
    """What a script can wait for."""

    BETTING = auto()
    CLOSED = auto()
    RESULT = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Lay:
    """Chips on spots, all of them or none."""

    chips: Mapping[Spot, Chips]


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Chips off spots; None: all that lies there."""

    chips: Mapping[Spot, Chips | None]


@dataclass(frozen=True, slots=True)
class TakeBackAll:
    pass


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what was laid last."""


@dataclass(frozen=True, slots=True)
class Rebet:
    """Lay what one had in the last round that one played."""


@dataclass(frozen=True, slots=True)
class Double:
    """Lay once more what lies there."""


@dataclass(frozen=True, slots=True)
class SetChip:
    """What a bet without a sum means; 0: nothing."""

    chips: Chips


@dataclass(frozen=True, slots=True)
class Ready:
    pass


@dataclass(frozen=True, slots=True)
class Show:
    topic: Topic


@dataclass(frozen=True, slots=True)
class Verify:
    """Tell what came of checking a round; 0: the last one."""

    round_number: int


@dataclass(frozen=True, slots=True)
class Save:
    """Write the night out, as a file with this ending."""

    ending: str


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
    until: Until


@dataclass(frozen=True, slots=True)
class Start:
    pass


@dataclass(frozen=True, slots=True)
class CloseBetting:
    pass


@dataclass(frozen=True, slots=True)
class Void:
    words: str


@dataclass(frozen=True, slots=True)
class Announce:
    phrase: Phrase
    words: str


@dataclass(frozen=True, slots=True)
class SetAuto:
    """Seconds of betting; 0: a croupier runs the table."""

    seconds: int


@dataclass(frozen=True, slots=True)
class HandOver:
    name: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A line of the talk, as `client.talk.commands` reads it."""

    line: str


Intent: TypeAlias = (
    Lay
    | TakeBack
    | TakeBackAll
    | Undo
    | Rebet
    | Double
    | SetChip
    | Ready
    | Show
    | Verify
    | Save
    | Sit
    | GoTo
    | LeaveTable
    | Help
    | Quit
    | Wait
    | Start
    | CloseBetting
    | Void
    | Announce
    | SetAuto
    | HandOver
    | Talk
)
