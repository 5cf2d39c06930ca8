"""Who may ask for what, as the messages declare it. Pure."""

from client.house.state import HouseState
from protocol.house.lists import Reason, Seat
from protocol.wire import Party, Request

PARTIES = {
    Seat.NONE: Party.VISITOR,
    Seat.PLAYER: Party.PLAYER,
    Seat.CROUPIER: Party.CROUPIER,
    Seat.WATCHER: Party.WATCHER,
}


def why_not(state: HouseState, request: type[Request]) -> Reason | None:
    """Why the house would refuse it to who sits there."""
    if not state.live:
        return Reason.NOT_NOW
    return None if PARTIES[state.table.seat] & request.PARTY else Reason.NOT_YOURS
