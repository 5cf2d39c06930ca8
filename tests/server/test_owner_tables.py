"""Two roulettes in one house, from the owner's batch to what each line hears."""

import logging

import pytest

from protocol.games.roulette.bets import BetsPlaced, PlaceBets, SayReady
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import (
    PlayerSettled,
    RoundOpened,
    RoundSettled,
    RoundVoided,
    TableShown,
)
from protocol.house.door import (
    Done,
    LeaveSeat,
    Refused,
    SeatLost,
    SeatTaken,
    SignIn,
    TablesClosed,
    TablesOpened,
    TakeSeat,
)
from protocol.house.lists import Notice, Reason, Seat
from protocol.house.talk import Noticed, Said, Say
from server.games import GAMES
from server.games.roulette import play
from server.games.roulette.settings import Rules
from server.net.session import Left, Session
from server.net.streams import CHUNK
from server.people.digests import password_digest
from tests.server.pure import PASSWORD, at
from tests.server.shops import Shop, answers
from torture.invariants import broken


class TwoTables(Shop):
    """Where a request means the table that one says."""

    def __init__(self) -> None:
        super().__init__()
        pure = self.pure
        draw, rules = pure.first.means.draw.seeds, pure.table.rules
        self.second = pure.house.open_table(GAMES["roulette"], draw, rules, self.now)
        self.turn()

    def ask(self, table: int, *items: tuple[Session, object]) -> None:
        self.turn(*((session, at(said, table)) for session, said in items))
        assert list(broken(self.pure.house, self.owner.streams)) == []

    def came(self, name: str) -> tuple[Session, list[bytes]]:
        return self.session(SignIn(1, name, b"", b""))


@pytest.fixture
def shop() -> TwoTables:
    return TwoTables()


def heard_by(shop: TwoTables, heard: list[bytes], *kinds: type) -> list[object]:
    """What of these kinds this one was told since the last time."""
    shop.owner.tell_all()
    told = answers(heard)
    heard.clear()
    return [each for each in told if isinstance(each, kinds)]


def test_a_round_is_bet_on_and_told_at_its_table_alone(shop: TwoTables) -> None:
    digest = password_digest(PASSWORD)
    (boss, _), (anna, to_anna), (bert, to_bert) = map(shop.came, ("Boss", "Anna", "Bert"))
    shop.ask(2, (boss, TakeSeat(2, Seat.CROUPIER, digest)), (anna, TakeSeat(2, Seat.PLAYER, b"")))
    shop.ask(1, (anna, TakeSeat(3, Seat.WATCHER, b"")), (bert, TakeSeat(2, Seat.PLAYER, b"")))
    assert heard_by(shop, to_anna, SeatTaken) == [
        SeatTaken(2, Seat.PLAYER, table=2),
        SeatTaken(3, Seat.WATCHER, table=1),
    ]
    heard_by(shop, to_bert)
    shop.ask(1, (anna, PlaceBets(4, 1, (Bet(17, 5),))))
    (refused,) = heard_by(shop, to_anna, Refused)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_YOURS
    shop.ask(2, (anna, PlaceBets(5, 1, (Bet(17, 5),))))
    shop.ask(2, (boss, StartSpin(3, 1)))
    told = heard_by(shop, to_anna, BetsPlaced, RoundSettled, PlayerSettled, RoundOpened)
    assert list(map(type, told)) == [BetsPlaced, RoundSettled, PlayerSettled, RoundOpened]
    assert heard_by(shop, to_bert, RoundSettled, RoundOpened) == []
    assert (shop.pure.round, shop.books.kept) == (1, [1])
    shop.ask(1, (bert, PlaceBets(4, 1, (Bet(17, 5),))))
    (placed,) = heard_by(shop, to_bert, BetsPlaced)
    assert placed == BetsPlaced(4, 1, 495, 5, table=1)


def test_who_leaves_a_table_hears_what_came_before_and_the_other_table_as_ever(
    shop: TwoTables,
) -> None:
    (anna, heard), (bert, to_bert) = shop.came("Anna"), shop.came("Bert")
    for table in (1, 2):
        shop.ask(
            table, (anna, TakeSeat(2, Seat.PLAYER, b"")), (bert, TakeSeat(2, Seat.PLAYER, b""))
        )
    for each in (heard, to_bert):
        heard_by(shop, each)
    shop.ask(1, (bert, Say(3, "one")), (anna, LeaveSeat(3)), (bert, Say(4, "two")))
    shop.ask(1)
    said = heard_by(shop, heard, Said, Done, Noticed)
    assert [getattr(each, "line", each) for each in said] == ["one", Done(3)]
    shop.ask(2, (bert, Say(5, "three")))
    (line,) = heard_by(shop, heard, Said)
    assert isinstance(line, Said)
    assert line.line == "three"


def test_a_line_that_is_cut_is_back_at_every_table(shop: TwoTables) -> None:
    (anna, _), (bert, to_bert) = shop.came("Anna"), shop.came("Bert")
    for table in (1, 2):
        shop.ask(
            table, (anna, TakeSeat(2, Seat.PLAYER, b"")), (bert, TakeSeat(2, Seat.PLAYER, b""))
        )
    heard_by(shop, to_bert)
    shop.ask(1, (anna, Left("the line is cut", True)))
    shop.pure.books.entrust(anna.who.account, "", "")
    again, heard = shop.came("Anna")
    for table in (1, 2):
        shop.ask(table, (again, TakeSeat(2, Seat.PLAYER, b"")))
    assert len(heard_by(shop, heard, TableShown)) == 2
    notices = [getattr(each, "notice", None) for each in heard_by(shop, to_bert, Noticed)]
    assert notices == [Notice.CUT_OFF] * 2 + [Notice.RESUMED] * 2
    assert again.who.seats == {1: Seat.PLAYER, 2: Seat.PLAYER}


