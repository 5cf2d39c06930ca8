"""The croupier's loop: how long he waits, for whom he goes on, and how he ends."""

import gc
import logging
import os
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest

from protocol.framing import Decoder, Dialect, Spoken
from protocol.messages.bets import PlaceBets, SayReady
from protocol.messages.door import Goodbye, Greeting, Refused, SignIn, TakeSeat
from protocol.messages.fields import Bet
from protocol.messages.lists import Farewell, Notice, Seat
from protocol.messages.records import ListResults
from protocol.messages.rounds import AutoChanged, RoundSettled
from protocol.messages.talk import Noticed, Say
from protocol.wire import encode
from server import croupier as module
from server.croupier import (
    BATCH_SECONDS,
    CHUNK,
    EXIT_LOST,
    QUESTION_SECONDS,
    ROOM_SECONDS,
    Call,
    Croupier,
    collect_seldom,
    steady_clock,
    take_turns_quickly,
)
from server.finished import Finished
from server.house import ToAll
from server.ledger import LedgerFull, LedgerLost
from server.session import Item, Left, Room, Session
from tests.server.pure import PureHouse
from torture.stage import Plug, Porter

if TYPE_CHECKING:
    import socket

    from server.ledger import Ledger
    from server.pump import Pump


class Books:
    """A ledger that counts what is asked of it."""

    def __init__(self, house: PureHouse) -> None:
        self.house = house
        self.finished: list[Finished] = []
        self.deeds: list[str] = []
        self.full = False
        self.has_room = False
        self.fault: Exception | None = None

    def commit(self) -> None:
        if self.fault:
            raise self.fault
        self.deeds.append("commit")

    def tidy(self) -> None:
        self.deeds.append("tidy")

    def make_room(self) -> bool:
        self.deeds.append("look")
        self.full = not self.has_room
        return self.has_room


class Shop:
    """A croupier without a disk, and people without a line."""

    def __init__(self) -> None:
        self.pure = PureHouse()
        self.now = self.pure.now
        self.step = 0.0
        self.books = Books(self.pure)
        self.croupier = Croupier(self.pure.house, cast("Ledger", self.books), self.clock)
        self.porter = Porter(self.pure.house.limits, self.clock)

    def clock(self) -> float:
        self.now += self.step
        return self.now

    def session(self, *said: object) -> tuple[Session, list[bytes]]:
        """Somebody who has said this, and what he hears from then on."""
        plug = Plug()
        heard: list[bytes] = []
        session = Session(
            cast("socket.socket", plug), "10.0.0.1", cast("Pump", self.porter), self.now
        )
        list(session.decoder.feed(encode(Greeting(1, 1, "a test"))))
        self.turn(*((session, each) for each in (Greeting(1, 1, "a test"), *said)))
        self.croupier.tell_all()
        plug.tap = heard.append
        return session, heard

    def player(self, name: str) -> tuple[Session, list[bytes]]:
        return self.session(SignIn(1, name, b"", b""), TakeSeat(2, Seat.PLAYER, b""))

    def turn(self, *items: object) -> None:
        self.croupier.turn(items)  # type: ignore[arg-type]


@pytest.fixture
def shop() -> Shop:
    return Shop()


# --- how long he waits ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "wait"), [(None, 1.0), (0.25, 0.25), (-5.0, 0.0), (0.0, 0.0), (90.0, 1.0)]
)
def test_he_waits_for_what_is_due_and_never_for_long(
    shop: Shop, due: float | None, wait: float
) -> None:
    moment = None if due is None else shop.now + due
    shop.pure.house.next_moment = lambda: moment  # type: ignore[method-assign]
    assert shop.croupier._timeout() == wait


