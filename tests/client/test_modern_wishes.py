"""What a person wants and what a dialogue asks by itself: on its way, too fast, too much."""

from dataclasses import replace
from typing import Any

import pytest

from client.dialogue import Ending
from client.games.roulette.requests import place, start_spin, why_not
from client.games.roulette.state import roulette
from client.house.bounds import UNANSWERED_KEPT
from client.house.events import Trouble
from client.house.state import Line
from client.requests import Enter, take_seat
from protocol.games.roulette import bets, desk, records
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.house import door, talk
from protocol.house.draw import EventAsked
from protocol.house.lists import Reason, Seat
from protocol.wire import Message
from tests.client.alone import (
    GREETING,
    INTRODUCED,
    Alone,
    at_the_door,
    at_the_table,
    of,
    quiet,
    refused,
    signed,
)
from tests.client.fake_table import FakeTable
from tests.client.states import changed
from tests.client.test_reduce import SEATED
from tests.client.things import Things
from tests.client.wire import seated


def test_a_wish_goes_out_at_the_table_and_is_refused_at_the_door() -> None:
    alone = quiet()
    alone.dialogue.want(desk.StartSpin(0, 1), 4.0)
    (spin,) = alone.sent
    pending = alone.dialogue.state.pending[spin.number]  # type: ignore[attr-defined]
    assert (pending.since, pending.at, pending.by_itself) == (4.0, 1_700_000_000_000, False)
    early = at_the_door(Enter("Ann"))
    number = early.answer(door.SignIn)
    early.dialogue.want(take_seat(Seat.PLAYER), 0.0)
    assert [each.reason for each in early.dialogue.state.refusals] == [None]
    early.hear(signed(number))
    assert early.answer(door.TakeSeat)
    early.dialogue.want(desk.StartSpin(0, 1), 0.0)
    assert early.sent == []
    assert early.dialogue.state.refusals[-1].request == desk.StartSpin(0, 1)


def test_who_enters_under_another_name_signs_in_anew_and_under_his_own_sits_down() -> None:
    alone = quiet()
    alone.dialogue.want(Enter("Ann", Seat.WATCHER), 0.0)
    assert [(type(each), getattr(each, "seat", None)) for each in alone.sent] == [
        (door.TakeSeat, Seat.WATCHER)
    ]
    alone.dialogue.want(Enter("Bob"), 0.0)
    assert [each.name for each in of(door.SignIn, alone)] == ["Bob"]
    alone.dialogue.want(Enter("Carl"), 0.0)
    assert of(door.SignIn, alone) == []  # One at a time.


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (bets.PlaceBets(0, 1, (Bet(1, 2**80),)), Reason.NOT_ENOUGH_CHIPS),
        (bets.TakeBackBets(0, 1, (Bet(1, 2**80),)), Reason.NOTHING_THERE),
        (talk.Say(0, "x" * 5000), Reason.TEXT_UNFIT),
    ],
)
def test_what_the_wire_cannot_say_is_refused_here(wish: Any, reason: Reason) -> None:
    alone = quiet()
    alone.dialogue.want(wish, 0.0)
    assert alone.sent == []
    assert not alone.dialogue.state.pending
    refusal = alone.dialogue.state.refusals[-1]
    assert (refusal.reason, refusal.spot, refusal.figure) == (reason, None, 0)
    assert refusal.words


def test_a_wish_without_a_line_is_told_and_not_kept() -> None:
    alone = Alone(Enter("Ann"))
    alone.dialogue.want(place(SEATED, {1: 1}), 0.0)
    alone.dialogue.remember(place(SEATED, {1: 1}), 0.0)
    assert [each.reason for each in alone.dialogue.state.refusals] == [None, None]
    assert not [each for each in alone.sent if isinstance(each, bets.PlaceBets)]


def test_a_name_typed_without_a_line_comes_in_when_there_is_one() -> None:
    alone = Alone()
    alone.dialogue.cut(Ending(Trouble.CUT), 1.0, 0.0)
    alone.dialogue.remember(Enter("Ann"), 0.0)
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    assert [each.name for each in alone.sent if isinstance(each, door.SignIn)] == ["Ann"]


def test_what_came_too_fast_is_said_again_when_the_table_said() -> None:
    for figure, seconds in ((400, 0.4), (10, 0.05), (0, 0.05)):
        alone = at_the_table()
        (asked,) = of(records.ListResults, alone)
        alone.now = 1.0
        alone.hear(refused(asked.number, Reason.TOO_FAST, figure))
        due = 1.0 + seconds
        settled = alone.dialogue.tick(due - 0.001)
        assert (of(records.ListResults, alone), settled) == ([], due)
        alone.dialogue.tick(due)
        assert of(records.ListResults, alone) == [asked]
        alone.dialogue.tick(due + 1)
        assert of(records.ListResults, alone) == []


