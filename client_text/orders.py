"""An intent becomes what the table is asked for. Pure; what cannot be asked for says why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from client import requests
from client.games import GAMES
from client.games.roulette import requests as play
from client.games.roulette.locked import free
from client.games.roulette.state import roulette
from client.house.state import HouseState
from client.requests import Look
from client.talk.commands import find
from client_text import intents
from client_text.intents import Intent, Topic, Until
from protocol.games.roulette import bets
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import Spot
from protocol.house.door import TakeSeat
from protocol.house.fields import Chips
from protocol.house.lists import Reason, Seat
from protocol.wire import Request


class CannotError(Exception):
    """It makes sense, but not now: the message that says why."""

    def __init__(self, key: str, **values: object) -> None:
        """`values` go into the message; a spot among them is named in the person's language."""
        super().__init__(key)
        self.key = key
        self.values = values


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
    if not state.live:
        raise CannotError("cannot.not_at_table")
    return lawful(_ORDERS[type(intent)](intent, state, memory), state)


def lawful(request: Request, state: HouseState) -> Request:
    """The request, if asking for it makes sense now."""
    why = None if state.classic else play.why_not(state, type(request))
    if why is not None:
        betting = isinstance(request, bets.PlaceBets | bets.TakeBackBets)
        closed = betting and roulette(state).round.phase is not Phase.BETTING
        why = Reason.BETTING_CLOSED if why is Reason.NOT_NOW and closed else why
        raise CannotError(f"reason.{why.name.lower()}")
    return request


def can(intent: Intent) -> bool:
    """Whether the table has to be asked for it."""
    return type(intent) in _ORDERS


ANY_GAME = (intents.Announce, intents.HandOver)
OF_ROULETTE = (intents.SetChip, intents.Verify, intents.Save)
LISTS = (Topic.MINE, Topic.HISTORY, Topic.ROUNDS, Topic.NUMBERS, Topic.LIMITS)


def is_of_roulette(intent: Intent) -> bool:
    """Whether it says something at a roulette only."""
    if isinstance(intent, intents.Show):
        return intent.topic in LISTS
    if isinstance(intent, intents.Wait):
        return intent.until is not Until.END
    return isinstance(intent, OF_ROULETTE) or (can(intent) and not isinstance(intent, ANY_GAME))


def way_to(intent: intents.GoTo, state: HouseState) -> Look | TakeSeat:
    """What leads to another table: its seat, or, where one has that, a look there."""
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
    return requests.take_seat(intent.seat).to(number)


# --- chips ----------------------------------------------------------------------------------------


def _lay(intent: intents.Lay, state: HouseState, _: Memory) -> Request:
    return play.place(state, intent.chips)


def _take_back(intent: intents.TakeBack, state: HouseState, _: Memory) -> Request:
    own = roulette(state).round.own
    chips = {spot: own.get(spot, 0) if n is None else n for spot, n in intent.chips.items()}
    lying = {spot: n for spot, n in chips.items() if n}
    if not lying:
        raise CannotError("cannot.nothing_there", spot=next(iter(chips)))
    return play.take_back(state, lying)


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


def _hand_over(intent: intents.HandOver, state: HouseState, _: Memory) -> Request:
    found = find(state, intent.name)
    if found is None or found[1]:
        raise CannotError("why.nobody", name=intent.name)
    return requests.hand_over(found[0])


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
    intents.Announce: lambda intent, _, __: requests.announce(intent.phrase, intent.words),
    intents.SetAuto: lambda intent, _, __: play.set_auto(intent.seconds),
    intents.HandOver: _hand_over,
}
