"""One table, whatever is played there: what of a scene is the same at all of them.

A game's scene puts this before the parts that it takes, and says which panels it has.
"""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

import pygame

from client_gui.kit.box import Box, Size
from client_gui.kit.canvas import Canvas, Hits, Painter, Panel
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.words import Words, number
from client_gui.shell.frame import Frame, TableUi
from client_gui.shell.layout import Layout
from client_gui.shell.panels.notes import line_words, note_words
from client_gui.shell.parts import told
from client_gui.shell.parts.own_limits import OwnLimitsPart
from client_gui.shell.parts.tables import TablesPart
from client_gui.shell.parts.talk import TalkPart
from client_gui.shell.preferences import Preferences, zoom
from client_gui.shell.scene import Intents
from client_gui.shell.view import Role, TableView
from client_gui.sound.cues import Ears
from protocol.wire import Message

PILL_STEP = 0.1
"""So often the time that is left may need another pixel."""


class Seated(TablesPart, OwnLimitsPart, TalkPart):
    """Draws a view; `show_table` gives it the next one. What lies on top is asked first."""

    name = "table"
    BANNERS: ClassVar[tuple[Callable[[Any], str], ...]] = (line_words, note_words)
    """The words that stand out; the first of them that there are go to who follows from outside."""

    def __init__(
        self, words: Words, type_: Typesetter, made: Cache, preferences: Preferences | None = None
    ) -> None:
        super().__init__(words, type_, made)
        self.ui = self.hands(preferences or Preferences())
        self.known = self.nothing_known()
        self._panels = self.panels()
        self._painter = Painter(self._panels)
        self._ground: pygame.Surface | None = None
        self._layout = self.arranged((1280, 800))
        self.restyle()

    # What is put where

    @staticmethod
    def hands(preferences: Preferences) -> TableUi:
        """What they do before they do anything."""
        return TableUi(preferences=preferences)

    @staticmethod
    @abstractmethod
    def nothing_known() -> TableView:
        """What is known of the table before anything is."""

    @abstractmethod
    def panels(self) -> tuple[Panel[Any], ...]:
        """All that it draws, from the ground up: the last lies on top, and is hit first."""

    def arranged(self, size: Size) -> Layout:
        return Layout.around(size)

    @abstractmethod
    def draw_ground(self, canvas: Canvas) -> None:
        """What never changes while the window keeps its size."""

    @property
    def _shown(self) -> tuple[Panel[Any], ...]:
        """The panels that are to be seen."""
        return self._panels

    # What is known

    def show_table(self, view: TableView, now: float) -> None:
        """The table changed."""
        old, self.known = self.known, view
        refusal = view.refusal
        if refusal is not None and refusal != old.refusal:
            values = {k: number(v) if isinstance(v, int) else v for k, v in refusal.values}
            text = self.words(refusal.key, **values)
            if refusal.talk:
                self.say_why(text, now)
            elif refusal.table is not None:
                self.turned_away(refusal, text)
            else:
                self.note(text, refusal.place, now)
        if (view.messages, view.rooms) != (old.messages, old.rooms):
            self.ui.talk.look(view)

    def heard(self, view: TableView) -> None:
        """What was refused elsewhere was said there."""
        self.known = replace(self.known, refusal=view.refusal)

    def return_to(self, view: TableView, now: float) -> None:
        """It was not looked at for a while: what happened meanwhile is not played again."""
        self.show_table(view, now)
        self.ui.over = self.ui.pressed = None

    def retell(self, view: TableView) -> None:
        """The same table in other words."""
        self.known = replace(view, refusal=self.known.refusal)
        self.ui.bubble = None
        self.ui.talk.look(self.known)

    def frame(self, now: float) -> Frame:
        return Frame(self.known, self.ui, self.words, self._layout, now, self.type)

    # For the window

    def canvas(self, surface: pygame.Surface, scale: float) -> Canvas:
        canvas = super().canvas(surface, scale)
        canvas.marked = self.ui.preferences.marks
        return canvas

    def restyle(self) -> None:
        self.type.zoom = zoom(self.ui.preferences)
        if self.size != (0, 0):
            self.resize(self.size)

    def resize(self, size: Size) -> None:
        self.size = size
        self._layout = self.arranged(size)
        self._ground = None
        self.made.clear(size)
        self.type.clear(size)
        self._painter.forget()

    def paint(self, surface: pygame.Surface, now: float) -> list[Box]:
        if self._ground is None:
            self._ground = surface.copy()
            self.draw_ground(self.canvas(self._ground, self._layout.scale))
            self._painter.forget()
        canvas = self.canvas(surface, self._layout.scale)
        self._painter.turn_to(self._shown)
        damage = self._painter.paint(canvas, self._ground, self.frame(now))
        self.cut = canvas.cut
        return damage

    def moves(self, now: float) -> bool:
        del now
        return False

    def due(self, now: float) -> float:
        times = [super().due(now)]
        if self.known.deadline is not None or self.known.retry_at is not None:
            times.append(now + PILL_STEP)
        if self.ui.bubble is not None and self.ui.bubble.until > now:
            times.append(self.ui.bubble.until)
        return min(times)

    def hits(self, now: float) -> Hits:
        frame = self.frame(now)
        hits: Hits = {}
        for panel in self._shown:
            hits |= panel.hits(frame)
        return hits

    def banner(self, now: float) -> str:
        frame = self.frame(now)
        return next((said for words in self.BANNERS if (said := words(frame))), "")

    @abstractmethod
    def ears(self) -> Ears:
        """What listens to it from now on: what there was before is not news."""

    def hear(self, said: Message, now: float) -> None:
        """This was said at the table."""
        del said, now

    def tell(self, now: float) -> dict[str, Any]:
        return told.table(self.frame(now).view, self.ui, now)

    # Hands

    def escaped(self, now: float) -> Intents:
        self.ui.bubble = None
        return super().escaped(now)

    def entered(self, field: str, now: float) -> Intents:
        deed = self.FIELDS.get(field)
        return deed(self, now) if deed is not None else super().entered(field, now)

    def shortcut(self, scancode: int, now: float) -> Intents:
        seat = "croupier" if self.known.role is Role.CROUPIER else "player"
        name = self.KEYS[seat].get(scancode)
        if name is None or not self.reachable(name):
            return super().shortcut(scancode, now)
        return self.activate(name, now)

    def activate(self, name: str, now: float) -> Intents:
        kind, _, what = name.partition(":")
        choose = self.KINDS.get(kind)
        if choose is not None:
            return choose(self, what, now)
        press = self.BUTTONS.get(name)
        return press(self, now) if press is not None else []
