"""A small game in the terminal: its form as lines, and what is typed as what it asks for. Pure.

Actions have letters. `b 50` does the second with 50; a number alone goes to the first action that
takes one, for that is what one types most: a guess, a throw, a vote.
"""

from collections.abc import Iterator
from string import ascii_lowercase
from typing import TypeAlias

from client.games.form.requests import act, why_not
from client.games.form.state import FormState, Offered
from protocol.house.form import Act
from protocol.house.lists import ActionKind, Reason

Cannot: TypeAlias = tuple[Reason, int]
"""Why not, and the figure of it."""
NUMBERED = ActionKind.NUMBER, ActionKind.CHOICE
LONGEST = 18
"""More digits are no number of ours."""


def printed(form: FormState, language: str, now: float) -> list[str]:
    """The form, from above."""
    return [*_printed(form, language, now)]


def _printed(form: FormState, language: str, now: float) -> Iterator[str]:
    seconds = form.seconds_left(now)
    clock = "" if seconds is None else f" · {seconds // 60}:{seconds % 60:02}"
    yield f"{form.title(language)}{clock}"
    yield from form.lines(language)
    for letter, offered in zip(ascii_lowercase, form.offered(language), strict=False):
        yield f"  {letter}  {offered.label}{_takes(offered)}"


def _takes(offered: Offered) -> str:
    """What stands behind the label."""
    action = offered.action
    if action.kind is ActionKind.NUMBER:
        return f" ({action.least}–{action.most})"
    choices = [f"{place} {choice}" for place, choice in enumerate(offered.choices, 1)]
    return f": {' · '.join(choices)}" if choices else ""


def typed(form: FormState, line: str) -> Act | Cannot | None:
    """What somebody asks for with this line; None: it is nothing that the form offers."""
    offered = form.offered("")
    word, _, rest = line.strip().partition(" ")
    letters = ascii_lowercase[: len(offered)]
    if len(word) == 1 and word.lower() in letters:
        return _asked(form, offered[letters.index(word.lower())], rest.strip())
    if not rest and _is_number(word):
        takers = (each for each in offered if each.action.kind in NUMBERED)
        if first := next(takers, None):
            return _asked(form, first, word)
    return None


def _asked(form: FormState, offered: Offered, rest: str) -> Act | Cannot | None:
    action, value, words = offered.action, 0, ""
    if action.kind in NUMBERED:
        if not _is_number(rest):
            return None
        value = int(rest) - (action.kind is ActionKind.CHOICE)  # People count from 1.
    elif action.kind is ActionKind.TEXT:
        words = rest
    elif rest:
        return None
    if cannot := why_not(action, value, words):
        reason, figure = cannot
        return reason, figure + (action.kind is ActionKind.CHOICE)
    return act(form, action, value, words)


def _is_number(word: str) -> bool:
    digits = word.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= LONGEST
