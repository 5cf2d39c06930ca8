"""The small games, as this client knows a game: all of them are one, for all show a form."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from client.games.form.reduce import STEPS
from client.games.form.sitting import FormSitting
from client.games.form.state import FormState, form
from client.games.game import Game
from client.house.reduce import arrived
from client.house.state import HouseState
from protocol.house.form import ChipsMoved, FormIntroduced, FormShown
from protocol.house.lists import Seat


def awaits(state: HouseState) -> bool:
    """Whether something is offered, and the clock runs."""
    now = form(state)
    offered = bool(now.shown and now.shown.actions)
    return state.live and state.table.seat is Seat.PLAYER and offered and now.ends_at is not None


def _taken_in(step: Callable[[FormState, Any, float], FormState]) -> Any:
    """A step of the form, as a step of all that is known."""
    return lambda state, said, now: state.with_table(game=step(form(state), said, now))


def _shown(state: HouseState, shown: FormShown, now: float) -> HouseState:
    return arrived(state.with_table(game=STEPS[FormShown](form(state), shown, now)))


def _moved(state: HouseState, moved: ChipsMoved, _: float) -> HouseState:
    state = state.with_table(game=replace(form(state), at_stake=moved.at_stake))
    return replace(state, balance=moved.balance)


GAME = Game(
    name="form",
    draws=False,
    steps={
        FormIntroduced: _taken_in(STEPS[FormIntroduced]),
        FormShown: _shown,
        ChipsMoved: _moved,
    },
    sitting=FormSitting,
    lists={},
    awaits=awaits,
    introduced=FormIntroduced,
    shown=FormShown,
    unfit={},
)
