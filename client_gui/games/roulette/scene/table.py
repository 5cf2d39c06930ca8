"""The table: what is known of it, shown through all panels; its parts say what the hands do.

A new panel is a line in `scene/panels.py`; what it answers to is a part, see `parts/part.py`.
"""

from dataclasses import replace

import pygame

from client_gui.games.roulette.deeds import Deeds
from client_gui.games.roulette.layout import Layout
from client_gui.games.roulette.panels.backdrop import table_ground
from client_gui.games.roulette.panels.lists import Lists
from client_gui.games.roulette.panels.track import on_track, track_of
from client_gui.games.roulette.racetrack import AIMS
from client_gui.games.roulette.scene.desk import DeskPart
from client_gui.games.roulette.scene.lists import ListPart
from client_gui.games.roulette.scene.panels import BANNERS, all_panels, beside_record
from client_gui.games.roulette.scene.player import PlayerPart
from client_gui.games.roulette.scene.reader import ReaderPart
from client_gui.games.roulette.show import Show
from client_gui.games.roulette.view import Role, TableView
from client_gui.kit.box import Box, Size
from client_gui.kit.canvas import Canvas, Hits, Painter, Panel
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.words import Words, number
from client_gui.shell.frame import Frame, TableUi
from client_gui.shell.panels.record import Record
from client_gui.shell.parts.help import HelpPart
from client_gui.shell.parts.own_limits import OwnLimitsPart
from client_gui.shell.parts.people import PeoplePart
from client_gui.shell.parts.settings import SettingsPart
from client_gui.shell.parts.tables import TablesPart
from client_gui.shell.parts.talk import TalkPart
from client_gui.shell.preferences import Preferences, zoom
from client_gui.shell.scene import Intents

PILL_STEP = 0.1
"""So often the time that is left may need another pixel."""


