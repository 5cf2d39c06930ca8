"""An intent becomes what a roulette is asked for. Pure; what cannot be asked for says why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from client.games.roulette import requests as play
from client.games.roulette.locked import free
from client.games.roulette.state import roulette
from client.house.state import HouseState
from client_text.games.roulette import intents
from client_text.games.roulette.speech import spot_in_words
from client_text.intents import Intent
from client_text.orders import CannotError, refused
from client_text.speech import Speech
from protocol.games.roulette import bets
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips
from protocol.house.lists import Reason
from protocol.wire import Request


@dataclass
class Memory:
    """What one did in this round, for `undo`: the newest last."""

    round_number: int = 0
    laid: list[Mapping[Spot, Chips]] = field(default_factory=list)

    def lay(self, round_number: int, chips: Mapping[Spot, Chips]) -> None:
        if round_number != self.round_number:
            self.round_number, self.laid = round_number, []
        self.laid.append(chips)


def order(intent: Intent, state: HouseState, memory: Memory) -> Request:
    """The request for an intent; its number is the link's to give."""
    request = _ORDERS[type(intent)](intent, state, memory)
    why = None if state.classic else play.why_not(state, type(request))
    if why is not None:
        betting = isinstance(request, bets.PlaceBets | bets.TakeBackBets)
        closed = betting and roulette(state).round.phase is not Phase.BETTING
        raise refused(Reason.BETTING_CLOSED if why is Reason.NOT_NOW and closed else why)
    return request


def _lay(intent: intents.Lay, state: HouseState, _: Memory) -> Request:
    return play.place(state, intent.chips)


def _take_back(intent: intents.TakeBack, state: HouseState, _: Memory) -> Request:
    own = roulette(state).round.own
    chips = {spot: own.get(spot, 0) if n is None else n for spot, n in intent.chips.items()}
    lying = {spot: n for spot, n in chips.items() if n}
    if not lying:
        raise CannotError("cannot.nothing_there", spot=partial(_said, next(iter(chips))))
    return play.take_back(state, lying)


def _said(spot: Spot, speech: Speech) -> str:
    return spot_in_words(speech, spot)


def _take_back_all(_: intents.TakeBackAll, state: HouseState, __: Memory) -> Request:
    if not free(roulette(state).round.own):
        raise CannotError("cannot.nothing_laid")
    return play.take_back(state, {})


def _undo(_: intents.Undo, state: HouseState, memory: Memory) -> Request:
    """What was laid last, as far as it still lies there."""
    game = roulette(state)
    own = game.round.own
    if memory.round_number != game.round.number:
        raise CannotError("cannot.nothing_laid")
    for laid in reversed(memory.laid):
        lying = {spot: min(n, own.get(spot, 0)) for spot, n in laid.items() if own.get(spot)}
        if lying:
            memory.laid.remove(laid)
            return play.take_back(state, lying)
    raise CannotError("cannot.nothing_laid")


def _rebet(_: intents.Rebet, state: HouseState, __: Memory) -> Request:
    game = roulette(state)
    played = (entry for entry in game.own_rounds if entry.round_number != game.round.number)
    for entry in played:
        chips = free({each.spot: each.stake for each in entry.payouts if each.stake})
        if chips:
            return play.place(state, chips)
    raise CannotError("cannot.nothing_played")


def _double(_: intents.Double, state: HouseState, __: Memory) -> Request:
    lying = free(roulette(state).round.own)
    if not lying:
        raise CannotError("cannot.nothing_lies")
    return play.place(state, lying)


_ORDERS: Mapping[type, Callable[[Any, HouseState, Memory], Request]] = {
    intents.Lay: _lay,
    intents.TakeBack: _take_back,
    intents.TakeBackAll: _take_back_all,
    intents.Undo: _undo,
    intents.Rebet: _rebet,
    intents.Double: _double,
    intents.Ready: lambda _, state, __: play.ready(state),
    intents.Start: lambda _, state, __: play.start_spin(state),
    intents.CloseBetting: lambda _, state, __: play.close_betting(state),
    intents.Void: lambda intent, state, __: play.void_round(state, intent.words),
    intents.SetAuto: lambda intent, _, __: play.set_auto(intent.seconds),
}
