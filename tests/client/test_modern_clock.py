"""A modern dialogue to the moment and to the frame: when it speaks by itself, and what it says."""

from dataclasses import replace
from typing import Any

import pytest

from client import modern
from client.dialogue import Ending
from client.house.bounds import ROUNDS_KEPT
from client.house.events import AskedAgain, Trouble
from client.house.state import Line
from client.modern import (
    GREETING_SECONDS,
    LISTED_BETS,
    LISTED_PLAYERS,
    PING_SECONDS,
    ROUND_PAGES,
    SILENT_SECONDS,
    VERSION,
)
from client.requests import (
    Enter,
    Examine,
    digest,
    list_bets,
    list_own_rounds,
    list_rounds,
    place,
    take_seat,
)
from protocol import limits
from protocol.messages import bets, desk, door, records, rounds, talk
from protocol.messages.fields import NO_SPOT, Bet, PlacedBet
from protocol.messages.lists import Reason, RoundState, Seat
from protocol.wire import Message
from tests.client.fake_table import TABLE
from tests.client.known import past
from tests.client.test_door import (
    GREETING,
    INTRODUCED,
    Alone,
    at_the_door,
    at_the_table,
    refused,
    signed,
)
from tests.client.test_reduce import entry, shown

NEVER = float("inf")


def of(kind: type[Message], alone: Alone) -> list[Any]:
    return [each for each in alone.sent if isinstance(each, kind)]


def quiet(seat: Seat = Seat.PLAYER) -> Alone:
    """At the table, with every question of one's own answered, and pinged."""
    alone = at_the_table(seat)
    settle(alone)
    return alone


def settle(alone: Alone) -> None:
    alone.dialogue.tick(alone.now)
    for each in alone.sent:
        if isinstance(each, records.ListPlayers):
            alone.hear(records.PlayersListed(each.number, (), more=False))
        elif isinstance(each, records.ListResults):
            alone.hear(records.ResultsListed(each.number, 0, 0, 0, 0, ()))
        elif isinstance(each, records.ListOwnRounds):
            alone.hear(records.OwnRoundsListed(each.number, (), more=False))
        elif isinstance(each, talk.ListTalk):
            alone.hear(talk.TalkListed(each.number, ()))
        elif isinstance(each, rounds.CommitSecret):
            alone.hear(door.Done(each.number))
        elif isinstance(each, door.Ping):
            alone.hear(door.Pong(each.nonce))
    assert not alone.dialogue.state.pending
    assert alone.sent == []


# --- the clock ------------------------------------------------------------------------------------


def test_a_table_has_so_long_to_introduce_itself() -> None:
    alone = Alone()
    alone.now = 7.0
    alone.open()
    due = 7.0 + GREETING_SECONDS
    assert alone.dialogue.tick(7.0) == due
    alone.hear(GREETING)
    endings = []
    for now in (due - 0.01, due):
        assert alone.dialogue.tick(now) == due
        endings.append(alone.dialogue.ending)
    assert endings == [None, Ending(Trouble.NOT_MODERN)]
    known = at_the_door()
    known.dialogue.tick(100.0)
    assert known.dialogue.ending == Ending(Trouble.SILENT)


def test_pings_go_out_at_their_time() -> None:
    alone = at_the_door()
    assert [type(each) for each in alone.sent] == [door.Greeting]
    assert alone.dialogue.tick(2.0) == 2.0 + PING_SECONDS
    (first,) = alone.sent
    assert isinstance(first, door.Ping)
    alone.dialogue.tick(2.0 + PING_SECONDS - 0.01)
    assert alone.sent == []
    alone.now = 5.0
    alone.hear(door.Pong(first.nonce))
    assert alone.dialogue.state.status.latency == 3.0
    alone.hear(door.Pong(first.nonce))
    assert alone.dialogue.state.status.latency == 3.0
    assert alone.dialogue.tick(2.0 + PING_SECONDS) == 2.0 + 2 * PING_SECONDS
    (second,) = of(door.Ping, alone)
    assert second.nonce > first.nonce


