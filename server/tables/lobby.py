"""The list of tables: its pages, and what is told of it to everybody who has signed in.

What is told goes to thousands, so it waits for its pace: once a second at most, and a page of it at
a time, whatever happens at however many tables. Who comes and goes is no news: that can be asked
for. Where nobody listens, as at the start, nothing is kept to be told. Pure: the time is passed in.
"""

from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias

from protocol.house.door import TableEntry, TablesChanged, TablesClosed, TablesOpened
from protocol.limits import TABLES_A_PAGE
from protocol.wire import Message
from server.limits import Limits
from server.people.people import People
from server.tables.hall import Hall, Table
from server.tables.pace import Pace, Turns

SECONDS = 1.0
SHARE = 10
"""Of the deliveries that changes have, the list of tables takes one in so many."""

Facts: TypeAlias = tuple[bool, bool]
"""What can change, and is told when it does: whether it runs itself, and has a croupier."""


class Lobby:
    """What is known of all tables without a seat at any."""

    def __init__(self, hall: Hall, people: People, limits: Limits) -> None:
        self._hall = hall
        self._people = people
        self._pace = Pace(SECONDS, limits.change_deliveries_a_second / SHARE, Turns())
        self.facts: dict[int, Facts] = {}
        """What everybody knows of each table, or is about to be told; the house compares."""
        self.to_tell: dict[int, type[Message]] = {}
        """How each table that there is something to tell of is told, what came first in front."""

    # --- the list ---------------------------------------------------------------------------

    def page_after(self, number: int) -> tuple[tuple[TableEntry, ...], bool]:
        """A page of the tables behind this one, and whether another follows."""
        behind = self._hall.after(number)
        page = tuple(self.entry(table) for table in islice(behind, TABLES_A_PAGE))
        return page, next(behind, None) is not None

    def entry(self, table: Table) -> TableEntry:
        """One line."""
        terms, seats = table.terms, table.seats
        return TableEntry(
            table.number,
            table.game.number,
            terms.name,
            table.play.auto != 0,
            bool(terms.password),
            terms.watching,
            terms.seats,
            bool(seats.croupier),
            *seats.count(),
        )

    # --- what is told of it -----------------------------------------------------------------

    def opened(self, table: Table) -> None:
        """There is one more."""
        self.facts[table.number] = table.play.auto != 0, table.seats.croupier != 0
        self._note(table.number, TablesOpened)

    def changed(self, table: Table) -> None:
        """It is not as everybody knows it."""
        self.facts[table.number] = table.play.auto != 0, table.seats.croupier != 0
        if table.number not in self.to_tell:
            self._note(table.number, TablesChanged)

    def closed(self, table: Table) -> None:
        """It is there no more. Whoever was not told that it was opened need not know."""
        del self.facts[table.number]
        if self.to_tell.pop(table.number, None) is not TablesOpened:
            self._note(table.number, TablesClosed)

    def _note(self, number: int, told: type[Message]) -> None:
        if self._people.count:
            self.to_tell[number] = told

    def next_moment(self) -> float | None:
        """When there will be something to tell."""
        return self._pace.moment if self.to_tell else None

    def news(self, now: float) -> list[Message]:
        """What is to be told, if that is due."""
        listeners = self._people.count
        if not self.to_tell or not self._pace.is_due(now, listeners):
            return []
        self._pace.told(now)
        some = [*islice(self.to_tell.items(), TABLES_A_PAGE)]
        for number, _ in some:
            del self.to_tell[number]
        if self.to_tell:
            self._pace.is_due(now, listeners)  # Or nobody would wake up for the rest.
        told: dict[type[Message], list[int]] = {}
        for number, how in some:
            told.setdefault(how, []).append(number)
        return [*self._messages(told)]

    def _messages(self, told: dict[type[Message], list[int]]) -> Iterator[Message]:
        for how, numbers in told.items():
            if how is TablesClosed:
                yield TablesClosed(tuple(numbers))
            else:
                entries = tuple(self.entry(self._hall.tables[number]) for number in numbers)
                yield (TablesOpened if how is TablesOpened else TablesChanged)(entries)
