"""The table as a whole room watches it: nothing to press, and all of it to be read from afar."""

from collections.abc import Callable
from typing import ClassVar

import pygame

from client_gui import ground
from client_gui import intents as ask
from client_gui.frame import Frame
from client_gui.invitation import Invitation
from client_gui.layout import Layout, Size
from client_gui.preferences import Preferences
from client_gui.resources import Cache, Typesetter
from client_gui.room import Room
from client_gui.scenes.base import Intents
from client_gui.scenes.part import Press
from client_gui.scenes.table import PILL_STEP, TableScene
from client_gui.theme import Style
from client_gui.widgets.base import Canvas, Hits, Panel
from client_gui.widgets.top import Pill
from client_gui.widgets.tv import Head, Join, LineWords, Numbers, Result, room
from client_gui.widgets.wheel import Wheel, draw_base
from client_gui.words import Words


class TvScene(TableScene):
    """The same table with other panels, without a mouse and with four keys."""

    name = "tv"
    pointed = False

    def __init__(
        self,
        where: Callable[[], Invitation | None],
        words: Words,
        type_: Typesetter,
        made: Cache,
        preferences: Preferences | None = None,
    ) -> None:
        self._where = where
        super().__init__(words, type_, made, preferences)

    @property
    def join(self) -> str | None:
        """Where others can join, as far as that is known; empty if they cannot."""
        invitation = self._where()
        if invitation is None:
            return None
        return invitation.address if invitation.for_others else ""

    # What is put where

    def panels(self) -> tuple[Panel[Frame], ...]:
        phase = Pill(lambda f: room(f).phase, Style.FAR_PHASE, Style.FAR_CLOCK, Style.FAR)
        return Wheel(), Head(), phase, LineWords(), Result(), Numbers(), Join(self._where)

    def arranged(self, size: Size) -> Layout:
        return Room.of(size).layout

    def draw_ground(self, canvas: Canvas) -> None:
        canvas.surface.blit(ground.cloth(self.size), (0, 0))
        draw_base(canvas, self._layout.wheel)
        ground.panel(canvas, Room.of(self.size).join)

    def due(self, now: float) -> float:
        return min(super().due(now), now + PILL_STEP if self._where() is None else float("inf"))

    # Hands

    def hits(self, now: float) -> Hits:
        del now
        return {}

    def spot_hits(self, now: float) -> Hits:
        return self.hits(now)

    def handle(self, event: pygame.event.Event, now: float) -> Intents:
        """Nobody sits before it: it only listens to its keys."""
        if event.type != pygame.KEYDOWN:
            return []
        name = self.KEYS["tv"].get(event.scancode)
        return self.activate(name, now) if name is not None else []

    def out(self, now: float) -> Intents:
        """Out of the full screen, and then out of the room."""
        if self.ui.fullscreen:
            return self.activate("set:fullscreen", now)
        return [ask.Leave()]

    BUTTONS: ClassVar[dict[str, Press]] = {"button:out": out}
    KEYS: ClassVar[dict[str, dict[int, str]]] = {
        "tv": {
            pygame.KSCAN_ESCAPE: "button:out",
            pygame.KSCAN_F: "set:fullscreen",
            pygame.KSCAN_L: "set:language",
            pygame.KSCAN_M: "set:sound",
        },
    }