def test_silence_is_counted_from_the_last_word() -> None:
    alone = quiet()
    alone.now = 3.0
    alone.hear(door.Ping(1))
    alone.sent.clear()
    alone.dialogue.tick(3.0 + SILENT_SECONDS - 0.01)
    assert alone.dialogue.ending is None
    alone.dialogue.unheeded(10.0)
    alone.dialogue.unheeded(9.0)
    alone.dialogue.tick(10.0 + SILENT_SECONDS - 0.01)
    assert alone.dialogue.ending is None
    alone.dialogue.tick(10.0 + SILENT_SECONDS)
    assert alone.dialogue.ending == Ending(Trouble.SILENT)


def test_without_a_line_nothing_is_due() -> None:
    alone = quiet()
    alone.dialogue.want(list_bets(alone.dialogue.state), 0.0)
    alone.cut()
    assert alone.dialogue.tick(1000.0) == NEVER
    assert (alone.sent, alone.dialogue.ending) == ([], None)


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


# --- lists ----------------------------------------------------------------------------------------


def test_lists_that_are_not_whole_are_asked_for_once_a_second() -> None:
    alone = quiet()
    alone.now = 10.0
    alone.hear(records.RosterChanged(LISTED_PLAYERS, 0, (), complete=False))
    assert alone.dialogue.tick(10.0) == 11.0
    (asked,) = of(records.ListPlayers, alone)
    assert (asked.after_account, asked.number != 0) == (0, True)
    alone.dialogue.tick(12.0)
    assert of(records.ListPlayers, alone) == []  # It is on its way.
    alone.hear(records.PlayersListed(asked.number, (), more=False))
    alone.hear(records.RosterChanged(LISTED_PLAYERS, 0, (), complete=False))
    alone.dialogue.tick(12.5)
    assert of(records.ListPlayers, alone) == []
    alone.dialogue.tick(13.0)
    assert len(of(records.ListPlayers, alone)) == 1


@pytest.mark.parametrize(
    ("people", "asks"), [(1, True), (LISTED_PLAYERS, True), (LISTED_PLAYERS + 1, False)]
)
def test_a_crowd_is_not_listed_by_itself(people: int, asks: bool) -> None:
    alone = quiet()
    alone.now = 10.0
    alone.hear(records.RosterChanged(people, 0, (), complete=False))
    alone.dialogue.tick(10.0)
    assert bool(of(records.ListPlayers, alone)) is asks


@pytest.mark.parametrize(
    ("count", "asks"), [(0, False), (1, True), (LISTED_BETS, True), (LISTED_BETS + 1, False)]
)
def test_bets_are_listed_by_themselves_up_to_a_page(count: int, asks: bool) -> None:
    alone = quiet()
    alone.now = 10.0
    alone.hear(shown(1, count=count))
    alone.dialogue.tick(10.0)
    listing = of(bets.ListBets, alone)
    assert [(each.round_number, each.after_account, each.after_spot) for each in listing] == (
        [(1, 0, 0)] if asks else []
    )
    alone.dialogue.tick(15.0)
    assert of(bets.ListBets, alone) == []  # It is on its way.
    for each in listing:
        alone.hear(bets.BetsListed(each.number, 1, 1, (PlacedBet(1, 1, 1),), more=False))
    alone.dialogue.tick(20.0)
    assert of(bets.ListBets, alone) == []


def test_who_stands_up_follows_no_lists() -> None:
    alone = quiet()
    alone.dialogue.want(door.LeaveSeat(0), 0.0)
    alone.hear(door.Done(alone.answer(door.LeaveSeat)))
    alone.now = 10.0
    alone.hear(records.RosterChanged(3, 0, (), complete=False))
    alone.dialogue.tick(10.0)
    assert of(records.ListPlayers, alone) == []


def played(*numbers: int) -> tuple[records.RoundEntry, ...]:
    return tuple(records.RoundEntry(n, RoundState.SETTLED, 1, 2, 3, 4, 5) for n in numbers)


PAGES: dict[str, tuple[Any, Any, Any]] = {
    "bets": (
        bets.ListBets(0, 1, 0, 0),
        bets.BetsListed(
            0, 1, 1, (PlacedBet(1, 1, 5), PlacedBet(2, 3, 5), PlacedBet(4, 9, 5)), True
        ),
        bets.ListBets(0, 1, 4, 9),
    ),
    "players": (
        records.ListPlayers(0, 0),
        records.PlayersListed(0, (entry(3, "A"), entry(6, "B"), entry(8, "C")), more=True),
        records.ListPlayers(0, 8),
    ),
    "rounds": (
        list_rounds(),
        records.RoundsListed(0, played(9, 8, 6), more=True),
        records.ListRounds(0, 6),
    ),
    "own rounds": (
        list_own_rounds(),
        records.OwnRoundsListed(0, (past(9), past(8), past(5)), more=True),
        records.ListOwnRounds(0, 5),
    ),
}


