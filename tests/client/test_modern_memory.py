"""What a modern dialogue keeps from one line to the next, and how far it reads."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from client import modern
from client.dialogue import Ending
from client.fair.chain import AT_ONCE
from client.house.events import Trouble
from client.modern import PING_SECONDS, SILENT_SECONDS
from client.requests import Enter, place, take_seat
from protocol.messages import bets, door, records, rounds
from protocol.messages.fields import Payout, PlacedBet
from protocol.messages.lists import Reason, Seat
from protocol.messages.records import OwnRoundEntry
from tests.client.fake_table import TABLE
from tests.client.known import past
from tests.client.test_door import GREETING, INTRODUCED, Alone, at_the_door, at_the_table, signed
from tests.client.test_modern_clock import come_back, of, quiet
from tests.client.test_reduce import entry, settled, shown


@dataclass
class Shelf:
    """Diaries in memory, and who asked for which."""

    asked: list[tuple[bytes, int]] = field(default_factory=list)
    kept: list[tuple[int, ...]] = field(default_factory=list)
    rounds: tuple[OwnRoundEntry, ...] = (past(4),)

    def open(self, table: bytes, account: int) -> "Shelf":
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
    return alone


def test_the_diary_of_a_name_is_opened_once_and_keeps_what_is_new() -> None:
    shelf = Shelf()
    alone = with_a_diary(shelf, Enter("Ann"))
    assert shelf.asked == [(TABLE, 5)]
    assert alone.dialogue.state.own_rounds == (past(4),)
    alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), Seat.PLAYER), shown(7))
    del shelf.kept[:]
    alone.hear(settled(7))
    assert shelf.kept == []
    alone.hear(rounds.PlayerSettled(7, -10, 490, (Payout(3, 10, 0),)))
    assert shelf.kept == [(7, 4)]
    come_back(alone)
    assert shelf.asked == [(TABLE, 5)]
    assert shelf.kept == [(7, 4)]


def test_a_guest_and_an_empty_diary_have_nothing_to_remember() -> None:
    shelf = Shelf(rounds=())
    alone = with_a_diary(shelf, Enter("Ann"))
    assert alone.dialogue.state.own_rounds == ()
    assert shelf.kept == []
    guest = Alone()
    guest.things.diary = shelf.open
    guest.dialogue = modern.ModernDialogue(guest.things.means(), Enter("", Seat.WATCHER))
    guest.dialogue.connecting("there", 1234, 0.0)
    guest.open()
    guest.hear(GREETING, INTRODUCED)
    guest.hear(replace(signed(guest.answer(door.SignIn)), account=0, name=""))
    assert shelf.asked == [(TABLE, 5)]


def test_bytes_that_cannot_be_read_mean_another_protocol_until_one_is_known() -> None:
    assert Alone().dialogue.unread() is Trouble.NOT_MODERN
    assert at_the_door().dialogue.unread() is Trouble.BROKEN
    assert at_the_table().dialogue.unread() is Trouble.BROKEN


def test_while_a_chain_is_walked_there_is_always_something_due() -> None:
    alone = quiet()
    assert alone.dialogue.tick(3.0) == PING_SECONDS
    alone.hear(shown(2 * AT_ONCE + 5))
    assert [alone.dialogue.tick(3.0) for _ in range(4)] == [3.0, 3.0, 3.0, PING_SECONDS]
    (verdict,) = alone.dialogue.state.verdicts.values()
    assert not verdict.holds
    assert alone.things.saved == []  # Of a round that is not over there is nothing to show.


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
    monkeypatch.setattr(modern, "PAGES_READ", 3)
    own: Any = records.OwnRoundsListed(0, (past(9),), more=True)
    people: Any = records.PlayersListed(0, (entry(3, "A"),), more=True)
    everybody: Any = bets.BetsListed(0, 1, 1, (PlacedBet(1, 1, 5),), more=True)
    for kind, page in (
        (records.ListOwnRounds, own),
        (records.ListPlayers, people),
        (bets.ListBets, everybody),
    ):
        alone = at_the_table()
        alone.hear(shown(1, count=1))
        alone.dialogue.tick(0.0)
        pages = 0
        while asked := of(kind, alone):
            pages += 1
            alone.hear(replace(page, number=asked[-1].number))
        assert pages == 3


def test_who_is_too_fast_is_told_without_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = quiet()
    monkeypatch.setattr(modern, "UNANSWERED_KEPT", 1)
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
    assert alone.dialogue.tick(1.0) == modern.GREETING_SECONDS
    alone.hear(INTRODUCED)
    alone.dialogue.tick(1.0)
    assert alone.dialogue.tick(1.0 + PING_SECONDS) == min(
        1.0 + SILENT_SECONDS, 1.0 + 2 * PING_SECONDS
    )
