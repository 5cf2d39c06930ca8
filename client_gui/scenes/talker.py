"""The part of the table scene that talks, and what is done about a person in the list."""

from client_gui import intents as ask
from client_gui.frame import TableUi
from client_gui.resources import sanitize
from client_gui.scenes import talk
from client_gui.scenes.base import Intents, Scene
from client_gui.view import TableView
from client_gui.widgets.talk import FIELD as SAY

REASON = "field:reason"


class TalkScene(Scene):
    """Conversations, and the buttons below the list of players."""

    ui: TableUi
    known: TableView

    def say_why(self, text: str, now: float) -> None:
        """Something that was asked for in the talk could not be done."""
        talk.note(self.ui, sanitize(text), now)

    def show_room(self, account: int, name: str = "") -> None:
        """Open a conversation."""
        self.ui.talk.go(self.known, account, name)

    def put_back(self, text: str, room: int) -> None:
        """A line that could not be said stands where it was typed."""
        talk.stay(self.ui, self.known, text, room)

    def show_people(self) -> None:
        self.ui.tab = "players"

    def completed(self, field: str, step: int) -> bool:
        if field != SAY or not self.ui.lines.get(SAY):
            return False
        return talk.complete(self.ui, self.known, self.words, step)

    def _warn(self, now: float) -> Intents:
        person = self._person()
        del now
        return [ask.Warn(person[0], self._reason())] if person else []

    def _mute(self, now: float) -> Intents:
        del now
        picked = next((p for p in self.known.people if p.seat == self.ui.person), None)
        if picked is None:
            return []
        return [ask.Mute(picked.seat, 0 if picked.muted else talk.MUTE_SECONDS, self._reason())]

    def _write(self, now: float) -> Intents:
        del now
        if person := self._person():
            self.show_room(*person)
            self.ui.focus = SAY
        return []

    def _session(self, now: float) -> Intents:
        del now
        person = self._person()
        return [ask.Talk("/session", person[0])] if person else []

    def _ignore(self, now: float) -> Intents:
        del now
        person = self._person()
        return [talk.ignore(self.known, person[0])] if person else []

    def _people(self, now: float) -> Intents:
        del now
        self.show_people()
        return []

    def _to_talk(self, now: float) -> Intents:
        if SAY in self.hits(now):
            self.ui.focus = SAY
        return []

    def _reason(self) -> str:
        reason, self.ui.lines[REASON] = self.ui.lines.get(REASON, "").strip(), ""
        return reason

    def _person(self) -> tuple[int, str] | None:
        return next(((p.seat, p.name) for p in self.known.people if p.seat == self.ui.person), None)
