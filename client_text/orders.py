"""An intent becomes what the house is asked for. Pure; what cannot be asked for says why."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from client import requests
from client.games import GAMES
from client.house.rights import why_not
from client.house.state import HouseState
from client.requests import Look, digest
from client.talk.commands import find
from client_text import intents
from protocol.house.door import TakeSeat
from protocol.house.lists import Reason, Seat
from protocol.wire import Request


class CannotError(Exception):
    """It makes sense, but not now: the message that says why."""

    def __init__(self, key: str, **values: object) -> None:
        """`values` go into the message; a function among them is handed the `Speech`, and says
        itself in the person's language.
        """
        super().__init__(key)
        self.key = key
        self.values = values


def asked(request: Request, state: HouseState) -> Request:
    """The request, if asking for it makes sense now."""
    if not state.live:
        raise CannotError("cannot.not_at_table")
    why = None if state.classic else why_not(state, type(request))
    if why is not None:
        raise refused(why)
    return request


def refused(why: Reason, figure: int = 0) -> CannotError:
    """What the house would say."""
    return CannotError(f"reason.{why.name.lower()}", n=figure)


def way_to(intent: intents.GoTo, state: HouseState, password: str) -> Look | TakeSeat:
    """What leads to another table: its seat, with the password if it takes one; or, where one has
    that seat, a look there.
    """
    if not state.in_house:
        raise CannotError("cannot.not_at_table")
    number = state.find_table(intent.table)
    entry = None if number is None else state.lobby.get(number)
    if number is None or entry is None:
        raise CannotError("cannot.no_such_table", table=intent.table)
    if entry.game not in GAMES:
        raise CannotError("cannot.unknown_game", table=state.table_name(number))
    there = state.at(number)
    if there.live and there.table.seat in (intent.seat, Seat.CROUPIER):
        return Look(number)
    seat = requests.take_seat(intent.seat).to(number)
    asks = lacks_password(seat, state)
    return replace(seat, table_password=digest(password)) if asks else seat


def lacks_password(seat: TakeSeat, state: HouseState) -> bool:
    """Whether the table takes a password that is not given; from seat to seat it takes none."""
    seated = state.at(seat.table).table.seat is not Seat.NONE
    asks = state.lobby[seat.table].password_needed
    return asks and not seated and not seat.table_password


def _announce(intent: intents.Announce, state: HouseState) -> Request:
    return asked(requests.announce(intent.phrase, intent.words), state)


def _hand_over(intent: intents.HandOver, state: HouseState) -> Request:
    found = find(state, intent.name)
    if found is None or found[1]:
        raise CannotError("why.nobody", name=intent.name)
    return asked(requests.hand_over(found[0]), state)


ORDERS: Mapping[type, Callable[[Any, HouseState], Request]] = {
    intents.Announce: _announce,
    intents.HandOver: _hand_over,
}
"""What the house is asked for itself, and no game."""
