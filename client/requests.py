"""What a person wants, as the request that says it.

These leave the number at 0: whoever sends the request numbers it. The round is the one that the
person was looking at, so that a late click never lands in the next round by itself.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from client.house.state import TableState
from protocol.fairness import Account
from protocol.games.roulette import bets, desk, records
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rules import Spot
from protocol.house import door
from protocol.house.fields import Chips
from protocol.house.lists import Phrase, Reason, Seat
from protocol.house.people import Announce, HandOver, KickPlayer
from protocol.limits import BETS_A_REQUEST
from protocol.wire import Party, Request

UNNUMBERED = 0

R = TypeVar("R", bound=Request)

PARTIES = {
    Seat.NONE: Party.VISITOR,
    Seat.PLAYER: Party.PLAYER,
    Seat.CROUPIER: Party.CROUPIER,
    Seat.WATCHER: Party.WATCHER,
}


@dataclass(frozen=True, slots=True)
class Enter:
    """Sign in and sit down: what somebody types at the door."""

    name: str
    """Empty: a guest, who may only watch."""
    seat: Seat = Seat.PLAYER
    croupier_password: str = ""
    table_password: str = ""
    new_table: bool = False
    """The host has begun anew: take the table that answers for the one that is known there."""


@dataclass(frozen=True, slots=True)
class Examine:
    """Check a round that is over, with every bet of it, however many they were."""

    round_number: int


def why_not(state: TableState, request: type[Request]) -> Reason | None:
    """Why asking for this makes no sense now, for a button that is not to be pressed."""
    if not state.live:
        return Reason.NOT_NOW
    if not PARTIES[state.seat] & request.PARTY:
        return Reason.NOT_YOURS
    if request.PHASES and state.round.phase not in request.PHASES:
        return Reason.NOT_NOW
    return None


def place(state: TableState, chips: Mapping[Spot, Chips]) -> bets.PlaceBets:
    """Lay these chips on top of what lies there."""
    return bets.PlaceBets(UNNUMBERED, state.round.number, _bets(chips))


def take_back(state: TableState, chips: Mapping[Spot, Chips]) -> bets.TakeBackBets:
    """Take these chips back; none named: all of one's own."""
    return bets.TakeBackBets(UNNUMBERED, state.round.number, _bets(chips))


def _bets(chips: Mapping[Spot, Chips]) -> tuple[Bet, ...]:
    assert len(chips) <= BETS_A_REQUEST
    return tuple(Bet(spot, amount) for spot, amount in sorted(chips.items()))


def ready(state: TableState) -> bets.SayReady:
    return bets.SayReady(UNNUMBERED, state.round.number)


def list_bets(state: TableState) -> bets.ListBets:
    """Everybody's bets of this round, from the first page on."""
    return bets.ListBets(UNNUMBERED, state.round.number, 0, 0)


def list_own_rounds(before: int = 0) -> records.ListOwnRounds:
    return records.ListOwnRounds(UNNUMBERED, before)


def list_rounds(before: int = 0) -> records.ListRounds:
    return records.ListRounds(UNNUMBERED, before)


def start_spin(state: TableState) -> desk.StartSpin:
    return desk.StartSpin(UNNUMBERED, state.round.number)


def close_betting(state: TableState) -> desk.CloseBetting:
    return desk.CloseBetting(UNNUMBERED, state.round.number)


def void_round(state: TableState, words: str) -> desk.VoidRound:
    return desk.VoidRound(UNNUMBERED, state.round.number, words)


def kick(account: Account, words: str) -> KickPlayer:
    return KickPlayer(UNNUMBERED, account, words)


def announce(phrase: Phrase = Phrase.OTHER, words: str = "") -> Announce:
    return Announce(UNNUMBERED, phrase, words)


def hand_over(account: Account) -> HandOver:
    return HandOver(UNNUMBERED, account)


def set_auto(seconds: int) -> desk.SetAuto:
    return desk.SetAuto(UNNUMBERED, seconds)


def take_seat(seat: Seat, croupier_password: str = "") -> door.TakeSeat:
    return door.TakeSeat(UNNUMBERED, seat, digest(croupier_password))


def digest(password: str) -> bytes:
    """How a password goes over the wire; none is nothing."""
    encoded = password.encode("utf-8", "surrogatepass")
    return hashlib.sha512(encoded).digest() if password else b""


def numbered(request: R, number: int) -> R:
    """The same request under this number."""
    return cast(R, replace(cast(Any, request), number=number))
