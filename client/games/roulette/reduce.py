"""The reducer's part for a roulette: the round, the chips on its layout, and what is on record.

Everybody's chips and one's own are told apart: one's own change with the answers to what one asked
for, everybody's with what all are told.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from client.games.roulette.locked import locked, staying
from client.games.roulette.state import Roulette, Round, Statistics, roulette, with_roulette
from client.house import events
from client.house.bounds import BETS_KEPT, ROUNDS_KEPT, newest
from client.house.reduce import arrived, paged
from client.house.state import HouseState, TableState
from client.talk import reduce as talk_reduce
from protocol.games.roulette import bets, records, rounds
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase, RoundState
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.games.roulette.rules import Spot
from protocol.house.fields import NO_DEADLINE, Chips
from protocol.limits import RESULTS_KEPT

K = TypeVar("K", int, tuple[int, int])
E = TypeVar("E", records.OwnRoundEntry, records.RoundEntry)

REPEATED = (bets.PlaceBets, bets.TakeBackBets)
"""Asked about again by their numbers when the line is back."""


# --- the round ------------------------------------------------------------------------------------


def _met(state: HouseState, table: rounds.TableIntroduced, _: float) -> HouseState:
    known = roulette(state).introduced
    if known is not None and known.draw != table.draw:  # What was known of another does not hold.
        there = state.table
        anew = TableState(seat=there.seat, wished=there.wished, lines=there.lines)
        state = replace(state, tables={**state.tables, state.here: anew})
    return with_roulette(state, introduced=table, auto=table.auto_seconds)


def _table_shown(state: HouseState, shown: rounds.TableShown, now: float) -> HouseState:
    game = roulette(state)
    same = shown.round_number == game.round.number
    before = game.round if same else Round()
    opened = replace(
        before,
        number=shown.round_number,
        phase=shown.phase,
        own={bet.spot: bet.chips for bet in shown.own_bets if bet.chips},
        own_known=True,
        bets_known=not shown.bets,
        bets=before.bets if shown.bets else {},
        totals={total.spot: total for total in shown.totals if total.chips},
        players=shown.players,
        count=shown.bets,
        staked=shown.staked,
        revision=shown.revision,
    )
    previous = game.previous if same else _finished(game)
    game = replace(game, round=opened, previous=previous, auto=shown.auto_seconds)
    state = arrived(replace(state, balance=shown.balance)).with_table(
        croupier=shown.croupier,
        croupier_name=shown.croupier_name,
        game=_until(game, shown.ms_left, now),
    )
    return talk_reduce.name(state, {shown.croupier: shown.croupier_name} if shown.croupier else {})


def _asked_again(state: HouseState, again: events.AskedAgain, _: float) -> HouseState:
    if again.number not in state.pending:
        return state
    return with_roulette(state, round=replace(roulette(state).round, own_known=False))


def _finished(game: Roulette) -> Round | None:
    return game.round if game.round.number else game.previous


def _opened(game: Roulette, said: rounds.RoundOpened, now: float) -> Roulette:
    if said.round_number == game.round.number:
        opened = replace(game.round, phase=Phase.BETTING)
        return _until(replace(game, round=opened), said.ms_left, now)
    stays = staying(game.round.result)
    opened = Round(said.round_number, Phase.BETTING, own=stays)
    return _until(replace(game, round=opened, previous=_finished(game)), said.ms_left, now)


def _until(game: Roulette, ms_left: int, now: float) -> Roulette:
    deadline = None if ms_left == NO_DEADLINE else now + ms_left / 1000
    return replace(game, phase_since=now, deadline=deadline)


def _moved(game: Roulette, said: rounds.DeadlineMoved, now: float) -> Roulette:
    if said.round_number != game.round.number:
        return game
    return replace(_until(game, said.ms_left, now), phase_since=game.phase_since)


def _auto(game: Roulette, said: rounds.AutoChanged, _: float) -> Roulette:
    return replace(game, auto=said.seconds)


def _closed(game: Roulette, said: rounds.BettingClosed, now: float) -> Roulette:
    if said.round_number != game.round.number:
        return game
    closed = replace(game.round, phase=Phase.CLOSED)
    return _until(replace(game, round=closed), said.ms_left, now)


def _started(game: Roulette, said: rounds.WheelStarted, now: float) -> Roulette:
    if said.round_number != game.round.number:
        return game
    turning = replace(game.round, phase=Phase.SPINNING)
    return _until(replace(game, round=turning), said.ms_left, now)


def _settled(state: HouseState, said: rounds.RoundSettled, now: float) -> HouseState:
    state = talk_reduce.name(state, {each.account: each.name for each in said.top})
    entry = RoundEntry(
        said.round_number,
        RoundState.SETTLED,
        said.pocket,
        said.at,
        said.players,
        said.staked,
        said.returned,
    )
    game = roulette(state)
    game = replace(
        game,
        statistics=_counted(game.statistics, said),
        rounds=_merged(game.rounds, (entry,)),
    )
    if said.round_number == game.round.number:
        game = replace(game, phase_since=now, deadline=None)
    game = game.with_round(said.round_number, phase=Phase.SETTLED, settled=said)
    return state.with_table(game=_noted(game, said.round_number))


def _counted(before: Statistics, said: rounds.RoundSettled) -> Statistics:
    if said.round_number <= before.last_round:
        return before
    return Statistics(
        (said.pocket, *before.pockets)[:RESULTS_KEPT],
        said.round_number,
        before.rounds + 1,
        before.staked + said.staked,
        before.returned + said.returned,
    )


def _player_settled(state: HouseState, said: rounds.PlayerSettled, _: float) -> HouseState:
    game = roulette(state).with_round(said.round_number, result=said)
    state = replace(state, balance=said.balance)
    return state.with_table(game=_noted(game, said.round_number))


def _noted(game: Roulette, number: int) -> Roulette:
    """Put one's own round, once it is known in full, before those that were."""
    over = game.find_round(number)
    if over is None or over.settled is None or over.result is None or not over.result.payouts:
        return game
    entry = OwnRoundEntry(
        number,
        RoundState.SETTLED,
        over.settled.pocket,
        over.settled.at,
        over.result.net,
        over.result.payouts,
    )
    return replace(game, own_rounds=_merged(game.own_rounds, (entry,)))


