"""Any small game at its table: the form in the middle, the house around it."""

from typing import Any, ClassVar

import pygame

from client_gui.games.form import hand
from client_gui.games.form.hand import Came
from client_gui.games.form.heard import Ears
from client_gui.games.form.orders import Do
from client_gui.games.form.panels import FIELD, all_panels, ground, typed_in
from client_gui.games.form.view import FormView, form_of
from client_gui.kit.canvas import Canvas, Panel
from client_gui.kit.words import number
from client_gui.shell.frame import Frame
from client_gui.shell.parts.help import HelpPart
from client_gui.shell.parts.lists import ListPart
from client_gui.shell.parts.own_limits import OwnLimitsPart
from client_gui.shell.parts.part import Choose, Press, TablePart
from client_gui.shell.parts.people import PeoplePart
from client_gui.shell.parts.seated import Seated
from client_gui.shell.parts.settings import SettingsPart
from client_gui.shell.parts.tables import TablesPart
from client_gui.shell.parts.talk import TalkPart
from client_gui.shell.scene import Intents
from client_gui.shell.view import TableView
from client_gui.shell.view_of import REASONS
from protocol.house.form import Act


def is_control(name: str | None) -> bool:
    """Whether it is of the form, and not of the house around it."""
    kind, _, number = (name or "").partition(":")
    return kind in FormPart.KINDS_OF_FORM or (kind == "field" and number.isdigit())


class FormPart(TablePart):
    """What is pressed and typed in the form."""

    KINDS_OF_FORM = ("press", "choice", "send")

    def _control(self, name: str, now: float) -> Intents:
        _, came = hand.press(form_of(self.known), typed_in(self.ui), name)
        if isinstance(came, Act) and name.startswith("send:"):
            field = FIELD + name.partition(":")[2]
            self.ui.lines.pop(field, None)
            self.ui.focus = field
        return self._asked(came, now)

    def _asked(self, came: Came, now: float) -> Intents:
        if isinstance(came, Act):
            self.ui.bubble = None
            return [Do(came)]
        if came is not None:
            reason, figure = came
            self.note(self.words(f"note.{REASONS[reason]}", n=number(figure)), None, now)
        return []

    def _press(self, what: str, now: float) -> Intents:
        return self._control(f"press:{what}", now)

    def _take(self, what: str, now: float) -> Intents:
        return self._control(f"choice:{what}", now)

    def _send(self, what: str, now: float) -> Intents:
        return self._control(f"send:{what}", now)

    def entered(self, field: str, now: float) -> Intents:
        what = field.removeprefix(FIELD)
        return self._send(what, now) if what.isdigit() else super().entered(field, now)

    def typed(self, text: str, now: float) -> Intents:
        """A digit goes into the first field, or takes the choice of that place; a letter is the key
        that it is on.
        """
        if not (text.isascii() and text.isdigit()):
            return super().typed(text, now)
        form = form_of(self.known)
        held, came = hand.type_in(form, typed_in(self.ui), text)
        if held.focus.startswith(FIELD):
            self.ui.focus = held.focus
            self.ui.write(held.typed[int(held.focus.removeprefix(FIELD))])
        return self._asked(came, now)

    KINDS: ClassVar[dict[str, Choose]] = {"press": _press, "choice": _take, "send": _send}

    def _to_talk(self, now: float) -> Intents:
        return self.activate("button:talk", now)

    BUTTONS: ClassVar[dict[str, Press]] = {"form:talk": _to_talk}
    KEYS: ClassVar[dict[str, dict[int, str]]] = {"player": {pygame.KSCAN_RETURN: "form:talk"}}


class FormScene(
    Seated,
    HelpPart,
    TablesPart,
    SettingsPart,
    OwnLimitsPart,
    TalkPart,
    ListPart,
    PeoplePart,
    FormPart,
):
    """What lies on top is asked first."""

    name = "form"
    FOCUSABLE = (*Seated.FOCUSABLE, *(f"{kind}:" for kind in FormPart.KINDS_OF_FORM))

    known: FormView

    @staticmethod
    def nothing_known() -> FormView:
        return FormView()

    def panels(self) -> tuple[Panel[Frame], ...]:
        return all_panels()

    def draw_ground(self, canvas: Canvas) -> None:
        ground(canvas, self.size, self._layout)

    def ears(self) -> Ears:
        return Ears(lambda: self.known)

    def show_table(self, view: TableView, now: float) -> None:
        assert isinstance(view, FormView)
        super().show_table(view, now)
        there = hand.controls(form_of(view))
        if is_control(self.ui.focus) and self.ui.focus not in there:
            self.ui.focus = None  # Else one would go on typing where nothing is any more.

    def tell(self, now: float) -> dict[str, Any]:
        form, language = form_of(self.known), self.words.language
        lines = {"title": form.title(language), "lines": list(form.lines(language))}
        return super().tell(now) | lines
