"""What a click on the layout asks for, or why it cannot be asked for: pure.

The server judges every bet. What is refused here would be refused there, too; it is only said at
once, next to the spot.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from client_gui.frame import Frame
from client_gui.intents import PlaceBets, TakeBack
from client_gui.show import Stage
from client_gui.view import CLASSIC_SPOTS, Line, Phase, Role
from client_gui.words import number
from protocol.roulette import Chips, Spot

CLASSIC_MOST = 65_535

Lay = tuple[tuple[Spot, Chips], ...]


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


def _affordable(f: Frame, lay: Lay, spot: Spot | None) -> No | None:
    if f.known.balance is None:
        return None
    have = f.known.balance - sum(f.known.pending.values())
    if sum(chips for _, chips in lay) > have:
        return _no("not_enough", spot, n=number(max(0, have)))
    return None


def place(f: Frame, spot: Spot) -> PlaceBets | No:
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
    lay = ((spot, amount),)
    return _affordable(f, lay, spot) or PlaceBets(lay)


def place_all(f: Frame, lay: Lay) -> PlaceBets | No | None:
    """Lay several bets at once: double, or those of the last round."""
    if not lay:
        return None
    return _closed(f, None) or _affordable(f, lay, None) or PlaceBets(lay)


def take_back(f: Frame, spot: Spot) -> TakeBack | No:
    """Take what is in the hand, or what lies there if that is less."""
    if no := _closed(f, spot):
        return no
    if f.known.classic:
        return _no("classic_once", spot)
    lies = f.known.my_bets.get(spot, 0)
    if not lies:
        return _no("nothing_here", spot)
    return TakeBack(((spot, min(lies, max(1, f.ui.amount()))),))


def undo(f: Frame) -> TakeBack | No | None:
    """Take back what the last click laid, as far as it still lies there."""
    if no := _closed(f, None):
        return no
    while f.ui.laid:
        lay = f.ui.laid.pop()
        left = tuple(
            (spot, min(chips, f.known.my_bets[spot]))
            for spot, chips in lay
            if f.known.my_bets.get(spot)
        )
        if left:
            return TakeBack(left)
    if f.known.my_bets:
        return TakeBack((list(f.known.my_bets.items())[-1],))
    return None


def clear(f: Frame) -> TakeBack | No | None:
    if no := _closed(f, None):
        return no
    return TakeBack(tuple(f.known.my_bets.items())) if f.known.my_bets else None
