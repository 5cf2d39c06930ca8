"""What a person wants of a roulette, as the request that says it.

The round is the one that the person was looking at, so that a late click never lands in the next
round by itself.
"""

from collections.abc import Mapping

from client.games.roulette.state import roulette
from client.house import rights
from client.house.state import HouseState
from client.requests import UNNUMBERED
from protocol.games.roulette import bets, desk, records
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips
from protocol.house.lists import Reason
from protocol.limits import BETS_A_REQUEST
from protocol.wire import Request


def why_not(state: HouseState, request: type[Request]) -> Reason | None:
    """Why asking for this makes no sense now, for a button that is not to be pressed."""
    why = rights.why_not(state, request)
    if why is None and request.PHASES and roulette(state).round.phase not in request.PHASES:
        return Reason.NOT_NOW
    return why


def place(state: HouseState, chips: Mapping[Spot, Chips]) -> bets.PlaceBets:
    """Lay these chips on top of what lies there."""
    return bets.PlaceBets(UNNUMBERED, roulette(state).round.number, _bets(chips)).to(state.here)


def take_back(state: HouseState, chips: Mapping[Spot, Chips]) -> bets.TakeBackBets:
    """Take these chips back; none named: all of one's own."""
    return bets.TakeBackBets(UNNUMBERED, roulette(state).round.number, _bets(chips)).to(state.here)


def _bets(chips: Mapping[Spot, Chips]) -> tuple[Bet, ...]:
    assert len(chips) <= BETS_A_REQUEST
    return tuple(Bet(spot, amount) for spot, amount in sorted(chips.items()))


def ready(state: HouseState) -> bets.SayReady:
    return bets.SayReady(UNNUMBERED, roulette(state).round.number).to(state.here)


def list_bets(state: HouseState) -> bets.ListBets:
    """Everybody's bets of this round, from the first page on."""
    return bets.ListBets(UNNUMBERED, roulette(state).round.number, 0, 0).to(state.here)


def list_own_rounds(before: int = 0) -> records.ListOwnRounds:
    return records.ListOwnRounds(UNNUMBERED, before)


def list_rounds(before: int = 0) -> records.ListRounds:
    return records.ListRounds(UNNUMBERED, before)


def start_spin(state: HouseState) -> desk.StartSpin:
    return desk.StartSpin(UNNUMBERED, roulette(state).round.number).to(state.here)


def close_betting(state: HouseState) -> desk.CloseBetting:
    return desk.CloseBetting(UNNUMBERED, roulette(state).round.number).to(state.here)


def void_round(state: HouseState, words: str) -> desk.VoidRound:
    return desk.VoidRound(UNNUMBERED, roulette(state).round.number, words).to(state.here)


def set_auto(seconds: int) -> desk.SetAuto:
    return desk.SetAuto(UNNUMBERED, seconds)
