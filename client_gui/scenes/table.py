"""The table: wheel, layout, chips, lists, and what the hands do with them."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

import pygame

from client_gui import intents as ask
from client_gui.deeds import Deeds
from client_gui.favourites import MOST
from client_gui.frame import Frame, TableUi
from client_gui.ground import table_ground
from client_gui.layout import Box, Layout, Size
from client_gui.racetrack import AIMS, Aim, Kind
from client_gui.resources import Cache, Typesetter
from client_gui.scenes import talk
from client_gui.scenes.base import Intents
from client_gui.scenes.player import PlayerScene
from client_gui.scenes.talker import TalkScene
from client_gui.show import Show, Stage
from client_gui.view import Role, TableView
from client_gui.walk import Arrow
from client_gui.widgets.base import Hits, Painter, Panel
from client_gui.widgets.calls import Calls
from client_gui.widgets.desk import AUTO_STEPS, Desk, Exposure
from client_gui.widgets.favourites import FIELD as FAVOURITE
from client_gui.widgets.favourites import FavouriteList
from client_gui.widgets.felt import Dragged, Table
from client_gui.widgets.hand import Hand, Keys
from client_gui.widgets.left import Results, Stats
from client_gui.widgets.lists import Lists
from client_gui.widgets.marquee import Marquee, result_words
from client_gui.widgets.night import Night
from client_gui.widgets.over import (
    Alarm,
    HoverBubble,
    LineBanner,
    NoteBubble,
    Settings,
    alarm_words,
    line_words,
    note_words,
)
from client_gui.widgets.talk import FIELD as SAY
from client_gui.widgets.talk import Talk
from client_gui.widgets.top import Corner, Money, Pill, Title
from client_gui.widgets.track import FINALS, Track, on_track, track_of
from client_gui.widgets.wheel import Wheel
from client_gui.words import Words, number

LONGEST_SUM = 9
PILL_STEP = 0.1
"""So often the time that is left may need another pixel."""


class TableScene(PlayerScene, TalkScene):
    """Draws a `TableView`; `show_table` gives it the next one."""

    name = "table"

    def __init__(self, words: Words, type_: Typesetter, made: Cache, reduced: bool = False) -> None:
        super().__init__(words, type_, made)
        self.ui: TableUi = TableUi(reduced=reduced)
        self.known = TableView()
        self.show = Show.at_rest(self.known)
        self._lists = Lists()
        panels: tuple[Panel[Frame], ...] = (
            Title(), Pill(), Money(), Corner(), Wheel(), Results(), Stats(), Marquee(), Track(),
            Alarm(), Table(), Hand(), Keys(), Desk(), Night(), Exposure(), self._lists, Talk(),
            Dragged(), FavouriteList(), HoverBubble(), NoteBubble(), LineBanner(), Calls(),
            Settings(),
        )  # fmt: skip
        self._panels = panels
        self._painter = Painter(panels)
        self._ground: pygame.Surface | None = None
        self._layout = Layout.of((1280, 800))

    # What is known

    def show_table(self, view: TableView, now: float) -> None:
        """The table changed."""
        old, self.known = self.known, view
        self.show = self.show.step(old, view, now, self.ui.reduced)
        if view.phase is not old.phase:
            self.ui.track = None
        if view.round != old.round:
            self.ui.deeds, self.ui.drag = Deeds(), None
            self.forget_all_in()
            if old.my_bets:
                self.ui.last = tuple(old.my_bets.items())
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
        if (view.messages, view.rooms) != (old.messages, old.rooms):
            self.ui.talk.look(view)
        if not view.may_bet and self.ui.hover is not None and view.phase is not old.phase:
            self.ui.armed = None

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
        return Frame(
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
        )

    # For the window

    def resize(self, size: Size) -> None:
        self.size = size
        self._layout = Layout.of(size)
        self._ground = None
        self.made.clear()
        self.type.clear()
        self._painter.forget()

    def paint(self, surface: pygame.Surface, now: float) -> list[Box]:
        if self._ground is None:
            self._ground = surface.copy()
            table_ground(self.canvas(self._ground, self._layout.scale), self._layout)
            self._painter.forget()
        canvas = self.canvas(surface, self._layout.scale)
        damage = self._painter.paint(canvas, self._ground, self.frame(now))
        self.cut = canvas.cut
        return damage

    def moves(self, now: float) -> bool:
        return self.show.moves(now)

    def due(self, now: float) -> float:
        times = [self.show.changes_at(now)]
        if self.known.deadline is not None or self.known.retry_at is not None:
            times.append(now + PILL_STEP)
        if self.ui.bubble is not None:
            times.append(self.ui.bubble.until)
        if self.ui.talk.note_until > now:
            times.append(self.ui.talk.note_until)
        return min(times)

    def banner(self, now: float) -> str:
        frame = self.frame(now)
        said = (line_words(frame), alarm_words(frame), note_words(frame), result_words(frame))
        return next((words for words in said if words), "")

    def hits(self, now: float) -> Hits:
        frame = self.frame(now)
        hits: Hits = {}
        for panel in self._panels:
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
        if on_track(self.frame(now)) and self._layout.marquee.holds(self.pointer):
            self.reach(-by)
        if name is None:
            return
        if name == "list" or name.startswith(("person:", "bet:")):
            most = self._lists.most_scroll(self.frame(now))
            at = self.ui.scroll.get(self.ui.tab, 0) + by
            self.ui.scroll[self.ui.tab] = max(0, min(most, at))
        elif name == "messages":
            most = max(0, len(self.ui.talk.lines) - 1)
            self.ui.scroll[name] = max(0, min(most, self.ui.scroll.get(name, 0) - by))

    def typed(self, text: str, now: float) -> Intents:
        del now
        if self.known.role is Role.PLAYER:
            self.forget_all_in()
            digits = "".join(c for c in text if c in "0123456789")
            self.ui.sum = (self.ui.sum + digits).lstrip("0")[:LONGEST_SUM]
        return []

    def number_fields(self) -> frozenset[str]:
        return frozenset(("field:sum",))

    def rub_out_number(self) -> None:
        self.forget_all_in()
        self.ui.sum = self.ui.sum[:-1]

    def escaped(self, now: float) -> Intents:
        del now
        self.ui.menu = self.ui.talk.calls = False
        self.ui.drag = None
        self.ui.choosing = self.ui.walking = False
        self.forget_all_in()
        self.ui.sum = ""
        self.ui.bubble = None
        return []

    def entered(self, field: str, now: float) -> Intents:
        if field == SAY:
            return talk.entered(self.ui)
        if field == FAVOURITE:
            return self.keep_favourite(now)
        if field == "field:sum":
            self.ui.focus = None
        del now
        return []

    def shortcut(self, scancode: int, now: float) -> Intents:
        if scancode in ARROWS and not self.ui.menu:
            return self.walk(ARROWS[scancode], now)
        seat = "croupier" if self.known.role is Role.CROUPIER else "player"
        name = _SHORTCUTS[seat].get(scancode)
        if name == "button:spin" and self.show.just_over(now):
            return []
        if name == "spot:lay" and self.ui.hover is None:
            name = "button:talk"  # Where no spot is chosen, Return leads into the talk.
        return self.activate(name, now) if name else []

    def activate(self, name: str, now: float) -> Intents:
        kind, _, what = name.partition(":")
        if kind == "chip":
            self.forget_all_in()
            self.ui.chip, self.ui.sum = int(what), ""
        elif kind == "favourite":
            return self.lay_favourite(int(what), now)
        elif kind == "drop":
            return self.drop_favourite(int(what))
        elif name in FINALS:
            return self.announced(Aim(Kind.FINAL, int(what)), now)
        elif kind == "tab":
            self.ui.tab = what
            return [ask.AskHistory()] if what == "history" and not self.known.classic else []
        elif kind in ("room", "talk", "call"):
            return talk.press(self.ui, self.known, name)
        elif kind == "person":
            self.ui.person = None if self.ui.person == int(what) else int(what)
        elif name in self._ACTIONS:
            return self._ACTIONS[name](self, now)
        return []

    def _turn(self, now: float) -> Intents:
        """The plate above the layout has two sides."""
        self.ui.track = not on_track(self.frame(now))
        self.ui.aim = None
        return []

    def _sure(self, name: str) -> bool:
        """Whether this is the second press of a button that cannot be undone."""
        armed = self.ui.armed == name
        self.ui.armed = None if armed else name
        return armed

    def _list(self, now: float) -> Intents:
        del now
        return [ask.AskList()] if self.known.classic else []

    def _skip(self, now: float) -> Intents:
        self.show = self.show.skip(now)
        return []

    def _order(self, name: str, now: float) -> bool:
        """Whether the croupier may press this now; says so if not."""
        if self.known.role is not Role.CROUPIER:
            return False
        if name in Desk.enabled(self.frame(now)):
            return True
        self.note(self.words("note.not_now"), None, now)
        return False

    def _spin(self, now: float) -> Intents:
        if self.show.stage(now)[0] is not Stage.REST and self.show.before is not None:
            return self._skip(now)
        return [ask.StartSpin()] if self._order("button:spin", now) else []

    def _close(self, now: float) -> Intents:
        return [ask.NoMoreBets()] if self._order("button:close", now) else []

    def _auto(self, now: float) -> Intents:
        if not self._order("button:auto", now):
            return []
        here = AUTO_STEPS.index(self.known.auto) if self.known.auto in AUTO_STEPS else -1
        return [ask.SetAuto(AUTO_STEPS[(here + 1) % len(AUTO_STEPS)])]

    def _void(self, now: float) -> Intents:
        if not self._order("button:void", now) or not self._sure("button:void"):
            return []
        return [ask.VoidRound(self._reason())]

    def _kick(self, now: float) -> Intents:
        person = self._person()
        if person is None or not self._sure("button:kick"):
            return []
        del now
        return [ask.Kick(*person, self._reason())]

    def _hand_over(self, now: float) -> Intents:
        person = self._person()
        if person is None or not self._sure("button:hand_over"):
            return []
        del now
        return [ask.HandOver(*person)]

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
        self.ui.reduced = not self.ui.reduced
        return [ask.SetReducedMotion(self.ui.reduced)]

    def _leave(self, now: float) -> Intents:
        del now
        return [ask.Leave()] if self._sure("set:leave") else []

    def _leave_now(self, now: float) -> Intents:
        del now
        return [ask.Leave()]

    _ACTIONS: ClassVar[dict[str, Callable[["TableScene", float], Intents]]] = {
        "button:undo": PlayerScene.undo,
        "button:redo": PlayerScene.redo,
        "spot:lay": PlayerScene.press_spot,
        "spot:lift": PlayerScene.lift_spot,
        "button:favourites": PlayerScene.choose,
        "button:keep": PlayerScene.keep_favourite,
        "button:all": PlayerScene.all_in,
        "button:clear": PlayerScene.clear,
        "button:double": PlayerScene.double,
        "button:rebet": PlayerScene.rebet,
        "button:list": _list,
        "button:fewer": PlayerScene.fewer,
        "button:more": PlayerScene.more,
        "button:around": PlayerScene.around,
        "button:track": _turn,
        "button:skip": _skip,
        "button:spin": _spin,
        "button:close": _close,
        "button:auto": _auto,
        "button:void": _void,
        "button:kick": _kick,
        "button:hand_over": _hand_over,
        "button:warn": TalkScene._warn,
        "button:mute": TalkScene._mute,
        "button:write": TalkScene._write,
        "button:session": TalkScene._session,
        "button:ignore": TalkScene._ignore,
        "button:people": TalkScene._people,
        "button:talk": TalkScene._to_talk,
        "button:settings": _menu,
        "button:language": _language,
        "button:leave": _leave_now,
        "set:language": _language,
        "set:fullscreen": _fullscreen,
        "set:motion": _motion_setting,
        "set:leave": _leave,
    }


ARROWS = {
    pygame.KSCAN_LEFT: Arrow.LEFT,
    pygame.KSCAN_RIGHT: Arrow.RIGHT,
    pygame.KSCAN_UP: Arrow.UP,
    pygame.KSCAN_DOWN: Arrow.DOWN,
}
_SHORTCUTS: dict[str, dict[int, str]] = {
    "player": {
        pygame.KSCAN_Z: "button:undo",
        pygame.KSCAN_Y: "button:redo",
        pygame.KSCAN_RETURN: "spot:lay",
        pygame.KSCAN_KP_ENTER: "spot:lay",
        pygame.KSCAN_DELETE: "spot:lift",
        pygame.KSCAN_F: "button:favourites",
        **{pygame.KSCAN_F1 + at: f"favourite:{at}" for at in range(MOST)},
        pygame.KSCAN_A: "button:all",
        pygame.KSCAN_D: "button:double",
        pygame.KSCAN_R: "button:rebet",
        pygame.KSCAN_X: "button:clear",
        pygame.KSCAN_L: "button:list",
        pygame.KSCAN_N: "button:around",
        pygame.KSCAN_MINUS: "button:fewer",
        pygame.KSCAN_KP_MINUS: "button:fewer",
        pygame.KSCAN_EQUALS: "button:more",
        pygame.KSCAN_KP_PLUS: "button:more",
        pygame.KSCAN_T: "button:track",
        pygame.KSCAN_SPACE: "button:skip",
    },
    "croupier": {
        pygame.KSCAN_SPACE: "button:spin",
        pygame.KSCAN_N: "button:close",
        pygame.KSCAN_A: "button:auto",
        pygame.KSCAN_V: "button:void",
        pygame.KSCAN_L: "button:list",
        pygame.KSCAN_RETURN: "button:talk",
    },
}
