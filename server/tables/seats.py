"""Who is at one table: seats, presence, the croupier. Pure: the time is passed in.

Whoever sits, stands up, is cut off or loses a seat does it here and nowhere else. What the house
looks up by the person and not by the table follows from here: `Client.seats`, `People.tables`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from protocol.fair.hashes import Account
from protocol.house.lists import Presence, Seat
from server.people.ascending import Ascending
from server.people.people import NOWHERE, Client, People


@dataclass(slots=True)
class Person:
    """Somebody with a name who has a seat, or had one until the line was cut."""

    account: Account
    name: str
    seat: Seat
    client: Client
    presence: Presence

    @property
    def connected(self) -> bool:
        return self.presence in (Presence.HERE, Presence.AWAY)


class Seats:
    """Everybody who has a seat at this table."""

    def __init__(self, table: int, people: People, touched: set[int]) -> None:
        """`touched`: where something happened, by the numbers of the tables (`hall.py`)."""
        self.table = table
        self._touched = touched
        self._here = (table,)
        self._alone = {seat: {table: seat} for seat in Seat}
        """The seats of who sits at this table alone: one for everybody, as most do."""
        self._people = people
        self.seated: dict[Account, Person] = {}
        self.guests: dict[Client, None] = {}
        """Who watches without a name."""
        self.players: set[Account] = set()
        """Who plays, and is neither away nor cut off."""
        self.watchers: set[Account] = set()
        """Who watches under a name: everybody at the door is told how many."""
        self.croupier: Account = 0
        self.changed: dict[Account, None] = {}
        """Whose entry of the roster changed since the last broadcast."""
        self.news = False
        """Whether anything of the roster changed, a guest's coming or going as well."""
        self.cut_off: dict[Account, float] = {}
        """Whose seat is kept, and since when; the first in front."""
        self.active: dict[Account, float] = {}
        """Who is here, and when he last did something; who was idle longest in front."""
        self.in_order = Ascending()
        """Who has a seat, by ascending account."""

    def sit(self, client: Client, seat: Seat) -> bool:
        """Take a seat; True if it was kept since a cut."""
        elsewhere = self._elsewhere(client)
        client.seats = {**elsewhere, self.table: seat} if elsewhere else self._alone[seat]
        account = client.account
        if not account:
            self.guests[client] = None
            self._note_news()
            return False
        before = self.seated.get(account)
        resumed = before is not None and before.presence is Presence.CUT_OFF
        away = before is not None and before.presence is Presence.AWAY
        presence = Presence.AWAY if away else Presence.HERE  # Until what he did is noted: `act`.
        if self.croupier == account:
            self.croupier = 0
        if seat is Seat.CROUPIER:
            self._unseat_croupier_who_is_gone(account)
            self.croupier = account
        self.cut_off.pop(account, None)
        if not before:
            self._people.seat(account, self._here)
        self.seated[account] = Person(account, client.name, seat, client, presence)
        self.in_order.add(account)
        self.touch(account)
        return resumed

    def stand(self, client: Client) -> None:
        """Leave the seat, or one that is kept."""
        client.seats = self._elsewhere(client)
        self.guests.pop(client, None)
        self._note_news()
        if client.account:
            self.remove(client.account)

    def cut(self, client: Client, now: float) -> None:
        """The connection is over: who has a name keeps the seat for a while, as from now also one
        that was kept and not taken again.
        """
        account = client.account
        if not account:
            self.stand(client)
            return
        client.seats = self._elsewhere(client)
        self.seated[account].presence = Presence.CUT_OFF
        self.active.pop(account, None)
        self.cut_off.pop(account, None)  # Who was due first stands in front.
        self.cut_off[account] = now
        self.touch(account)

    def _elsewhere(self, client: Client) -> Mapping[int, Seat]:
        """Its seats at other tables."""
        return {n: seat for n, seat in client.seats.items() if n != self.table} or NOWHERE

    def touch(self, account: Account) -> None:
        """His entry of the roster is news."""
        self._note_news()
        self.changed.pop(account, None)
        self.changed[account] = None
        person = self.seated.get(account)
        if person and person.seat is Seat.PLAYER and person.presence is Presence.HERE:
            self.players.add(account)
        else:
            self.players.discard(account)
        if person and person.seat is Seat.WATCHER:
            self.watchers.add(account)
        else:
            self.watchers.discard(account)

    def _note_news(self) -> None:
        self.news = True
        self._touched.add(self.table)

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
        return idle

    def next_moment(self, keep_seconds: float, away_seconds: float) -> float | None:
        """When somebody will have been cut off or idle for so long."""
        moments = [since + keep_seconds for since in islice(self.cut_off.values(), 1)]
        moments += [since + away_seconds for since in islice(self.active.values(), 1)]
        return min(moments, default=None)

    def croupier_can_be_relieved(self, by: Account) -> bool:
        """Whether the croupier's seat is free for this account."""
        if self.croupier in (0, by):
            return True
        return self.seated[self.croupier].presence is Presence.CUT_OFF

    @property
    def heads(self) -> int:
        """How many hear what is said to everybody at the table, or so many."""
        return len(self.seated) + len(self.guests)

    def count(self) -> tuple[int, int]:
        """How many are seated as players or croupier, and how many watch."""
        watching = len(self.watchers)
        return len(self.seated) - watching, watching + len(self.guests)

    def _unseat_croupier_who_is_gone(self, relieved_by: Account) -> None:
        if self.croupier not in (0, relieved_by):
            self.remove(self.croupier)

    def remove(self, account: Account) -> None:
        """His seat is nobody's."""
        self.cut_off.pop(account, None)
        self.active.pop(account, None)
        if self.seated.pop(account, None):
            self.in_order.discard(account)
            self.touch(account)
            self._people.unseat(account, self._here)
        if self.croupier == account:
            self.croupier = 0
