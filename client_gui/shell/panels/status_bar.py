"""The bar at the top: the table, the time, the money, the line; a game may add what goes on."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic

from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.theme import Rgb, Style
from client_gui.kit.words import number, signed, span
from client_gui.shell.frame import F, Frame
from client_gui.shell.panels.tables import TablesButton
from client_gui.shell.view import Line, Role

LABEL, FIGURE = 16, 35
"""Where a figure of the bar and the words above it have their middle."""


def pill_box(f: Frame) -> Box:
    """In the middle of the bar: what goes on at the table, or why there is no line."""
    px, w = f.layout.px, f.layout.size[0]
    return Box((w - px(340)) // 2, px(9), px(340), f.layout.top.h - px(18))


class Title(Generic[F]):
    """The name of the house's program; then what a game has to say of the table, its name first."""

    def __init__(self, parts: Callable[[F], Sequence[str]]) -> None:
        self._parts = parts

    def box(self, f: F) -> Box:
        clock = Clock.WIDE if f.ui.own_limits.seen else 0
        return Box(0, 0, pill_box(f).x - f.layout.px(8 + clock), f.layout.top.h)

    def face(self, f: F) -> Hashable:
        up, clock = f.view.line is Line.UP, bool(f.ui.own_limits.seen)
        return f.at, tuple(self._parts(f)), up, clock, bool(f.view.hall)

    def draw(self, c: Canvas, f: F) -> None:
        box, y = self.box(f), f.layout.top.middle[1]
        x = c.px(20)
        x += c.text("CROUPIER", Style.BRAND, theme.GOLD, (x, y), tracking=c.px(3)) + c.px(20)
        if f.view.hall:
            x = TablesButton().box(f).right + c.px(14)
        if f.view.line is not Line.UP:
            return  # Its place is needed for what is the matter.
        parts, room = self._parts(f), box.right - x
        line = " · ".join(parts)
        if c.width(line, Style.SMALL) > room and len(parts) > 1:
            line = " · ".join((parts[0], parts[-1]))
        if f.view.hall and c.width(line, Style.SMALL) > room:
            line = parts[0]
        c.text(line, Style.SMALL, theme.MUTED, (x, y), room=room, foreign=True)

    def hits(self, f: F) -> Hits:
        del f
        return {}


class Clock:
    """How long the night has gone on, and what it has brought."""

    WIDE = 92

    def box(self, f: Frame) -> Box:
        px = f.layout.px
        return Box(pill_box(f).x - px(8 + self.WIDE), 0, px(self.WIDE), f.layout.top.h)

    def _words(self, f: Frame) -> tuple[str, str]:
        spent = span(f.ui.own_limits.spent(f.hour))
        if f.view.role is not Role.PLAYER:
            return f.words("top.tonight"), spent
        return f.words("top.tonight_at", time=spent), signed(f.net)

    def face(self, f: Frame) -> Hashable:
        return (f.at, self._words(f)) if f.ui.own_limits.seen else None

    def draw(self, c: Canvas, f: Frame) -> None:
        box = self.box(f)
        label, text = self._words(f)
        right, room = box.right - c.px(6), box.w - c.px(8)
        c.text(label.upper(), Style.TINY, theme.MUTED, (right, c.px(LABEL)), "right", room=room)
        c.text(text, Style.MONEY, theme.TEXT, (right, c.px(FIGURE)), "right", room=room)

    def hits(self, f: Frame) -> Hits:
        del f
        return {}


Column = tuple[str, str, Rgb]
"""The key of a figure's words, the figure, its colour."""


def own_money(f: Frame) -> list[Column]:
    """What I have and what of it lies on the table."""
    if f.view.balance is None:
        return []
    balance, stake = number(f.view.balance), number(f.view.at_stake)
    return [("top.balance", balance, theme.GOLD), ("top.at_stake", stake, theme.TEXT)]


class Money(Generic[F]):
    """The figures at the right of the bar."""

    def __init__(self, columns: Callable[[F], list[Column]]) -> None:
        self._columns = columns

    def box(self, f: F) -> Box:
        left = pill_box(f).right + f.layout.px(8)
        return Box(left, 0, f.layout.size[0] - f.layout.px(178) - left, f.layout.top.h)

    def face(self, f: F) -> Hashable:
        return f.at, tuple(self._columns(f))

    def draw(self, c: Canvas, f: F) -> None:
        box = self.box(f)
        right, top, bottom = box.right - c.px(16), c.px(LABEL), c.px(FIGURE)
        for key, text, colour in reversed(self._columns(f)):
            label, room = f.words(key).upper(), right - box.x
            wide = c.text(label, Style.TINY, theme.MUTED, (right, top), "right", room=room)
            sum_ = c.text(text, Style.MONEY, colour, (right, bottom), "right", room=room)
            right -= max(wide, sum_, c.px(58)) + c.px(26)

    def hits(self, f: F) -> Hits:
        del f
        return {}


class Corner:
    """The line to the server, the language, the settings."""

    def box(self, f: Frame) -> Box:
        wide = f.layout.px(178)
        return Box(f.layout.size[0] - wide, 0, wide, f.layout.top.h)

    def face(self, f: Frame) -> Hashable:
        over = f.ui.over if f.ui.over in self.hits(f) else None
        focus = f.ui.focus if f.ui.focus in self.hits(f) else None
        return f.at, f.view.line, f.view.latency, over, focus, f.ui.menu

    def draw(self, c: Canvas, f: Frame) -> None:
        y, view = f.layout.top.middle[1], f.view
        x = self.box(f).x + c.px(14)
        colour = theme.OK if view.line is Line.UP else theme.BAD
        if view.latency is not None and view.latency > 250 and view.line is Line.UP:
            colour = theme.GOLD
        c.dot(c.px(8), colour, (x, y))
        text = f.words("top.off") if view.line is not Line.UP else ""
        if view.line is Line.UP and view.latency is not None:
            text = f.words("top.ms", n=view.latency)
        c.text(text, Style.SMALL, theme.MUTED, (x + c.px(10), y), room=c.px(60))
        hits = self.hits(f)
        for name, box in hits.items():
            if f.ui.over == name:
                c.plate(box, 8, theme.RAISED)
            if f.ui.focus == name:
                c.frame(box, theme.FOCUS, 2, 8)
        other = "RU" if f.words.language == "en" else "EN"
        c.text(other, Style.SMALL_STRONG, theme.TEXT, hits["button:language"].middle, "center")
        gear = theme.GOLD if f.ui.menu else theme.TEXT
        c.icon("gear", c.px(20), gear, hits["button:settings"].middle)

    def hits(self, f: Frame) -> Hits:
        px, w, y = f.layout.px, f.layout.size[0], f.layout.top.middle[1]
        return {
            "button:language": Box(w - px(96), y - px(17), px(36), px(34)),
            "button:settings": Box(w - px(56), y - px(17), px(36), px(34)),
        }
