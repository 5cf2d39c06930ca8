"""The hall: every table that is open, what is played at it, and at which of them something is due.

A thousand quiet tables cost a bet at another nothing: a table is looked at when it was *touched*.
That is when somebody asks for something there, comes, goes or is away (`seats.py`), when its moment
has come, and when the host gave an order. From then on each batch looks at it, until its next
moment is noted: that is done before the house waits. Pure.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from protocol.fair.hashes import Account
from protocol.house.fields import Chips
from server.people.ascending import Ascending
from server.people.people import People
from server.tables.game import Game, Play
from server.tables.means import Means
from server.tables.moments import Moments
from server.tables.roster import Roster
from server.tables.seats import Seats
from server.tables.terms import Terms
from server.talk.table_talk import TableTalk

FIRST = 1
"""The number of the first table that a house ever opened: the house is known by it."""


class Table(NamedTuple):
    """A place where a game is played."""

    number: int
    game: Game
    terms: Terms
    means: Means
    play: Play
    seats: Seats
    """The same that its means know."""
    roster: Roster
    talk: TableTalk

    def next_moment(self) -> float | None:
        """When time alone will bring something that is to be told."""
        play, roster = self.play.next_moment(), self.roster.next_moment()
        return roster if play is None or (roster is not None and roster < play) else play


class Hall:
    """All tables that are open. Their numbers begin with 1, and none ever comes again."""

    def __init__(self, people: People) -> None:
        self.tables: dict[int, Table] = {}
        self._in_order = Ascending()
        """Their numbers."""
        self.touched: set[int] = set()
        """Where something happened since the last look."""
        self._looked: set[int] = set()
        """Where somebody looked, and the next moment was not noted since."""
        self._people = people
        self._moments = Moments()
        self._patience = Moments()
        """When somebody loses a seat or is away: for that the house does not wake up."""

    def open(
        self, game: Game, terms: Terms, means: Means, roster: Roster, rules: Any, now: float
    ) -> Table:
        """One table more. It goes on where the books are."""
        means.now = now
        play, talk = game.open(means, rules, now), TableTalk(means.limits)
        table = Table(means.table, game, terms, means, play, means.seats, roster, talk)
        self.tables[table.number] = table
        self._in_order.add(table.number)
        self.touched.add(table.number)
        for account in {*play.playing, *play.contributors}:
            self._people.note_left(account, (table.number,))
        return table

    def close(self, number: int) -> None:
        """One table less; nobody sits there, and no chips lie on it."""
        del self.tables[number]
        self._in_order.discard(number)
        self.touched.discard(number)
        self._looked.discard(number)
        self._moments.note(number, None)
        self._patience.note(number, None)

    def after(self, number: int) -> Iterator[Table]:
        """Those with greater numbers, in order."""
        return map(self.tables.__getitem__, self._in_order.after(number))

    # --- what is due ------------------------------------------------------------------------

    def reach(self, number: int, now: float) -> Table | None:
        """The table at which somebody asks for something now."""
        table = self.tables.get(number)
        if table:
            table.means.now = now
            self.touched.add(number)
        return table

    def touch_all(self) -> None:
        """Something happened that may concern any of them."""
        self.touched.update(self.tables)

    def due(self, now: float) -> list[Table]:
        """Where something happened or is due, in the order of their numbers."""
        for moments in (self._moments, self._patience):
            if moments.earliest <= now:
                self.touched.update(moments.take(now))
        return [*map(self.tables.__getitem__, sorted(self.touched | self._looked))]

    def look(self) -> list[Table]:
        """The same at the end of a batch: what happens there from now on is for the next one."""
        self._looked |= self.touched
        self.touched.clear()
        return [*map(self.tables.__getitem__, sorted(self._looked))]

    def next_moment(self) -> float | None:
        """When one of them will have something to do."""
        for number in self.touched | self._looked:
            table = self.tables[number]
            self._moments.note(number, table.next_moment())
            limits = table.means.limits
            patience = table.seats.next_moment(limits.keep_seat_seconds, limits.away_seconds)
            self._patience.note(number, patience)
        self._looked.clear()
        return self._moments.first()

    # --- whose chips and says ---------------------------------------------------------------

    def at_stake(self, account: Account) -> Chips:
        """The chips that this account has on any table."""
        return sum(table.play.at_stake(account) for table in self._of(account))

    def contributes(self, account: Account) -> bool:
        """Whether this account has a part in a draw that is not over yet."""
        return any(account in table.play.contributors for table in self._of(account))

    def has_say(self, account: Account) -> bool:
        """Whether what this account does can still change a draw."""
        return any(table.play.has_say(account) for table in self._of(account))

    def _of(self, account: Account) -> list[Table]:
        """Where this account can have chips or a say: where it sits, and where it left them."""
        people = self._people
        left = [
            table
            for number in people.left.pop(account, ())
            if (table := self.tables.get(number))  # It may be closed by now.
        ]
        for table in left:
            if table.play.at_stake(account) or account in table.play.contributors:
                people.note_left(account, (table.number,))
        sits, left_in = people.tables.get(account, ()), people.left.get(account, ())
        return [self.tables[number] for number in dict.fromkeys((*sits, *left_in))]
