"""A table closes when its round is over: people are told, seats are free, no chip is left there."""

import pytest

from protocol import classic
from protocol.games.roulette.rounds import (
    DeadlineMoved,
    RoundOpened,
    RoundSettled,
    RoundVoided,
    TableIntroduced,
)
from protocol.house.door import ListTables, SeatLost, SeatTaken, TablesListed, TakeSeat
from protocol.house.form import Act, ChipsMoved
from protocol.house.lists import Farewell, Reason, Seat
from server.games.roulette.settings import Rules, Stakes
from server.games.roulette.state import State
from server.games.rps import RPS
from server.people.people import Client
from server.sayings import Drop, Shut, To, ToAll, Unseated
from server.tables.terms import Terms
from tests.server.pure import SEEDS, PureHouse, messages_of, seat_of
from tests.server.tables.dice import DICE, RULES, DiceHouse


def lost(pure: PureHouse) -> list[tuple[Client, int, str]]:
    return [
        (each.client, each.message.to_table, each.message.words)
        for each in pure.said
        if isinstance(each, To) and isinstance(each.message, SeatLost)
    ]


def test_a_table_without_bets_is_closed_at_once() -> None:
    pure = PureHouse()
    anna, guest = pure.seated("Anna"), pure.visitor("")
    pure.hear(guest, TakeSeat(2, Seat.WATCHER, b""))
    pure.said.clear()
    pure.house.close_table(pure.first, to_table=4, words="come over")
    pure.advance(0)
    assert pure.house.hall.tables == {}
    assert lost(pure) == [(anna, 4, "come over"), (guest, 4, "come over")]
    assert (anna.seats, guest.seats, anna.gone) == ({}, {}, False)
    assert pure.house.people.tables == {}
    gone = [type(each) for each in pure.said if isinstance(each, Unseated | Shut)]
    assert gone == [Unseated, Unseated, Shut]
    assert pure.books.tills[1].closed
    assert pure.house.closing == {}
    pure.advance(1_000)
    assert pure.house.next_moment() is None


def test_what_lies_there_is_played_to_its_end() -> None:
    pure = PureHouse(Rules(start_seconds=40.0, reveal_seconds=2.0))
    first, anna = pure.first, pure.seated("Anna")
    pure.bet(anna, (17, 10))
    pure.said.clear()
    pure.house.close_table(first)
    pure.advance(0)
    (moved,) = pure.told(DeadlineMoved)
    assert moved.ms_left == 40_000
    pure.advance(39)
    assert pure.house.hall.tables == {1: first}
    assert pure.bet(anna, (18, 10)) is not None  # Bets are open until then.
    pure.advance(2)
    pure.advance(5)
    assert len(pure.told(RoundSettled)) == 1
    assert pure.told(RoundOpened) == []
    assert pure.house.hall.tables == {}
    assert pure.books.purses[0].in_pots == 0
    order = [type(each) for said in pure.said for each in messages_of(said)]
    assert order.index(RoundSettled) < order.index(SeatLost)


def test_a_table_that_runs_itself_keeps_its_time() -> None:
    pure = PureHouse(Rules(auto_seconds=20))
    pure.bet(pure.seated("Anna"), (17, 10))
    pure.said.clear()
    pure.house.close_table(pure.first)
    pure.advance(0)
    assert pure.told(DeadlineMoved) == []
    pure.advance(21)
    pure.advance(5)
    assert pure.house.hall.tables == {}


def test_too_few_bets_go_back() -> None:
    pure = PureHouse(Rules(min_players=2, start_seconds=9.0))
    anna = pure.seated("Anna")
    before = pure.books.wallet(anna.account)
    pure.bet(anna, (17, 10))
    pure.house.close_table(pure.first)
    pure.advance(10)
    assert len(pure.told(RoundVoided)) == 1
    assert pure.house.hall.tables == {}
    assert pure.books.wallet(anna.account) == before


