"""The table as a whole room watches it: nothing to press, and all of it to be read from afar."""

from collections.abc import Callable
from typing import Any, ClassVar

import pygame

from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.layout import Layout
from client_gui.games.roulette.panels.top_bar import Pill
from client_gui.games.roulette.panels.tv import (
    Head,
    Join,
    LineWords,
    Numbers,
    Result,
    playing,
    room,
)
from client_gui.games.roulette.panels.tv_layout import TvLayout
from client_gui.games.roulette.panels.wheel import Wheel, draw_base
from client_gui.games.roulette.scene.table import TableScene
from client_gui.kit.box import Size
from client_gui.kit.canvas import Canvas, Hits, Panel
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.theme import Style
from client_gui.kit.words import Words
from client_gui.shell import intents as ask
from client_gui.shell.invitation import Invitation
from client_gui.shell.panels import backdrop
from client_gui.shell.parts.part import Press
from client_gui.shell.parts.seated import PILL_STEP
from client_gui.shell.preferences import Preferences
from client_gui.shell.scene import Intents


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
        return TvLayout.of(size).layout

    def draw_ground(self, canvas: Canvas) -> None:
        canvas.surface.blit(backdrop.cloth(self.size), (0, 0))
        draw_base(canvas, self._layout.wheel)
        backdrop.panel(canvas, TvLayout.of(self.size).join)

    def due(self, now: float) -> float:
        return min(super().due(now), now + PILL_STEP if self._where() is None else float("inf"))

    def tell(self, now: float) -> dict[str, Any]:
        return super().tell(now) | {"join": self.join, "players": playing(self.frame(now).view)}

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
