"""From what a person wants to what is asked of the table."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from client import requests
from client.dialogue import Wish
from client.house.state import HouseState
from client.requests import Enter
from client_gui.games import SCENES
from client_gui.shell import intents as ask
from protocol.house.lists import Seat
from protocol.house.people import MutePlayer, WarnPlayer

SEATS = {"player": Seat.PLAYER, "croupier": Seat.CROUPIER, "watcher": Seat.WATCHER}


def enter(wish: ask.Connect) -> Enter:
    name = wish.name
    if wish.role == "watcher" or (wish.classic and wish.role == "croupier"):
        name = name if wish.role == "watcher" else ""
    seat = SEATS[wish.role]
    return Enter(name, seat, wish.password, wish.table_password, wish.new_table, wish.table)


def order(state: HouseState, wish: ask.Intent) -> Wish | None:
    """The request for it; None for what is no matter of the table."""
    maker = _ORDERS.get(type(wish))
    return maker(state, wish) if maker else None


def _seat_at(wish: ask.SitAt) -> Wish:
    seat = Seat.WATCHER if wish.watch else Seat.PLAYER
    password = requests.digest(wish.password)
    return replace(requests.take_seat(seat), table_password=password).to(wish.table)


_ORDERS: dict[type, Callable[[HouseState, Any], Wish]] = {
    **{kind: make for game in SCENES.values() for kind, make in game.orders.items()},
    ask.Kick: lambda _, wish: requests.kick(wish.seat, wish.reason),
    ask.HandOver: lambda _, wish: requests.hand_over(wish.seat),
    ask.Warn: lambda _, wish: WarnPlayer(requests.UNNUMBERED, wish.seat, wish.reason),
    ask.Mute: lambda _, wish: MutePlayer(requests.UNNUMBERED, wish.seat, wish.seconds, wish.reason),
    ask.AskTables: lambda _, __: requests.list_tables(),
    ask.SitAt: lambda _, wish: _seat_at(wish),
    ask.LookAt: lambda _, wish: requests.Look(wish.table),
    ask.RiseFrom: lambda _, wish: requests.leave_seat().to(wish.table),
    ask.Announce: lambda _, wish: requests.announce(wish.phrase, wish.text),
}
