"""What a scene shows of a table: a value, made from what the client knows.

The scenes draw from this and from nothing else, so that any state can be put before them.
Times are seconds of the local monotonic clock.
"""

from dataclasses import dataclass
from enum import StrEnum

from protocol.house.fields import Chips


class Role(StrEnum):
    PLAYER = "player"
    CROUPIER = "croupier"
    WATCHER = "watcher"


class Line(StrEnum):
    """The connection."""

    UP = "up"
    CONNECTING = "connecting"
    LOST = "lost"
    ENDED = "ended"
    """It will not come back by itself."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: Role
    balance: Chips | None
    online: bool = True
    me: bool = False
    seat: int = 0
    """The account: by it requests name a person."""
    away: bool = False
    muted: bool = False
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A line of the messages panel."""

    clock: str
    who: str
    text: str
    house: bool = False
    """A notice of the house: nobody said it."""
    room: int = 0
    """By the other's account, the private conversation; 0: everybody heard it."""
    serial: int = 0
    mine: bool = False
    call: bool = False
    """The croupier or the house called it."""


class Tie(StrEnum):
    """A private session, from its request on."""

    ASKED = "asked"
    """I have asked."""
    ASKS = "asks"
    """The other asks."""
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Room:
    """A private conversation."""

    account: int
    name: str
    tie: Tie | None = None
    last: int = 0
    """The serial number of its last line."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something was refused; shown where it lay."""

    number: int
    """Each refusal has its own, so that the same one twice is seen twice."""
    key: str
    """What to say, in the message files."""
    values: tuple[tuple[str, str | int], ...] = ()
    place: int | None = None
    """Where at the table, by the game's own number."""
    table: int | None = None
    """A seat was asked for there."""
    talk: bool = False
    """It was asked for in the talk, and is shown there."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table of the house, as its list shows it."""

    number: int
    name: str
    game: str
    """The key of what is played there; empty: this window does not know it."""
    croupier: bool = False
    seated: int = 0
    watching: int = 0
    role: Role | None = None
    """What I am there."""
    here: bool = False
    """It is the one that is looked at."""
    awaits: bool = False
    """There is something that I could do there."""
    fails: bool = False
    """A round there did not hold."""
    automatic: bool = False
    """It runs itself."""
    password: bool = False
    """A seat there takes the table's password."""
    watchable: bool = True
    seats: int = 0
    """So many may sit there; 0: any number."""


@dataclass(frozen=True, slots=True)
class TableView:
    """Of any table, whatever is played there; a game adds what it shows."""

    role: Role = Role.PLAYER
    classic: bool = False
    table: str = ""
    me: str = ""
    deadline: float | None = None
    """When what goes on now ends by itself."""
    balance: Chips | None = None
    people: tuple[Person, ...] = ()
    online: int = 0
    messages: tuple[Message, ...] = ()
    rooms: tuple[Room, ...] = ()
    """The private conversations."""
    account: int = 0
    """Mine; 0: I have no name here, and may only listen."""
    hall: tuple[TableRow, ...] = ()
    """The tables of the house, where there is more than one."""
    elsewhere: int = 0
    """What I won or lost tonight at other tables."""
    staked_elsewhere: Chips = 0
    """My chips that lie there."""
    refusal: Refusal | None = None
    latency: int | None = None
    line: Line = Line.UP
    retry_at: float | None = None
    why_lost: str = ""
    """The key of the reason."""

    @property
    def at_stake(self) -> Chips:
        """What lies on the table, of mine or of all that I lead."""
        return 0

    @property
    def net(self) -> int:
        """What I have won or lost tonight, at whichever table."""
        return self.elsewhere