def test_he_does_not_wait_while_somebody_is_to_be_told_or_answered(shop: Shop) -> None:
    shop.pure.house.next_moment = lambda: None  # type: ignore[method-assign]
    anna, _ = shop.player("Anna")
    assert shop.croupier._timeout() == 1.0
    shop.croupier.crier.say([ToAll(AutoChanged(1))])
    assert shop.croupier._timeout() == 0
    shop.croupier.tell_all()
    shop.croupier._behind.append((anna, Say(9, "a line")))
    assert shop.croupier._timeout() == 0
    assert shop.croupier.waiting


def test_he_rests_from_questions_as_long_as_they_took(shop: Shop) -> None:
    shop.pure.house.next_moment = lambda: None  # type: ignore[method-assign]
    anna, heard = shop.player("Anna")
    shop.step = QUESTION_SECONDS * 2
    shop.turn((anna, ListResults(11)), (anna, ListResults(12)))
    assert len(heard) == 1
    shop.step = 0.0
    left = shop.croupier._rested - shop.now
    assert left == pytest.approx(2 * QUESTION_SECONDS * 2)  # Two looks at the clock took so long.
    assert shop.croupier._timeout() == pytest.approx(left)
    shop.turn()
    assert len(heard) == 1
    shop.now = shop.croupier._rested
    shop.turn()
    assert len(heard) == 2
    assert not shop.croupier.waiting


# --- a batch --------------------------------------------------------------------------------------


