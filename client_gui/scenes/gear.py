"""The part of the table scene that sets up the window: the gear, the language, the way out."""

from typing import ClassVar

from client_gui import intents as ask
from client_gui.layout import Point
from client_gui.scenes.base import Intents
from client_gui.scenes.part import Press, TablePart


class GearPart(TablePart):
    def touched(self, name: str | None, at: Point, button: int, now: float) -> Intents:
        """A press beside the open menu closes it."""
        if self.ui.menu and not (name or "").startswith(("menu", "set:", "button:settings")):
            self.ui.menu = False
        return super().touched(name, at, button, now)

    def escaped(self, now: float) -> Intents:
        self.ui.menu = False
        return super().escaped(now)

    def _menu(self, now: float) -> Intents:
        del now
        self.ui.menu = not self.ui.menu
        return []

    def _language(self, now: float) -> Intents:
        del now
        return [ask.SetLanguage("ru" if self.words.language == "en" else "en")]

    def _fullscreen(self, now: float) -> Intents:
        del now
        self.ui.fullscreen = not self.ui.fullscreen
        return [ask.SetFullscreen(self.ui.fullscreen)]

    def _motion_setting(self, now: float) -> Intents:
        del now
        return self.prefer(reduced_motion=not self.ui.preferences.reduced_motion)

    def _leave(self, now: float) -> Intents:
        del now
        return [ask.Leave()] if self.sure("set:leave") else []

    def _leave_now(self, now: float) -> Intents:
        del now
        return [ask.Leave()]

    BUTTONS: ClassVar[dict[str, Press]] = {
        "button:settings": _menu,
        "button:language": _language,
        "button:leave": _leave_now,
        "set:language": _language,
        "set:fullscreen": _fullscreen,
        "set:motion": _motion_setting,
        "set:leave": _leave,
    }
