"""What a click on the layout asks for, or why it cannot be asked for: pure.

The server judges every bet. What is refused here would be refused there, too; it is only said at
once, next to the spot.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from client_gui.games.roulette.deeds import Deed, Deeds, deed, inverse
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.intents import PlaceBets, TakeBack
from client_gui.games.roulette.show import Stage
from client_gui.games.roulette.view import CLASSIC_SPOTS, Phase
from client_gui.kit.words import number
from client_gui.shell.view import Line, Role
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips

CLASSIC_MOST = 65_535


@dataclass(frozen=True, slots=True)
class No:
    """It cannot be: the key of the reason, what to fill in, and where."""

    key: str
    values: Mapping[str, str]
    spot: Spot | None = None


def _no(key: str, spot: Spot | None = None, **values: str) -> No:
    return No(f"note.{key}", values, spot)


def _closed(f: Frame, spot: Spot | None) -> No | None:
    """Whether hands are off the table."""
    known = f.known
    if known.role is Role.CROUPIER:
        return _no("not_allowed", spot)
    if known.role is Role.WATCHER:
        return _no("watcher", spot)
    if known.line is not Line.UP:
        return _no("no_line", spot)
    if f.stage is Stage.SPIN and known.phase is Phase.BETTING:
        return _no("ball_runs", spot)
    if known.phase is not Phase.BETTING:
        return _no("closed", spot)
    return None


def _affordable(f: Frame, wanted: Deed, spot: Spot | None) -> No | None:
    if no := _own_limits(f, wanted, spot):
        return no
    if f.known.balance is None:
        return None
    have = in_hand(f)
    if sum(chips for _, chips in wanted) > have:
        return _no("not_enough", spot, n=number(have))
    return None


def _own_limits(f: Frame, wanted: Deed, spot: Spot | None) -> No | None:
    """Whether it is more than a person has allowed himself tonight."""
    if all(chips <= 0 for _, chips in wanted):
        return None
    own_limits, net = f.ui.own_limits, f.net
    if own_limits.time_is_up(f.hour):
        return _no("own_time", spot)
    at_stake = f.known.at_stake + f.known.staked_elsewhere
    left = own_limits.left(net, at_stake, f.hour)
    if left is None or sum(chips for _, chips in wanted) <= left:
        return None
    return _no("own_left", spot, n=number(left)) if left else _no("own_loss", spot)


def in_hand(f: Frame) -> Chips:
    """What of the balance does not lie on the table, answered for or not."""
    return max(0, (f.known.balance or 0) - sum(f.known.pending.values()))


def place(f: Frame, spot: Spot) -> Deed | No:
    """Lay what is in the hand on this spot."""
    amount = f.ui.amount()
    if no := _closed(f, spot):
        return no
    if f.known.classic:
        if spot not in CLASSIC_SPOTS:
            return _no("classic_spot", spot)
        if f.known.laid:
            return _no("classic_once", spot)
        if amount > CLASSIC_MOST:
            return _no("classic_sum", spot, n=number(CLASSIC_MOST))
    if amount <= 0:
        return _no("limit_least", spot, n=number(1))
    lay = deed((spot, amount))
    return _affordable(f, lay, spot) or lay


def place_all(f: Frame, lay: Deed) -> Deed | No | None:
    """Lay several bets at once: those of the racetrack, double, or the last round's."""
    if not lay:
        return None
    return _closed(f, None) or _affordable(f, lay, None) or lay


def double(f: Frame) -> Deed | No | None:
    """As much again; on an empty table what lay there in the last round, doubled."""
    if f.known.free:
        return place_all(f, deed(*f.known.free.items()))
    return place_all(f, deed(*f.ui.last, *f.ui.last))


def take_back(f: Frame, spot: Spot) -> Deed | No:
    """Take what is in the hand, or what lies there if that is less."""
    if no := _closed(f, spot):
        return no
    if f.known.classic:
        return _no("classic_once", spot)
    lies = f.known.my_bets.get(spot, 0)
    if not lies:
        return _no("nothing_here", spot)
    return deed((spot, -min(lies, max(1, f.ui.amount()))))


def move(f: Frame, start: Spot, end: Spot) -> Deed | No | None:
    """Draw a stack to another spot."""
    lies = f.known.my_bets.get(start, 0)
    way = deed((start, -lies), (end, lies))
    return _closed(f, end) or _own_limits(f, way, end) or way or None


def undo(f: Frame) -> tuple[Deeds, Deed] | No | None:
    """Undo the last deed; then, one by one, what lay there before the first."""
    if no := _closed(f, None):
        return no
    lies = f.known.free
    if f.known.pending:
        return None  # One moment: what is not answered for cannot be undone yet.
    deeds, back = f.ui.deeds.undo(lies)
    if not back and lies:
        spot, chips = list(lies.items())[-1]
        back = deed((spot, -chips))
        deeds = Deeds(undone=(*deeds.undone, inverse(back)))
    return (deeds, back) if back else None


def redo(f: Frame) -> tuple[Deeds, Deed] | No | None:
    if no := _closed(f, None):
        return no
    if f.known.pending:
        return None
    deeds, again = f.ui.deeds.redo(f.known.free)
    if no := _affordable(f, again, None):
        return no
    return (deeds, again) if again else None


def clear(f: Frame) -> Deed | No | None:
    if no := _closed(f, None):
        return no
    return inverse(deed(*f.known.free.items())) or None


def wishes(wanted: Deed) -> tuple[PlaceBets | TakeBack, ...]:
    """What to ask the server for: first to take back, so that the chips are there to be laid."""
    taken = tuple((spot, -chips) for spot, chips in wanted if chips < 0)
    laid = tuple((spot, chips) for spot, chips in wanted if chips > 0)
    return (*((TakeBack(taken),) if taken else ()), *((PlaceBets(laid),) if laid else ()))
