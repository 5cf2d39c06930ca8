"""A roulette: what is known of it, shown through all panels; its parts say what the hands do.

A new panel is a line in `scene/panels.py`; what it answers to is a part, see `parts/part.py`.
"""

from typing import Any

from client_gui.games.roulette import intents as play
from client_gui.games.roulette import told
from client_gui.games.roulette.deeds import Deeds
from client_gui.games.roulette.frame import Frame, RouletteUi
from client_gui.games.roulette.heard import Ears
from client_gui.games.roulette.layout import Layout
from client_gui.games.roulette.panels.backdrop import table_ground
from client_gui.games.roulette.panels.overlays import alarm_words
from client_gui.games.roulette.panels.record import Record
from client_gui.games.roulette.panels.round_banner import result_words
from client_gui.games.roulette.panels.track import on_track, track_of
from client_gui.games.roulette.racetrack import AIMS
from client_gui.games.roulette.scene.desk import DeskPart
from client_gui.games.roulette.scene.panels import all_panels, beside_record
from client_gui.games.roulette.scene.player import PlayerPart
from client_gui.games.roulette.scene.reader import ReaderPart
from client_gui.games.roulette.show import Show
from client_gui.games.roulette.view import RouletteView
from client_gui.kit.box import Size
from client_gui.kit.canvas import Canvas, Hits, Panel
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.words import Words
from client_gui.shell.panels.notes import line_words, note_words
from client_gui.shell.parts.help import HelpPart
from client_gui.shell.parts.lists import ListPart
from client_gui.shell.parts.own_limits import OwnLimitsPart
from client_gui.shell.parts.people import PeoplePart
from client_gui.shell.parts.seated import Seated
from client_gui.shell.parts.settings import SettingsPart
from client_gui.shell.parts.tables import TablesPart
from client_gui.shell.parts.talk import TalkPart
from client_gui.shell.preferences import Preferences
from client_gui.shell.scene import Intents
from client_gui.shell.view import Role, TableView
from protocol.games.roulette.rounds import RoundVoided
from protocol.wire import Message


class TableScene(
    Seated,
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
    """What lies on top is asked first."""

    FOCUSABLE = (
        *Seated.FOCUSABLE,
        *("chip:", "favourite:", "drop:", "final:"),
        *("record:", "page:", "spins:", "round:", "save:"),
    )
    BANNERS = (line_words, alarm_words, note_words, result_words)

    ui: RouletteUi
    known: RouletteView
    _layout: Layout

    def __init__(
        self, words: Words, type_: Typesetter, made: Cache, preferences: Preferences | None = None
    ) -> None:
        super().__init__(words, type_, made, preferences)
        self.show = Show.at_rest(self.known)
        self._beside = beside_record(self._panels)
        self._frame: Frame | None = None

    # What is put where

    @staticmethod
    def hands(preferences: Preferences) -> RouletteUi:
        return RouletteUi(preferences=preferences)

    @staticmethod
    def nothing_known() -> RouletteView:
        return RouletteView()

    def panels(self) -> tuple[Panel[Frame], ...]:
        return all_panels()

    def arranged(self, size: Size) -> Layout:
        return Layout.of(size, self.known.wheel)

    def draw_ground(self, canvas: Canvas) -> None:
        table_ground(canvas, self._layout)

    @property
    def _shown(self) -> tuple[Panel[Frame], ...]:
        return self._beside if self.ui.record.open else self._panels

    @property
    def record(self) -> Record:
        return next(panel for panel in self._panels if isinstance(panel, Record))

    # What is known

    def show_table(self, view: TableView, now: float) -> None:
        assert isinstance(view, RouletteView)
        old = self.known
        super().show_table(view, now)
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
        if refusal is not None and refusal != old.refusal and refusal.place is not None:
            self.ui.deeds = self.ui.deeds.refused(refusal.place)
        self.read_on(old, now)
        if not view.may_bet and self.ui.hover is not None and view.phase is not old.phase:
            self.ui.armed = None

    def return_to(self, view: TableView, now: float) -> None:
        super().return_to(view, now)
        self.show = Show.at_rest(self.known)
        self.ui.hover = self.ui.aim = None

    def frame(self, now: float) -> Frame:
        stage, part = self.show.stage(now)
        view = self.show.shown(self.known, now)
        self._frame = Frame(
            view, self.ui, self.words, self._layout, now, self.type,
            self.known, self.show, stage, part,
        ).after(self._frame)  # fmt: skip
        return self._frame

    def moves(self, now: float) -> bool:
        return self.show.moves(now)

    def due(self, now: float) -> float:
        return min(self.show.changes_at(now), super().due(now))

    def ears(self) -> Ears:
        return Ears(lambda: (self.show, self.known))

    def hear(self, said: Message, now: float) -> None:
        """A round that does not count is told where the person looks."""
        if isinstance(said, RoundVoided):
            key = "note.voided_words" if said.words else "note.voided"
            self.note(self.words(key, words=said.words), None, now)

    def tell(self, now: float) -> dict[str, Any]:
        return super().tell(now) | told.table(self.frame(now))

    def places(self, now: float) -> Hits:
        return super().places(now) | self.spot_hits(now)

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

    def turned(self, which: str) -> Intents:
        return [play.AskHistory()] if which == "history" and not self.known.classic else []

    def shortcut(self, scancode: int, now: float) -> Intents:
        seat = "croupier" if self.known.role is Role.CROUPIER else "player"
        if self.KEYS[seat].get(scancode) == "button:spin" and self.show.just_over(now):
            return []
        return super().shortcut(scancode, now)
