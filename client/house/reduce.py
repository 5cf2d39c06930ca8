"""The reducer's part for the house: who one is, at which tables, and who else is there."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from client.house import events
from client.house.bounds import PEOPLE_KEPT, REFUSALS_KEPT, TABLES_LISTED, VERDICTS_KEPT, newest
from client.house.state import HouseState, Line, Pending, Refusal, Status
from client.talk import reduce as talk_reduce
from protocol.fair.hashes import Account
from protocol.house import door, draw
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Presence, Seat
from protocol.house.people import (
    ChipsGranted,
    ListPlayers,
    PlayerEntry,
    PlayersListed,
    RosterChanged,
)

K = TypeVar("K", int, tuple[int, int])
V = TypeVar("V")


# --- the line -------------------------------------------------------------------------------------


def _measured(state: HouseState, measured: events.Measured, _: float) -> HouseState:
    return replace(state, status=replace(state.status, latency=measured.latency))


def _sent(state: HouseState, sent: events.Sent, now: float) -> HouseState:
    request = sent.request
    if isinstance(request, door.TakeSeat):
        state = state.at(request.table).with_table(wished=request.seat).at(state.here)
    each = Pending(request, now, sent.at, sent.by_itself)
    return replace(state, pending={**state.pending, request.number: each})


def _asked_again(state: HouseState, again: events.AskedAgain, _: float) -> HouseState:
    each = state.pending.get(again.number)
    if each is None:
        return state
    return replace(state, pending={**state.pending, again.number: replace(each, again=True)})


def _unsent(state: HouseState, unsent: events.Unsent, _: float) -> HouseState:
    return refused_here(state, Refusal(unsent.request, None))


def _looked(state: HouseState, looked: events.Looked, _: float) -> HouseState:
    """Turn to another table; of one that was only left standing nothing is kept."""
    left = state.table.seat is Seat.NONE and not state.table.live
    if left and looked.here != state.here:
        state = state.without_table(state.here)
    return state.at(looked.here)


def _judged(state: HouseState, judged: events.Judged, _: float) -> HouseState:
    number = judged.verdict.round_number
    table = state.table
    verdicts = {**table.verdicts, number: judged.verdict}
    saved = {**table.saved, number: judged.saved} if judged.saved else table.saved
    kept = {key: verdicts[key] for key in sorted(verdicts)[-VERDICTS_KEPT:]}
    return state.with_table(verdicts=kept, saved=_of_those(saved, kept))


def _of_those(rows: Mapping[int, V], kept: Mapping[int, Any]) -> Mapping[int, V]:
    return rows if rows.keys() <= kept.keys() else {key: rows[key] for key in rows if key in kept}


# --- the door -------------------------------------------------------------------------------------


def _introduced(state: HouseState, house: door.HouseIntroduced, _: float) -> HouseState:
    known = state.house is None or state.house.house == house.house
    if not known:  # Another house answers at the old address: nothing that was known holds.
        state = HouseState(status=state.status, classic=state.classic, serial=state.serial)
    status = Status(Line.DOOR, latency=state.status.latency)
    lobby = {entry.table: entry for entry in house.tables}
    return replace(state, house=house, lobby=lobby, status=status)


def _tables_listed(state: HouseState, said: door.TablesListed, _: float) -> HouseState:
    state, pending = state.answered(said.number)
    if pending is None or not isinstance(pending.request, door.ListTables):
        return state
    rows = {entry.table: entry for entry in said.tables}
    lobby = paged(state.lobby, rows, pending.request.after_table or -1, more=said.more)
    return replace(state, lobby=newest(lobby, TABLES_LISTED))


def _tables_told(
    state: HouseState, said: door.TablesOpened | door.TablesChanged, _: float
) -> HouseState:
    lobby = {**state.lobby, **{entry.table: entry for entry in said.tables}}
    return replace(state, lobby=newest(lobby, TABLES_LISTED))


def _tables_closed(state: HouseState, said: door.TablesClosed, _: float) -> HouseState:
    lobby = {number: each for number, each in state.lobby.items() if number not in said.tables}
    return replace(state, lobby=lobby)


def _seat_lost(state: HouseState, said: door.SeatLost, _: float) -> HouseState:
    return _left(state, said.table)


def _signed_in(state: HouseState, said: door.SignedIn, _: float) -> HouseState:
    state, __ = state.answered(said.number)
    if said.account != state.account:  # What somebody else asked for is nothing to oneself.
        state = replace(state, pending={}, tables=state.tables if not state.account else {})
    state = replace(state, account=said.account, name=said.name, balance=said.balance)
    return talk_reduce.name(state, {said.account: said.name} if said.account else {})


def _seat_taken(state: HouseState, said: door.SeatTaken, _: float) -> HouseState:
    state, __ = state.answered(said.number)
    return state.with_table(seat=said.seat)


def arrived(state: HouseState) -> HouseState:
    """The table was shown: here one is."""
    return replace(state.with_table(live=True), status=replace(state.status, line=Line.LIVE))


def _done(state: HouseState, said: door.Done, _: float) -> HouseState:
    state, pending = state.answered(said.number)
    if pending is None:
        return state
    if isinstance(pending.request, door.LeaveSeat):
        state = _left(state, pending.request.table)
        return state if state.seated_anywhere else replace(state, sessions={})
    return talk_reduce.spoken(state, pending)


def _answered(state: HouseState, said: draw.ChainTaken, _: float) -> HouseState:
    """What it says is for the draw alone (`client/fair`)."""
    return state.answered(said.number)[0]


def _left(state: HouseState, table: int) -> HouseState:
    """One has stood up. What was seen there last stays to be seen, until one looks elsewhere."""
    if table != state.here:
        return state.without_table(table)
    return state.with_table(seat=Seat.NONE, live=False)


def _refused(state: HouseState, said: door.Refused, _: float) -> HouseState:
    state, pending = state.answered(said.number)
    if pending is not None and pending.by_itself:
        return state  # Nobody asked for it, so nobody wants to be told.
    request = pending.request if pending else None
    if isinstance(request, door.TakeSeat) and not state.at(request.table).table.live:
        state = _left(state, request.table)  # There one is not, nor comes back to.
    spot = None if said.spot == NO_SPOT else said.spot
    return refused_here(state, Refusal(request, said.reason, spot, said.figure, said.words))


def refused_here(state: HouseState, refusal: Refusal) -> HouseState:
    serial = state.serial + 1
    refusals = (*state.refusals, replace(refusal, serial=serial))[-REFUSALS_KEPT:]
    return replace(state, serial=serial, refusals=refusals)


def _granted(state: HouseState, said: ChipsGranted, _: float) -> HouseState:
    return replace(state, balance=said.balance)


# --- who is there ---------------------------------------------------------------------------------


def _players_listed(state: HouseState, said: PlayersListed, _: float) -> HouseState:
    state, pending = state.answered(said.number)
    if pending is None or not isinstance(pending.request, ListPlayers):
        return state
    rows = {entry.account: entry for entry in said.players}
    after = pending.request.after_account
    listed = _present(paged(state.table.roster, rows, after or -1, more=said.more))
    roster = newest(listed, PEOPLE_KEPT)
    state = talk_reduce.name(state, {entry.account: entry.name for entry in said.players})
    return state.with_table(roster=roster, roster_known=not said.more and roster is listed)


def _present(roster: Mapping[Account, PlayerEntry]) -> dict[Account, PlayerEntry]:
    """Of who left, though his chips may lie on the table yet, only the name is kept."""
    return {
        account: entry for account, entry in roster.items() if entry.presence is not Presence.GONE
    }


def _roster_changed(state: HouseState, said: RosterChanged, _: float) -> HouseState:
    here = dict(state.table.roster)
    for entry in said.changes:
        here[entry.account] = entry
        if entry.presence is Presence.GONE:
            del here[entry.account]
    roster = newest(here, PEOPLE_KEPT)
    state = talk_reduce.name(state, {entry.account: entry.name for entry in said.changes})
    return state.with_table(
        roster=roster,
        roster_known=state.table.roster_known and said.complete and roster is here,
        seated=said.seated,
        watching=said.watching,
    )


def paged(before: Mapping[K, V], page: Mapping[K, V], after: K, *, more: bool) -> dict[K, V]:
    """What a page says holds for everything after `after` and, if more follows, up to its end."""
    last = max(page, default=after)
    kept = {key: each for key, each in before.items() if key <= after or (more and key > last)}
    return {**kept, **page}


STEPS: Mapping[type, Callable[[HouseState, Any, float], HouseState]] = {
    events.Measured: _measured,
    events.Sent: _sent,
    events.AskedAgain: _asked_again,
    events.Unsent: _unsent,
    events.Looked: _looked,
    events.Judged: _judged,
    door.HouseIntroduced: _introduced,
    door.TablesListed: _tables_listed,
    door.TablesOpened: _tables_told,
    door.TablesChanged: _tables_told,
    door.TablesClosed: _tables_closed,
    door.SeatLost: _seat_lost,
    door.SignedIn: _signed_in,
    door.SeatTaken: _seat_taken,
    door.Done: _done,
    draw.ChainTaken: _answered,
    door.Refused: _refused,
    ChipsGranted: _granted,
    PlayersListed: _players_listed,
    RosterChanged: _roster_changed,
}
