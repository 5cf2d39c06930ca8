"""The reducer's part for chips on the layout: one's own, and everybody's."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from client.games.roulette.locked import locked
from client.house.bounds import BETS_KEPT, newest
from client.house.state import TableState
from protocol.games.roulette import bets
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips

K = TypeVar("K", int, tuple[int, int])
V = TypeVar("V")

REPEATED = (bets.PlaceBets, bets.TakeBackBets)
"""Asked about again by their numbers when the line is back."""


def _placed(state: TableState, said: bets.BetsPlaced, _: float) -> TableState:
    return _own_changed(state, said, 1)


def _taken_back(state: TableState, said: bets.BetsTakenBack, _: float) -> TableState:
    return _own_changed(state, said, -1)


def _own_changed(
    state: TableState, said: bets.BetsPlaced | bets.BetsTakenBack, sign: int
) -> TableState:
    state, pending = state.answered(said.number)
    if pending is None or pending.again or not isinstance(pending.request, REPEATED):
        # Asked again, it may have been in what the table showed when the line came back: then
        # neither the chips nor the balance of the answer are news. The table is shown once more.
        return state
    state = replace(state, balance=said.balance)
    found = state.find_round(said.round_number)
    if found is None:
        return state
    more = pending.request.bets
    own = added(found.own, more, sign) if more else locked(found.own)
    everybody = dict(found.bets)
    for spot in found.own.keys() | own.keys():
        everybody[state.account, spot] = own.get(spot, 0)
    return state.with_round(said.round_number, own=own, bets=_lying(everybody))


def added(own: Mapping[Spot, Chips], more: tuple[Bet, ...], sign: int = 1) -> dict[Spot, Chips]:
    """These chips and those, spots without any left out."""
    sums = dict(own)
    for bet in more:
        sums[bet.spot] = sums.get(bet.spot, 0) + sign * bet.chips
    return {spot: chips for spot, chips in sums.items() if chips > 0}


def _lying(rows: Mapping[K, Chips]) -> dict[K, Chips]:
    return {key: chips for key, chips in rows.items() if chips > 0}


def _bets_changed(state: TableState, said: bets.BetsChanged, _: float) -> TableState:
    found = state.find_round(said.round_number)
    if found is None or said.revision < found.revision:
        return state
    totals = {**found.totals, **{total.spot: total for total in said.totals}}
    rows = {**found.bets, **{(bet.account, bet.spot): bet.chips for bet in said.latest}}
    lying = _lying(rows)
    fits = len(lying) <= BETS_KEPT
    return state.with_round(
        said.round_number,
        totals={spot: total for spot, total in totals.items() if total.chips},
        bets=newest(lying, BETS_KEPT),
        bets_known=not said.bets or (found.bets_known and said.complete and fits),
        players=said.players,
        count=said.bets,
        staked=said.staked,
        revision=said.revision,
    )


def _bets_listed(state: TableState, said: bets.BetsListed, _: float) -> TableState:
    state, pending = state.answered(said.number)
    found = state.find_round(said.round_number)
    if pending is None or found is None or not isinstance(pending.request, bets.ListBets):
        return state
    after = (pending.request.after_account, pending.request.after_spot)
    rows = {(bet.account, bet.spot): bet.chips for bet in said.bets}
    from_start = after == (0, 0)
    listed = paged(found.bets, rows, (-1, 0) if from_start else after, more=said.more)
    kept = newest(listed, BETS_KEPT)
    known = not said.more and (from_start or found.bets_known or len(listed) == found.count)
    known = known and kept is listed
    return state.with_round(said.round_number, bets=_lying(kept), bets_known=known)


def paged(before: Mapping[K, V], page: Mapping[K, V], after: K, *, more: bool) -> dict[K, V]:
    """What a page says holds for everything after `after` and, if more follows, up to its end."""
    last = max(page, default=after)
    kept = {key: each for key, each in before.items() if key <= after or (more and key > last)}
    return {**kept, **page}


STEPS: dict[type, Callable[[TableState, Any, float], TableState]] = {
    bets.BetsPlaced: _placed,
    bets.BetsTakenBack: _taken_back,
    bets.BetsChanged: _bets_changed,
    bets.BetsListed: _bets_listed,
}
