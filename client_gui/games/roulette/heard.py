"""What there is to be heard of a roulette: from one moment to the next. Pure."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from client_gui.games.roulette import rolling
from client_gui.games.roulette.rolling import Rolling
from client_gui.games.roulette.show import Show, Stage
from client_gui.games.roulette.view import Phase, RouletteView
from client_gui.sound.cues import Cue
from protocol.games.roulette.rules import SPOTS, Pocket
from protocol.house.fields import Chips

LAST_CALL = 5.0
"""So many seconds before the bets are closed."""


class Moment(NamedTuple):
    """What of a moment can be heard."""

    round: int = 0
    phase: Phase = Phase.WAITING
    stage: Stage = Stage.REST
    laid: Chips = 0
    """Mine, answered for or not."""
    calling: bool = False
    """Whether these are the last seconds to bet."""
    outcome: int = 0
    """The round of the result that is shown."""
    lost: bool = False
    """Whether chips are raked off the table now."""
    paid: bool = False
    """Whether mine are being paid."""
    net: int = 0


def moment(show: Show, view: RouletteView, now: float) -> Moment:
    """Of the table as it may be seen now: see `Show.shown`."""
    left = None if view.deadline is None else view.deadline - now
    calling = left is not None and left <= LAST_CALL and view.phase is Phase.BETTING
    stage, outcome = show.stage(now)[0], view.outcome
    laid = sum(view.my_bets.values()) + sum(view.pending.values())
    if outcome is None:
        return Moment(view.round, view.phase, stage, laid, calling)
    lost = stage is Stage.RAKE and _some_lost(show, outcome.pocket)
    paid = stage is Stage.PAY and bool(outcome.won)
    return Moment(
        *(view.round, view.phase, stage, laid, calling),
        *(outcome.round, lost, paid, outcome.net or 0),
    )


def _some_lost(show: Show, pocket: Pocket) -> bool:
    lay = show.before.totals if show.before is not None else ()
    return any(pocket not in SPOTS[spot].covers for spot in lay)


def cues(old: Moment, new: Moment) -> Iterator[Cue]:
    """What has become audible since the moment before."""
    betting = old.phase is new.phase is Phase.BETTING and old.round == new.round
    if betting and new.laid != old.laid:
        yield Cue.LAID if new.laid > old.laid else Cue.LIFTED
    if betting and new.calling and not old.calling:
        yield Cue.LAST_CALL
    if old.phase is Phase.BETTING and new.phase in (Phase.CLOSED, Phase.SPINNING):
        yield Cue.CLOSED
    if new.stage is Stage.RAKE is not old.stage and new.lost:
        yield Cue.RAKED
    if new.stage is Stage.PAY is not old.stage and new.paid:
        yield Cue.PAID
    if new.outcome != old.outcome and new.net > 0 and old.phase is not Phase.WAITING:
        yield Cue.WON


class Ears:
    """Listens to one table."""

    prepare = staticmethod(rolling.prepare)

    def __init__(self, seen: Callable[[], tuple[Show, RouletteView]]) -> None:
        self._seen = seen
        self._was = Moment()

    def listen(self, now: float) -> tuple[Iterable[Cue], Rolling | None]:
        show, known = self._seen()
        was, self._was = self._was, moment(show, show.shown(known, now), now)
        rolls = show.spin.thrown and not show.spin.over(now)
        return cues(was, self._was), Rolling(show.spin) if rolls else None