def test_on_the_hosts_word_open_bets_go_back_at_once_and_frozen_ones_do_not() -> None:
    for frozen in (False, True):
        pure = PureHouse()
        anna = pure.seated("Anna")
        before = pure.books.wallet(anna.account)
        pure.bet(anna, (17, 10))
        if frozen:
            pure.table.close_betting(pure.now)
        pure.house.close_table(pure.first, void=True)
        pure.advance(0)
        assert bool(pure.house.hall.tables) is frozen
        assert (pure.books.wallet(anna.account) == before) is not frozen
        if frozen:
            assert pure.round == 1
            pure.advance(100)
            pure.advance(100)
            assert len(pure.told(RoundSettled)) == 1
            assert pure.house.hall.tables == {}


def test_a_croupier_cannot_keep_a_closing_table_open() -> None:
    pure = PureHouse(Rules(auto_seconds=20, start_seconds=9.0))
    pure.bet(pure.seated("Anna"), (17, 10))
    pure.house.close_table(pure.first)
    pure.table.set_auto(pure.now, 0)
    assert pure.table.next_moment() == pure.now + 9.0
    pure.advance(10)
    pure.advance(10)
    assert pure.house.hall.tables == {}


def test_seats_that_are_kept_are_free_and_classic_lines_end() -> None:
    pure = PureHouse()
    anna, dora = pure.seated("Anna"), pure.classic_player("Dora")
    pure.house.leave(anna, cut_off=True)
    pure.said.clear()
    pure.house.close_table(pure.first)
    pure.advance(0)
    assert (pure.house.people.tables, dora.gone) == ({}, True)
    assert [(d.client, d.reason) for d in pure.said if isinstance(d, Drop)] == [
        (dora, Farewell.FULL)
    ]
    assert lost(pure) == []
    late = Client("10.0.0.3", classic=True)
    pure.hear(late, classic.RegisterPlayer(b"Emil"))
    assert late.gone


def test_a_line_at_another_table_stays_there(dice: DiceHouse) -> None:
    anna = dice.seated("Anna")
    dice.sit(anna, Seat.PLAYER, 2)
    dice.house.close_table(dice.house.hall.tables[1], void=True)
    dice.house.advance(60.0)
    assert anna.seats == {2: Seat.PLAYER}
    assert dice.house.people.tables == {anna.account: (2,)}
    assert dice.house.people.several == set()
    assert dice.house.hall.at_stake(anna.account) == 0
    answer = dice.ask(anna, TakeSeat(3, Seat.PLAYER, b""), 1)
    assert getattr(answer, "reason", None) is Reason.NO_SUCH_TABLE
    listed = dice.ask(anna, ListTables(4, 0))
    assert isinstance(listed, TablesListed)
    assert [each.table for each in listed.tables] == [2]


def test_a_table_of_dice_waits_until_its_play_is_over(dice: DiceHouse) -> None:
    anna = dice.seated("Anna")
    table = dice.house.hall.tables[1]
    dice.house.close_table(table)
    dice.house.advance(60.0)
    assert dice.plays[0].beats[-3:] == [
        *(("close", 50.0), ("advance", 50.0), ("advance", 60.0)),
    ]
    assert anna.seats == {1: Seat.PLAYER}
    dice.plays[0].closed = True
    dice.house.advance_one(table, 61.0)
    assert anna.seats == {}


def test_whoever_has_the_stake_back_is_told_before_the_next_answer() -> None:
    """Or the chips that they were told last would be those of before."""
    pure = PureHouse()
    house, anna = pure.house, pure.seated("Anna")
    pure.bet(anna, (17, 10))
    rps = house.open_table(RPS, SEEDS, RPS.rules(), pure.now)
    pure.ask(anna, TakeSeat(2, Seat.PLAYER, b"", table=rps.number))
    number = pure.books.holders[anna.account].last_request + 1
    pure.ask(anna, Act(number, 0, 1, 20, "", table=rps.number))
    house.close_table(rps)
    told = [message for each in house.said for message in messages_of(each)]
    assert [type(each) for each in told[:2]] == [ChipsMoved, SeatLost]
    assert isinstance(told[0], ChipsMoved)
    assert told[0].balance == pure.books.wallet(anna.account) == 490


def test_other_rules_are_told_before_the_next_answer() -> None:
    pure = PureHouse()
    pure.house.change_rules(pure.first, Rules(auto_seconds=30))
    told = [message for each in pure.house.said for message in messages_of(each)]
    assert [type(each) for each in told] == [RoundVoided, TableIntroduced, RoundOpened]


