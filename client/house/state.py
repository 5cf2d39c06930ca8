"""What is known of the house and its tables, as one frozen value: all that a client shows.

It is looked at from one table: `here`. The reducer turns it to the table that something is said at
(`at`), and whoever shows it to the one that the person looks at; so a game's part of a client is
handed one value, and means its own table. What a table's game knows is the game's own
(`client/games`).

Mappings in it are never changed, only replaced. Times are seconds of the local monotonic clock,
except where they are called `at`: those are milliseconds since 1970, as the table says them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Any, Self, TypeVar

from client.house.events import Trouble
from protocol.fair.hashes import Account
from protocol.house.door import HouseIntroduced, TableEntry
from protocol.house.fields import Chips
from protocol.house.lists import Farewell, Notice, Phrase, Reason, Seat, SessionEnd
from protocol.house.people import PlayerEntry
from protocol.wire import HOUSE, Request

K = TypeVar("K")
V = TypeVar("V")


def nothing() -> Mapping[K, V]:
    return MappingProxyType({})


class Line(Enum):
    """The connection."""

    APART = "not connected yet"
    CONNECTING = "connecting"
    DOOR = "connected, not at the table yet"
    LIVE = "at the table"
    LOST = "lost; it is tried again by itself"
    GONE = "ended"


@dataclass(frozen=True, slots=True)
class Status:
    """How the connection is."""

    line: Line = Line.APART
    trouble: Trouble | None = None
    farewell: Farewell | None = None
    words: str = ""
    """The table's own words for it, if it had any."""
    retry_at: float | None = None
    latency: float | None = None
    """Seconds there and back."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A request that is not answered yet."""

    request: Request
    since: float
    at: int = 0
    by_itself: bool = False
    """The client asked for it, not the person."""
    again: bool = False
    """Asked about again after a lost line: its effect may be known already."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that was not carried out."""

    request: Request | None
    reason: Reason | None
    """None: there was no line, or it was lost before an answer came."""
    spot: int | None = None
    """Where on its table's layout, if it is about a spot."""
    figure: int = 0
    words: str = ""
    serial: int = 0
    """Each is given its own, so that the same one twice is seen twice."""


class Kind(Enum):
    """What sort of line stands in the messages."""

    SAID = "to everybody"
    WHISPERED = "to one"
    IN_SESSION = "in a private session"
    ANNOUNCED = "called by the croupier or the house"
    NOTICED = "happened to somebody"


@dataclass(frozen=True, slots=True)
class Heard:
    """A line of the messages."""

    at: int
    kind: Kind
    account: Account
    name: str
    text: str
    to: Account = 0
    """To whom one said it oneself; 0: to everybody, or it was said to oneself."""
    phrase: Phrase = Phrase.OTHER
    notice: Notice = Notice.OTHER
    begun: bool = False
    """A private session began: nobody said it."""
    ended: SessionEnd | None = None
    """The private session with `account` is over, or was not agreed to."""
    serial: int = 0
    """Each is given its own."""


class Talk(Enum):
    """Where a private session is."""

    ASKED = "asked for by oneself"
    ASKS = "asked for by the other"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Session:
    """A private session with somebody."""

    name: str
    talk: Talk


@dataclass(frozen=True, slots=True)
class TableState:
    """What is known of one table at which one sits or looks on."""

    live: bool = False
    """Whether it was shown on the line that is up now."""
    seat: Seat = Seat.NONE
    wished: Seat = Seat.NONE
    """The seat that the person asked for."""
    croupier: Account = 0
    croupier_name: str = ""
    roster: Mapping[Account, PlayerEntry] = field(default_factory=nothing)
    roster_known: bool = False
    """Whether the roster holds everybody."""
    seated: int = 0
    watching: int = 0
    lines: tuple[Heard, ...] = ()
    """What was said and what happened there, the latest last."""
    verdicts: Mapping[int, Any] = field(default_factory=nothing)
    """By round, oldest first, as the witness of the draw gives them."""
    saved: Mapping[int, str] = field(default_factory=nothing)
    """Where the evidence of a round was written."""
    game: Any = None
    """What the game knows, in the game's own words; None: nothing yet."""


NO_TABLE = TableState()


@dataclass(frozen=True, slots=True)
class HouseState:
    """Everything that is known of the house, looked at from one of its tables."""

    status: Status = Status()
    classic: bool = False
    """The assignment's protocol: the balance is this client's own sum."""
    house: HouseIntroduced | None = None
    lobby: Mapping[int, TableEntry] = field(default_factory=nothing)
    """The tables of the house by their numbers, as far as they were told."""
    account: Account = 0
    name: str = ""
    balance: Chips = 0
    names: Mapping[Account, str] = field(default_factory=nothing)
    """Whoever was named since one came, gone or not."""
    pending: Mapping[int, Pending] = field(default_factory=nothing)
    refusals: tuple[Refusal, ...] = ()
    """The latest last."""
    whispers: tuple[Heard, ...] = ()
    """What was said between oneself and one other, the latest last."""
    sessions: Mapping[Account, Session] = field(default_factory=nothing)
    serial: int = 0
    """Counts refusals and lines."""
    here: int = HOUSE
    """The number of the table that is looked at."""
    tables: Mapping[int, TableState] = field(default_factory=nothing)
    """Those at which one sits or looks on, and the one that one looks at."""

    @property
    def table(self) -> TableState:
        """The table that is looked at."""
        return self.tables.get(self.here, NO_TABLE)

    @property
    def live(self) -> bool:
        """Whether the line is up, and the table that is looked at was shown on it."""
        return self.status.line is Line.LIVE and self.table.live

    @property
    def in_house(self) -> bool:
        """Whether the line is up and one has come in; at no table, if the last one has closed."""
        return self.status.line is Line.LIVE

    @property
    def seated_anywhere(self) -> bool:
        return any(each.seat is not Seat.NONE for each in self.tables.values())

    @property
    def heard(self) -> tuple[Heard, ...]:
        """What was said at the table and to oneself alone, in order."""
        return tuple(sorted((*self.table.lines, *self.whispers), key=lambda line: line.serial))

    def at(self, table: int) -> Self:
        """The same, looked at from this table."""
        return self if table == self.here else replace(self, here=table)

    def with_table(self, **changes: Any) -> Self:
        """With this of the table that is looked at changed."""
        changed = replace(self.table, **changes)
        return replace(self, tables={**self.tables, self.here: changed})

    def without_table(self, table: int) -> Self:
        """With nothing known of this table."""
        left = {number: each for number, each in self.tables.items() if number != table}
        return replace(self, tables=left)

    def find_table(self, name: str) -> int | None:
        """The number of the table that this is the number or the name of."""
        if name.isascii() and name.isdigit():
            return int(name)
        called = (n for n, each in self.lobby.items() if each.name.casefold() == name.casefold())
        return next(called, None)

    def table_name(self, table: int) -> str:
        """What a table is called; its number where the house did not say."""
        entry = self.lobby.get(table)
        return entry.name if entry is not None and entry.name else f"№ {table}"

    def name_of(self, account: Account) -> str:
        """What to call somebody; a number where no name was told."""
        return self.names.get(account) or f"№ {account}"

    def answered(self, number: int) -> tuple[Self, Pending | None]:
        """Without the pending request of this number, and that request."""
        found = self.pending.get(number)
        if found is None:
            return self, None
        left = {key: each for key, each in self.pending.items() if key != number}
        return replace(self, pending=left), found
