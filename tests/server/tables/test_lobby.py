"""The list of tables, in pages, and what everybody is told of it."""

import dataclasses
from typing import Any

from protocol.house.door import TableEntry, TablesChanged, TablesClosed, TablesOpened
from protocol.house.lists import Seat
from protocol.limits import TABLES_A_PAGE
from protocol.wire import Message
from server.limits import Limits
from server.people.people import Client, People
from server.sayings import NO_TABLE, ToAll
from server.tables.lobby import Lobby
from server.tables.terms import Terms
from tests.server.pure import SEEDS
from tests.server.tables.dice import DICE, RULES, DiceHouse


def opened(dice: DiceHouse, many: int = 1) -> None:
    for _ in range(many):
        dice.house.open_table(DICE, SEEDS, RULES, dice.house.now, Terms("More"))


def told(dice: DiceHouse, after: float = 0.0) -> list[Message]:
    """What everybody hears by then."""
    dice.house.said.clear()
    now = dice.house.now + after
    dice.house.advance(now)
    dice.house.tick(now)
    return [s.message for s in dice.house.said if isinstance(s, ToAll) and s.table == NO_TABLE]


def numbers(said: Message) -> list[int]:
    assert isinstance(said, TablesOpened | TablesChanged)
    return [each.table for each in said.tables]


def test_where_nobody_listens_nothing_is_kept_to_be_told(dice: DiceHouse) -> None:
    opened(dice, 100)
    dice.house.hall.tables[1].seats.croupier = 7
    dice.house.hall.touched.add(1)
    assert told(dice) == told(dice, 9.0) == []
    assert dice.house.lobby.next_moment() is None
    dice.visitor("Anna")
    assert told(dice, 9.0) == []


def test_what_is_opened_is_told_with_its_entry(dice: DiceHouse) -> None:
    dice.visitor("Anna")
    opened(dice)
    entry = TableEntry(3, 9, "More", False, False, True, 0, False, 0, 0)
    assert told(dice) == [TablesOpened((entry,))]
    assert told(dice, 9.0) == []


def test_a_page_is_told_in_a_second_and_the_rest_in_the_next(dice: DiceHouse) -> None:
    dice.visitor("Anna")
    opened(dice, 2 * TABLES_A_PAGE + 1)
    (first,) = told(dice)
    assert numbers(first) == [*range(3, 3 + TABLES_A_PAGE)]
    assert dice.house.next_moment() == dice.house.lobby.next_moment() == dice.house.now + 1.0
    assert told(dice, 0.99) == []
    (second,) = told(dice, 0.02)
    assert numbers(second) == [*range(3 + TABLES_A_PAGE, 3 + 2 * TABLES_A_PAGE)]
    (third,) = told(dice, 1.0)
    assert numbers(third) == [3 + 2 * TABLES_A_PAGE]
    assert dice.house.lobby.next_moment() is None


def test_a_croupier_and_a_table_that_runs_itself_are_news_and_people_are_not(
    dice: DiceHouse,
) -> None:
    dice.visitor("Anna")
    boss = dice.seated("Boss", Seat.CROUPIER, 2)
    (said,) = told(dice)
    assert isinstance(said, TablesChanged)
    assert [(each.table, each.croupier_seated, each.seated) for each in said.tables] == [
        (2, True, 1)
    ]
    dice.seated("Ben")
    dice.plays[0].auto = 9
    dice.house.hall.touched.add(1)
    (said,) = told(dice, 1.0)
    assert numbers(said) == [1]
    dice.seated("Cleo")
    assert told(dice, 1.0) == []
    for _ in range(50):  # However often: once a second.
        dice.sit(boss, Seat.PLAYER, 2)
        dice.house.tick(dice.house.now)
        dice.sit(boss, Seat.CROUPIER, 2)
        dice.house.tick(dice.house.now)
    assert len(told(dice)) <= 1
    assert dice.house.lobby.next_moment() in (None, dice.house.now + 1.0)


def test_what_was_not_told_to_be_opened_is_not_told_to_be_closed(dice: DiceHouse) -> None:
    dice.visitor("Anna")
    opened(dice)
    dice.house.close_table(dice.house.hall.tables[3], void=True)
    assert told(dice) == []
    dice.house.close_table(dice.house.hall.tables[2], void=True)
    assert told(dice) == [TablesClosed((2,))]
    opened(dice)
    (said,) = told(dice, 2.0)
    assert numbers(said) == [4]  # No number comes again.


def test_what_changed_and_closed_is_told_as_closed(dice: DiceHouse) -> None:
    dice.visitor("Anna")
    dice.seated("Boss", Seat.CROUPIER, 2)
    dice.house.tick(dice.house.now)
    dice.house.said.clear()
    dice.plays[1].auto = 9
    dice.house.tick(dice.house.now)
    dice.house.close_table(dice.house.hall.tables[2], void=True)
    assert told(dice, 5.0) == [TablesClosed((2,))]


def test_what_is_opened_and_changes_is_told_once_as_it_is_then(dice: DiceHouse) -> None:
    dice.visitor("Anna")
    opened(dice)
    play = dice.house.hall.tables[3].play
    play.auto = 9  # type: ignore[misc]
    dice.house.hall.touched.add(3)
    (said,) = told(dice)
    assert isinstance(said, TablesOpened)
    assert said.tables[0].automatic


def test_a_house_of_ten_thousand_is_told_the_slower(dice: DiceHouse) -> None:
    limits = dataclasses.replace(Limits(), change_deliveries_a_second=10_000.0)
    people = People(guests=dict.fromkeys(Client("10.0.0.1") for _ in range(10_000)))
    lobby = Lobby(dice.house.hall, people, limits)
    lobby.opened(dice.house.hall.tables[1])
    assert lobby.news(100.0) == []
    assert lobby.next_moment() == 110.0


def test_a_page_of_tables_costs_the_page(dice: DiceHouse) -> None:
    opened(dice, 1_000)
    looked: list[int] = []

    class Counting(dict):  # type: ignore[type-arg]
        def __getitem__(self, number: int) -> Any:
            looked.append(number)
            return super().__getitem__(number)

    hall = dice.house.hall
    hall.tables = Counting(hall.tables)
    page, more = dice.house.lobby.page_after(500)
    assert ([each.table for each in page], more) == ([*range(501, 501 + TABLES_A_PAGE)], True)
    assert looked == [*range(501, 502 + TABLES_A_PAGE)]
    dice.house.close_table(hall.tables[501], void=True)
    told(dice)
    page, _ = dice.house.lobby.page_after(500)
    assert page[0].table == 502
