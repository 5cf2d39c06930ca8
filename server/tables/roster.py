"""The roster of one table: told as it changes, listed in pages. Pure: the time is passed in."""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby

from protocol.fair.hashes import Account
from protocol.house.lists import Presence, Seat
from protocol.house.people import PlayerEntry, RosterChanged
from protocol.limits import CHANGES_A_BROADCAST
from server.books.books import Books
from server.limits import Limits
from server.people.ascending import Ascending
from server.tables.pace import Pace, Turns
from server.tables.seats import Seats
from server.talk.talk import Talk


class Roster:
    """Who is at the table, and with how many chips."""

    def __init__(
        self,
        seats: Seats,
        books: Books,
        talk: Talk,
        limits: Limits,
        turns: Turns,
        *,
        chips_shown: bool,
    ) -> None:
        """`turns`: of the rosters of all tables."""
        self.seats = seats
        self.books = books
        self.talk = talk
        self.chips_shown = chips_shown
        often = 1 / limits.broadcasts_a_second
        self._pace = Pace(5 * often, limits.change_deliveries_a_second / 5, turns)

    def next_moment(self) -> float | None:
        """When `changes` will have something to tell."""
        return self._pace.moment if self.seats.news else None

    def changes(self, now: float) -> RosterChanged | None:
        """What is to be told of it, if that is due."""
        seats = self.seats
        if not self._pace.is_due(now, seats.heads):
            return None
        self._pace.told(now)
        changed = list(seats.changed)
        seats.changed.clear()
        seats.news = False
        newest = changed[-CHANGES_A_BROADCAST:]
        entries = tuple(self.entry(account, now) for account in newest)
        seated, watching = seats.count()
        return RosterChanged(seated, watching, entries, len(newest) == len(changed))

    def note_chips(self, accounts: Iterable[Account]) -> None:
        """These have more chips now, or fewer: so long as one broadcast holds everybody, it tells.
        At a fuller table the roster is asked for.
        """
        seated = self.seats.seated
        if self.chips_shown and len(seated) <= CHANGES_A_BROADCAST:
            for account in accounts:
                if account in seated:
                    self.seats.touch(account)

    def after(self, account: Account, playing: Ascending) -> Iterator[Account]:
        """Who has a seat, or left chips on the table, by ascending account."""
        both = merge(self.seats.in_order.after(account), playing.after(account))
        return (who for who, _ in groupby(both))

    def entry(self, account: Account, now: float) -> PlayerEntry:
        """One line."""
        holder = self.books.holders[account]
        chips = self.books.wallet(account) if self.chips_shown else 0
        person = self.seats.seated.get(account)
        if not person:
            return PlayerEntry(account, holder.name, Seat.NONE, Presence.GONE, False, chips)
        muted = self.talk.is_muted(account, now)
        return PlayerEntry(account, person.name, person.seat, person.presence, muted, chips)