def _voided(game: Roulette, said: rounds.RoundVoided, now: float) -> Roulette:
    if said.round_number == game.round.number:
        game = replace(game, phase_since=now, deadline=None)
    nothing: Mapping[Any, Any] = {}
    return game.with_round(
        said.round_number,
        phase=Phase.SETTLED,
        voided=said.words,
        own=nothing,
        bets=nothing,
        totals=nothing,
        players=0,
        count=0,
        staked=0,
    )


# --- chips on the layout --------------------------------------------------------------------------


def _placed(state: HouseState, said: bets.BetsPlaced, _: float) -> HouseState:
    return _own_changed(state, said, 1)


def _taken_back(state: HouseState, said: bets.BetsTakenBack, _: float) -> HouseState:
    return _own_changed(state, said, -1)


def _own_changed(
    state: HouseState, said: bets.BetsPlaced | bets.BetsTakenBack, sign: int
) -> HouseState:
    state, pending = state.answered(said.number)
    if pending is None or pending.again or not isinstance(pending.request, REPEATED):
        # Asked again, it may have been in what the table showed when the line came back: then
        # neither the chips nor the balance of the answer are news. The table is shown once more.
        return state
    state, game = replace(state, balance=said.balance), roulette(state)
    found = game.find_round(said.round_number)
    if found is None:
        return state
    more = pending.request.bets
    own = added(found.own, more, sign) if more else locked(found.own)
    everybody = dict(found.bets)
    for spot in found.own.keys() | own.keys():
        everybody[state.account, spot] = own.get(spot, 0)
    game = game.with_round(said.round_number, own=own, bets=_lying(everybody))
    return state.with_table(game=game)


def added(own: Mapping[Spot, Chips], more: tuple[Bet, ...], sign: int = 1) -> dict[Spot, Chips]:
    """These chips and those, spots without any left out."""
    sums = dict(own)
    for bet in more:
        sums[bet.spot] = sums.get(bet.spot, 0) + sign * bet.chips
    return {spot: chips for spot, chips in sums.items() if chips > 0}


def _lying(rows: Mapping[K, Chips]) -> dict[K, Chips]:
    return {key: chips for key, chips in rows.items() if chips > 0}


