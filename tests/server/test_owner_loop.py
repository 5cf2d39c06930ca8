"""The owner's loop: how long he waits, for whom he goes on, and how he ends."""

import gc
import os
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from protocol.games.roulette.bets import PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.records import ListResults
from protocol.games.roulette.rounds import AutoChanged
from protocol.house.door import Goodbye
from protocol.house.lists import Farewell
from protocol.house.talk import Say
from protocol.wire import encode
from server import owner as module
from server.books.ledger import LedgerFull, LedgerLost
from server.net.session import Item
from server.net.streams import CHUNK
from server.owner import (
    BATCH_SECONDS,
    EXIT_LOST,
    QUESTION_SECONDS,
    Call,
    collect_seldom,
    steady_clock,
    take_turns_quickly,
)
from server.sayings import ToAll
from server.tables.hall import FIRST
from tests.server.shops import Shop, answers

if TYPE_CHECKING:
    pass


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
    assert shop.owner._timeout() == wait


def test_he_does_not_wait_while_somebody_is_to_be_told_or_answered(shop: Shop) -> None:
    shop.pure.house.next_moment = lambda: None  # type: ignore[method-assign]
    anna, _ = shop.player("Anna")
    assert shop.owner._timeout() == 1.0
    shop.owner.streams.say([ToAll(1, AutoChanged(1))])
    assert shop.owner._timeout() == 0
    shop.owner.tell_all()
    shop.owner._behind.append((anna, Say(9, "a line")))
    assert shop.owner._timeout() == 0
    assert shop.owner.waiting


def test_a_clock_that_the_host_set_is_known_at_once(shop: Shop) -> None:
    _, heard = shop.player("Anna")
    shop.turn()
    shop.owner._timeout()
    table = shop.pure.table
    shop.turn(Call(lambda owner: table.set_auto(owner.clock(), 15)))
    shop.owner.tell_all()
    assert AutoChanged(15, table=FIRST) in answers(heard)
    assert shop.pure.house.next_moment() == shop.now + 15


def test_he_rests_from_questions_as_long_as_they_took(shop: Shop) -> None:
    shop.pure.house.next_moment = lambda: None  # type: ignore[method-assign]
    anna, heard = shop.player("Anna")
    shop.step = QUESTION_SECONDS * 2
    shop.turn((anna, ListResults(11)), (anna, ListResults(12)))
    assert len(heard) == 1
    shop.step = 0.0
    left = shop.owner._rested - shop.now
    assert left == pytest.approx(2 * QUESTION_SECONDS * 2)  # Two looks at the clock took so long.
    assert shop.owner._timeout() == pytest.approx(left)
    shop.turn()
    assert len(heard) == 1
    shop.now = shop.owner._rested
    shop.turn()
    assert len(heard) == 2
    assert not shop.owner.waiting


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
    shop.owner.inbox.put([Call(lambda _: done.append("before"))])
    shop.owner.stop()
    shop.owner.thread.run()
    assert done == ["before"]
    for session, _ in crowd:
        assert session.over
        session.flush()
    goodbye = encode(Goodbye(Farewell.STOPPING, "the house closes for tonight"))
    assert all(heard[-1].endswith(goodbye) for _, heard in crowd)
    shop.owner.inbox.take(None)  # It is closed: nobody waits there.
    assert ends == []


def test_what_came_is_done_before_he_waits_again(shop: Shop, ends: list[int]) -> None:
    anna, heard = shop.player("Anna")
    left: list[int] = []
    batches: list[int] = []
    of_inbox, of_batch = shop.owner.inbox.take, shop.owner._batch

    def take(_: float | None) -> list[Item | Call]:
        left.append(len(shop.owner._came))
        if len(left) == 2:
            shop.step = 0.0
            shop.owner.stop()
        return of_inbox(0)

    def batch() -> int:
        batches.append(len(left))
        return of_batch()

    shop.owner.inbox.take = take  # type: ignore[method-assign, assignment]
    shop.owner._batch = batch  # type: ignore[method-assign]
    shop.owner.inbox.put([(anna, Say(number, "a line")) for number in range(3, 6)])
    shop.step = BATCH_SECONDS
    shop.owner.thread.run()
    assert left == [0, 0]
    assert batches == [0, 1, 1, 1, 2]  # The first before anything came: what is due at the start.
    assert (bool(heard), ends) == (True, [])


@pytest.mark.parametrize("fault", [LedgerLost("lost"), LedgerFull("full"), RuntimeError("ours")])
def test_after_a_fault_nothing_is_answered_and_the_process_ends(
    shop: Shop, ends: list[int], fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    anna, heard = shop.player("Anna")
    shop.books.fault = fault
    shop.owner.inbox.put([(anna, PlaceBets(3, 1, (Bet(17, 1),)))])
    with pytest.raises(EndedError):
        shop.owner.thread.run()
    assert (ends, heard) == ([EXIT_LOST], [])
    ours = isinstance(fault, RuntimeError)
    assert ("a fault in the table itself" in caplog.text) is ours
    assert str(fault) in caplog.text


def test_his_thread_has_his_name(shop: Shop) -> None:
    assert shop.owner.thread.name == "owner"
    assert not shop.owner.thread.daemon


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