def test_what_was_answered_meanwhile_is_not_said_again() -> None:
    alone = at_the_table()
    (asked,) = of(records.ListResults, alone)
    alone.hear(refused(asked.number, Reason.TOO_FAST, 400))
    assert asked.number in alone.dialogue.state.pending
    alone.hear(records.ResultsListed(asked.number, 0, 0, 0, 0, ()))
    alone.dialogue.tick(1.0)
    assert of(records.ListResults, alone) == []


def test_another_refusal_of_ones_own_question_is_final() -> None:
    alone = at_the_table()
    (asked,) = of(records.ListResults, alone)
    alone.hear(refused(asked.number, Reason.NOT_SERVED))
    assert asked.number not in alone.dialogue.state.pending
    alone.hear(refused(9999, Reason.TOO_FAST))
    assert alone.dialogue.state.refusals[-1].request is None


def test_what_came_too_fast_waits_if_nobody_asked_for_it() -> None:
    alone = at_the_table()
    number = alone.answer(records.ListResults)
    alone.hear(refused(number, Reason.TOO_FAST, figure=400))
    alone.dialogue.tick(0.3)
    assert not [each for each in alone.sent if isinstance(each, records.ListResults)]
    alone.dialogue.tick(0.5)
    assert alone.answer(records.ListResults) == number
    assert alone.dialogue.state.refusals == ()


def test_the_way_in_waits_when_everybody_comes_at_once() -> None:
    alone = at_the_door(Enter("Ann"))
    number = alone.answer(door.SignIn)
    alone.hear(refused(number, Reason.TOO_FAST, figure=1000))
    alone.dialogue.tick(1.1)
    assert alone.answer(door.SignIn) == number


def test_what_a_person_asked_for_too_fast_is_told() -> None:
    alone = at_the_table()
    assert alone.sent
    alone.dialogue.want(place(alone.dialogue.state, {1: 1}), 0.0)
    alone.hear(refused(alone.answer(bets.PlaceBets), Reason.TOO_FAST, figure=400))
    assert alone.dialogue.state.refusals[-1].reason is Reason.TOO_FAST


def test_a_house_that_makes_one_ask_without_end_is_left() -> None:
    heard: list[Message] = []

    def overheard(said: Message) -> Message:
        heard.append(said)
        return said

    table = FakeTable(overheard)
    ann, _ = seated(table, "Ann", Things())
    ann.now += 2.0
    table.close()
    ann.run()
    (asked,) = [each for each in heard if isinstance(each, EventAsked)]
    while ann.dialogue.ending is None:
        ann.dialogue.hear(asked, ann.now)
        assert len(ann.state.pending) < UNANSWERED_KEPT + 10
    assert ann.dialogue.ending == Ending(Trouble.TOO_MUCH, for_good=True)


def test_a_person_who_asks_without_end_is_told_to_wait() -> None:
    alone = at_the_table()
    for _ in range(UNANSWERED_KEPT + 5):
        alone.dialogue.want(place(alone.dialogue.state, {1: 1}), 0.0)
    assert alone.dialogue.ending is None
    assert len(alone.dialogue.state.pending) == UNANSWERED_KEPT
    assert alone.dialogue.state.refusals[-1].reason is Reason.TOO_FAST
    assert len(alone.sent) <= UNANSWERED_KEPT + 5


def test_buttons_know_why_they_are_not_to_be_pressed() -> None:
    assert why_not(SEATED, bets.PlaceBets) is None
    assert why_not(SEATED, talk.Say) is None
    assert why_not(SEATED, desk.StartSpin) is Reason.NOT_YOURS
    croupier = changed(SEATED, seat=Seat.CROUPIER)
    assert why_not(croupier, desk.StartSpin) is None
    assert why_not(croupier, bets.PlaceBets) is Reason.NOT_YOURS
    spinning = replace(roulette(SEATED).round, phase=Phase.SPINNING)
    assert why_not(changed(SEATED, round=spinning), bets.PlaceBets) is Reason.NOT_NOW
    apart = replace(SEATED, status=replace(SEATED.status, line=Line.LOST))
    assert why_not(apart, bets.PlaceBets) is Reason.NOT_NOW
    assert start_spin(SEATED).round_number == 1
