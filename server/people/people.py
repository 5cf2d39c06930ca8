"""Who is at the table: seats, presence, manners. Pure: no socket, and the time is passed in."""

from dataclasses import dataclass, field

from protocol.fairness import Account
from protocol.messages.lists import Presence, Seat
from protocol.text import as_name
from protocol.wire import Party
from server.people.ascending import Ascending

_PARTIES = {
    Seat.NONE: Party.VISITOR,
    Seat.PLAYER: Party.PLAYER,
    Seat.CROUPIER: Party.CROUPIER,
    Seat.WATCHER: Party.WATCHER,
}
_ROLES = {seat: seat.name.lower() if seat else "visitor" for seat in Seat}


@dataclass(eq=False, slots=True)
class Client:
    """One connection, as the table sees it. A guest has no account."""

    address: str
    greeted: bool = False
    signed_in: bool = False
    classic: bool = False
    account: Account = 0
    name: str = ""
    seat: Seat = Seat.NONE
    wrong_guesses: int = 0
    gone: bool = False
    """The house has parted with it: whatever it still asks is not heard."""

    @property
    def party(self) -> Party:
        return _PARTIES[self.seat] if self.signed_in else Party.STRANGER

    @property
    def title(self) -> str:
        """Who this is, in a word for the log."""
        if not self.signed_in:
            return self.address
        return f"{_ROLES[self.seat]} {as_name(self.name) if self.name else 'guest'}"


@dataclass(slots=True)
class Person:
    """Somebody with a name who has a seat, or had one until the line was cut."""

    account: Account
    name: str
    seat: Seat
    client: Client
    presence: Presence = Presence.HERE

    @property
    def connected(self) -> bool:
        return self.presence in (Presence.HERE, Presence.AWAY)


