"""The assignment's dialect at the table: every request, every result code."""

from pathlib import Path

import pytest

from protocol.classic import (
    BetsListed,
    Code,
    ConfirmResults,
    ListBets,
    ListedBet,
    OrderAnswered,
    PlaceBet,
    RegisterCroupier,
    RegisterPlayer,
    RegistrationAnswered,
    Result,
    ResultsShown,
    StartSpin,
)
from protocol.games.roulette.desk import CloseBetting
from protocol.house.door import Done
from protocol.house.lists import Farewell, Seat
from server.books.allowance import DEED_BYTES
from server.games.roulette.settings import Rules
from server.house import Manner
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from server.sayings import Drop, ToClassic
from tests.server.houses import PASSWORD as HOUSE_PASSWORD
from tests.server.houses import RunningHouse
from tests.server.pure import PASSWORD, PureHouse

RIGHT, WRONG = password_digest(PASSWORD), password_digest("guess")


def newcomer(address: str = "10.0.0.2") -> Client:
    return Client(address, classic=True)


def register(pure: PureHouse, name: bytes, address: str = "10.0.0.2") -> tuple[Client, object]:
    client = newcomer(address)
    answer = pure.ask(client, RegisterPlayer(name))
    assert isinstance(answer, RegistrationAnswered)
    return client, answer.code


def croupier(pure: PureHouse) -> Client:
    client = newcomer("10.0.0.3")
    assert pure.ask(client, RegisterCroupier(RIGHT)) == RegistrationAnswered(Code.OK)
    return client


def order(pure: PureHouse, client: Client, request: PlaceBet | StartSpin) -> Code:
    answer = pure.ask(client, request)
    assert isinstance(answer, OrderAnswered)
    return answer.code


def listed(pure: PureHouse, client: Client) -> list[ListedBet]:
    answer = pure.ask(client, ListBets())
    assert isinstance(answer, BetsListed)
    return list(answer.bets)


