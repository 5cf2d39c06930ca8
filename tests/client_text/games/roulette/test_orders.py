"""What a person types is asked of the table: chips there and back, and the orders of a croupier."""

from dataclasses import replace

import pytest

from client.games.roulette import requests as play
from client.games.roulette.state import Round
from client.house.state import HouseState, Line, Pending, Status
from client.requests import Enter
from client_text.games.roulette import intents
from client_text.games.roulette.game import Roulette
from client_text.here import speech_in
from client_text.orders import CannotError
from client_text.telling import Teller
from protocol.games.roulette import bets, desk, rounds
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.rules import RED
from protocol.house import door
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Reason, Seat
from tests.client.states import changed
from tests.client_text.fakes import Sitting, bob, laid, settled


def test_a_bet_is_told_when_the_table_has_taken_it() -> None:
    anna = Sitting().sit()
    assert anna.type("17 25 and red 10") == []
    assert laid(anna.desk.asked()) == {17: 25, RED: 10}
    number = anna.desk.asked().number
    assert anna.hear(bets.BetsPlaced(number, 5, 465, 35)) == [
        "You bet 25 on 17, 10 on red. You have 465 chips."
    ]


def test_a_refusal_says_why_and_how_much_is_left() -> None:
    anna = Sitting().sit()
    anna.type("17 600")
    refused = door.Refused(anna.desk.asked().number, Reason.NOT_ENOUGH_CHIPS, 255, 500, "")
    assert anna.hear(refused) == ["✗ Not enough chips: you have 500."]
    anna.type("17 200")
    refused = door.Refused(anna.desk.asked().number, Reason.OVER_MOST, 17, 100, "")
    assert anna.hear(refused) == ["✗ 17: At most 100 here."]
    anna.bet("red 5")
    anna.type("back red 5")
    refused = door.Refused(anna.desk.asked().number, Reason.STAKE_LOCKED, RED, 0, "")
    assert anna.hear(refused) == ["✗ red: Zero has locked it: it stays until the next number."]


def test_what_makes_no_sense_is_pointed_at() -> None:
    anna = Sitting().sit()
    lines = anna.type("17 25, 37 5")
    assert lines[0] == "  17 25, 37 5"
    assert lines[1].startswith("         ^^ There is no number 37")
    assert anna.type("red")[1].startswith("  ^^^ How many chips?")
    assert anna.desk.wishes == []


def test_undo_takes_back_what_was_laid_last_and_then_what_was_before() -> None:
    anna = Sitting().sit()
    anna.bet("17 25")
    anna.bet("red 10")
    for chips in ({RED: 10}, {17: 25}):
        anna.type("undo")
        assert laid(anna.desk.asked()) == chips
        anna.hear(bets.BetsTakenBack(anna.desk.asked().number, 5, 500, 0))
    assert anna.type("undo") == ["✗ There is nothing of yours to take back."]


def test_bets_of_an_earlier_round_are_not_undone() -> None:
    anna = Sitting().sit()
    anna.bet("17 25")
    anna.hear(rounds.RoundOpened(6, NO_DEADLINE))
    assert anna.type("undo") == ["✗ There is nothing of yours to take back."]


def test_chips_are_taken_back_by_place() -> None:
    anna = Sitting().sit()
    anna.bet("17 25, red 10")
    anna.type("back 17")
    assert laid(anna.desk.asked()) == {17: 25}
    anna.type("back red 4")
    assert laid(anna.desk.asked()) == {RED: 4}
    anna.type("back all")
    assert laid(anna.desk.asked()) == {}
    assert anna.type("back black") == ["✗ You have no chips on black."]


def test_rebet_lays_the_last_round_that_one_played_and_double_what_lies() -> None:
    anna = Sitting().sit()
    assert anna.type("rebet") == ["✗ You have no bets of an earlier round to repeat."]
    assert anna.type("double") == ["✗ You have no bets on the table to double."]
    anna.bet("17 25")
    payout = rounds.PlayerSettled(5, -25, 475, (Payout(17, 25, 0),))
    anna.hear(settled(5, 3), payout, rounds.RoundOpened(6, NO_DEADLINE))
    anna.bet("rebet")
    assert laid(anna.desk.asked()) == {17: 25}
    anna.type("double")
    assert laid(anna.desk.asked()) == {17: 25}


def test_a_chip_stands_for_the_sums_that_are_not_said() -> None:
    anna = Sitting().sit()
    assert anna.type("chip 5") == ["A bet without a sum now means 5."]
    anna.type("red")
    assert laid(anna.desk.asked()) == {RED: 5}
    assert anna.type("chip off") == ["A bet now needs its sum."]


def test_a_watcher_is_told_that_his_seat_does_not_bet() -> None:
    anna = Sitting(Enter("Anna", Seat.WATCHER)).sit(Seat.WATCHER)
    assert "Your seat may not do that" in anna.type("17 5")[0]


def test_no_bet_is_asked_for_after_no_more_bets() -> None:
    anna = Sitting().sit()
    anna.hear(rounds.BettingClosed(5, 3000))
    assert anna.type("17 5") == ["✗ No more bets in this round."]
    assert anna.desk.wishes == []


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("start", desk.StartSpin(1, 5)),
        ("close", desk.CloseBetting(1, 5)),
        ("void the ball fell out", desk.VoidRound(1, 5, "the ball fell out")),
        ("auto 30", desk.SetAuto(1, 30)),
        ("auto off", desk.SetAuto(1, 0)),
    ],
)
def test_the_croupiers_words_are_orders(line: str, request_: object) -> None:
    carl = Sitting(Enter("Carl", Seat.CROUPIER, "secret")).sit(Seat.CROUPIER)
    carl.hear(bob())
    assert carl.type(line) == []
    assert carl.desk.asked() == request_


def test_each_table_remembers_what_was_laid_there() -> None:
    game = Roulette()
    teller = Teller(speech_in("en"), str)
    at_two = changed(HouseState(here=2), live=True, seat=Seat.PLAYER, round=Round(5, own={17: 25}))
    laid_there = play.place(at_two, {17: 25})
    before = replace(at_two, pending={1: Pending(replace(laid_there, number=1), 0.0)})
    placed = bets.BetsPlaced(1, 5, 475, 25).to(2)
    assert list(game.tells[bets.BetsPlaced](teller, placed, before, at_two))
    live = replace(at_two, status=Status(Line.LIVE))
    assert laid(game.order(intents.Undo(), live)) == {17: 25}
    with pytest.raises(CannotError):
        game.order(intents.Undo(), live.at(0))