@pytest.mark.parametrize("what", PAGES)
def test_a_list_goes_on_where_the_page_ended(what: str) -> None:
    first, page, following = PAGES[what]
    for more, empty in ((True, False), (False, False), (True, True)):
        alone = quiet()
        alone.dialogue.want(first, 0.0)
        (asked,) = alone.sent
        assert replace(asked, number=0) == first  # type: ignore[type-var]
        said = replace(page, number=asked.number, more=more)  # type: ignore[attr-defined]
        rows = "bets" if what == "bets" else "players" if what == "players" else "rounds"
        alone.hear(replace(said, **{rows: ()}) if empty else said)
        going_on = [replace(each, number=0) for each in alone.sent]  # type: ignore[type-var]
        assert going_on == ([following] if more and not empty else [])


def test_a_list_without_an_end_is_read_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modern, "PAGES_READ", 3)
    for what, most in (("bets", 3), ("own rounds", 3), ("rounds", ROUND_PAGES)):
        first, page, _ = PAGES[what]
        alone = quiet()
        alone.dialogue.want(first, 0.0)
        pages = 0
        while asked := alone.sent:
            pages += 1
            alone.hear(replace(page, number=asked[0].number))  # type: ignore[attr-defined]
        assert pages == most
    assert ROUND_PAGES * limits.ROUNDS_A_PAGE >= ROUNDS_KEPT
    assert (ROUND_PAGES - 1) * limits.ROUNDS_A_PAGE < ROUNDS_KEPT


def test_who_sits_down_reads_what_was() -> None:
    alone = at_the_table()
    kinds = [type(each) for each in alone.sent]
    assert kinds == [
        rounds.CommitSecret,
        records.ListResults,
        records.ListOwnRounds,
        talk.ListTalk,
    ]
    alone.hear(shown())
    assert [type(each) for each in alone.sent] == [rounds.CommitSecret]


# --- the door -------------------------------------------------------------------------------------


def test_the_way_in_has_everything_that_was_typed() -> None:
    alone = Alone(Enter("Ann", Seat.CROUPIER, "croupier's", "table's"))
    alone.hear(GREETING, INTRODUCED)
    greeting, sign_in = alone.sent
    token = alone.things.keyring.token(TABLE, "Ann")
    assert greeting == door.Greeting(VERSION, VERSION, "croupier")
    assert sign_in == door.SignIn(1, "Ann", token, digest("table's"))
    alone.hear(signed(1, next_number=40))
    assert alone.sent == [door.TakeSeat(40, Seat.CROUPIER, digest("croupier's"))]
    alone.dialogue.want(take_seat(Seat.WATCHER), 0.0)
    assert alone.sent == [door.TakeSeat(41, Seat.WATCHER, b"")]


def test_only_the_croupiers_seat_is_asked_for_with_its_password() -> None:
    alone = Alone(Enter("Ann", Seat.PLAYER, "croupier's"))
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn)))
    assert alone.sent == [door.TakeSeat(2, Seat.PLAYER, b"")]


@pytest.mark.parametrize("early", [shown(), signed(1), door.Done(1), talk.Said(1, 2, "x", "y")])
def test_before_it_is_introduced_a_table_says_nothing_else(early: Message) -> None:
    alone = Alone(Enter("Ann"))
    alone.hear(GREETING, door.Pong(1), early)
    words = "it spoke before it introduced itself"
    assert alone.dialogue.ending == Ending(Trouble.BROKEN, words=words)
    assert alone.dialogue.state.status.line is Line.CONNECTING


def test_a_table_introduces_itself_once_and_lets_in_who_asked() -> None:
    twice = at_the_door()
    twice.hear(INTRODUCED)
    words = "it introduced itself twice"
    assert twice.dialogue.ending == Ending(Trouble.BROKEN, words=words)
    nobody = at_the_door()
    nobody.hear(signed(1))
    words = "it let somebody in who did not ask"
    assert nobody.dialogue.ending == Ending(Trouble.BROKEN, words=words)
    seated = at_the_table()
    seated.dialogue.want(desk.StartSpin(0, 1), 0.0)
    seated.hear(signed(seated.answer(desk.StartSpin)))
    assert seated.dialogue.ending == Ending(Trouble.BROKEN, words=words)


