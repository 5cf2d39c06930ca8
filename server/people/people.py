"""Who is in the house: connections, and whose they are. Pure: the time is passed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from protocol.fair.hashes import Account
from protocol.house.lists import Seat
from protocol.text import as_name
from protocol.wire import Party

_PARTIES = {
    Seat.NONE: Party.VISITOR,
    Seat.PLAYER: Party.PLAYER,
    Seat.CROUPIER: Party.CROUPIER,
    Seat.WATCHER: Party.WATCHER,
}
NOWHERE: Mapping[int, Seat] = MappingProxyType({})
"""The seats of who has none."""
_ROLES = {seat: seat.name.lower() for seat in Seat}


@dataclass(eq=False, slots=True)
class Client:
    """One connection, as the house sees it. A guest has no account."""

    address: str
    greeted: bool = False
    signed_in: bool = False
    classic: bool = False
    account: Account = 0
    name: str = ""
    seats: Mapping[int, Seat] = field(default_factory=lambda: NOWHERE)
    """By the number of the table; each table keeps it up to date (`tables/seats.py`). Many share
    one: it is never changed, but another takes its place.
    """
    wrong_guesses: int = 0
    refused: dict[type, int] = field(default_factory=dict)
    """How many of a kind were refused since one was done: others go first then (`net/cost.py`)."""
    gone: bool = False
    """The house has parted with it: whatever it still asks is not heard."""

    def party_at(self, table: int) -> Party:
        """What it is to a table."""
        return _PARTIES[self.seats.get(table, Seat.NONE)] if self.signed_in else Party.STRANGER

    @property
    def party(self) -> Party:
        """What it is to the house: all that it is to any table."""
        if not self.signed_in:
            return Party.STRANGER
        party = Party(0)
        for seat in self.seats.values():
            party |= _PARTIES[seat]
        return party or Party.VISITOR

    @property
    def title(self) -> str:
        """Who this is, in a word for the log: with the seats, in the order in which they came."""
        if not self.signed_in:
            return self.address
        roles = ""
        for table in self.seats:  # At every request: so it is cheap.
            role = _ROLES[self.seats[table]]
            if role not in roles:
                roles = f"{roles} and {role}" if roles else role
        return f"{roles or 'visitor'} {as_name(self.name) if self.name else 'guest'}"


@dataclass
class People:
    """Everybody who is connected."""

    clients: dict[Account, Client] = field(default_factory=dict)
    """Who has signed in with a name."""
    guests: dict[Client, None] = field(default_factory=dict)
    tables: dict[Account, tuple[int, ...]] = field(default_factory=dict)
    """The numbers of the tables at which each has a seat, or has one kept."""
    left: dict[Account, tuple[int, ...]] = field(default_factory=dict)
    """Where each had a seat, and may have left chips or a say (`Hall` asks, and cleans up)."""
    several: set[Account] = field(default_factory=set)
    """For whom that is more than one."""
    unconfirmed: dict[Client, float] = field(default_factory=dict)
    """Classic clients that must confirm the results, and by when; who is first due in front."""
    departed: dict[Account, None] = field(default_factory=dict)
    """Who left a table or was cut off since the last time anybody looked."""
    moved: list[Client] = field(default_factory=list)
    """Whose standing may be another by now, though they asked for nothing."""

    @property
    def count(self) -> int:
        """How many have signed in."""
        return len(self.clients) + len(self.guests)

    def enter(self, client: Client) -> None:
        """A client signed in. Of each account there is one."""
        if client.account:
            assert client.account not in self.clients
            self.clients[client.account] = client
        else:
            self.guests[client] = None

    def leave(self, client: Client) -> None:
        """The connection is over."""
        self.guests.pop(client, None)
        self.unconfirmed.pop(client, None)
        if client.account and self.clients.get(client.account) is client:
            del self.clients[client.account]
            self.departed[client.account] = None

    def seat(self, account: Account, table: tuple[int]) -> None:
        """He has a seat at one table more."""
        if account in self.tables:
            self.tables[account] += table
            self.several.add(account)
        else:
            self.tables[account] = table

    def unseat(self, account: Account, table: tuple[int]) -> None:
        """His seat at this table is nobody's."""
        self.note_left(account, table)
        tables = tuple([each for each in self.tables.pop(account) if each not in table])
        if tables:
            self.tables[account] = tables
        if len(tables) < 2:
            self.several.discard(account)

    def note_left(self, account: Account, table: tuple[int]) -> None:
        """He may have chips or a say at this table, and has no seat there."""
        before = self.left.get(account, ())
        if table[0] not in before:
            self.left[account] = before + table if before else table

    def overdue(self, now: float) -> list[Client]:
        """The classic clients that did not confirm the results in time."""
        late = []
        while self.unconfirmed and next(iter(self.unconfirmed.values())) <= now:
            late.append(next(iter(self.unconfirmed)))
            del self.unconfirmed[late[-1]]
        return late
