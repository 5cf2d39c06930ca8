"""What the host orders of whole tables, and what is said of it."""

import pytest

from protocol.house.lists import Seat
from server.games.roulette.settings import Rules
from server.host.commands import obey
from server.host.table_orders import TABLE_ORDERS, lines_of_tables
from server.people.digests import password_digest
from server.tables.terms import Terms
from tests.server.pure import SEEDS, PureHouse
from tests.server.tables.dice import DICE, RULES


def order(pure: PureHouse, line: str) -> list[str]:
    word, _, rest = line.partition(" ")
    return list(obey(pure.house, TABLE_ORDERS[word], rest))


def test_every_open_table_is_a_line() -> None:
    terms = Terms("Oak", password_digest("x"), watching=False, croupier=False, seats=4)
    pure = PureHouse(Rules(auto_seconds=9), terms=terms)
    pure.house.open_table(DICE._replace(name="roulette"), SEEDS, RULES, pure.now)
    pure.house.close_table(pure.house.hall.tables[2])
    assert order(pure, "tables") == [
        "table 1: Oak, roulette, round 1, runs itself, 0 seated of 4, nobody may watch, "
        "no croupier, a password",
        "table 2: Roulette, roulette, a throw, 0 seated, 0 watching, closes",
    ]
    assert order(pure, "tables") == [*lines_of_tables(pure.house)]


def test_a_table_is_closed_by_its_number() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna", Seat.PLAYER)
    pure.bet(anna, (17, 10))
    assert order(pure, "close 1") == ["table 1 closes when round 1 is over"]
    assert order(pure, "close 1 now") == ["table 1 is closed"]
    pure.advance(0)
    assert order(pure, "tables") == ["no table is open"]
    assert order(pure, "close 1") == ["there is no table 1: type tables"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("close 7", "there is no table 7: type tables"),
        ("close x", "close takes the number of a table: close 2, close 2 now, close 2 to 1"),
        ("close 1 to 1", "table 1 stays open: table 1 closes, too"),
        ("rules 1", "which rules? type rules 1 SETTING = VALUE"),
        ("close 1 to 9", "there is no table 9: type tables"),
        ("rules 9 auto_seconds = 5", "there is no table 9: type tables"),
        ("rules 1 x = 5", "rules: there is no setting 'x'"),
        ("rules 1 table_most = 0", "rules: table_most must be over 0"),
        ("rules 1 table_most", "write it as in the file: auto_seconds = 30"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_done(line: str, words: str) -> None:
    pure = PureHouse()
    before = pure.snapshot()
    assert order(pure, line) == [words]
    assert (pure.snapshot(), pure.house.closing) == (before, {})


def test_while_the_disk_is_full_nothing_is_closed_or_changed() -> None:
    pure = PureHouse()
    pure.house.disk.full = True
    before = pure.snapshot()
    for line in ("close 1", "rules 1 table_most = 5"):
        assert order(pure, line)[0].startswith("the disk is full: table 1 ")
    assert pure.snapshot() == before


def test_rules_change_one_after_the_other() -> None:
    pure = PureHouse()
    pure.bet(pure.seated("Anna"), (17, 10))
    said = ["table 1 is played so from the next round on"]
    assert order(pure, "rules 1 table_most = 55") == said
    assert order(pure, "rules 1 auto_seconds = 20") == said
    assert pure.table.rules == Rules()
    assert pure.table.rules_to_come == Rules(table_most=55, auto_seconds=20)


def test_a_table_without_a_croupier_goes_on_running_itself() -> None:
    pure = PureHouse(Rules(auto_seconds=9), terms=Terms("A", croupier=False))
    assert order(pure, "rules 1 auto_seconds = 0") == [
        "rules: there is no croupier's seat, so the table must run itself"
    ]
    assert pure.table.rules_to_come == Rules(auto_seconds=9)


def test_who_sits_there_is_told_where_to_go() -> None:
    pure = PureHouse()
    pure.bet(pure.seated("Anna"), (17, 10))
    pure.house.open_table(DICE._replace(name="roulette"), SEEDS, RULES, pure.now)
    order(pure, "close 1 to 2")
    assert pure.house.closing[1].to_table == 2
    assert order(pure, "close 2 to 1") == ["table 2 stays open: table 1 closes, too"]
