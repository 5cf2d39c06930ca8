"""What was asked for on a line, until it is known what came of it."""

from typing import Any

from client.house.events import Looked, Sent
from client.house.state import HouseState, Line, Pending, Status
from client.requests import Enter, Look, take_seat
from client_text.asked import Asked
from protocol.house.door import ListTables, Refused, SignIn, TablesListed, TakeSeat
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason, Seat
from tests.client_text.fakes import ANNA, Desk

NEVER_MET = HouseState()
TABLES = TablesListed(3, (), more=False)
TOO_FAST = Refused(3, Reason.TOO_FAST, NO_SPOT, 9, "")


def pending(*, by_itself: bool = False) -> HouseState:
    return HouseState(pending={3: Pending(ListTables(3, 0), 0.0, by_itself=by_itself)})


def on_a_line() -> tuple[Asked, list[Enter]]:
    dialled: list[Enter] = []

    def dial(enter: Enter) -> Desk:
        dialled.append(enter)
        return Desk()

    asked = Asked(dial, TakeSeat)
    asked.enter(ANNA, NEVER_MET)
    return asked, dialled


def waits(asked: Asked) -> bool:
    return asked.waits


def awaiting() -> tuple[Asked, list[Any]]:
    asked, _ = on_a_line()
    done: list[Any] = []
    asked.await_answer(ListTables, lambda: done.append("told"))
    return asked, done


def test_a_line_is_dialled_once_and_anew_when_it_has_ended() -> None:
    asked, dialled = on_a_line()
    asked.enter(ANNA, NEVER_MET)
    assert dialled == [ANNA]
    asked.enter(ANNA, HouseState(status=Status(Line.GONE)))
    assert dialled == [ANNA, ANNA]


def test_a_wish_waits_until_the_link_has_taken_it_up() -> None:
    asked, _ = on_a_line()
    assert not waits(asked)
    asked.want(take_seat(Seat.PLAYER))
    assert waits(asked)
    asked.hear(Sent(SignIn(1, "Anna", b"", b"")), NEVER_MET)
    assert waits(asked)
    asked.hear(Sent(take_seat(Seat.PLAYER)), NEVER_MET)
    assert not waits(asked)


def test_who_comes_in_again_waits_for_the_seat_and_nobody_for_what_is_done_by_itself() -> None:
    asked, _ = on_a_line()
    asked.want(ListTables(0, 0), by_itself=True)
    asked.want(Look(2))
    assert not waits(asked)
    asked.want(ANNA)
    asked.hear(Sent(take_seat(Seat.PLAYER)), NEVER_MET)
    assert not waits(asked)
    asked.want(Look(2), looks=True)
    assert waits(asked)
    asked.hear(Looked(2), NEVER_MET)
    assert not waits(asked)
    asked.want(ANNA)
    asked.forget()
    assert not waits(asked)


def test_an_answer_is_told_once() -> None:
    asked, done = awaiting()
    asked.answer(TABLES, NEVER_MET)  # Somebody else's.
    assert done == []
    asked.answer(TABLES, pending())
    asked.answer(TABLES, pending())
    assert done == ["told"]


def test_what_is_refused_is_awaited_no_longer() -> None:
    asked, done = awaiting()
    asked.hear(TOO_FAST, pending())
    asked.answer(TABLES, pending())
    assert done == []


def test_what_the_client_asked_by_itself_may_be_refused() -> None:
    asked, done = awaiting()
    asked.hear(TOO_FAST, pending(by_itself=True))
    asked.answer(TOO_FAST, pending(by_itself=True))
    assert done == []
    asked.answer(TABLES, pending())
    assert done == ["told"]
