"""The bar at the top: the table, the phase with its time running down, the money, the line."""

from collections.abc import Callable, Hashable
from math import ceil

from client_gui.games.roulette.motion import clamp
from client_gui.games.roulette.view import Line, Phase, Role
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.theme import Rgb, Style, Type
from client_gui.kit.words import clock, number, signed, span
from client_gui.shell.frame import Frame
from client_gui.shell.panels.tables import TablesButton
from protocol.games.roulette.lists import WheelKind

PHASE_COLOUR: dict[Phase, Rgb] = {
    Phase.WAITING: theme.MUTED,
    Phase.BETTING: theme.OK,
    Phase.CLOSED: theme.GOLD,
    Phase.SPINNING: theme.GOLD,
    Phase.SETTLED: theme.FOCUS,
}


LABEL, FIGURE = 16, 35
"""Where a figure of the bar and the words above it have their middle."""


def _pill(f: Frame) -> Box:
    px, w = f.layout.px, f.layout.size[0]
    return Box((w - px(340)) // 2, px(9), px(340), f.layout.top.h - px(18))


WHEEL_NAMES = {WheelKind.SINGLE: "top.european", WheelKind.DOUBLE: "top.american"}


class Title:
    """The name of the house, the table, the round."""

    def box(self, f: Frame) -> Box:
        clock = Clock.WIDE if f.ui.own_limits.seen else 0
        return Box(0, 0, _pill(f).x - f.layout.px(8 + clock), f.layout.top.h)

    def face(self, f: Frame) -> Hashable:
        up = f.view.line is Line.UP
        seen, hall = bool(f.ui.own_limits.seen), bool(f.view.hall)
        return f.at, f.view.table, f.view.law, f.view.round, up, seen, hall

    def draw(self, c: Canvas, f: Frame) -> None:
        box, y = self.box(f), f.layout.top.middle[1]
        x = c.px(20)
        x += c.text("CROUPIER", Style.BRAND, theme.GOLD, (x, y), tracking=c.px(3)) + c.px(20)
        if f.view.hall:
            x = TablesButton().box(f).right + c.px(14)
        parts = [f.view.table or f.words("top.table"), f.words(WHEEL_NAMES[f.view.law.wheel])]
        if f.view.classic:
            parts[1] = f.words("top.classic")
        if f.view.round:
            parts.append(f.words("top.round", n=number(f.view.round)))
        if f.view.line is not Line.UP:
            return  # Its place is needed for what is the matter.
        room = box.right - x
        line = " · ".join(parts)
        if c.width(line, Style.SMALL) > room:
            line = " · ".join((parts[0], parts[-1]))
        if f.view.hall and c.width(line, Style.SMALL) > room:
            line = parts[0]
        c.text(line, Style.SMALL, theme.MUTED, (x, y), room=room, foreign=True)

    def hits(self, f: Frame) -> Hits:
        del f
        return {}


class Clock:
    """How long the night has gone on, and what it has brought."""

    WIDE = 92

    def box(self, f: Frame) -> Box:
        px = f.layout.px
        return Box(_pill(f).x - px(8 + self.WIDE), 0, px(self.WIDE), f.layout.top.h)

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


class Pill:
    """The phase, and how much of it is left."""

    def __init__(
        self,
        place: Callable[[Frame], Box] = _pill,
        text: Type = Style.MEDIUM,
        clock: Type = Style.STRONG,
        awaited: Type = Style.SMALL,
    ) -> None:
        self.box = place
        self._text = text
        self._clock = clock
        self._awaited = awaited

    def _left(self, f: Frame) -> float | None:
        return None if f.view.deadline is None else max(0.0, f.view.deadline - f.now)

    def _filled(self, f: Frame) -> int:
        left = self._left(f)
        if left is None or f.view.phase_length <= 0:
            return 0
        return round(self.box(f).w * clamp(left / f.view.phase_length))

    def face(self, f: Frame) -> Hashable:
        left = self._left(f)
        left = None if left is None else ceil(left)
        return f.at, f.view.phase, self._filled(f), left, f.view.awaited

    def draw(self, c: Canvas, f: Frame) -> None:
        box, phase = self.box(f), f.view.phase
        colour = PHASE_COLOUR[phase]
        radius = box.h / c.scale / 2
        last_call = (left := self._left(f)) is not None and left <= 5 and phase is Phase.BETTING
        if last_call:
            colour = theme.GOLD
        c.plate(box, radius, theme.PANEL_2, theme.EDGE)
        if filled := self._filled(f):
            clip = c.surface.get_clip()
            c.surface.set_clip(Box(box.x, box.y, filled, box.h).clipped(Box(*clip)))
            tint = theme.PILL_CALL if phase is not Phase.BETTING or last_call else theme.PILL_OPEN
            c.plate(box, radius, tint, theme.EDGE)
            c.surface.set_clip(clip)
        y, dot = box.middle[1], round(box.h * 0.29)
        c.dot(dot, colour, (box.x + 2 * dot, y))
        left_edge, right_edge = box.x + round(3.4 * dot), box.right - round(1.6 * dot)
        room = right_edge - left_edge - dot // 2
        if left is not None:
            text = clock(left)
            c.text(text, self._clock, theme.TEXT, (right_edge, y), "right")
            room -= c.width("00:00"[-len(text) :], self._clock)
        text = f.words(f"phase.{phase}")
        if f.view.awaited:
            self._wait(c, f, Box(left_edge, box.y, right_edge - left_edge, box.h), text)
            return
        c.text(text, self._text, theme.TEXT, (left_edge, y), room=room)

    def _wait(self, c: Canvas, f: Frame, box: Box, phase: str) -> None:
        """In the place of the clock what is awaited; below the phase, where the pill is high."""
        text, y = f.words(f"awaited.{f.view.awaited}"), box.middle[1]
        ink = theme.MUTED if f.view.awaited == "croupier" else theme.GOLD
        if box.h > c.px(60):
            first, second = box.rows((1.15, 1), 0)
            c.text(phase, self._text, theme.TEXT, (box.x, first.middle[1] + c.px(4)), room=box.w)
            at = (box.x, second.middle[1] - c.px(4))
            c.text(text, self._awaited, ink, at, room=box.w)
            return
        used = c.text(phase, self._text, theme.TEXT, (box.x, y), room=box.w // 2)
        room = box.w - used - c.px(12)
        c.text(text, self._awaited, ink, (box.right, y), "right", room=room)

    def hits(self, f: Frame) -> Hits:
        del f
        return {}


class Money:
    """What I have and what of it lies on the table."""

    def box(self, f: Frame) -> Box:
        left = _pill(f).right + f.layout.px(8)
        return Box(left, 0, f.layout.size[0] - f.layout.px(178) - left, f.layout.top.h)

    def face(self, f: Frame) -> Hashable:
        return f.at, f.view.balance, f.view.at_stake

    def draw(self, c: Canvas, f: Frame) -> None:
        box = self.box(f)
        right, top, bottom = box.right - c.px(16), c.px(LABEL), c.px(FIGURE)
        for key, text, colour in reversed(self._columns(f)):
            label, room = f.words(key).upper(), right - box.x
            wide = c.text(label, Style.TINY, theme.MUTED, (right, top), "right", room=room)
            sum_ = c.text(text, Style.MONEY, colour, (right, bottom), "right", room=room)
            right -= max(wide, sum_, c.px(58)) + c.px(26)

    def _columns(self, f: Frame) -> list[tuple[str, str, Rgb]]:
        view = f.view
        stake = ("top.at_stake", number(view.at_stake), theme.TEXT)
        if view.role is Role.CROUPIER:
            return [("top.balance", f.words("top.house"), theme.GOLD), stake]
        if view.role is Role.WATCHER:
            total = sum(view.totals.values())
            return [("top.on_table", number(total), theme.GOLD)]
        key = "top.own_count" if view.classic else "top.balance"
        return [(key, "–" if view.balance is None else number(view.balance), theme.GOLD), stake]

    def hits(self, f: Frame) -> Hits:
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