def test_a_closed_number_is_never_given_again(dice: DiceHouse) -> None:
    dice.house.close_table(dice.house.hall.tables[2], void=True)
    dice.house.advance(60.0)
    table = dice.house.open_table(DICE, dice.plays[0].means.draw.seeds, RULES, 60.0, Terms("New"))
    assert table.number == 3
    with pytest.raises(AssertionError):
        dice.house.open_table(DICE, dice.plays[0].means.draw.seeds, RULES, 60.0, number=2)


def test_whatever_was_due_at_a_closed_table_is_forgotten() -> None:
    pure = PureHouse(Rules(auto_seconds=20))
    pure.seated("Anna")
    pure.advance(0)
    assert pure.house.next_moment() is not None
    pure.house.close_table(pure.first, void=True)
    pure.house.advance(pure.now)
    assert pure.house.next_moment() is None
    for _ in range(3):
        pure.advance(1_000)


def test_what_a_closed_table_said_is_told_though_the_next_request_is_made_at_another() -> None:
    pure = PureHouse()
    second = pure.house.open_table(pure.first.game, pure.first.means.draw.seeds, Rules(), pure.now)
    pure.advance(0)
    pure.said.clear()
    pure.house.close_table(second, void=True)
    pure.house.advance_one(pure.first, pure.now)
    told = [s.message for s in pure.house.said if isinstance(s, ToAll) and s.table == 2]
    assert [type(each) for each in told] == [RoundVoided]


def test_the_end_of_a_closing_table_is_waited_for() -> None:
    pure = PureHouse(Rules(start_seconds=40.0))
    pure.bet(pure.seated("Anna"), (17, 10))
    pure.advance(100)
    pure.house.next_moment()
    pure.house.close_table(pure.first)
    pure.house.next_moment()
    assert pure.house.hall._moments.first() == pure.now + 40.0


# --- its rules ------------------------------------------------------------------------------------


def test_rules_change_between_two_rounds_and_all_there_are_told() -> None:
    pure = PureHouse(Rules(start_seconds=1.0))
    anna = pure.seated("Anna")
    pure.bet(anna, (17, 10))
    pure.said.clear()
    high = {group: Stakes(50, 90) for group in Rules().plaque}
    pure.table.change_rules(Rules(plaque=high, table_most=777), pure.now)
    pure.advance(0)
    assert pure.told(TableIntroduced) == []
    assert pure.bet(anna, (18, 10)) is not None
    assert pure.books.tills[1].pot == 20
    pure.table.close_betting(pure.now, start=True)
    for _ in range(3):
        pure.advance(10)
    (told,) = pure.told(TableIntroduced)
    assert (told.table_most, told.plaque[0].least) == (777, 50)
    order = [type(each) for said in pure.said for each in messages_of(said)]
    assert order.index(RoundSettled) < order.index(TableIntroduced) < order.index(RoundOpened)
    refused = pure.bet(anna, (18, 10))
    assert getattr(refused, "reason", None) is Reason.UNDER_LEAST


def test_a_round_without_bets_gives_way_to_new_rules() -> None:
    pure = PureHouse()
    pure.seated("Anna")
    assert pure.round == 1
    pure.table.change_rules(Rules(auto_seconds=30), pure.now)
    pure.advance(0)
    assert (pure.round, pure.table.round.state, pure.table.auto) == (2, State.OPEN, 30)
    assert pure.table.ms_left(pure.now) == 42_000


def test_what_the_croupier_chose_stays_where_the_host_left_it_alone() -> None:
    pure = PureHouse()
    pure.table.set_auto(pure.now, 45)
    pure.table.change_rules(Rules(table_most=5), pure.now)
    pure.advance(0)
    assert (pure.table.auto, pure.table.rules.table_most) == (45, 5)


def test_a_seat_is_taken_again_at_a_table_that_was_opened_again() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    draw = pure.first.means.draw.seeds
    pure.house.close_table(pure.first)
    pure.advance(0)
    again = pure.house.open_table(DICE._replace(name="roulette"), draw, RULES, pure.now)
    assert again.number == 2
    answer = pure.ask(anna, TakeSeat(5, Seat.PLAYER, b"", table=2))
    assert answer == SeatTaken(5, Seat.PLAYER)
    assert seat_of(anna) is Seat.NONE
