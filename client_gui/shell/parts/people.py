"""The part of the table scene that deals with a person picked in the list of players."""

from typing import ClassVar

from client_gui.shell import intents as ask
from client_gui.shell.frame import TableUi
from client_gui.shell.panels.talk import FIELD as SAY
from client_gui.shell.parts import talking
from client_gui.shell.parts.part import Choose, Press, TablePart
from client_gui.shell.scene import Intents
from client_gui.shell.view import Person

REASON = "field:reason"


def reason(ui: TableUi) -> str:
    """What was typed as a reason; it is used up."""
    return ui.lines.pop(REASON, "").strip()


class PeoplePart(TablePart):
    def picked(self) -> Person | None:
        return next((p for p in self.known.people if p.seat == self.ui.person), None)

    def _pick(self, seat: str, now: float) -> Intents:
        del now
        self.ui.person = None if self.ui.person == int(seat) else int(seat)
        return []

    def _kick(self, now: float) -> Intents:
        del now
        person = self.picked()
        if person is None or not self.sure("button:kick"):
            return []
        return [ask.Kick(person.seat, person.name, reason(self.ui))]

    def _hand_over(self, now: float) -> Intents:
        del now
        person = self.picked()
        if person is None or not self.sure("button:hand_over"):
            return []
        return [ask.HandOver(person.seat, person.name)]

    def _warn(self, now: float) -> Intents:
        del now
        person = self.picked()
        return [ask.Warn(person.seat, reason(self.ui))] if person else []

    def _mute(self, now: float) -> Intents:
        del now
        person = self.picked()
        if person is None:
            return []
        return [ask.Mute(person.seat, 0 if person.muted else talking.MUTE_SECONDS, reason(self.ui))]

    def _write(self, now: float) -> Intents:
        del now
        if person := self.picked():
            self.ui.talk.go(self.known, person.seat, person.name)
            self.ui.focus = SAY
        return []

    def _session(self, now: float) -> Intents:
        del now
        person = self.picked()
        return [ask.Talk("/session", person.seat)] if person else []

    def _ignore(self, now: float) -> Intents:
        del now
        person = self.picked()
        return [talking.ignore(self.known, person.seat)] if person else []

    KINDS: ClassVar[dict[str, Choose]] = {"person": _pick}
    BUTTONS: ClassVar[dict[str, Press]] = {
        "button:kick": _kick,
        "button:hand_over": _hand_over,
        "button:warn": _warn,
        "button:mute": _mute,
        "button:write": _write,
        "button:session": _session,
        "button:ignore": _ignore,
    }
