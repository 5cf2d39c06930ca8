"""The record: a plate over layout and lists, with with pages for numbers, night and fairness."""

from collections.abc import Hashable
from typing import Protocol

from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels.numbers import NumbersPage
from client_gui.games.roulette.panels.proof import ProofPage
from client_gui.games.roulette.panels.rounds import NightPage
from client_gui.games.roulette.record import PAGES, chosen, numbers_on
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Style

SHUT = "button:shut"


class Page(Protocol):
    """What fills the plate below its tabs."""

    def face(self, f: Frame) -> Hashable: ...

    def fits(self, f: Frame, box: Box) -> int:
        """How many rows its list has room for."""

    def first(self, f: Frame, box: Box) -> int:
        """The row at the top."""

    def hits(self, f: Frame, box: Box) -> Hits: ...

    def draw(self, c: Canvas, f: Frame, box: Box) -> None: ...


class Record:
    """The plate, its tabs and the page that is open."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {
            "numbers": NumbersPage(),
            "night": NightPage(),
            "proof": ProofPage(),
        }
        assert tuple(self.pages) == PAGES

    def box(self, f: Frame) -> Box:
        """All but the wheel's side: the ball is to be seen while one reads."""
        left, right = f.layout.round_banner, f.layout.messages
        return Box(left.x, left.y, right.right - left.x, right.bottom - left.y).grown(
            f.layout.px(4)
        )

    def inner(self, f: Frame) -> Box:
        box, px = self.box(f), f.layout.px
        top = px(52)
        return Box(box.x + px(18), box.y + top, box.w - px(36), box.h - top - px(14))

    def face(self, f: Frame) -> Hashable:
        ui = f.ui.record
        if not ui.open:
            return None
        touched = {f.ui.over, f.ui.pressed, f.ui.focus} & set(self.hits(f))
        page = self.pages[ui.page].face(f)
        return f.at, ui.page, frozenset(touched), f.ui.pressed, f.ui.focus, page

    def _tabs(self, f: Frame) -> dict[str, Box]:
        box, px = self.box(f), f.layout.px
        wide = px(170)
        return {
            f"page:{name}": Box(box.x + px(10) + at * wide, box.y + px(4), wide, px(38))
            for at, name in enumerate(PAGES)
        }

    def hits(self, f: Frame) -> Hits:
        if not f.ui.record.open:
            return {}
        box, px = self.box(f), f.layout.px
        shut = Box(box.right - px(126), box.y + px(7), px(116), px(34))
        page = self.pages[f.ui.record.page].hits(f, self.inner(f))
        return {"record": box, **self._tabs(f), **page, SHUT: shut}

    def lengths(self, f: Frame) -> dict[str, int]:
        """How many rows each list has that can be scrolled."""
        here = chosen(f.view, f.ui.record)
        return {
            "night": len(f.view.night.rounds),
            "bets": len(here.bets) if here else 0,
            "proof": len(numbers_on(f.view, "proof")),
        }

    def draw(self, c: Canvas, f: Frame) -> None:
        box = self.box(f)
        c.plate(box, 14, theme.PANEL, theme.EDGE_LIT)
        for name, tab in self._tabs(f).items():
            page = name.partition(":")[2]
            open_ = page == f.ui.record.page
            style = Style.STRONG if open_ else Style.BODY
            ink = theme.TEXT if open_ or f.ui.over == name else theme.MUTED
            key = "house" if page == "night" and f.view.night.house else page
            text, room = f.words(f"record.{key}"), tab.w - c.px(8)
            c.text(text, style, ink, tab.middle, "center", room=room)
            if open_:
                bar = Box(tab.x + c.px(12), tab.bottom - c.px(3), tab.w - c.px(24), c.px(3))
                c.plate(bar, 1.5, theme.GOLD)
            if f.ui.focus == name:
                c.frame(tab, theme.FOCUS, 2, 8)
        c.rule(box.x + c.px(10), box.y + c.px(46), box.w - c.px(20))
        shut = self.hits(f)[SHUT]
        state = touch(SHUT, f.ui.over, f.ui.pressed, f.ui.focus)
        button(c, shut, f.words("record.shut"), state, key="E")
        self.pages[f.ui.record.page].draw(c, f, self.inner(f))
