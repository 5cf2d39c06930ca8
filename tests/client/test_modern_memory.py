"""What a modern dialogue keeps from one line to the next, and how far it reads."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from client import asking, keepalive, modern, pages, sitting
from client.dialogue import Ending
from client.games.roulette.requests import place
from client.games.roulette.state import roulette
from client.house.events import Measured, Trouble
from client.keepalive import PING_SECONDS, SILENT_SECONDS
from client.means import WrittenDown
from client.requests import Enter, take_seat
from protocol.games.roulette import bets, records, rounds
from protocol.games.roulette.fields import Payout, PlacedBet
from protocol.games.roulette.records import OwnRoundEntry
from protocol.house import door
from protocol.house.lists import Reason, Seat
from protocol.house.people import ListPlayers, PlayersListed, RosterChanged
from tests.client.alone import (
    GREETING,
    INTRODUCED,
    MET,
    Alone,
    at_the_door,
    at_the_table,
    come_back,
    of,
    quiet,
    refused,
    signed,
)
from tests.client.fake_table import TABLE
from tests.client.known import past
from tests.client.test_reduce import entry, settled, shown


@dataclass
class Shelf:
    """Diaries in memory, and who asked for which."""

    asked: list[tuple[bytes, int]] = field(default_factory=list)
    kept: list[tuple[int, ...]] = field(default_factory=list)
    rounds: tuple[OwnRoundEntry, ...] = (past(4),)

    def open(self, table: bytes, account: int, _: WrittenDown) -> "Shelf":
        self.asked.append((table, account))
        return self

    def read(self) -> tuple[OwnRoundEntry, ...]:
        return self.rounds

    def keep(self, rounds: Iterable[OwnRoundEntry]) -> None:
        self.kept.append(tuple(each.round_number for each in rounds))


def with_a_diary(shelf: Shelf, enter: Enter) -> Alone:
    alone = Alone()
    alone.things.diary = shelf.open
    alone.dialogue = modern.ModernDialogue(alone.things.means(), enter)
    alone.dialogue.connecting("there", 1234, alone.now)
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn)))
    alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), Seat.PLAYER), MET, shown(7))
    return alone


def test_the_diary_of_a_name_is_opened_once_and_keeps_what_is_new() -> None:
    shelf = Shelf()
    alone = with_a_diary(shelf, Enter("Ann"))
    assert shelf.asked == [(TABLE, 5)]
    assert roulette(alone.dialogue.state).own_rounds == (past(4),)
    del shelf.kept[:]
    alone.hear(settled(7))
    assert shelf.kept == []
    alone.hear(rounds.PlayerSettled(7, -10, 490, (Payout(3, 10, 0),)))
    assert shelf.kept == [(7, 4)]
    come_back(alone)
    alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), Seat.PLAYER), MET, shown(8))
    assert shelf.asked == [(TABLE, 5)]
    assert shelf.kept == [(7, 4)]


def test_a_guest_and_an_empty_diary_have_nothing_to_remember() -> None:
    shelf = Shelf(rounds=())
    alone = with_a_diary(shelf, Enter("Ann"))
    assert roulette(alone.dialogue.state).own_rounds == ()
    assert shelf.kept == []
    guest = Alone()
    guest.things.diary = shelf.open
    guest.dialogue = modern.ModernDialogue(guest.things.means(), Enter("", Seat.WATCHER))
    guest.dialogue.connecting("there", 1234, 0.0)
    guest.open()
    guest.hear(GREETING, INTRODUCED)
    guest.hear(replace(signed(guest.answer(door.SignIn)), account=0, name=""))
    guest.hear(door.SeatTaken(guest.answer(door.TakeSeat), Seat.WATCHER), MET, shown(7))
    assert shelf.asked == [(TABLE, 5)]


def test_bytes_that_cannot_be_read_mean_another_protocol_until_one_is_known() -> None:
    assert Alone().dialogue.unread() is Trouble.NOT_MODERN
    assert at_the_door().dialogue.unread() is Trouble.BROKEN
    assert at_the_table().dialogue.unread() is Trouble.BROKEN


def test_the_seat_that_was_asked_for_last_is_asked_for_on_the_next_line() -> None:
    alone = quiet()
    alone.dialogue.want(take_seat(Seat.WATCHER), 0.0)
    assert alone.answer(door.TakeSeat)
    come_back(alone)
    assert [each.seat for each in of(door.TakeSeat, alone)] == [Seat.WATCHER]
    given = quiet()
    given.hear(door.SeatTaken(0, Seat.CROUPIER))
    come_back(given)
    assert [each.seat for each in of(door.TakeSeat, given)] == [Seat.CROUPIER]


def test_lists_that_nobody_asked_for_are_read_so_far_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "PAGES_READ", 3)
    own: Any = records.OwnRoundsListed(0, (past(9),), more=True)
    people: Any = PlayersListed(0, (entry(3, "A"),), more=True)
    everybody: Any = bets.BetsListed(0, 1, 1, (PlacedBet(1, 1, 5),), more=True)
    for kind, page in (
        (records.ListOwnRounds, own),
        (ListPlayers, people),
        (bets.ListBets, everybody),
    ):
        alone = at_the_table()
        alone.hear(shown(1, count=1))
        alone.dialogue.tick(0.0)
        read = 0
        while asked := of(kind, alone):
            read += 1
            alone.hear(replace(page, number=asked[-1].number))
        assert read == 3


def test_who_is_too_fast_is_told_without_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = quiet()
    monkeypatch.setattr(asking, "UNANSWERED_KEPT", 1)
    for _ in range(2):
        alone.dialogue.want(place(alone.dialogue.state, {1: 1}), 0.0)
    (refusal,) = alone.dialogue.state.refusals
    assert (refusal.reason, refusal.spot, refusal.figure) == (Reason.TOO_FAST, None, 0)
    assert len(alone.dialogue.state.pending) == 1
    assert len(alone.sent) == 1
    assert alone.dialogue.ending is None
    alone.dialogue.want(take_seat(Seat.WATCHER), 0.0)
    assert alone.dialogue.ending == Ending(Trouble.TOO_MUCH, for_good=True)


def test_a_token_that_the_table_gives_is_kept_and_none_is_not() -> None:
    for token in (b"n" * 32, b""):
        alone = at_the_door(Enter("ann"))
        own = alone.things.keyring.token(TABLE, "ann")
        said = replace(signed(alone.answer(door.SignIn), "Ann"), token=token)
        alone.hear(said)
        names = [alone.things.keyring.token(TABLE, name) for name in ("ann", "Ann")]
        assert names == ([token, token] if token else [own, b""])


def test_silence_begins_with_the_first_word() -> None:
    alone = Alone()
    alone.now = 1.0
    alone.hear(GREETING)
    assert alone.dialogue.tick(1.0) == keepalive.GREETING_SECONDS
    alone.hear(INTRODUCED)
    alone.dialogue.tick(1.0)
    assert alone.dialogue.tick(1.0 + PING_SECONDS) == min(
        1.0 + SILENT_SECONDS, 1.0 + 2 * PING_SECONDS
    )


def test_who_was_refused_at_the_door_is_not_tried_by_himself_on_the_next_line() -> None:
    alone = at_the_door(Enter("Ann"))
    alone.hear(refused(alone.answer(door.SignIn), Reason.NAME_TAKEN))
    alone.cut()
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    assert of(door.SignIn, alone) == []


def test_a_seat_is_taken_again_whatever_else_was_refused_before() -> None:
    alone = quiet()
    alone.dialogue.want(place(alone.dialogue.state, {1: 5}), 0.0)
    (bet,) = of(bets.PlaceBets, alone)
    come_back(alone)
    assert [each.seat for each in of(door.TakeSeat, alone)] == [Seat.PLAYER]
    alone.hear(refused(bet.number, Reason.BETTING_CLOSED))  # Nobody had asked about it again.
    assert alone.sent == []
    come_back(alone)
    assert [each.seat for each in of(door.TakeSeat, alone)] == [Seat.PLAYER]


def test_bets_are_asked_about_on_every_line_until_they_are_answered() -> None:
    alone = quiet()
    alone.dialogue.want(place(alone.dialogue.state, {1: 5}), 0.0)
    (bet,) = of(bets.PlaceBets, alone)
    for _ in range(3):
        come_back(alone)
        alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), Seat.PLAYER), MET, shown())
        assert of(bets.PlaceBets, alone) == [bet]
    alone.hear(bets.BetsPlaced(bet.number, 1, 495, 5))
    assert [each.seat for each in of(door.TakeSeat, alone)] == [Seat.PLAYER]


def test_who_is_made_croupier_without_a_password_looks_again_without_one() -> None:
    alone = quiet()
    alone.dialogue.want(place(alone.dialogue.state, {1: 5}), 0.0)
    (bet,) = of(bets.PlaceBets, alone)
    come_back(alone)
    alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), Seat.PLAYER), MET, shown())
    alone.dialogue.want(Enter("Bob", Seat.CROUPIER, "wrong"), 0.0)
    alone.hear(refused(alone.answer(door.SignIn), Reason.NAME_TAKEN))
    alone.hear(door.SeatTaken(0, Seat.CROUPIER), bets.BetsPlaced(bet.number, 1, 495, 5))
    assert [replace(each, number=0) for each in of(door.TakeSeat, alone)] == [
        door.TakeSeat(0, Seat.CROUPIER, b"")
    ]


def test_what_was_remembered_is_asked_for_from_the_newest_on() -> None:
    alone = at_the_table()
    (asked,) = of(records.ListOwnRounds, alone)
    assert (asked.before_round, asked.number > 0) == (0, True)


def test_a_ping_is_measured_once_and_by_its_own_pong() -> None:
    alone = at_the_door()
    alone.dialogue.tick(0.0)
    (ping,) = of(door.Ping, alone)
    alone.dialogue.news.clear()
    for now, nonce in ((1.0, ping.nonce + 1), (2.0, ping.nonce), (3.0, ping.nonce)):
        alone.now = now
        alone.hear(door.Pong(nonce))
    measured = [each.said for each in alone.dialogue.news if isinstance(each.said, Measured)]
    assert measured == [Measured(2.0)]


def test_of_a_hall_of_so_many_everybody_is_listed() -> None:
    assert sitting.LISTED_PLAYERS == 1024


def test_a_name_that_the_wire_cannot_say_is_refused_as_a_name() -> None:
    alone = at_the_door(Enter("x" * 5000))
    assert [each.reason for each in alone.dialogue.state.refusals] == [Reason.NAME_UNFIT]
    assert of(door.SignIn, alone) == []


def test_a_table_that_is_shown_to_who_does_not_sit_is_asked_for_nothing() -> None:
    alone = at_the_door()
    assert [type(each) for each in alone.sent] == [door.Greeting]
    alone.hear(shown())
    assert alone.sent == []
    seated = at_the_door(Enter("Ann"))
    seated.hear(signed(seated.answer(door.SignIn)))
    assert seated.answer(door.TakeSeat)
    seated.cut()  # Before it was shown; and on the next line nobody sits down.
    seated.dialogue.remember(Enter("Ann", Seat.NONE), 0.0)
    seated.open()
    seated.hear(GREETING, INTRODUCED)
    seated.hear(signed(seated.answer(door.SignIn)), shown())
    assert of(records.ListResults, seated) == []


def test_before_any_line_nothing_is_due() -> None:
    dialogue = modern.ModernDialogue(Alone().things.means(), Enter("Ann"))
    assert dialogue.tick(5.0) == keepalive.NEVER


def test_what_it_asks_by_itself_it_asks_at_this_moment() -> None:
    alone = quiet()
    alone.hear(RosterChanged(3, 0, (), complete=False))
    alone.dialogue.tick(10.0)
    (asked,) = of(ListPlayers, alone)
    assert alone.dialogue.state.pending[asked.number].since == 10.0


def test_a_croupier_who_is_refused_another_seat_keeps_his_own() -> None:
    alone = quiet(Seat.CROUPIER)
    alone.dialogue.want(take_seat(Seat.PLAYER), 0.0)
    alone.hear(refused(alone.answer(door.TakeSeat), Reason.SEAT_TAKEN))
    assert alone.sent == []
    come_back(alone)
    assert of(door.TakeSeat, alone)


def test_of_two_lists_only_the_one_that_is_not_whole_is_asked_for() -> None:
    alone = quiet()
    alone.now = 10.0
    alone.hear(shown(1, count=1))
    alone.dialogue.tick(10.0)
    kinds = {type(each) for each in alone.sent}
    assert bets.ListBets in kinds
    assert ListPlayers not in kinds


def test_a_known_house_that_cannot_be_read_is_broken_and_no_other_protocol() -> None:
    alone = at_the_table()
    alone.cut()
    alone.dialogue.connecting("there", 1234, 1.0)
    assert alone.dialogue.unread() is Trouble.BROKEN


def test_a_name_that_is_typed_before_there_is_a_table_waits() -> None:
    dialogue = modern.ModernDialogue(Alone().things.means())
    dialogue.want(Enter("Ann"), 0.0)
    assert dialogue.frames == []