def test_the_golden_bytes_of_the_protocol_page(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        alice, again = house.classic(), house.classic()
        for client, request, reply in (
            (alice, "00 0000000005 616c696365", "00"),
            (again, "00 0000000005 616c696365", "18"),
            (alice, "20 25 0064", "40"),
            (alice, "20 11 0032", "60"),
            (alice, "40", "80 0000000001 0000000005 616c696365 0064 25"),
        ):
            client.send(bytes.fromhex(request))
            wanted = bytes.fromhex(reply)
            got = b""
            while len(got) < len(wanted):
                got += client.sock.recv(len(wanted) - len(got))
            assert got == wanted
        boss = house.classic()
        digest = password_digest(HOUSE_PASSWORD)
        boss.send(b"\x80" + digest.hex().encode())
        assert boss.wait(RegistrationAnswered).code is Code.OK
        boss.send(b"\xa0" + digest)
        assert boss.wait(OrderAnswered).code is Code.OK
        shown = boss.results()
        assert alice.results() == shown
        net = 100 if shown.pocket % 2 == 0 and shown.pocket else -100
        assert shown.results == (Result("alice", net),)


class TestRegistering:
    @pytest.mark.parametrize(
        "name", [b"", b" ", b"x" * 65, b"\xff", b"a\nb", "a\u202eb".encode(), b"Croupier\x00"]
    )
    def test_a_name_that_cannot_be_shown_is_7_and_another_try_is_lawful(self, name: bytes) -> None:
        pure = PureHouse()
        client, code = register(pure, name)
        assert code is Code.REFUSED
        assert pure.ask(client, RegisterPlayer(b"Anna")) == RegistrationAnswered(Code.OK)

    def test_a_name_is_taken_while_it_is_connected(self) -> None:
        pure = PureHouse()
        register(pure, b"Anna")
        assert register(pure, b"Anna")[1] is Code.NAME_TAKEN
        assert register(pure, b"anna")[1] is Code.OK

    def test_names_are_compared_in_one_normal_form(self) -> None:
        pure = PureHouse()
        register(pure, "Zoë".encode())
        assert register(pure, "Zoe\u0308".encode())[1] is Code.NAME_TAKEN

    def test_a_modern_players_name_and_the_desks_are_taken(self) -> None:
        pure = PureHouse()
        pure.visitor("Anna")
        assert register(pure, b"Anna")[1] is Code.NAME_TAKEN
        assert register(pure, b"Croupier")[1] is Code.NAME_TAKEN

    def test_registering_again_is_7(self) -> None:
        pure = PureHouse()
        client, _ = register(pure, b"Anna")
        assert pure.ask(client, RegisterPlayer(b"Bert")) == RegistrationAnswered(Code.REFUSED)
        assert pure.ask(client, RegisterCroupier(RIGHT)) == RegistrationAnswered(Code.REFUSED)

    def test_a_dropped_player_is_back_from_the_same_address_with_chips_and_bets(self) -> None:
        pure = PureHouse()
        anna, _ = register(pure, b"Anna")
        order(pure, anna, PlaceBet(17, 100))
        pure.house.leave(anna, cut_off=True)
        assert register(pure, b"Anna", "10.0.0.99")[1] is Code.NAME_TAKEN
        again, code = register(pure, b"Anna")
        assert code is Code.OK
        assert listed(pure, again) == [ListedBet("Anna", 100, 17)]
        assert pure.books.wallet(again.account) == 400
        assert order(pure, again, PlaceBet(18, 1)) is Code.SECOND_BET

    def test_without_chips_on_the_table_the_name_may_come_from_elsewhere(self) -> None:
        pure = PureHouse()
        anna, _ = register(pure, b"Anna")
        pure.house.leave(anna, cut_off=True)
        assert register(pure, b"Anna", "10.0.0.99")[1] is Code.OK

    def test_a_name_is_kept_for_where_it_came_from_last(self) -> None:
        pure = PureHouse()
        client, _ = register(pure, b"Anna")
        pure.house.leave(client, cut_off=True)
        client, code = register(pure, b"Anna", "10.0.0.9")
        assert (code, order(pure, client, PlaceBet(17, 5))) == (Code.OK, Code.OK)
        pure.house.leave(client, cut_off=True)
        assert register(pure, b"Anna")[1] is Code.NAME_TAKEN
        assert register(pure, b"Anna", "10.0.0.9")[1] is Code.OK

    def test_who_goes_from_address_to_address_fills_no_disk_with_it(self) -> None:
        """Two addresses in turn had as many entries written as they could connect: 145 MB/h."""
        pure = PureHouse(limits=Limits(written_burst=2_000, written_a_second=DEED_BYTES))
        came = []
        for turn in range(60):
            client, code = register(pure, b"Anna", f"10.0.0.{turn % 2}")
            came.append(code)
            pure.house.leave(client, cut_off=True)
        assert [name for name, *_ in pure.books.journal].count("entrust") == 2_000 // DEED_BYTES
        # From where the name is kept nothing is written, and nobody waits.
        assert came[-2:] == [Code.OK, Code.REFUSED]
        pure.advance(1)
        assert register(pure, b"Anna", "10.0.0.1")[1] is Code.OK

    def test_who_has_nothing_left_gets_the_opening_stack_again(self) -> None:
        pure = PureHouse(stack=50)
        boss = croupier(pure)
        anna, _ = register(pure, b"Anna")
        number = 0
        while pure.books.wallet(anna.account):
            chips = min(50, pure.books.wallet(anna.account))
            order(pure, anna, PlaceBet(number % 37, chips))
            order(pure, boss, StartSpin(RIGHT))
            number += 1
        pure.house.leave(anna, cut_off=True)
        again, _ = register(pure, b"Anna")
        assert pure.books.wallet(again.account) == 50
        pure.books.check()

    def test_at_a_table_with_a_password_this_dialect_cannot_register(self) -> None:
        manner = Manner(croupier_digest=RIGHT, table_digest=WRONG)
        assert register(PureHouse(manner=manner), b"Anna")[1] is Code.REFUSED


class TestTheCroupier:
    def test_there_is_one_and_the_password_comes_first(self) -> None:
        pure = PureHouse()
        client = newcomer()
        wrong = RegistrationAnswered(Code.WRONG_PASSWORD)
        assert pure.ask(client, RegisterCroupier(WRONG)) == wrong
        assert pure.ask(client, RegisterCroupier(RIGHT)) == RegistrationAnswered(Code.OK)
        second = newcomer()
        assert pure.ask(second, RegisterCroupier(WRONG)) == wrong
        taken = RegistrationAnswered(Code.CROUPIER_EXISTS)
        assert pure.ask(second, RegisterCroupier(RIGHT)) == taken
        pure.house.leave(client, cut_off=True)
        assert pure.ask(second, RegisterCroupier(RIGHT)) == RegistrationAnswered(Code.OK)

    def test_a_modern_croupier_is_one_too(self) -> None:
        pure = PureHouse()
        pure.seated("Boss", Seat.CROUPIER)
        answer = pure.ask(newcomer(), RegisterCroupier(RIGHT))
        assert answer == RegistrationAnswered(Code.CROUPIER_EXISTS)

    def test_a_start_needs_the_password_again_a_bet_and_the_seat(self) -> None:
        pure = PureHouse()
        boss = croupier(pure)
        anna, _ = register(pure, b"Anna")
        assert order(pure, boss, StartSpin(WRONG)) is Code.WRONG_PASSWORD
        assert order(pure, boss, StartSpin(RIGHT)) is Code.NOT_ENOUGH_PLAYERS
        order(pure, anna, PlaceBet(17, 5))
        assert order(pure, anna, StartSpin(RIGHT)) is Code.REFUSED
        assert order(pure, anna, StartSpin(WRONG)) is Code.WRONG_PASSWORD
        assert order(pure, boss, StartSpin(RIGHT)) is Code.OK

    def test_he_places_no_bets(self) -> None:
        pure = PureHouse()
        assert order(pure, croupier(pure), PlaceBet(17, 5)) is Code.REFUSED


class TestBetting:
    def test_one_bet_a_round_on_a_number_even_or_odd(self) -> None:
        pure = PureHouse()
        boss = croupier(pure)
        for number, spot in enumerate((0, 36, 37, 38), 1):
            client, _ = register(pure, f"Player {number}".encode())
            assert order(pure, client, PlaceBet(spot, number)) is Code.OK
        spots = {bet.name: (bet.spot, bet.chips) for bet in listed(pure, boss)}
        assert spots == {
            "Player 1": (0, 1),
            "Player 2": (36, 2),
            "Player 3": (37, 3),
            "Player 4": (38, 4),
        }

    @pytest.mark.parametrize(("spot", "chips"), [(39, 5), (255, 5), (17, 0), (17, 937)])
    def test_what_cannot_be_laid_is_7(self, spot: int, chips: int) -> None:
        pure = PureHouse(stack=5000)
        client, _ = register(pure, b"Anna")
        before = pure.snapshot()
        assert order(pure, client, PlaceBet(spot, chips)) is Code.REFUSED
        assert pure.snapshot() == before

    def test_too_few_chips_are_6_and_a_stranger_is_7(self) -> None:
        pure = PureHouse()
        client, _ = register(pure, b"Anna")
        assert order(pure, client, PlaceBet(37, 501)) is Code.NOT_ENOUGH_CHIPS
        assert order(pure, newcomer(), PlaceBet(37, 5)) is Code.REFUSED

    @pytest.mark.parametrize(("spot", "chips"), [(17, 936), (37, 32_767)])
    def test_the_most_that_a_result_can_say_may_be_won(self, spot: int, chips: int) -> None:
        pure = PureHouse(stack=40_000)
        client, _ = register(pure, b"Anna")
        assert order(pure, client, PlaceBet(spot, chips + 1)) is Code.REFUSED
        assert order(pure, client, PlaceBet(spot, chips)) is Code.OK

    def test_the_last_chip_can_be_laid(self) -> None:
        pure = PureHouse()
        client, _ = register(pure, b"Anna")
        assert order(pure, client, PlaceBet(37, 500)) is Code.OK

    @pytest.mark.parametrize(
        ("spot", "chips", "code"),
        [
            (18, 5, Code.SECOND_BET),
            (37, 481, Code.SECOND_BET),
            (17, 937, Code.SECOND_BET),
            (17, 0, Code.SECOND_BET),
            (39, 481, Code.REFUSED),
        ],
    )
    def test_a_second_bet_is_that_and_nothing_else(self, spot: int, chips: int, code: Code) -> None:
        pure = PureHouse()
        anna, bert = (register(pure, name)[0] for name in (b"Anna", b"Bert"))
        assert order(pure, anna, PlaceBet(37, 20)) is Code.OK
        assert order(pure, anna, PlaceBet(spot, chips)) is code
        assert order(pure, bert, PlaceBet(37, 500)) is Code.OK

    def test_too_few_chips_are_6_whatever_they_could_win_and_7_when_no_bet_is_taken(self) -> None:
        pure = PureHouse()
        boss = pure.seated("Boss", Seat.CROUPIER)
        anna, bert = (register(pure, name)[0] for name in (b"Anna", b"Bert"))
        assert order(pure, anna, PlaceBet(17, 937)) is Code.NOT_ENOUGH_CHIPS
        assert order(pure, anna, PlaceBet(37, 501)) is Code.NOT_ENOUGH_CHIPS
        assert order(pure, bert, PlaceBet(37, 20)) is Code.OK
        assert pure.ask(boss, CloseBetting(9, 1)) == Done(9)
        for chips in (5, 501):
            assert order(pure, anna, PlaceBet(37, chips)) is Code.REFUSED
        assert order(pure, bert, PlaceBet(37, 5)) is Code.SECOND_BET

    def test_the_list_holds_what_this_dialect_can_say(self) -> None:
        pure = PureHouse(Rules(table_most=100_000), stack=100_000)
        anna = pure.seated("Anna")
        pure.bet(anna, (17, 10), (40, 5), (152, 9000), (155, 7), (156, 1))
        bert, _ = register(pure, b"Bert")
        assert [(bet.spot, bet.chips) for bet in listed(pure, bert)] == [
            (17, 10),
            (37, 9000),
            (38, 7),
        ]
        assert listed(pure, newcomer()) == []

    def test_the_results_hold_everybody_with_his_whole_net(self) -> None:
        pure = PureHouse()
        boss, anna = croupier(pure), pure.seated("Anna")
        bert, _ = register(pure, b"Bert")
        pure.bet(anna, (17, 10), (40, 5))
        order(pure, bert, PlaceBet(37, 20))
        order(pure, boss, StartSpin(RIGHT))
        (shown,) = pure.told(ResultsShown)
        nets = {row.name: row.net for row in shown.results}
        assert nets["Bert"] == (20 if shown.pocket % 2 == 0 and shown.pocket else -20)
        assert set(nets) == {"Anna", "Bert"}

    def test_who_does_not_confirm_in_time_is_taken_for_dead(self) -> None:
        pure = PureHouse(limits=Limits(ack_timeout=30))
        boss = croupier(pure)
        good, _ = register(pure, b"Good")
        bad, _ = register(pure, b"Bad")
        order(pure, good, PlaceBet(17, 1))
        order(pure, boss, StartSpin(RIGHT))
        pure.hear(good, ConfirmResults())
        pure.hear(boss, ConfirmResults())
        pure.advance(29)
        assert not pure.dropped()
        pure.advance(1)
        assert [(drop.client, drop.reason) for drop in pure.dropped()] == [(bad, Farewell.SILENT)]


@pytest.mark.parametrize(
    ("wheel", "zero", "code"),
    [
        ("single", "", Code.OK),
        ("single", "partage", Code.OK),
        ("single", "prison", Code.REFUSED),
        ("single", "prison2", Code.REFUSED),
        ("double", "", Code.REFUSED),
        ("double", "surrender", Code.REFUSED),
    ],
)
def test_a_classic_client_sits_where_it_can_be_told_what_happens(
    wheel: str, zero: str, code: Code
) -> None:
    pure = PureHouse(Rules(wheel=wheel, zero=zero))
    assert register(pure, b"anna")[1] is code
    desk = newcomer("10.0.0.3")
    assert pure.ask(desk, RegisterCroupier(RIGHT)) == RegistrationAnswered(code)


@pytest.mark.parametrize("rules", [Rules(wheel="double"), Rules(zero="prison")])
def test_who_cannot_be_told_what_happens_any_more_goes_with_the_last_round_that_can(
    rules: Rules,
) -> None:
    pure = PureHouse()
    boss, (anna, _) = croupier(pure), register(pure, b"anna")
    assert order(pure, anna, PlaceBet(17, 5)) is Code.OK
    pure.table.change_rules(rules, pure.now)
    pure.advance(0)
    assert not anna.gone
    assert order(pure, boss, StartSpin(RIGHT)) is Code.OK
    pure.advance(0)
    assert (anna.gone, boss.gone) == (True, True)
    (results,) = [each for each in pure.said if isinstance(each, ToClassic)]
    assert isinstance(results.message, ResultsShown)
    drops = [each for each in pure.said if isinstance(each, Drop)]
    assert {each.reason for each in drops} == {Farewell.VERSION}
    assert pure.said.index(results) < pure.said.index(drops[0])
    assert pure.table.round.number == 2


def test_who_sits_there_without_a_bet_goes_at_once() -> None:
    pure = PureHouse()
    anna, _ = register(pure, b"anna")
    pure.table.change_rules(Rules(wheel="double"), pure.now)
    pure.advance(0)
    assert anna.gone


def test_other_rules_that_can_be_told_show_nobody_out() -> None:
    pure = PureHouse()
    anna, _ = register(pure, b"anna")
    pure.table.change_rules(Rules(zero="partage", auto_seconds=30), pure.now)
    pure.advance(0)
    assert not anna.gone


def test_nobody_of_this_dialect_sits_down_before_rules_that_it_cannot_say() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    pure.bet(anna, (17, 5))
    pure.table.change_rules(Rules(wheel="double"), pure.now)
    pure.advance(0)
    assert pure.table.round.number == 1
    assert register(pure, b"bert")[1] is Code.REFUSED
