"""What is typed at a small game, as what it asks for. Pure.

Actions have letters. `b 50` does the second with 50, and so does its label with 50; a number or a
choice alone goes to the first action that takes it, for that is what one types most: a guess, a
throw, a vote.
"""

from collections.abc import Iterator
from string import ascii_lowercase
from typing import TypeAlias

from client.games.form.requests import act, why_not
from client.games.form.state import FormState, Offered
from client.wording import LANGUAGES
from client_text.vocabulary import normal
from protocol.house.form import Act
from protocol.house.lists import ActionKind, Reason

Cannot: TypeAlias = tuple[Reason, int]
"""Why not, and the figure of it."""
NUMBERED = ActionKind.NUMBER, ActionKind.CHOICE
LONGEST = 18
"""More digits are no number of ours."""


def typed(form: FormState, line: str) -> Act | Cannot | None:
    """What somebody asks for with letters and figures; None: it is nothing that is offered."""
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


def said(form: FormState, line: str) -> Act | Cannot | None:
    """What somebody asks for in words: with a label, or a choice, of whichever language."""
    for offered in _in_every_language(form):
        rest = _after(offered.label, line)
        asked = None if rest is None else _asked(form, offered, rest)
        if asked is not None:
            return asked
    for offered in _in_every_language(form):
        if (place := _place(offered, line)) is not None:
            return act(form, offered.action, place)
    return None


def _in_every_language(form: FormState) -> Iterator[Offered]:
    for language in LANGUAGES:
        yield from form.offered(language)


def _after(label: str, line: str) -> str | None:
    """What follows the label; None: the line does not begin with it."""
    words = normal(label).split()
    if not words or normal(line).split()[: len(words)] != words:
        return None
    return "".join(line.split(maxsplit=len(words))[len(words) :]).strip()


def _place(offered: Offered, line: str) -> int | None:
    """Which of the choices it is."""
    choices = [_after(choice, line) == "" for choice in offered.choices]
    return choices.index(True) if True in choices else None


def _asked(form: FormState, offered: Offered, rest: str) -> Act | Cannot | None:
    action, value, words = offered.action, 0, ""
    if action.kind in NUMBERED:
        place = _place(offered, rest)
        if place is not None:
            return act(form, action, place)
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
