"""From what a person wants to what is asked of the table."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from client import requests
from client.dialogue import Wish
from client.games.roulette import requests as play
from client.house.state import HouseState
from client.requests import Enter
from client_gui.shell import intents as ask
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips
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


def _sums(bets: tuple[tuple[Spot, Chips], ...]) -> dict[Spot, Chips]:
    sums: dict[Spot, Chips] = {}
    for spot, chips in bets:
        sums[spot] = sums.get(spot, 0) + chips
    return sums


def _seat_at(wish: ask.SitAt) -> Wish:
    seat = Seat.WATCHER if wish.watch else Seat.PLAYER
    password = requests.digest(wish.password)
    return replace(requests.take_seat(seat), table_password=password).to(wish.table)


_ORDERS: dict[type, Callable[[HouseState, Any], Wish]] = {
    ask.PlaceBets: lambda state, wish: play.place(state, _sums(wish.bets)),
    ask.TakeBack: lambda state, wish: play.take_back(state, _sums(wish.bets)),
    ask.AskList: lambda state, _: play.list_bets(state),
    ask.AskHistory: lambda _, __: play.list_rounds(),
    ask.AskRecord: lambda state, _: (
        play.list_own_rounds() if state.table.seat is Seat.PLAYER else play.list_rounds()
    ),
    ask.StartSpin: lambda state, _: play.start_spin(state),
    ask.NoMoreBets: lambda state, _: play.close_betting(state),
    ask.SetAuto: lambda _, wish: play.set_auto(wish.seconds or 0),
    ask.VoidRound: lambda state, wish: play.void_round(state, wish.reason),
    ask.Kick: lambda _, wish: requests.kick(wish.seat, wish.reason),
    ask.HandOver: lambda _, wish: requests.hand_over(wish.seat),
    ask.Warn: lambda _, wish: WarnPlayer(requests.UNNUMBERED, wish.seat, wish.reason),
    ask.Mute: lambda _, wish: MutePlayer(requests.UNNUMBERED, wish.seat, wish.seconds, wish.reason),
    ask.AskTables: lambda _, __: requests.list_tables(),
    ask.SitAt: lambda _, wish: _seat_at(wish),
    ask.Do: lambda _, wish: wish.act,
    ask.LookAt: lambda _, wish: requests.Look(wish.table),
    ask.RiseFrom: lambda _, wish: requests.leave_seat().to(wish.table),
    ask.Announce: lambda _, wish: requests.announce(wish.phrase, wish.text),
}
