"""Which tables are open after a start, and what comes of those that nobody wants any more."""

from pathlib import Path

import pytest

from server.books.books import Books
from server.draw.seeds import STRETCH, Chains, Seeds, SeedsError
from server.games import STATES
from server.games.roulette.play import roulette_at
from server.games.roulette.settings import Rules
from server.host.opening import open_all
from server.host.sections import Section
from server.house import House, Manner
from server.limits import Limits
from tests.server.pure import Shelf

SALON, HIGH = Section(name="Salon"), Section(name="High", rules=Rules(table_most=9))


class Night:
    """Starts of one house, over the same books and seeds."""

    def __init__(self, folder: Path) -> None:
        self.books = Books(STATES)
        self.chains = Chains(folder / "seeds")
        self.folder = folder
        for number in range(1, 6):
            Seeds.make(bytes([number]) * 16, bytes([number]) * 32, STRETCH).save(
                self.chains.path(number)
            )

    def start(self, *sections: Section) -> House:
        house = House(self.books, Shelf(), Manner("House"), Limits(), bytes)
        open_all(house, sections, self.chains, 10.0)
        house.advance(10.0)
        return house

    def known(self) -> dict[int, tuple[str, bool]]:
        return {number: (till.name, till.closed) for number, till in self.books.tills.items()}


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)


def test_a_table_goes_on_under_its_name_wherever_it_stands_in_the_file(night: Night) -> None:
    first = night.start(SALON, HIGH)
    assert [table.terms.name for table in first.hall.tables.values()] == ["Salon", "High"]
    again = night.start(HIGH, SALON)
    assert [table.terms.name for table in again.hall.tables.values()] == ["Salon", "High"]
    assert roulette_at(again.hall.tables[2]).rules.table_most == 9
    assert night.known() == {1: ("Salon", False), 2: ("High", False)}
    assert again.hall.tables[2].means.draw.seeds.table == bytes([2]) * 16


def test_one_without_a_name_is_called_as_the_house_is(night: Night) -> None:
    house = night.start(Section())
    assert house.hall.tables[1].terms.name == "House"
    assert night.known() == {1: ("", False)}
    house = night.start(Section(), HIGH)
    assert list(house.hall.tables) == [1, 2]


def test_one_that_is_not_named_any_more_is_closed_for_good(night: Night) -> None:
    night.start(SALON, HIGH)
    house = night.start(HIGH)
    assert list(house.hall.tables) == [2]
    assert night.known() == {1: ("Salon", True), 2: ("High", False)}
    house = night.start(HIGH, SALON)  # Another table, with a new number.
    assert list(house.hall.tables) == [2, 3]
    assert night.known()[3] == ("Salon", False)


def bet(night: Night, house: House) -> int:
    """Somebody bets at the first table; how many chips they had before."""
    table = roulette_at(house.hall.tables[1])
    night.books.enroll(9, "Anna", "", "")
    night.books.grant(0, 9, 100)
    table.deeds.stake(1, 9, 1, [[17, 60]], 60)
    assert night.books.wallet(9) == 40
    return 100


def test_open_bets_at_such_a_table_go_back(night: Night) -> None:
    before = bet(night, night.start(SALON, HIGH))
    house = night.start(HIGH)
    assert night.books.wallet(9) == before
    assert night.known()[1] == ("Salon", True)
    assert list(house.hall.tables) == [2]
    night.books.check()


def test_a_frozen_round_at_such_a_table_is_played_to_its_end(night: Night) -> None:
    first = night.start(SALON, HIGH)
    bet(night, first)
    roulette_at(first.hall.tables[1]).close_betting(11.0)
    house = night.start(HIGH)
    assert list(house.hall.tables) == [1, 2]
    for seconds in range(12, 200, 5):
        house.advance(float(seconds))
    assert list(house.hall.tables) == [2]
    assert night.known()[1] == ("Salon", True)
    assert night.books.tills[1].ended == 1
    assert night.books.purses[0].in_pots == 0
    assert night.books.purses[0].bank > 0 or night.books.wallet(9) > 100
    night.books.check()


def test_a_table_of_the_same_name_but_another_game_is_another_table(night: Night) -> None:
    night.start(SALON, Section(name="Guess", kind="poll"))
    house = night.start(SALON, Section(name="Guess", kind="guess"))
    assert {number: each.game.name for number, each in house.hall.tables.items()} == {
        1: "roulette",
        3: "guess",
    }
    assert night.known() == {1: ("Salon", False), 2: ("Guess", True), 3: ("Guess", False)}


def test_seeds_that_are_gone_or_another_tables_are_refused(night: Night) -> None:
    night.start(SALON, HIGH)
    Seeds.make(bytes(16), bytes(32), STRETCH).save(night.chains.path(2))
    with pytest.raises(SeedsError, match="seeds/2 belongs to another table than the books"):
        night.start(SALON, HIGH)
    night.chains.path(2).unlink()
    with pytest.raises(SeedsError, match="seeds/2 is missing"):
        night.start(SALON, HIGH)
