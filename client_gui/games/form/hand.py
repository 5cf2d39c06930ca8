"""What comes of a form's controls: what is pressed, and what is typed without a field. Pure.

A control is named by what it does: `press:3`, `choice:3:0`, `field:4` and `send:4`, with the number
of the action. What comes of it is the request itself, or why the house would refuse it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from client.games.form.requests import act, why_not
from client.games.form.state import FormState
from client_gui.kit.writing import Writing
from protocol.house.form import Act, FormAction
from protocol.house.lists import ActionKind, Reason

Came: TypeAlias = Act | tuple[Reason, int] | None
WRITTEN = ActionKind.NUMBER, ActionKind.TEXT
DIGITS = 18
"""More are no number of ours."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What the person is doing with the form."""

    focus: str = ""
    over: str | None = None
    pressed: str | None = None
    typed: Mapping[int, Writing] = field(default_factory=dict)
    """What stands in the field of each action."""


def controls(form: FormState) -> tuple[str, ...]:
    """The controls in their order, as the Tab key goes through them."""
    names: list[str] = []
    pressed: list[str] = []
    for action, _, __ in form.offered(""):
        if action.kind in WRITTEN:
            names += (f"field:{action.action}", f"send:{action.action}")
        elif action.kind is ActionKind.CHOICE:
            names += (f"choice:{action.action}:{n}" for n in range(len(action.choices)))
        else:
            pressed.append(f"press:{action.action}")
    return (*names, *pressed)


def press(form: FormState, hand: Hand, name: str) -> tuple[Hand, Came]:
    """A click on a control, or Enter on it."""
    what, number, *rest = name.split(":")
    actions = {action.action: action for action, _, __ in form.offered("")}
    action = actions.get(int(number))
    hand = replace(hand, focus=name)
    if action is None or name not in controls(form):
        return hand, None
    if what == "field":
        return hand, None
    if what == "send":
        return _send(form, hand, action)
    return hand, act(form, action, int(rest[0]) if rest else 0)


def _send(form: FormState, hand: Hand, action: FormAction) -> tuple[Hand, Came]:
    text = hand.typed.get(action.action, Writing()).text.strip()
    value, words = 0, text
    if action.kind is ActionKind.NUMBER:
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= DIGITS):
            return hand, None
        value, words = int(text), ""
    if cannot := why_not(action, value, words):
        return hand, cannot
    rest = {at: line for at, line in hand.typed.items() if at != action.action}
    done = replace(hand, focus=f"field:{action.action}", typed=rest)
    return done, act(form, action, value, words)


def type_in(form: FormState, hand: Hand, text: str) -> tuple[Hand, Came]:
    """Letters. They go into the field that has the focus, or else into the first one; where there
    is none, a digit takes the choice of that place.
    """
    names = controls(form)
    fields = [name for name in names if name.startswith("field:")]
    target = hand.focus if hand.focus in fields else next(iter(fields), "")
    if target and (target == hand.focus or not text.isspace()):  # A space pressed a button.
        number = int(target.partition(":")[2])
        line = hand.typed.get(number, Writing()).put(text)
        return replace(hand, focus=target, typed={**hand.typed, number: line}), None
    places = [name for name in names if name.startswith("choice:")]
    if len(text) == 1 and text in "123456789" and int(text) <= len(places):
        return press(form, hand, places[int(text) - 1])
    return hand, None
