"""From what a person wants of a roulette to what is asked of it."""

from collections.abc import Callable, Mapping
from typing import Any

from client.dialogue import Wish
from client.games.roulette import requests as ask
from client.house.state import HouseState
from client_gui.games.roulette import intents as play
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips
from protocol.house.lists import Seat


def _sums(bets: tuple[tuple[Spot, Chips], ...]) -> dict[Spot, Chips]:
    sums: dict[Spot, Chips] = {}
    for spot, chips in bets:
        sums[spot] = sums.get(spot, 0) + chips
    return sums


ORDERS: Mapping[type, Callable[[HouseState, Any], Wish]] = {
    play.PlaceBets: lambda state, wish: ask.place(state, _sums(wish.bets)),
    play.TakeBack: lambda state, wish: ask.take_back(state, _sums(wish.bets)),
    play.AskList: lambda state, _: ask.list_bets(state),
    play.AskHistory: lambda _, __: ask.list_rounds(),
    play.AskRecord: lambda state, _: (
        ask.list_own_rounds() if state.table.seat is Seat.PLAYER else ask.list_rounds()
    ),
    play.StartSpin: lambda state, _: ask.start_spin(state),
    play.NoMoreBets: lambda state, _: ask.close_betting(state),
    play.SetAuto: lambda _, wish: ask.set_auto(wish.seconds or 0),
    play.VoidRound: lambda state, wish: ask.void_round(state, wish.reason),
}
