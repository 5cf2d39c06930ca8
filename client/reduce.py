"""One pure reducer: what was known, and what happened, give what is known now.

The table's messages and what happens on this side (`events`) come in through the same door, in the
order in which they happened. What is said at a table is taken in with the house looked at from that
table; a game's messages go to the game. No order of messages, however strange, raises.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from client.games import GAMES
from client.house import events
from client.house import reduce as house
from client.house.events import Local
from client.house.state import HouseState, Line, Refusal, Status
from client.talk import reduce as talk_reduce
from protocol.messages import FROM_CLIENT
from protocol.wire import Message, Party


def reduce(state: HouseState, said: Message | Local, now: float) -> HouseState:
    """What is known after this; what says nothing new changes nothing."""
    steps = _STEPS.get(type(said), ())
    if not steps:
        return state
    table = events.table_of(said)
    there = state if table is None else state.at(table)
    for step in steps:
        there = step(there, said, now)
    return there if table is None else there.at(state.here)


def _connecting(state: HouseState, _: events.Connecting, __: float) -> HouseState:
    return replace(state, status=Status(Line.CONNECTING, latency=state.status.latency))


def _lost(state: HouseState, lost: events.LinkLost, _: float) -> HouseState:
    status = Status(Line.LOST, lost.trouble, lost.farewell, lost.words, lost.retry_at)
    return _unanswered(_cut(state, status), keep_bets=True)


def _gone(state: HouseState, gone: events.LinkGone, _: float) -> HouseState:
    status = Status(Line.GONE, gone.trouble, gone.farewell, gone.words)
    return _unanswered(_cut(state, status), keep_bets=False)


def _cut(state: HouseState, status: Status) -> HouseState:
    tables = {number: replace(each, live=False) for number, each in state.tables.items()}
    return talk_reduce.cut(replace(state, status=status, tables=tables))


def _unanswered(state: HouseState, *, keep_bets: bool) -> HouseState:
    """Without a line nothing is answered; bets are asked about again when there is one."""
    kept, lost = {}, []
    for number, each in state.pending.items():
        if keep_bets and isinstance(each.request, REPEATED):
            kept[number] = replace(each, again=False)
        elif isinstance(each.request, SHOWN_WHEN_LOST):
            lost.append(each.request)
    state = replace(state, pending=kept)
    for request in lost:
        state = house.refused_here(state, Refusal(request, None))
    return state


REPEATED = tuple(each for game in GAMES.values() for each in game.sitting.REPEATED)
SHOWN_WHEN_LOST: tuple[type[Message], ...] = (
    *REPEATED,
    *(each for each in FROM_CLIENT.values() if each.PARTY is Party.CROUPIER),
    *talk_reduce.SPOKEN,
)
"""What a person did himself, and wants to know about if nothing came of it."""

Step = Callable[[HouseState, Any, float], HouseState]
_LINE: Mapping[type, Step] = {
    events.Connecting: _connecting,
    events.LinkLost: _lost,
    events.LinkGone: _gone,
}
_LAYERS = (_LINE, house.STEPS, talk_reduce.STEPS, *(game.steps for game in GAMES.values()))
_STEPS: dict[type, tuple[Step, ...]] = {
    kind: tuple(steps[kind] for steps in _LAYERS if kind in steps)
    for kind in {kind for steps in _LAYERS for kind in steps}
}
"""By the message, which is one game's; the house's step goes first."""
