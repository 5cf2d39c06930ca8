"""What a person wants of a small game, as the request that says it. Pure."""

from client.games.form.state import FormState
from protocol.house.form import Act, FormAction
from protocol.house.lists import ActionKind, Reason
from protocol.text import UnfitTextError, fit_line

UNNUMBERED = 0
"""The number of a request is given where it is sent."""


def act(form: FormState, action: FormAction, value: int = 0, words: str = "") -> Act:
    """Do this, in the turn that the person was looking at."""
    assert form.shown
    return Act(UNNUMBERED, form.shown.turn, action.action, value, words)


def why_not(action: FormAction, value: int = 0, words: str = "") -> tuple[Reason, int] | None:
    """Why the house would refuse it, and the figure that the reason speaks of."""
    if action.kind in (ActionKind.NUMBER, ActionKind.CHOICE):
        if value < action.least:
            return Reason.UNDER_LEAST, action.least
        if value > action.most:
            return Reason.OVER_MOST, action.most
    if action.kind is ActionKind.TEXT:
        try:
            fit_line(words)
        except UnfitTextError:
            return Reason.TEXT_UNFIT, 0
    return None
