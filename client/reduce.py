"""One pure reducer: what was known, and what happened, give what is known now.

The table's messages and what happens on this side (`events`) come in through the same door, in the
order in which they happened. No order of messages, however strange, raises.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from client.games.roulette import reduce as chips
from client.games.roulette.locked import staying
from client.games.roulette.reduce import paged
from client.house import events
from client.house.bounds import PEOPLE_KEPT, REFUSALS_KEPT, ROUNDS_KEPT, VERDICTS_KEPT, newest
from client.house.events import Local
from client.house.state import Line, Pending, Refusal, Round, Statistics, Status, TableState
from client.talk import reduce as talk_reduce
from protocol.fairness import Account
from protocol.games.roulette import records, rounds
from protocol.games.roulette.lists import Phase, RoundState
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.games.roulette.rules import SPOTS
from protocol.house import door
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Presence, Seat
from protocol.house.people import (
    ChipsGranted,
    ListPlayers,
    PlayerEntry,
    PlayersListed,
    RosterChanged,
)
from protocol.limits import RESULTS_KEPT
from protocol.messages import FROM_CLIENT
from protocol.wire import Message, Party

V = TypeVar("V")


def reduce(state: TableState, said: Message | Local, now: float) -> TableState:
    """What is known after this; what says nothing new changes nothing."""
    step = _STEPS.get(type(said))
    return state if step is None else step(state, said, now)


# --- the line -------------------------------------------------------------------------------------


def _connecting(state: TableState, _: events.Connecting, __: float) -> TableState:
    return replace(state, status=Status(Line.CONNECTING, latency=state.status.latency))


def _lost(state: TableState, lost: events.LinkLost, _: float) -> TableState:
    status = Status(Line.LOST, lost.trouble, lost.farewell, lost.words, lost.retry_at)
    return _unanswered(talk_reduce.cut(replace(state, status=status)), keep_bets=True)


def _gone(state: TableState, gone: events.LinkGone, _: float) -> TableState:
    status = Status(Line.GONE, gone.trouble, gone.farewell, gone.words)
    return _unanswered(talk_reduce.cut(replace(state, status=status)), keep_bets=False)


def _unanswered(state: TableState, *, keep_bets: bool) -> TableState:
    """Without a line nothing is answered; bets are asked about again when there is one."""
    kept, lost = {}, []
    for number, each in state.pending.items():
        if keep_bets and isinstance(each.request, chips.REPEATED):
            kept[number] = replace(each, again=False)
        elif isinstance(each.request, SHOWN_WHEN_LOST):
            lost.append(each.request)
    state = replace(state, pending=kept)
    for request in lost:
        state = _refused_here(state, Refusal(request, None))
    return state


SHOWN_WHEN_LOST: tuple[type[Message], ...] = (
    *chips.REPEATED,
    *(each for each in FROM_CLIENT.values() if each.PARTY is Party.CROUPIER),
    *talk_reduce.SPOKEN,
)
"""What a person did himself, and wants to know about if nothing came of it."""


def _measured(state: TableState, measured: events.Measured, _: float) -> TableState:
    return replace(state, status=replace(state.status, latency=measured.latency))


def _sent(state: TableState, sent: events.Sent, now: float) -> TableState:
    request = sent.request
    wished = request.seat if isinstance(request, door.TakeSeat) else state.wished
    each = Pending(request, now, sent.at, sent.by_itself)
    pending = {**state.pending, request.number: each}
    return replace(state, pending=pending, wished=wished)


def _asked_again(state: TableState, again: events.AskedAgain, _: float) -> TableState:
    each = state.pending.get(again.number)
    if each is None:
        return state
    pending = {**state.pending, again.number: replace(each, again=True)}
    return replace(state, pending=pending, round=replace(state.round, own_known=False))


def _unsent(state: TableState, unsent: events.Unsent, _: float) -> TableState:
    return _refused_here(state, Refusal(unsent.request, None))


def _remembered(state: TableState, said: events.Remembered, _: float) -> TableState:
    return replace(state, own_rounds=_merged(said.rounds, state.own_rounds))


def _judged(state: TableState, judged: events.Judged, _: float) -> TableState:
    number = judged.verdict.round_number
    verdicts = {**state.verdicts, number: judged.verdict}
    saved = {**state.saved, number: judged.saved} if judged.saved else state.saved
    kept = _latest(verdicts, VERDICTS_KEPT)
    return replace(state, verdicts=kept, saved=_of_those(saved, kept))


OF_THE_HOUSE = (
    *("status", "classic", "serial", "house", "account", "name", "seat", "wished", "balance"),
    *("pending", "lines", "sessions", "names", "refusals"),
)
"""What is known whatever the table."""


# --- the door -------------------------------------------------------------------------------------


def _introduced(state: TableState, house: door.HouseIntroduced, _: float) -> TableState:
    known = state.house is None or state.house.house == house.house
    if not known:  # Another house answers at the old address: nothing that was known holds.
        state = TableState(status=state.status, classic=state.classic, serial=state.serial)
    status = Status(Line.DOOR, latency=state.status.latency)
    return replace(state, house=house, status=status)


def _met(state: TableState, table: rounds.TableIntroduced, _: float) -> TableState:
    known = state.table is None or state.table.draw == table.draw
    if not known:  # What was known of a table does not hold at another.
        state = TableState(**{name: getattr(state, name) for name in OF_THE_HOUSE})
    return replace(state, table=table, auto=table.auto_seconds)


def _signed_in(state: TableState, said: door.SignedIn, _: float) -> TableState:
    state, __ = state.answered(said.number)
    if said.account != state.account:  # What somebody else asked for is nothing to oneself.
        state = replace(state, pending={}, own_rounds=(), round=replace(state.round, own={}))
    state = replace(state, account=said.account, name=said.name, balance=said.balance)
    return talk_reduce.name(state, {said.account: said.name} if said.account else {})


def _seat_taken(state: TableState, said: door.SeatTaken, _: float) -> TableState:
    state, __ = state.answered(said.number)
    return replace(state, seat=said.seat)


def _done(state: TableState, said: door.Done, _: float) -> TableState:
    state, pending = state.answered(said.number)
    if pending is None:
        return state
    if isinstance(pending.request, door.LeaveSeat):
        return replace(state, seat=Seat.NONE, sessions={})
    return talk_reduce.spoken(state, pending)


def _refused(state: TableState, said: door.Refused, _: float) -> TableState:
    state, pending = state.answered(said.number)
    spot = said.spot if said.spot < len(SPOTS) else None  # `NO_SPOT`, or a spot that is none.
    if pending is not None and pending.by_itself:
        return state  # Nobody asked for it, so nobody wants to be told.
    request = pending.request if pending else None
    refusal = Refusal(request, said.reason, spot, said.figure, said.words)
    return _refused_here(state, refusal)


def _refused_here(state: TableState, refusal: Refusal) -> TableState:
    serial = state.serial + 1
    refusals = (*state.refusals, replace(refusal, serial=serial))[-REFUSALS_KEPT:]
    return replace(state, serial=serial, refusals=refusals)


# --- the round ------------------------------------------------------------------------------------


def _table_shown(state: TableState, shown: rounds.TableShown, now: float) -> TableState:
    same = shown.round_number == state.round.number
    before = state.round if same else Round()
    opened = replace(
        before,
        number=shown.round_number,
        phase=shown.phase,
        seed_before=shown.seed_before,
        freeze=shown.freeze,
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
    state = replace(
        state,
        status=replace(state.status, line=Line.LIVE),
        round=opened,
        previous=state.previous if same else _finished(state),
        auto=shown.auto_seconds,
        croupier=shown.croupier,
        croupier_name=shown.croupier_name,
        balance=shown.balance,
    )
    state = talk_reduce.name(state, {shown.croupier: shown.croupier_name} if shown.croupier else {})
    return _until(state, shown.ms_left, now)


def _finished(state: TableState) -> Round | None:
    return state.round if state.round.number else state.previous


def _opened(state: TableState, said: rounds.RoundOpened, now: float) -> TableState:
    if said.round_number == state.round.number:
        opened = replace(state.round, seed_before=said.seed_before, phase=Phase.BETTING)
        return _until(replace(state, round=opened), said.ms_left, now)
    stays = staying(state.round.result)
    opened = Round(said.round_number, Phase.BETTING, said.seed_before, own=stays)
    state = replace(state, round=opened, previous=_finished(state))
    return _until(state, said.ms_left, now)


def _until(state: TableState, ms_left: int, now: float) -> TableState:
    deadline = None if ms_left == NO_DEADLINE else now + ms_left / 1000
    return replace(state, phase_since=now, deadline=deadline)


def _moved(state: TableState, said: rounds.DeadlineMoved, now: float) -> TableState:
    if said.round_number != state.round.number:
        return state
    return replace(_until(state, said.ms_left, now), phase_since=state.phase_since)


def _auto(state: TableState, said: rounds.AutoChanged, _: float) -> TableState:
    return replace(state, auto=said.seconds)


def _closed(state: TableState, said: rounds.BettingClosed, now: float) -> TableState:
    if said.round_number != state.round.number:
        return state
    closed = replace(state.round, phase=Phase.CLOSED, closed=said, freeze=said.freeze)
    return _until(replace(state, round=closed), said.ms_left, now)


def _started(state: TableState, said: rounds.WheelStarted, now: float) -> TableState:
    if said.round_number != state.round.number:
        return state
    turning = replace(state.round, phase=Phase.SPINNING)
    return _until(replace(state, round=turning), said.ms_left, now)


def _settled(state: TableState, said: rounds.RoundSettled, now: float) -> TableState:
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
    state = replace(
        state,
        statistics=_counted(state.statistics, said),
        rounds=_merged(state.rounds, (entry,)),
    )
    if said.round_number == state.round.number:
        state = replace(state, phase_since=now, deadline=None)
    state = state.with_round(said.round_number, phase=Phase.SETTLED, settled=said)
    return _noted(state, said.round_number)


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


def _player_settled(state: TableState, said: rounds.PlayerSettled, _: float) -> TableState:
    state = state.with_round(said.round_number, result=said)
    return _noted(replace(state, balance=said.balance), said.round_number)


def _noted(state: TableState, number: int) -> TableState:
    """Put one's own round, once it is known in full, before those that were."""
    over = state.find_round(number)
    if over is None or over.settled is None or over.result is None or not over.result.payouts:
        return state
    entry = OwnRoundEntry(
        number,
        RoundState.SETTLED,
        over.settled.pocket,
        over.settled.at,
        over.result.net,
        over.result.payouts,
    )
    return replace(state, own_rounds=_merged(state.own_rounds, (entry,)))