class TableScene(
    HelpPart,
    TablesPart,
    SettingsPart,
    OwnLimitsPart,
    ReaderPart,
    TalkPart,
    ListPart,
    PeoplePart,
    DeskPart,
    PlayerPart,
):
    """Draws a `TableView`; `show_table` gives it the next one. What lies on top is asked first."""

    name = "table"

    def __init__(
        self, words: Words, type_: Typesetter, made: Cache, preferences: Preferences | None = None
    ) -> None:
        super().__init__(words, type_, made)
        self.ui: TableUi = TableUi(preferences=preferences or Preferences())
        self.known = TableView()
        self.show = Show.at_rest(self.known)
        self._panels = self.panels()
        self._beside = beside_record(self._panels)
        self._painter = Painter(self._panels)
        self._ground: pygame.Surface | None = None
        self._frame: Frame | None = None
        self._layout = self.arranged((1280, 800))
        self.restyle()

    # What is put where

    def panels(self) -> tuple[Panel[Frame], ...]:
        return all_panels()

    def arranged(self, size: Size) -> Layout:
        return Layout.of(size, self.known.wheel)

    def draw_ground(self, canvas: Canvas) -> None:
        """What never changes while the window keeps its size."""
        table_ground(canvas, self._layout)

    @property
    def _shown(self) -> tuple[Panel[Frame], ...]:
        """The panels that are to be seen."""
        return self._beside if self.ui.record.open else self._panels

    @property
    def record(self) -> Record:
        return next(panel for panel in self._panels if isinstance(panel, Record))

    # What is known

    def show_table(self, view: TableView, now: float) -> None:
        """The table changed."""
        old, self.known = self.known, view
        if view.law.wheel is not old.law.wheel and self.size != (0, 0):
            self.resize(self.size)  # Another cloth lies on this table.
        self.show = self.show.step(
            old, view, now, self.ui.preferences.reduced_motion, self.ui.preferences.reading
        )
        if view.phase is not old.phase:
            self.ui.track = self.ui.aim = None
        if view.round != old.round:
            self.ui.deeds, self.ui.drag = Deeds(), None
            self.forget_all_in()
            if old.free:
                self.ui.last = tuple(old.free.items())
        refusal = view.refusal
        if refusal is not None and refusal != old.refusal:
            values = {k: number(v) if isinstance(v, int) else v for k, v in refusal.values}
            text = self.words(refusal.key, **values)
            if refusal.talk:
                self.say_why(text, now)
            else:
                self.note(text, refusal.spot, now)
                if refusal.spot is not None:
                    self.ui.deeds = self.ui.deeds.refused(refusal.spot)
        self.read_on(old, now)
        if (view.messages, view.rooms) != (old.messages, old.rooms):
            self.ui.talk.look(view)
        if not view.may_bet and self.ui.hover is not None and view.phase is not old.phase:
            self.ui.armed = None

    def return_to(self, view: TableView, now: float) -> None:
        """It was not looked at for a while: what happened meanwhile is not played again."""
        self.show_table(view, now)
        self.show = Show.at_rest(view)
        self.ui.over = self.ui.pressed = self.ui.hover = self.ui.aim = None

    def retell(self, view: TableView) -> None:
        """The same table in other words."""
        self.known = replace(view, refusal=self.known.refusal)
        self.ui.bubble = None
        self.ui.talk.look(self.known)

    def voided(self, words: str, now: float) -> None:
        """The round does not count."""
        key = "note.voided_words" if words else "note.voided"
        text = self.words(key, words=words) if words else self.words(key)
        self.note(text, None, now)

    def frame(self, now: float) -> Frame:
        stage, part = self.show.stage(now)
        view = self.show.shown(self.known, now)
        self._frame = Frame(
            view,
            self.known,
            self.show,
            self.ui,
            self.words,
            self._layout,
            now,
            stage,
            part,
            self.type,
        ).after(self._frame)
        return self._frame

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
        return self.show.moves(now)

    def due(self, now: float) -> float:
        times = [self.show.changes_at(now), super().due(now)]
        if self.known.deadline is not None or self.known.retry_at is not None:
            times.append(now + PILL_STEP)
        if self.ui.bubble is not None and self.ui.bubble.until > now:
            times.append(self.ui.bubble.until)
        return min(times)

    def banner(self, now: float) -> str:
        frame = self.frame(now)
        return next((said for words in BANNERS if (said := words(frame))), "")

    def hits(self, now: float) -> Hits:
        frame = self.frame(now)
        hits: Hits = {}
        for panel in self._shown:
            hits |= panel.hits(frame)
        return hits

    def spot_hits(self, now: float) -> Hits:
        """Of every spot, and all of the racetrack, a rectangle whose every pixel is that."""
        hits = {f"spot:{spot}": box for spot, box in self._layout.hits()}
        frame = self.frame(now)
        if on_track(frame):
            oval = track_of(frame)[0]
            for aim in AIMS:
                hits[f"track:{aim.sector or aim.number}"] = oval.hit(aim)
        return hits

    # Hands

    def scrolled(self, name: str | None, by: int, now: float) -> None:
        if name is not None and (name == "list" or name.startswith(("person:", "bet:"))):
            self.scroll_list(by, now)
        super().scrolled(name, by, now)

    def scroll_list(self, by: int, now: float) -> None:
        lists = next(panel for panel in self._panels if isinstance(panel, Lists))
        most = lists.most_scroll(self.frame(now))
        at = min(most, self.ui.scroll.get(self.ui.tab, 0)) + by
        self.ui.scroll[self.ui.tab] = max(0, min(most, at))

    def escaped(self, now: float) -> Intents:
        self.ui.bubble = None
        return super().escaped(now)

    def entered(self, field: str, now: float) -> Intents:
        deed = self.FIELDS.get(field)
        return deed(self, now) if deed is not None else []

    def shortcut(self, scancode: int, now: float) -> Intents:
        seat = "croupier" if self.known.role is Role.CROUPIER else "player"
        name = self.KEYS[seat].get(scancode)
        if name is None or not self.reachable(name):
            return super().shortcut(scancode, now)
        if name == "button:spin" and self.show.just_over(now):
            return []
        return self.activate(name, now)

    def activate(self, name: str, now: float) -> Intents:
        kind, _, what = name.partition(":")
        choose = self.KINDS.get(kind)
        if choose is not None:
            return choose(self, what, now)
        press = self.BUTTONS.get(name)
        return press(self, now) if press is not None else []
