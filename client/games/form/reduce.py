"""What a small game's messages change of what is known of it. Pure: the time is passed in."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from client.games.form.state import FormState
from protocol.house.fields import NO_DEADLINE
from protocol.house.form import FormIntroduced, FormShown


def _met(form: FormState, introduced: FormIntroduced, _: float) -> FormState:
    return replace(form, introduced=introduced)


def _shown(form: FormState, shown: FormShown, now: float) -> FormState:
    ends = None if shown.ms_left == NO_DEADLINE else now + shown.ms_left / 1000
    return replace(form, shown=shown, ends_at=ends)


STEPS: Mapping[type, Callable[[FormState, Any, float], FormState]] = {
    FormIntroduced: _met,
    FormShown: _shown,
}