def _voided(state: TableState, said: rounds.RoundVoided, now: float) -> TableState:
    if said.round_number == state.round.number:
        state = replace(state, phase_since=now, deadline=None)
    nothing: Mapping[Any, Any] = {}
    return state.with_round(
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


def _granted(state: TableState, said: ChipsGranted, _: float) -> TableState:
    return replace(state, balance=said.balance)


# --- records --------------------------------------------------------------------------------------


def _players_listed(state: TableState, said: PlayersListed, _: float) -> TableState:
    state, pending = state.answered(said.number)
    if pending is None or not isinstance(pending.request, ListPlayers):
        return state
    rows = {entry.account: entry for entry in said.players}
    after = pending.request.after_account
    listed = _present(paged(state.roster, rows, after or -1, more=said.more))
    roster = newest(listed, PEOPLE_KEPT)
    state = talk_reduce.name(state, {entry.account: entry.name for entry in said.players})
    return replace(state, roster=roster, roster_known=not said.more and roster is listed)


def _present(roster: Mapping[Account, PlayerEntry]) -> dict[Account, PlayerEntry]:
    """Of who left, though his chips may lie on the table yet, only the name is kept."""
    return {
        account: entry for account, entry in roster.items() if entry.presence is not Presence.GONE
    }


def _roster_changed(state: TableState, said: RosterChanged, _: float) -> TableState:
    here = dict(state.roster)
    for entry in said.changes:
        here[entry.account] = entry
        if entry.presence is Presence.GONE:
            del here[entry.account]
    roster = newest(here, PEOPLE_KEPT)
    state = talk_reduce.name(state, {entry.account: entry.name for entry in said.changes})
    return replace(
        state,
        roster=roster,
        roster_known=state.roster_known and said.complete and roster is here,
        seated=said.seated,
        watching=said.watching,
    )


def _rounds_listed(state: TableState, said: records.RoundsListed, _: float) -> TableState:
    state, __ = state.answered(said.number)
    return replace(state, rounds=_merged(state.rounds, said.rounds), rounds_more=said.more)


def _own_listed(state: TableState, said: records.OwnRoundsListed, _: float) -> TableState:
    state, __ = state.answered(said.number)
    own = _merged(state.own_rounds, said.rounds)
    return replace(state, own_rounds=own, own_rounds_more=said.more)


E = TypeVar("E", records.OwnRoundEntry, records.RoundEntry)


def _merged(before: tuple[E, ...], page: tuple[E, ...]) -> tuple[E, ...]:
    """Rounds newest first, each once; the new page is right where they differ."""
    by_number: dict[int, E] = {}
    for entry in before + page:
        by_number[entry.round_number] = entry
    return tuple(by_number[number] for number in sorted(by_number, reverse=True))[:ROUNDS_KEPT]


def _results_listed(state: TableState, said: records.ResultsListed, _: float) -> TableState:
    state, __ = state.answered(said.number)
    if said.last_round < state.statistics.last_round:
        return state
    told = Statistics(said.pockets, said.last_round, said.rounds, said.staked, said.returned)
    return replace(state, statistics=told)


def _proof_shown(state: TableState, said: records.ProofShown, _: float) -> TableState:
    return state.answered(said.number)[0]


def _latest(rows: Mapping[int, V], most: int) -> dict[int, V]:
    return {key: rows[key] for key in sorted(rows)[-most:]}


def _of_those(rows: Mapping[int, V], kept: Mapping[int, Any]) -> Mapping[int, V]:
    return rows if rows.keys() <= kept.keys() else {key: rows[key] for key in rows if key in kept}


_STEPS: dict[type, Callable[[TableState, Any, float], TableState]] = {
    events.Connecting: _connecting,
    events.LinkLost: _lost,
    events.LinkGone: _gone,
    events.Measured: _measured,
    events.Sent: _sent,
    events.AskedAgain: _asked_again,
    events.Unsent: _unsent,
    events.Judged: _judged,
    events.Remembered: _remembered,
    door.HouseIntroduced: _introduced,
    rounds.TableIntroduced: _met,
    door.SignedIn: _signed_in,
    door.SeatTaken: _seat_taken,
    door.Done: _done,
    door.Refused: _refused,
    rounds.TableShown: _table_shown,
    rounds.RoundOpened: _opened,
    rounds.DeadlineMoved: _moved,
    rounds.AutoChanged: _auto,
    rounds.BettingClosed: _closed,
    rounds.WheelStarted: _started,
    rounds.RoundSettled: _settled,
    rounds.PlayerSettled: _player_settled,
    rounds.RoundVoided: _voided,
    ChipsGranted: _granted,
    PlayersListed: _players_listed,
    RosterChanged: _roster_changed,
    records.RoundsListed: _rounds_listed,
    records.OwnRoundsListed: _own_listed,
    records.ResultsListed: _results_listed,
    records.ProofShown: _proof_shown,
    **chips.STEPS,
    **talk_reduce.STEPS,
}
