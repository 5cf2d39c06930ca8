"""The line is back: which chair is taken again, and what is asked about once more."""

from client.games.roulette.requests import place
from client.games.roulette.state import roulette
from client.house.events import AskedAgain
from client.requests import Enter, digest, take_seat
from protocol.games.roulette import bets, records
from protocol.games.roulette.fields import Bet
from protocol.house import door
from protocol.house.lists import Reason, Seat
from tests.client.alone import (
    GREETING,
    INTRODUCED,
    MET,
    at_the_door,
    at_the_table,
    come_back,
    of,
    quiet,
    refused,
    signed,
)
from tests.client.test_reduce import shown


def test_the_line_comes_back_to_the_same_chair() -> None:
    alone = at_the_table(Seat.CROUPIER)
    alone.cut()
    assert alone.dialogue.returns
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn)))
    (asked,) = alone.sent
    assert isinstance(asked, door.TakeSeat)
    assert (asked.seat, asked.croupier_password) == (Seat.CROUPIER, digest("croupier's"))


def test_a_croupier_whose_chair_is_taken_meanwhile_sits_down_as_a_player() -> None:
    alone = at_the_table(Seat.CROUPIER)
    alone.cut()
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn)))
    alone.hear(refused(alone.answer(door.TakeSeat), Reason.SEAT_TAKEN))
    (asked,) = alone.sent
    assert isinstance(asked, door.TakeSeat)
    assert asked.seat is Seat.PLAYER


def test_who_was_given_the_croupiers_chair_has_it() -> None:
    alone = at_the_table()
    alone.hear(door.SeatTaken(0, Seat.CROUPIER), MET, shown())
    assert alone.dialogue.state.table.seat is Seat.CROUPIER


def test_who_stands_up_is_not_seated_again_by_a_cut() -> None:
    alone = at_the_table()
    alone.dialogue.want(door.LeaveSeat(0), alone.now)
    alone.hear(door.Done(alone.answer(door.LeaveSeat)))
    assert alone.dialogue.state.table.seat is Seat.NONE
    alone.cut()
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn)))
    assert alone.sent == []
    alone.dialogue.want(take_seat(Seat.PLAYER), alone.now)
    assert [type(each) for each in alone.sent] == [door.TakeSeat]


def test_a_seat_that_is_refused_is_not_tried_by_itself_on_the_next_line() -> None:
    for seat in (Seat.PLAYER, Seat.CROUPIER):
        alone = at_the_door(Enter("Ann", seat))
        alone.hear(signed(alone.answer(door.SignIn)))
        alone.hear(refused(alone.answer(door.TakeSeat), Reason.SEAT_TAKEN))
        assert alone.sent == []
        alone.cut()
        alone.open()
        alone.hear(GREETING, INTRODUCED)
        alone.hear(signed(alone.answer(door.SignIn)))
        assert alone.sent == []


def test_another_seat_that_is_refused_leaves_one_where_one_sits() -> None:
    alone = quiet()
    alone.dialogue.want(take_seat(Seat.CROUPIER, "wrong"), 0.0)
    alone.hear(refused(alone.answer(door.TakeSeat), Reason.WRONG_CROUPIER_PASSWORD))
    assert alone.dialogue.state.table.seat is Seat.PLAYER
    assert alone.sent == []


def test_bets_that_nobody_answered_are_asked_about_and_then_the_table_is_looked_at_again() -> None:
    alone = quiet()
    wishes = [place(alone.dialogue.state, {1: 5}), place(alone.dialogue.state, {2: 5})]
    for wish in wishes:
        alone.dialogue.want(wish, 0.0)
    first, second = of(bets.PlaceBets, alone)
    come_back(alone)
    alone.dialogue.news.clear()
    alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), Seat.PLAYER), MET, shown())
    again = [each.said for each in alone.dialogue.news if isinstance(each.said, AskedAgain)]
    assert again == [AskedAgain(first.number), AskedAgain(second.number)]
    sure = [roulette(alone.dialogue.state).round.own_known]
    sent = alone.sent
    assert [each for each in sent if isinstance(each, bets.PlaceBets)] == [first, second]
    assert not [each for each in sent if isinstance(each, records.ListResults | door.TakeSeat)]
    alone.hear(bets.BetsPlaced(first.number, 1, 490, 5))
    assert of(door.TakeSeat, alone) == []
    alone.hear(refused(second.number, Reason.BETTING_CLOSED))
    assert [each.reason for each in alone.dialogue.state.refusals] == [Reason.BETTING_CLOSED]
    (seat,) = of(door.TakeSeat, alone)
    assert seat.seat is Seat.PLAYER
    alone.hear(door.SeatTaken(seat.number, Seat.PLAYER), MET, shown(own=(Bet(1, 5),)))
    assert roulette(alone.dialogue.state).round.own == {1: 5}
    sure.append(roulette(alone.dialogue.state).round.own_known)
    assert sure == [False, True]
    assert len(of(records.ListResults, alone)) == 1


def test_what_is_asked_again_too_fast_waits_and_is_not_told() -> None:
    alone = quiet()
    alone.dialogue.want(place(alone.dialogue.state, {1: 5}), 0.0)
    (bet,) = of(bets.PlaceBets, alone)
    come_back(alone)
    alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), Seat.PLAYER), MET, shown())
    assert of(bets.PlaceBets, alone) == [bet]
    alone.hear(refused(bet.number, Reason.TOO_FAST, 400))
    assert alone.dialogue.state.refusals == ()
    alone.dialogue.tick(0.5)
    assert of(bets.PlaceBets, alone) == [bet]


def test_a_table_that_is_shown_again_on_the_same_line_asks_nothing_again() -> None:
    alone = quiet()
    alone.dialogue.want(place(alone.dialogue.state, {1: 5}), 0.0)
    assert of(bets.PlaceBets, alone)
    alone.hear(shown())
    assert of(bets.PlaceBets, alone) == []