@pytest.mark.parametrize(
    ("number", "ends"),
    [(limits.REQUEST_NUMBERS - 1, False), (limits.REQUEST_NUMBERS, True)],
)
def test_a_table_must_leave_numbers(number: int, ends: bool) -> None:
    alone = at_the_door(Enter("Ann"))
    alone.hear(signed(alone.answer(door.SignIn), next_number=number))
    words = "it leaves no numbers for requests"
    assert alone.dialogue.ending == (Ending(Trouble.BROKEN, words=words) if ends else None)
    assert bool(alone.sent) is not ends


@pytest.mark.parametrize(
    ("oldest", "version", "fits"),
    [
        (VERSION, VERSION, True),
        (VERSION, VERSION + 1, True),
        (VERSION - 1, VERSION, True),
        (VERSION + 1, VERSION + 1, False),
        (VERSION - 1, VERSION - 1, False),
    ],
)
def test_a_version_in_common_is_enough(oldest: int, version: int, fits: bool) -> None:
    alone = Alone()
    alone.hear(door.Greeting(version, oldest, "house 2"))
    ending = Ending(Trouble.VERSION, words="house 2", for_good=True)
    assert alone.dialogue.ending == (None if fits else ending)


def test_only_a_refusal_of_the_version_ends_the_line() -> None:
    for number, reason, ends in (
        (0, Reason.VERSION, True),
        (0, Reason.OTHER, False),
        (3, Reason.VERSION, False),
    ):
        alone = Alone()
        alone.hear(door.Refused(number, reason, NO_SPOT, 0, "older"))
        ending = Ending(Trouble.VERSION, words="older", for_good=True)
        assert alone.dialogue.ending == (ending if ends else None)


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
    assert alone.dialogue.state.seat is Seat.PLAYER
    assert alone.sent == []


# --- what a person wants --------------------------------------------------------------------------


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
    early.dialogue.want(Examine(1), 0.0)
    assert early.sent == []
    alone.dialogue.want(Examine(1), 0.0)
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


# --- the line is back -----------------------------------------------------------------------------


def come_back(alone: Alone) -> None:
    alone.cut()
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn), next_number=50))


def test_bets_that_nobody_answered_are_asked_about_and_then_the_table_is_looked_at_again() -> None:
    alone = quiet()
    wishes = [place(alone.dialogue.state, {1: 5}), place(alone.dialogue.state, {2: 5})]
    for wish in wishes:
        alone.dialogue.want(wish, 0.0)
    first, second = of(bets.PlaceBets, alone)
    come_back(alone)
    alone.dialogue.news.clear()
    alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), Seat.PLAYER), shown())
    again = [each.said for each in alone.dialogue.news if isinstance(each.said, AskedAgain)]
    assert again == [AskedAgain(first.number), AskedAgain(second.number)]
    sure = [alone.dialogue.state.round.own_known]
    sent = alone.sent
    assert [each for each in sent if isinstance(each, bets.PlaceBets)] == [first, second]
    assert not [each for each in sent if isinstance(each, records.ListResults | door.TakeSeat)]
    alone.hear(bets.BetsPlaced(first.number, 1, 490, 5))
    assert of(door.TakeSeat, alone) == []
    alone.hear(refused(second.number, Reason.BETTING_CLOSED))
    assert [each.reason for each in alone.dialogue.state.refusals] == [Reason.BETTING_CLOSED]
    (seat,) = of(door.TakeSeat, alone)
    assert seat.seat is Seat.PLAYER
    alone.hear(door.SeatTaken(seat.number, Seat.PLAYER), shown(own=(Bet(1, 5),)))
    assert alone.dialogue.state.round.own == {1: 5}
    sure.append(alone.dialogue.state.round.own_known)
    assert sure == [False, True]
    assert len(of(records.ListResults, alone)) == 1


def test_what_is_asked_again_too_fast_waits_and_is_not_told() -> None:
    alone = quiet()
    alone.dialogue.want(place(alone.dialogue.state, {1: 5}), 0.0)
    (bet,) = of(bets.PlaceBets, alone)
    come_back(alone)
    alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), Seat.PLAYER), shown())
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
