"""The part of the table scene that tells the keys."""

from collections.abc import Mapping
from typing import ClassVar

import pygame

from client_gui.kit.box import Point
from client_gui.shell.parts.part import Press, TablePart
from client_gui.shell.scene import Intents
from client_gui.shell.view import Role

_KEYS = {pygame.KSCAN_H: "button:help"}
_CAPS = {
    **{pygame.KSCAN_A + at: chr(ord("A") + at) for at in range(26)},
    **{pygame.KSCAN_F1 + at: f"F{at + 1}" for at in range(12)},
    pygame.KSCAN_RETURN: "key.enter",
    pygame.KSCAN_SPACE: "key.space",
    pygame.KSCAN_DELETE: "Delete",
    pygame.KSCAN_MINUS: "−",
    pygame.KSCAN_EQUALS: "+",
    pygame.KSCAN_LEFTBRACKET: "[",
    pygame.KSCAN_RIGHTBRACKET: "]",
}
"""As a keyboard with Latin letters has them; the others are second keys for the same."""


def caps(keys: Mapping[int, str]) -> dict[str, str]:
    """What stands on the key that presses this."""
    return {name: _CAPS[code] for code, name in keys.items() if code in _CAPS}


class HelpPart(TablePart):
    def touched(self, name: str | None, at: Point, button: int, now: float) -> Intents:
        """A press anywhere puts it away."""
        if self.ui.help:
            self.ui.help = False
            self.ui.pressed = None
            return []
        return super().touched(name, at, button, now)

    def walked(self, now: float) -> list[str]:
        return ["button:help"] if self.ui.help else super().walked(now)

    def escaped(self, now: float) -> Intents:
        """First the help goes, then what lies under it."""
        if self.ui.help:
            self.ui.help = False
            return []
        return super().escaped(now)

    def _help(self, now: float) -> Intents:
        del now
        seat = "croupier" if self.known.role is Role.CROUPIER else "player"
        self.ui.caps = caps(self.KEYS[seat])
        self.ui.help = not self.ui.help
        self.ui.menu = False
        return []

    BUTTONS: ClassVar[dict[str, Press]] = {"button:help": _help, "set:help": _help}
    KEYS: ClassVar[dict[str, dict[int, str]]] = {"player": _KEYS, "croupier": _KEYS}