def _bets_changed(game: Roulette, said: bets.BetsChanged, _: float) -> Roulette:
    found = game.find_round(said.round_number)
    if found is None or said.revision < found.revision:
        return game
    totals = {**found.totals, **{total.spot: total for total in said.totals}}
    rows = {**found.bets, **{(bet.account, bet.spot): bet.chips for bet in said.latest}}
    lying = _lying(rows)
    fits = len(lying) <= BETS_KEPT
    return game.with_round(
        said.round_number,
        totals={spot: total for spot, total in totals.items() if total.chips},
        bets=newest(lying, BETS_KEPT),
        bets_known=not said.bets or (found.bets_known and said.complete and fits),
        players=said.players,
        count=said.bets,
        staked=said.staked,
        revision=said.revision,
    )


def _bets_listed(state: HouseState, said: bets.BetsListed, _: float) -> HouseState:
    state, pending = state.answered(said.number)
    game = roulette(state)
    found = game.find_round(said.round_number)
    if pending is None or found is None or not isinstance(pending.request, bets.ListBets):
        return state
    after = (pending.request.after_account, pending.request.after_spot)
    rows = {(bet.account, bet.spot): bet.chips for bet in said.bets}
    from_start = after == (0, 0)
    listed = paged(found.bets, rows, (-1, 0) if from_start else after, more=said.more)
    kept = newest(listed, BETS_KEPT)
    known = not said.more and (from_start or found.bets_known or len(listed) == found.count)
    known = known and kept is listed
    game = game.with_round(said.round_number, bets=_lying(kept), bets_known=known)
    return state.with_table(game=game)


# --- records --------------------------------------------------------------------------------------


def _remembered(game: Roulette, said: events.Remembered, _: float) -> Roulette:
    return replace(game, own_rounds=_merged(said.rounds, game.own_rounds))


def _rounds_listed(state: HouseState, said: records.RoundsListed, _: float) -> HouseState:
    state, __ = state.answered(said.number)
    rounds = _merged(roulette(state).rounds, said.rounds)
    return with_roulette(state, rounds=rounds, rounds_more=said.more)


def _own_listed(state: HouseState, said: records.OwnRoundsListed, _: float) -> HouseState:
    state, __ = state.answered(said.number)
    own = _merged(roulette(state).own_rounds, said.rounds)
    return with_roulette(state, own_rounds=own, own_rounds_more=said.more)


def _merged(before: tuple[E, ...], page: tuple[E, ...]) -> tuple[E, ...]:
    """Rounds newest first, each once; the new page is right where they differ."""
    by_number: dict[int, E] = {}
    for entry in before + page:
        by_number[entry.round_number] = entry
    return tuple(by_number[number] for number in sorted(by_number, reverse=True))[:ROUNDS_KEPT]


def _results_listed(state: HouseState, said: records.ResultsListed, _: float) -> HouseState:
    state, __ = state.answered(said.number)
    if said.last_round < roulette(state).statistics.last_round:
        return state
    told = Statistics(said.pockets, said.last_round, said.rounds, said.staked, said.returned)
    return with_roulette(state, statistics=told)


def _alone(
    step: Callable[[Roulette, Any, float], Roulette],
) -> Callable[[HouseState, Any, float], HouseState]:
    """What changes nothing but the game."""

    def stepped(state: HouseState, said: Any, now: float) -> HouseState:
        before = roulette(state)
        after = step(before, said, now)
        return state if after is before else state.with_table(game=after)

    return stepped


STEPS: Mapping[type, Callable[[HouseState, Any, float], HouseState]] = {
    events.AskedAgain: _asked_again,
    events.Remembered: _alone(_remembered),
    rounds.TableIntroduced: _met,
    rounds.TableShown: _table_shown,
    rounds.RoundOpened: _alone(_opened),
    rounds.DeadlineMoved: _alone(_moved),
    rounds.AutoChanged: _alone(_auto),
    rounds.BettingClosed: _alone(_closed),
    rounds.WheelStarted: _alone(_started),
    rounds.RoundSettled: _settled,
    rounds.PlayerSettled: _player_settled,
    rounds.RoundVoided: _alone(_voided),
    bets.BetsPlaced: _placed,
    bets.BetsTakenBack: _taken_back,
    bets.BetsChanged: _alone(_bets_changed),
    bets.BetsListed: _bets_listed,
    records.RoundsListed: _rounds_listed,
    records.OwnRoundsListed: _own_listed,
    records.ResultsListed: _results_listed,
}
