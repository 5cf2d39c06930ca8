"""All that a play may touch of the house: chips, the draw, the people at the table, and their ears.

What it tells is kept in `told`, in order, until its deeds are durable.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from protocol.fair.hashes import Account
from protocol.wire import Message
from server.books.allowance import Allowance
from server.books.books import Books
from server.books.disk import Disk
from server.books.finished import Finished
from server.draw.draw import Draw
from server.draw.frames import Frames
from server.limits import Limits
from server.people.people import Client
from server.tables.calendar import Calendar
from server.tables.over import Over
from server.tables.pace import Pace, Turns
from server.tables.seats import Seats


class Archive(Protocol):
    """The finished rounds."""

    def finished_round(self, table: int, number: int) -> Finished | None: ...

    def summaries(self, table: int, before: int, most: int) -> list[str]: ...


Each: TypeAlias = (
    Mapping[Client | Account, Message]
    | Mapping[Account, Message]
    | Mapping[Client, Message]
    | Frames
)
"""What somebody is told of their own: who is named by the account is told, if they are in the
house; who is named by the client sits here. Many may share a message; `Frames` are made one by one.
"""


@dataclass(eq=False, slots=True)
class Means:
    """What one table has of the house."""

    table: int
    name: str
    """What it is called."""
    books: Books
    archive: Archive
    disk: Disk
    allowance: Allowance
    seats: Seats
    limits: Limits
    draw: Draw
    own_draw: Callable[[int], Draw]
    """A draw for one player alone, from a round of this number on; the house forgets it when it
    closes.
    """
    now: float = 0.0
    calendar: Calendar = field(default_factory=Calendar)
    turns: Turns = field(default_factory=Turns)
    """Of all tables that tell what has changed on them."""
    told: list[Message | Over | Each] = field(default_factory=list)
    moved: list[Account] = field(default_factory=list)
    """Whose chips moved, since the house last looked."""
    finished: list[Finished] = field(default_factory=list)
    """Rounds that ended, to be kept with the books: one list for the whole house."""

    @property
    def at(self) -> int:
        """This moment as it is told and kept, in milliseconds since 1970."""
        return self.calendar.ms(self.now)

    def pace(self) -> Pace:
        """How often everybody is told what has changed on this table."""
        limits = self.limits
        often, deliveries = limits.broadcasts_a_second, limits.change_deliveries_a_second
        return Pace(1 / often, deliveries, self.turns)

    def tell(self, *said: Message | Over) -> None:
        """Tell everybody at the table, or each their part."""
        self.told += said

    def tell_each(self, said: Each) -> None:
        """Tell each of these something of their own."""
        self.told.append(said)

    def note_chips(self, accounts: Iterable[Account]) -> None:
        """These have more chips now, or fewer."""
        self.moved += accounts
