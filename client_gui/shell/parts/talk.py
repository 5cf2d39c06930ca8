"""The part of the table scene that talks: conversations, and the line to type in."""

from typing import ClassVar

import pygame

from client_gui.kit.resources import sanitize
from client_gui.shell.panels.talk import FIELD as SAY
from client_gui.shell.panels.talk import Talk
from client_gui.shell.parts import talking
from client_gui.shell.parts.part import Choose, Press, TablePart
from client_gui.shell.scene import Intents

NOTHING = pygame.Surface((1, 1))
"""Where lines are measured and not drawn."""


class TalkPart(TablePart):
    def say_why(self, text: str, now: float) -> None:
        """Something that was asked for in the talk could not be done."""
        talking.note(self.ui, sanitize(text), now)

    def show_room(self, account: int, name: str = "") -> None:
        """Open a conversation."""
        self.ui.talk.go(self.known, account, name)

    def put_back(self, text: str, room: int) -> None:
        """A line that could not be said stands where it was typed."""
        talking.stay(self.ui, self.known, text, room)

    def show_commands(self) -> None:
        self.ui.talk.help, self.ui.talk.calls = True, False

    def show_people(self) -> None:
        self.ui.tab = "players"

    def completed(self, field: str, step: int) -> bool:
        if field != SAY or not self.ui.lines.get(SAY):
            return False
        return talking.complete(self.ui, self.known, self.words, step)

    def scrolled(self, name: str | None, by: int, now: float) -> None:
        if name == "messages":
            frame = self.frame(now)
            most = Talk().farthest(self.canvas(NOTHING, frame.layout.scale), frame)
            self.ui.scroll[name] = max(0, min(most, self.ui.scroll.get(name, 0) - by))
        super().scrolled(name, by, now)

    def walked(self, now: float) -> list[str]:
        """While a list is open over the talk, the keyboard stays in it."""
        rows = [name for name in self.hits(now) if name.startswith(("call:", "command:"))]
        return rows or super().walked(now)

    def escaped(self, now: float) -> Intents:
        self.ui.talk.calls = self.ui.talk.help = False
        return super().escaped(now)

    def due(self, now: float) -> float:
        until = self.ui.talk.note_until
        return min(until if until > now else float("inf"), super().due(now))

    def _say(self, now: float) -> Intents:
        del now
        return talking.entered(self.ui)

    def _room(self, which: str, now: float) -> Intents:
        del now
        return talking.press(self.ui, self.known, self.words, f"room:{which}")

    def _press(self, which: str, now: float) -> Intents:
        del now
        return talking.press(self.ui, self.known, self.words, f"talk:{which}")

    def _call(self, which: str, now: float) -> Intents:
        del now
        return talking.press(self.ui, self.known, self.words, f"call:{which}")

    def _command(self, which: str, now: float) -> Intents:
        del now
        return talking.press(self.ui, self.known, self.words, f"command:{which}")

    def _people(self, now: float) -> Intents:
        del now
        self.show_people()
        return []

    def _to_talk(self, now: float) -> Intents:
        if SAY in self.hits(now):
            self.ui.focus = SAY
        return []

    BUTTONS: ClassVar[dict[str, Press]] = {
        "button:people": _people,
        "button:talk": _to_talk,
    }
    KINDS: ClassVar[dict[str, Choose]] = {
        "room": _room,
        "talk": _press,
        "call": _call,
        "command": _command,
    }
    FIELDS: ClassVar[dict[str, Press]] = {SAY: _say}
    KEYS: ClassVar[dict[str, dict[int, str]]] = {"croupier": {pygame.KSCAN_RETURN: "button:talk"}}
