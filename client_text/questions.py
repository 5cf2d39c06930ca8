"""What a person is asked, and what follows from the answer: the door, and the assignment's menu."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from client.requests import Enter, digest
from protocol.house.door import TakeSeat
from protocol.house.lists import Reason, Seat

Outcome: TypeAlias = "Enter | TakeSeat | Question | str | None"
"""Another way to come in or to a table, another question, or a line as if it had been typed."""


@dataclass(frozen=True, slots=True)
class Question:
    """A message to prompt with, and what an answer leads to."""

    key: str
    then: Callable[[Enter | None, str], Outcome]
    hidden: bool = False


# --- the door -------------------------------------------------------------------------------------


def at_door(enter: Enter | None, *, classic: bool) -> Question | None:
    """What is still to be asked before one can come in; None: nothing."""
    if enter is None:
        return ROLE
    if enter.seat is Seat.CROUPIER and not enter.croupier_password:
        return CROUPIER_PASSWORD
    nameless = enter.seat is Seat.WATCHER or (classic and enter.seat is Seat.CROUPIER)
    return None if enter.name or nameless else NAME


def refused_at_door(reason: Reason) -> Question | None:
    """What to ask when the table did not let one in for this; None: asking is of no use."""
    return _AGAIN.get(reason)


def _role(enter: Enter | None, answer: str) -> Outcome:
    seat = {"1": Seat.PLAYER, "2": Seat.CROUPIER}.get(answer)
    return ROLE if seat is None else replace(enter or Enter(""), seat=seat)


def _name(enter: Enter | None, answer: str) -> Outcome:
    assert enter is not None
    return replace(enter, name=answer) if answer else NAME


def _croupier_password(enter: Enter | None, answer: str) -> Outcome:
    assert enter is not None
    return replace(enter, croupier_password=answer) if answer else CROUPIER_PASSWORD


def _table_password(enter: Enter | None, answer: str) -> Outcome:
    assert enter is not None
    return replace(enter, table_password=answer)


def _new_table(enter: Enter | None, answer: str) -> Outcome:
    """To know another table instead takes the words, so that nobody does it by pressing Return."""
    assert enter is not None
    anew = " ".join(answer.casefold().split()) in ANEW
    return replace(enter, new_table=True) if anew else "quit"


ANEW = ("new table", "новый стол")

ROLE = Question("ask.role", _role)
NAME = Question("ask.name", _name)
ANOTHER_NAME = Question("ask.another_name", _name)
CROUPIER_PASSWORD = Question("ask.croupier_password", _croupier_password, hidden=True)
NEW_TABLE = Question("ask.new_table", _new_table)
TABLE_PASSWORD = Question("ask.table_password", _table_password, hidden=True)

_AGAIN: Mapping[Reason, Question] = {
    Reason.NAME_TAKEN: ANOTHER_NAME,
    Reason.NAME_UNFIT: ANOTHER_NAME,
    Reason.WRONG_TOKEN: ANOTHER_NAME,
    Reason.WRONG_TABLE_PASSWORD: TABLE_PASSWORD,
    Reason.WRONG_CROUPIER_PASSWORD: CROUPIER_PASSWORD,
    Reason.SEAT_TAKEN: ROLE,
}


def at_table(request: TakeSeat) -> Question:
    """The password of a table that takes one; nothing typed: one stays where one is."""

    def then(_: Enter | None, answer: str) -> Outcome:
        return replace(request, table_password=digest(answer)) if answer else None

    return Question("ask.table_password", then, hidden=True)


# --- the assignment's menu ------------------------------------------------------------------------


def menu(line: str, seat: Seat) -> Question | str:
    """A choice of the menu as a question or as words; any other line as it is."""
    return _MENUS.get(seat, {}).get(line.strip(), line)


def _sum(_: Enter | None, chips: str) -> Outcome:
    return Question("ask.bet", lambda _, place: f"{chips} on {place}")


_MENUS: Mapping[Seat, Mapping[str, Question | str]] = {
    Seat.PLAYER: {"1": Question("ask.sum", _sum), "2": "list", "0": "quit"},
    Seat.CROUPIER: {"1": "start", "2": "list", "0": "quit"},
}
