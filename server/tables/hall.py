"""The hall: every table that is open, and what is played at it. Pure."""

from typing import Any, NamedTuple

from protocol.fairness import Account
from protocol.house.fields import Chips
from server.tables.game import Game, Play
from server.tables.means import Means
from server.tables.roster import Roster
from server.tables.seats import Seats
from server.talk.table_talk import TableTalk

FIRST = 1
"""The number of the table at whose door everybody comes in."""


class Table(NamedTuple):
    """A place where a game is played."""

    number: int
    game: Game
    means: Means
    play: Play
    seats: Seats
    """The same that its means know."""
    roster: Roster
    talk: TableTalk


class Hall:
    """All tables, in the order of their numbers, which begin with 1."""

    def __init__(self) -> None:
        self.tables: dict[int, Table] = {}

    def open(self, game: Game, means: Means, roster: Roster, rules: Any, now: float) -> Table:
        """One table more. It goes on where the books are."""
        means.now = now
        play, talk = game.open(means, rules, now), TableTalk(means.limits)
        table = Table(means.table, game, means, play, means.seats, roster, talk)
        self.tables[table.number] = table
        return table

    def advance(self, now: float) -> None:
        """Do what is due at each of them."""
        for table in self.tables.values():
            table.means.now = now
            table.play.advance(now)

    def tick(self, now: float) -> bool:
        """Tell what each of them tells so many times a second; whether anything was."""
        told = False
        for table in self.tables.values():
            table.play.tick(now)
            told = told or table.means.told != []
        return told

    def next_moment(self) -> float | None:
        """When one of them will have something to do."""
        first = None
        for table in self.tables.values():
            moment = table.play.next_moment()
            if moment is not None and (first is None or moment < first):
                first = moment
        return first

    def at_stake(self, account: Account) -> Chips:
        """The chips that this account has on any table."""
        return sum(table.play.at_stake(account) for table in self.tables.values())

    def contributes(self, account: Account) -> bool:
        """Whether this account has a part in a draw that is not over yet."""
        return any(table.play.contributes(account) for table in self.tables.values())

    def has_say(self, account: Account) -> bool:
        """Whether what this account does can still change a draw."""
        return any(table.play.has_say(account) for table in self.tables.values())
