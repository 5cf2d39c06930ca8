"""A form as lines, and how often it is printed anew. Pure."""

from collections.abc import Iterator
from string import ascii_lowercase

from client.games.form.state import FormState, Offered
from protocol.house.lists import ActionKind

PAUSE = 3.0
"""Seconds between two prints of what the others do."""


def printed(form: FormState, language: str, now: float) -> list[str]:
    """The form, from above."""
    return [*_printed(form, language, now)]


def _printed(form: FormState, language: str, now: float) -> Iterator[str]:
    yield headed(form, language, now)
    yield from form.lines(language)
    yield from _actions(form, language)


def headed(form: FormState, language: str, now: float) -> str:
    """The title, with its clock."""
    seconds = form.seconds_left(now)
    clock = "" if seconds is None else f" · {seconds // 60}:{seconds % 60:02}"
    return f"{form.title(language)}{clock}"


def _actions(form: FormState, language: str) -> Iterator[str]:
    for letter, offered in zip(ascii_lowercase, form.offered(language), strict=False):
        yield f"  {letter}  {offered.label}{_takes(offered)}"


def _takes(offered: Offered) -> str:
    """What stands behind the label."""
    action = offered.action
    if action.kind is ActionKind.NUMBER:
        return f" ({action.least}–{action.most})"
    choices = [f"{place} {choice}" for place, choice in enumerate(offered.choices, 1)]
    return f": {' · '.join(choices)}" if choices else ""


def changed(before: FormState, after: FormState, language: str, now: float) -> list[str]:
    """What of the form was not there before; all of it, if it has another title."""
    if before.title(language) != after.title(language):
        return printed(after, language, now)
    known = {*before.lines(language), *_actions(before, language)}
    now_there = (*after.lines(language), *_actions(after, language))
    return [each for each in now_there if each not in known]


class Sheets:
    """What was printed of each form. Anew is printed only what is new; what the others do, not
    more often than it can be read.
    """

    def __init__(self) -> None:
        self._printed: dict[int, tuple[FormState, float]] = {}
        self._held: dict[int, FormState] = {}
        self._own: dict[int, float] = {}
        """When one has done something at a table, and has not seen yet what came of it."""

    def did(self, table: int, now: float) -> None:
        """What one asked for there is done: the next form is one's own doing."""
        self._own[table] = now

    def awaits(self, table: int, now: float) -> bool:
        """Whether that form is still to come; a house that shows none is not waited for longer."""
        return table in self._own and now < self._own[table] + PAUSE

    def take(self, table: int, form: FormState, language: str, now: float) -> list[str]:
        """The form of this table is this one now: what is printed for it."""
        before, own = self._printed.get(table), self._own.get(table)
        if own is not None and (now >= own + PAUSE or (form.shown and form.shown.actions)):
            del self._own[table]  # Where there is nothing to do yet, more is to come of it.
        if before is None:
            return self.whole(table, form, language, now)
        of_others = own is None and _offer(before[0]) == _offer(form)
        if of_others and now < before[1] + PAUSE:
            self._held[table] = form
            return []
        return self._print(table, form, language, now)

    def whole(self, table: int, form: FormState, language: str, now: float) -> list[str]:
        """Print all of it."""
        self._note(table, form, now)
        return printed(form, language, now)

    def late(self, language: str, now: float) -> dict[int, list[str]]:
        """By the table, what has waited long enough."""
        due = [table for table in self._held if now >= self._printed[table][1] + PAUSE]
        return {table: self._print(table, self._held[table], language, now) for table in due}

    @property
    def holds(self) -> bool:
        """Whether there is something that is printed later."""
        return bool(self._held)

    def forget(self, table: int) -> None:
        """One is no longer there."""
        self._printed.pop(table, None)
        self._held.pop(table, None)
        self._own.pop(table, None)

    def _print(self, table: int, form: FormState, language: str, now: float) -> list[str]:
        before = self._printed[table][0]
        self._note(table, form, now)
        return changed(before, form, language, now)

    def _note(self, table: int, form: FormState, now: float) -> None:
        self._printed[table] = form, now
        self._held.pop(table, None)


def _offer(form: FormState) -> object:
    """What somebody waits for: another turn, or something else to do."""
    return form.shown and (form.shown.turn, form.shown.title, form.shown.actions)