@dataclass
class People:
    """Everybody who is connected, and everybody who has a seat."""

    clients: dict[Account, Client] = field(default_factory=dict)
    """Who has signed in with a name."""
    guests: dict[Client, None] = field(default_factory=dict)
    seated: dict[Account, Person] = field(default_factory=dict)
    players: set[Account] = field(default_factory=set)
    """Who plays, and is neither away nor cut off."""
    croupier: Account = 0
    changed: dict[Account, None] = field(default_factory=dict)
    """Whose entry of the roster changed since the last broadcast."""
    unconfirmed: dict[Client, float] = field(default_factory=dict)
    """Classic clients that must confirm the results, and by when; who is first due in front."""
    cut_off: dict[Account, float] = field(default_factory=dict)
    """Whose seat is kept, and since when; the first in front."""
    news: bool = False
    """Whether anything of the roster changed, a guest's coming or going as well."""
    active: dict[Account, float] = field(default_factory=dict)
    """Who is here, and when he last did something; who was idle longest in front."""
    departed: dict[Account, None] = field(default_factory=dict)
    """Who left the table or was cut off since the last time anybody looked."""
    moved: list[Client] = field(default_factory=list)
    """Whose standing may be another by now, though they asked for nothing."""
    roster: Ascending = field(default_factory=Ascending)
    """Who has a seat, by ascending account."""

    def enter(self, client: Client) -> None:
        """A client signed in. Of each account there is one."""
        if client.account:
            assert client.account not in self.clients
            self.clients[client.account] = client
        else:
            self.guests[client] = None

    def sit(self, client: Client, seat: Seat) -> bool:
        """Take a seat; True if it was kept since a cut."""
        client.seat = seat
        if not client.account:
            self.news = True
            return False
        before = self.seated.get(client.account)
        resumed = before is not None and before.presence is Presence.CUT_OFF
        away = before is not None and before.presence is Presence.AWAY
        presence = Presence.AWAY if away else Presence.HERE  # Until what he did is noted: `act`.
        if self.croupier == client.account and seat is not Seat.CROUPIER:
            self.croupier = 0
        if seat is Seat.CROUPIER:
            self._unseat_croupier_who_is_gone(client.account)
            self.croupier = client.account
        self.cut_off.pop(client.account, None)
        self.seated[client.account] = Person(client.account, client.name, seat, client, presence)
        self.roster.add(client.account)
        self.touch(client.account)
        return resumed

    def stand(self, client: Client) -> None:
        """Leave the seat."""
        client.seat = Seat.NONE
        self.news = True
        if client.account:
            self.remove(client.account)

    def leave(self, client: Client, now: float, *, cut_off: bool) -> None:
        """The connection is over. Whoever was cut off keeps the seat for a while."""
        if client in self.guests:
            del self.guests[client]
            self.news = True
        self.unconfirmed.pop(client, None)
        if not client.account or self.clients.get(client.account) is not client:
            return
        del self.clients[client.account]
        self.departed[client.account] = None
        person = self.seated.get(client.account)
        if not person:
            return
        if cut_off:
            person.presence = Presence.CUT_OFF
            self.active.pop(client.account, None)
            self.cut_off.pop(client.account, None)  # Who was due first stands in front.
            self.cut_off[client.account] = now
            self.touch(client.account)
        else:
            self.remove(client.account)

    def touch(self, account: Account) -> None:
        """His entry of the roster is news."""
        self.news = True
        self.changed.pop(account, None)
        self.changed[account] = None
        person = self.seated.get(account)
        if person and person.seat is Seat.PLAYER and person.presence is Presence.HERE:
            self.players.add(account)
        else:
            self.players.discard(account)

    def forget_before(self, moment: float) -> list[Person]:
        """Clear the seats of those who were cut off before this moment."""
        gone = []
        while self.cut_off and next(iter(self.cut_off.values())) <= moment:
            person = self.seated[next(iter(self.cut_off))]
            gone.append(person)
            self.remove(person.account)
        return gone

    def act(self, account: Account, now: float) -> bool:
        """He has done something; True if he is back by it."""
        person = self.seated.get(account)
        if not person or not person.connected:
            return False
        self.active.pop(account, None)
        self.active[account] = now
        back = person.presence is Presence.AWAY
        if back:
            person.presence = Presence.HERE
            self.touch(account)
        return back

    def idle_before(self, moment: float) -> list[Person]:
        """Mark those as away who have done nothing since this moment."""
        idle = []
        while self.active and next(iter(self.active.values())) <= moment:
            person = self.seated[next(iter(self.active))]
            del self.active[person.account]
            person.presence = Presence.AWAY
            self.touch(person.account)
            idle.append(person)
            self.moved.append(person.client)
        return idle

    def overdue(self, now: float) -> list[Client]:
        """The classic clients that did not confirm the results in time."""
        late = []
        while self.unconfirmed and next(iter(self.unconfirmed.values())) <= now:
            late.append(next(iter(self.unconfirmed)))
            del self.unconfirmed[late[-1]]
        return late

    def croupier_can_be_relieved(self, by: Account) -> bool:
        """Whether the croupier's seat is free for this account."""
        if self.croupier in (0, by):
            return True
        return self.seated[self.croupier].presence is Presence.CUT_OFF

    @property
    def heads(self) -> int:
        """How many hear what is said to everybody, or about so many."""
        return len(self.seated) + len(self.guests)

    def count(self) -> tuple[int, int]:
        """How many are seated as players or croupier, and how many watch."""
        watching = sum(person.seat is Seat.WATCHER for person in self.seated.values())
        guests = sum(guest.seat is Seat.WATCHER for guest in self.guests)
        return len(self.seated) - watching, watching + guests

    def _unseat_croupier_who_is_gone(self, relieved_by: Account) -> None:
        if self.croupier not in (0, relieved_by):
            self.remove(self.croupier)

    def remove(self, account: Account) -> None:
        """His seat is nobody's."""
        self.cut_off.pop(account, None)
        self.active.pop(account, None)
        self.departed[account] = None
        if self.seated.pop(account, None):
            self.roster.discard(account)
            self.touch(account)
        if self.croupier == account:
            self.croupier = 0
