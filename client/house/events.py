"""What happens on this side of the wire; the reducer takes it as it takes what the table says."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from protocol.house.lists import Farewell
from protocol.wire import HOUSE, Message, Request


class Trouble(Enum):
    """Why there is no line. The value says it in words."""

    REFUSED = "nobody is listening there: is the table open, and the port right?"
    NO_HOST = "no computer of that name was found"
    UNREACHABLE = "there is no way to that computer from here"
    TIMED_OUT = "no answer came in time"
    NOT_MODERN = "what answers there is no Croupier table; it may speak the classic protocol"
    NOT_CLASSIC = "what answers there does not speak the classic protocol"
    VERSION = "the table speaks another version of the protocol"
    CUT = "the connection broke off"
    SILENT = "nothing was heard from the table for too long"
    BROKEN = "the table sent something that cannot be read"
    TOO_MUCH = "this house says more than a table can"
    ANOTHER_TABLE = "this is not the table that you know there; nothing secret was sent to it"
    FAREWELL = "the table ended the connection"
    LEFT = "you left the table"


@dataclass(frozen=True, slots=True)
class Connecting:
    """The line is being made."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class LinkUp:
    """The line is there; the table has not said anything yet."""


@dataclass(frozen=True, slots=True)
class LinkLost:
    """The line is gone, and will be tried again."""

    trouble: Trouble
    retry_at: float
    """On the local monotonic clock."""
    farewell: Farewell | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class LinkGone:
    """The line is gone for good."""

    trouble: Trouble
    farewell: Farewell | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request is on its way; until its answer it is pending."""

    request: Request
    at: int = 0
    """Milliseconds since 1970, for what is shown with a time."""
    by_itself: bool = False
    """The client asked, not the person: a refusal is nothing to tell him."""


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A pending request went out once more, after the line had been lost."""

    number: int
    table: int = HOUSE


@dataclass(frozen=True, slots=True)
class Unsent:
    """There was no line for this request."""

    request: Request


@dataclass(frozen=True, slots=True)
class Measured:
    """How long the table took to answer a ping, in seconds."""

    latency: float


@dataclass(frozen=True, slots=True)
class Remembered:
    """One's own rounds that this computer saw on other days or in another window, newest first."""

    rounds: tuple[Any, ...]
    """In the words of the table's game."""
    table: int = HOUSE


@dataclass(frozen=True, slots=True)
class Judged:
    """A round was checked."""

    verdict: Any
    """As the witness of the draw gives it; it has a `round_number`."""
    saved: str = ""
    """Where the evidence was written, if it was."""
    table: int = HOUSE


@dataclass(frozen=True, slots=True)
class Looked:
    """One looks at this table now."""

    here: int


Local: TypeAlias = (
    Connecting
    | LinkUp
    | LinkLost
    | LinkGone
    | Sent
    | AskedAgain
    | Unsent
    | Measured
    | Judged
    | Remembered
    | Looked
)


def table_of(said: Message | Local) -> int | None:
    """The table at which this was said or happened; None: at none."""
    if isinstance(said, AskedAgain | Remembered | Judged):
        return said.table
    return said.table if isinstance(said, Message) and said.AT_TABLE else None