def test_nothing_is_said_before_it_is_durable(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    shop.books.deeds.clear()
    committed_when_heard = []
    anna.sock.tap = lambda _: committed_when_heard.append(list(shop.books.deeds))  # type: ignore[attr-defined]
    shop.turn((anna, PlaceBets(3, 1, (Bet(17, 1),))))
    assert committed_when_heard[0] == ["commit"]
    assert heard == []


def test_a_few_are_told_at_a_time_and_with_many_requests_as_many(shop: Shop) -> None:
    crowd = [shop.player(f"Guest {number}") for number in range(2 * CHUNK)]
    shop.now += 60
    shop.turn()
    shop.croupier.tell_all()
    for _, heard in crowd:
        heard.clear()
    shop.pure.house.tell_all(AutoChanged(1))
    shop.books.deeds.clear()
    shop.turn()
    assert sum(bool(heard) for _, heard in crowd) == CHUNK == 64
    assert "tidy" not in shop.books.deeds  # That can wait until everybody was told.
    shop.turn()
    assert sum(bool(heard) for _, heard in crowd) == 2 * CHUNK
    assert "tidy" in shop.books.deeds
    for _, heard in crowd:
        heard.clear()
    anna = crowd[0][0]
    shop.pure.house.tell_all(AutoChanged(2))
    shop.turn(*((anna, Say(9, "a line")) for _ in range(CHUNK + 6)))
    assert shop.croupier.crier.waiting == CHUNK - 6


def test_what_is_done_for_the_host_is_done_in_its_turn(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    done: list[Croupier] = []
    shop.turn((anna, Say(9, "a line")), Call(done.append))
    assert done == [shop.croupier]
    assert heard


def test_a_batch_has_its_time_and_the_rest_its_turn(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    shop.step = BATCH_SECONDS / 2
    shop.turn(*((anna, Say(number, "a line")) for number in range(3, 7)))
    shop.step = 0.0
    assert [item[1] for item in shop.croupier._came if not isinstance(item, Call)] == [
        Say(5, "a line"),
        Say(6, "a line"),
    ]
    shop.turn()
    assert not shop.croupier.waiting
    assert BATCH_SECONDS == 0.02
    assert heard


def test_what_was_said_to_all_is_not_in_the_log_twice(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    anna, _ = shop.player("Anna")
    caplog.set_level(logging.INFO, "server")
    caplog.clear()
    shop.turn((anna, Say(3, "a line")), (anna, PlaceBets(4, 1, (Bet(17, 1),))))
    heard = [line for line in caplog.messages if line.startswith("<")]
    assert heard == ["< player Anna PlaceBets(4, 1, [17:1])"]
    stranger, _ = shop.session()
    caplog.clear()
    shop.turn((stranger, SignIn(1, "Boris", b"", b"")))
    assert [line for line in caplog.messages if line[0] in "<+"] == [
        "+ visitor Boris from 10.0.0.1, modern"
    ]


def test_what_is_due_is_done_before_a_request_that_came_too_late(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    table = shop.pure.house.table
    table.set_auto(shop.now, 30)
    shop.turn((anna, PlaceBets(3, 1, (Bet(17, 1),))))
    heard.clear()
    shop.now += 31
    shop.turn((anna, PlaceBets(4, 1, (Bet(18, 1),))))
    (answer,) = [each for each in answers(heard) if getattr(each, "number", 0) == 4]
    assert isinstance(answer, Refused)


def test_what_a_departure_brings_about_is_said_in_the_same_batch(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    boris, _ = shop.player("Boris")
    shop.pure.house.table.set_auto(shop.now, 300)
    shop.turn((anna, PlaceBets(3, 1, (Bet(17, 1),))), (anna, SayReady(4, 1)))
    assert shop.pure.round == 1
    shop.turn((boris, Left("the connection ended", True)))
    shop.croupier.tell_all()
    assert shop.pure.round == 2
    assert any(isinstance(each, RoundSettled) for each in answers(heard))


def test_who_is_late_is_seen_though_nobody_says_a_thing(shop: Shop) -> None:
    anna, heard = shop.player("Anna")
    boris, _ = shop.player("Boris")
    shop.turn((boris, Left("the connection ended", True)))
    shop.croupier.tell_all()
    heard.clear()
    shop.now += shop.pure.house.limits.keep_seat_seconds
    shop.turn()
    shop.croupier.tell_all()
    said = [each.notice for each in answers(heard) if isinstance(each, Noticed)]
    assert said == [Notice.LEFT]
    assert not anna.over


def answers(heard: list[bytes]) -> list[Spoken]:
    decoder = Decoder(Dialect.MODERN, from_server=True)
    return list(decoder.feed(encode(Greeting(1, 1, "")) + b"".join(heard)))[1:]


def test_who_has_room_again_and_asked_nothing_has_no_turn(shop: Shop) -> None:
    anna, _ = shop.player("Anna")
    shop.turn((anna, Room()))
    assert not shop.croupier.waiting


def test_who_left_is_forgotten_and_the_table_told_whether_he_meant_it(shop: Shop) -> None:
    people = shop.pure.house.people
    for name, cut_off in (("Anna", True), ("Boris", False)):
        session, _ = shop.player(name)
        client = session.who
        shop.turn((session, Left("the connection ended", cut_off)))
        assert client not in shop.croupier.crier.sessions
        assert session.over
        assert client.gone
        assert (client.account in people.seated) is cut_off


def test_who_left_without_a_word_is_nobody(shop: Shop) -> None:
    plug = Plug()
    session = Session(cast("socket.socket", plug), "10.0.0.1", cast("Pump", shop.porter), 0.0)
    shop.turn((session, Left("the connection ended", True)))
    assert session.over


# --- a full disk ----------------------------------------------------------------------------------


def test_a_full_disk_is_looked_at_now_and_then_until_there_is_room(shop: Shop) -> None:
    table = shop.pure.house.table
    shop.books.deeds.clear()
    shop.turn()
    assert "look" not in shop.books.deeds
    shop.books.full = True
    looks = []
    for seconds in (0.0, ROOM_SECONDS - 0.125, 0.125, 0.0):
        shop.now += seconds
        shop.turn()
        looks.append(shop.books.deeds.count("look"))
        assert table.full
    assert looks == [1, 1, 2, 2]
    shop.books.has_room = True
    shop.now += ROOM_SECONDS
    shop.turn()
    assert not table.full


# --- the end --------------------------------------------------------------------------------------


class EndedError(Exception):
    """The process would have ended here."""


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    codes: list[int] = []

    def end(code: int) -> None:
        codes.append(code)
        raise EndedError

    monkeypatch.setattr(os, "_exit", end)
    return codes


def test_he_says_goodbye_to_all_and_takes_no_more(shop: Shop, ends: list[int]) -> None:
    crowd = [shop.player(f"Guest {number}") for number in range(CHUNK + 3)]
    done: list[str] = []
    shop.croupier.inbox.put([Call(lambda _: done.append("before"))])
    shop.croupier.stop()
    shop.croupier.thread.run()
    assert done == ["before"]
    for session, _ in crowd:
        assert session.over
        session.flush()
    goodbye = encode(Goodbye(Farewell.STOPPING, "the house closes for tonight"))
    assert all(heard[-1].endswith(goodbye) for _, heard in crowd)
    shop.croupier.inbox.take(None)  # It is closed: nobody waits there.
    assert ends == []


def test_what_came_is_done_before_he_waits_again(shop: Shop, ends: list[int]) -> None:
    anna, heard = shop.player("Anna")
    left: list[int] = []
    batches: list[int] = []
    of_inbox, of_batch = shop.croupier.inbox.take, shop.croupier._batch

    def take(_: float | None) -> list[Item | Call]:
        left.append(len(shop.croupier._came))
        if len(left) == 2:
            shop.step = 0.0
            shop.croupier.stop()
        return of_inbox(0)

    def batch() -> int:
        batches.append(len(left))
        return of_batch()

    shop.croupier.inbox.take = take  # type: ignore[method-assign, assignment]
    shop.croupier._batch = batch  # type: ignore[method-assign]
    shop.croupier.inbox.put([(anna, Say(number, "a line")) for number in range(3, 6)])
    shop.step = BATCH_SECONDS
    shop.croupier.thread.run()
    assert left == [0, 0]
    assert batches == [0, 1, 1, 1, 2]  # The first before anything came: what is due at the start.
    assert (bool(heard), ends) == (True, [])


@pytest.mark.parametrize("fault", [LedgerLost("lost"), LedgerFull("full"), RuntimeError("ours")])
def test_after_a_fault_nothing_is_answered_and_the_process_ends(
    shop: Shop, ends: list[int], fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    anna, heard = shop.player("Anna")
    shop.books.fault = fault
    shop.croupier.inbox.put([(anna, PlaceBets(3, 1, (Bet(17, 1),)))])
    with pytest.raises(EndedError):
        shop.croupier.thread.run()
    assert (ends, heard) == ([EXIT_LOST], [])
    ours = isinstance(fault, RuntimeError)
    assert ("a fault in the table itself" in caplog.text) is ours
    assert str(fault) in caplog.text


def test_his_thread_has_his_name(shop: Shop) -> None:
    assert shop.croupier.thread.name == "croupier"
    assert not shop.croupier.thread.daemon


# --- the process ----------------------------------------------------------------------------------


def test_the_clock_goes_on_from_now_and_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 5000.0)
    monkeypatch.setattr(time, "monotonic", lambda: 70.0)
    clock = steady_clock()
    assert clock() == 5000.0
    monkeypatch.setattr(time, "time", lambda: 1.0)
    monkeypatch.setattr(time, "monotonic", lambda: 75.5)
    assert clock() == 5005.5


@pytest.fixture
def collector() -> Iterator[None]:
    interval, threshold = sys.getswitchinterval(), gc.get_threshold()
    yield
    sys.setswitchinterval(interval)
    gc.set_threshold(*threshold)
    gc.unfreeze()


@pytest.mark.usefixtures("collector")
def test_garbage_is_looked_for_seldom_and_turns_are_short() -> None:
    collect_seldom()
    assert gc.get_threshold() == (module.YOUNG_OBJECTS, 20, 100)
    assert gc.get_freeze_count() > 0
    take_turns_quickly()
    assert sys.getswitchinterval() == pytest.approx(0.0005)
