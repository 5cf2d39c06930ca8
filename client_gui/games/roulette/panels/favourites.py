"""The bets that a player keeps under names: a list over the layout, opened with F."""

from collections.abc import Hashable

from client_gui.games.roulette.favourites import MOST
from client_gui.games.roulette.frame import Frame
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, field, touch
from client_gui.kit.theme import Style
from client_gui.kit.words import number
from client_gui.shell.view import Role

FIELD = "field:favourite"


def may_keep(f: Frame) -> bool:
    """Whether this seat has a use for them: a player's in the modern protocol."""
    return f.view.role is Role.PLAYER and not f.view.classic


class FavouriteList:
    def box(self, f: Frame) -> Box:
        px, hand = f.layout.px, f.layout.chip_tray
        rows = max(1, len(f.ui.favourites))
        high = px(48) + rows * px(36) + px(54)
        wide = px(350)
        return Box(hand.right - wide, hand.y - px(6) - high, wide, high)

    def face(self, f: Frame) -> Hashable:
        if not f.ui.choosing or not may_keep(f):
            return None
        ui = f.ui
        line, kept = ui.line(FIELD), ui.favourites
        return f.at, ui.over, ui.pressed, ui.focus, kept, line, self._can_keep(f)

    @staticmethod
    def _can_keep(f: Frame) -> bool:
        return bool(f.known.free) and len(f.ui.favourites) <= MOST

    def hits(self, f: Frame) -> Hits:
        if not f.ui.choosing or not may_keep(f):
            return {}
        box, px = self.box(f), f.layout.px
        hits: Hits = {"favourites": box}
        inner = box.inset(px(14), 0)
        for at in range(len(f.ui.favourites)):
            row = Box(inner.x, box.y + px(42) + at * px(36), inner.w, px(32))
            drop = Box(row.right - row.h, row.y, row.h, row.h)
            hits[f"favourite:{at}"] = Box(row.x, row.y, row.w - row.h - px(6), row.h)
            hits[f"drop:{at}"] = drop
        foot = Box(inner.x, box.bottom - px(50), inner.w, px(38))
        hits[FIELD], hits["button:keep"] = foot.columns((1.7, 1), px(8))
        return hits

    def draw(self, c: Canvas, f: Frame) -> None:
        box, ui, words, hits = self.box(f), f.ui, f.words, self.hits(f)
        c.plate(box, 14, theme.PANEL, theme.EDGE_LIT)
        left, room = box.x + c.px(18), box.w - c.px(36)
        c.label(words("favourites.title"), (left, box.y + c.px(23)), room)
        if not ui.favourites:
            first = (left, box.y + c.px(58))
            c.text(words("favourites.none"), Style.SMALL, theme.MUTED, first, room=room)
        for at, each in enumerate(ui.favourites):
            row = hits[f"favourite:{at}"]
            state = touch(f"favourite:{at}", ui.over, ui.pressed, ui.focus)
            button(c, row, "", state)
            y = row.middle[1]
            used = c.text(f"F{at + 1}", Style.TINY, theme.MUTED, (row.x + c.px(10), y))
            right = row.right - c.px(10)
            sum_ = c.text(number(each.sum), Style.STRONG, theme.GOLD, (right, y), "right")
            x = row.x + used + c.px(20)
            wide = right - sum_ - c.px(8) - x
            c.text(each.name, Style.BODY, theme.TEXT, (x, y), room=wide, foreign=True)
            gone = hits[f"drop:{at}"]
            button(c, gone, "", touch(f"drop:{at}", ui.over, ui.pressed, ui.focus))
            c.icon("cross", c.px(14), theme.MUTED, gone.middle)
        state = touch(FIELD, ui.over, ui.pressed, ui.focus)
        hint = words("favourites.name")
        line = ui.line(FIELD)
        field(c, hits[FIELD], line.text, state, hint=hint, line=line)
        state = touch("button:keep", ui.over, ui.pressed, ui.focus)
        button(c, hits["button:keep"], words("favourites.keep"), state, enabled=self._can_keep(f))
