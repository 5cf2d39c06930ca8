"""What I won or lost tonight at other tables than the one looked at, and what lies there. Pure."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from client.house.state import HouseState
from protocol.house.fields import Chips
from protocol.house.lists import Seat


class OwnChips(NamedTuple):
    """What a game tells of my chips at one of its tables."""

    source: Callable[[HouseState], object]
    """What the net is made from: as long as it is the very same, so is the net."""
    net: Callable[[HouseState], int]
    staked: Callable[[HouseState], Chips]


class Elsewhere:
    """Called with the table that one looks at. Who gets up from a table has lost there what they
    lost: it is remembered for the night.
    """

    def __init__(self, own_chips: Callable[[HouseState], OwnChips | None]) -> None:
        self._own_chips = own_chips
        self._nets: dict[int, tuple[object, int]] = {}

    def __call__(self, state: HouseState) -> tuple[int, Chips]:
        staked = 0
        for there in _played(state):
            told = self._own_chips(there)
            if told is None:
                continue
            source, known = told.source(there), self._nets.get(there.here)
            if known is None or known[0] is not source:
                self._nets[there.here] = source, told.net(there)
            if there.here != state.here:
                staked += told.staked(there)
        return sum(net for at, (_, net) in self._nets.items() if at != state.here), staked


def _played(state: HouseState) -> Iterator[HouseState]:
    """The tables where one plays, each looked at from there."""
    if state.table.seat is Seat.PLAYER:
        yield state
    for number, table in state.tables.items():
        if number != state.here and table.seat is Seat.PLAYER:
            yield state.at(number)