def test_a_result_of_a_full_table_keeps_a_small_one_waiting_for_one_chunk(
    shop: TwoTables,
) -> None:
    anna, heard = shop.came("Anna")
    crowd = [shop.player(f"Guest {number}") for number in range(3 * CHUNK)]
    shop.ask(2, (anna, TakeSeat(2, Seat.PLAYER, b"")))
    shop.now += 60
    shop.turn()
    shop.owner.tell_all()
    for _, each in (*crowd, (anna, heard)):
        each.clear()
    house = shop.pure.house
    house.tell_all(shop.pure.first, RoundOpened(2, 0))
    house.tell_all(shop.second, RoundOpened(9, 0))
    shop.turn()
    assert (sum(bool(each) for _, each in crowd), heard) == (CHUNK, [])
    shop.turn()
    assert answers(heard) == [RoundOpened(9, 0, table=2)]
    assert sum(bool(each) for _, each in crowd) == 2 * CHUNK - 1


def test_who_sits_at_a_table_that_closes_hears_the_end_of_it_and_then_that(
    shop: TwoTables,
) -> None:
    (anna, to_anna), (_, to_bert) = shop.came("Anna"), shop.came("Bert")
    shop.ask(2, (anna, TakeSeat(2, Seat.PLAYER, b"")))
    shop.ask(2, (anna, PlaceBets(5, 1, (Bet(17, 5),))))
    for each in (to_anna, to_bert):
        heard_by(shop, each)
    shop.pure.house.close_table(shop.second, void=True, to_table=1, words="good night")
    shop.turn()
    told = heard_by(shop, to_anna, RoundVoided, RoundOpened, SeatLost, TablesClosed)
    assert [type(each) for each in told] == [RoundVoided, SeatLost, TablesClosed]
    assert told[1:] == [SeatLost(1, "good night", table=2), TablesClosed((2,))]
    assert heard_by(shop, to_bert, RoundVoided, SeatLost, TablesClosed) == [TablesClosed((2,))]
    assert 2 not in shop.owner.streams._streams
    shop.ask(1, (anna, TakeSeat(6, Seat.PLAYER, b"")))
    shop.ask(1, (anna, Say(7, "here")))
    assert [type(each) for each in heard_by(shop, to_anna, SeatTaken, Said)] == [SeatTaken, Said]


def test_everybody_who_signed_in_is_told_what_opens_at_no_table_too(shop: TwoTables) -> None:
    (_, to_anna), (_, to_guest) = shop.came("Anna"), shop.came("")
    house = shop.pure.house
    house.open_table(GAMES["roulette"], shop.pure.first.means.draw.seeds, Rules(), shop.now)
    shop.turn()
    for heard in (to_anna, to_guest):
        (told,) = heard_by(shop, heard, TablesOpened)
        assert isinstance(told, TablesOpened)
        assert (told.table, [each.table for each in told.tables]) == (0, [3])


def test_the_log_names_the_table_where_it_is_not_the_only_one(
    shop: TwoTables, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "server")
    anna, _ = shop.came("Anna")
    shop.ask(1, (anna, TakeSeat(2, Seat.PLAYER, b"")), (anna, SayReady(3, 1)))
    shop.ask(2, (anna, TakeSeat(4, Seat.PLAYER, b"")), (anna, SayReady(5, 1)))
    shop.ask(1, (anna, SayReady(6, 1)))
    lines = [line for line in caplog.messages if line.startswith("<")]
    assert lines == [
        "< visitor Anna TakeSeat(2, 1)",
        "< player Anna SayReady(3, 1)",
        "< player Anna at table 2 TakeSeat(4, 1)",
        "< player Anna at table 2 SayReady(5, 1)",
        "< player Anna at table 1 SayReady(6, 1)",
    ]


def test_a_bet_at_another_table_goes_before_what_a_full_table_has_still_to_do(
    shop: TwoTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(play, "AT_ONCE", 1)
    digest = password_digest(PASSWORD)
    (boss, _), (anna, to_anna), (bert, to_bert) = map(shop.came, ("Boss", "Anna", "Bert"))
    shop.ask(2, (boss, TakeSeat(2, Seat.CROUPIER, digest)), (anna, TakeSeat(2, Seat.PLAYER, b"")))
    shop.ask(1, (bert, TakeSeat(2, Seat.PLAYER, b"")))
    bets = tuple(Bet(spot, 5) for spot in range(8))
    shop.ask(2, (anna, PlaceBets(4, 1, bets)))
    shop.ask(2, (boss, StartSpin(3, 1)))
    heard_by(shop, to_bert)
    for number in range(4, 9):
        if heard_by(shop, to_anna, PlayerSettled):
            break
        assert (shop.owner._timeout(), shop.books.kept) == (0, [])
        shop.ask(1, (bert, PlaceBets(number, 1, (Bet(17, 5),))))
        assert heard_by(shop, to_bert, BetsPlaced)
    assert (number, shop.books.kept) == (4, [1])
