"""The part of the table scene that sets up the window: the gear, the language, the way out."""

from typing import ClassVar

import pygame

from client_gui.kit.box import Point
from client_gui.shell import intents as ask
from client_gui.shell.parts.part import Choose, Press, Step, TablePart
from client_gui.shell.preferences import READING, VOLUMES, stepped
from client_gui.shell.scene import Intents

IN_MENU = ("menu", "set:", "less:", "more:", "button:settings")
_KEYS = {
    pygame.KSCAN_S: "button:settings",
    pygame.KSCAN_M: "set:sound",
    pygame.KSCAN_LEFTBRACKET: "less:volume",
    pygame.KSCAN_RIGHTBRACKET: "more:volume",
}
_ALONG = {pygame.KSCAN_UP: -1, pygame.KSCAN_DOWN: 1}
_ASIDE = {pygame.KSCAN_LEFT: "less", pygame.KSCAN_RIGHT: "more"}


class SettingsPart(TablePart):
    def touched(self, name: str | None, at: Point, button: int, now: float) -> Intents:
        """A press beside the open menu closes it."""
        if self.ui.menu and not (name or "").startswith(IN_MENU):
            self.ui.menu = False
        return super().touched(name, at, button, now)

    def escaped(self, now: float) -> Intents:
        self.ui.menu = False
        return super().escaped(now)

    def shortcut(self, scancode: int, now: float) -> Intents:
        """In the open menu the arrows go from row to row, and make more or less of one."""
        _, _, row = (self.ui.focus or "").partition("set:")
        if self.ui.menu and scancode in _ALONG:
            self._walk(_ALONG[scancode], now)
            return []
        if self.ui.menu and scancode in _ASIDE:
            return self.activate(f"{_ASIDE[scancode]}:{row}", now) if row in self.STEPS else []
        return super().shortcut(scancode, now)

    def walked(self, now: float) -> list[str]:
        """While the menu is open, the keyboard stays in it."""
        if not self.ui.menu:
            return super().walked(now)
        return [name for name in self.hits(now) if name.startswith("set:")]

    def _menu(self, now: float) -> Intents:
        del now
        self.ui.menu = not self.ui.menu
        self.ui.focus = None
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

    def _sound(self, now: float) -> Intents:
        del now
        return self.prefer(muted=not self.ui.preferences.muted)

    def _volume(self, by: int, now: float) -> Intents:
        """Louder or quieter; who turns it wants to hear it."""
        del now
        volume = stepped(VOLUMES, self.ui.preferences.volume, by)
        return self.prefer(volume=volume, muted=False)

    def _less(self, what: str, now: float) -> Intents:
        return self.STEPS[what](self, -1, now)

    def _more(self, what: str, now: float) -> Intents:
        return self.STEPS[what](self, 1, now)

    def _louder(self, now: float) -> Intents:
        """Round and round, for who has no more than one key."""
        loudest = self.ui.preferences.volume == VOLUMES[-1]
        return self.prefer(volume=VOLUMES[0], muted=False) if loudest else self._volume(1, now)

    def _reading(self, by: int, now: float) -> Intents:
        del now
        return self.prefer(reading=stepped(READING, self.ui.preferences.reading, by))

    def _longer(self, now: float) -> Intents:
        longest = self.ui.preferences.reading == READING[-1]
        return self.prefer(reading=READING[0]) if longest else self._reading(1, now)

    STEPS: ClassVar[dict[str, Step]] = {"volume": _volume, "reading": _reading}

    def _marks(self, now: float) -> Intents:
        del now
        return self.prefer(marks=not self.ui.preferences.marks)

    def _large(self, now: float) -> Intents:
        del now
        return self.prefer(large=not self.ui.preferences.large)

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
        "set:sound": _sound,
        "set:volume": _louder,
        "set:motion": _motion_setting,
        "set:reading": _longer,
        "set:marks": _marks,
        "set:large": _large,
        "set:leave": _leave,
    }
    KINDS: ClassVar[dict[str, Choose]] = {"less": _less, "more": _more}
    KEYS: ClassVar[dict[str, dict[int, str]]] = {"player": _KEYS, "croupier": _KEYS}
