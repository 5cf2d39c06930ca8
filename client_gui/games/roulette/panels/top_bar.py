"""What a roulette has in the bar at the top: its wheel and round, the phase, the money."""

from collections.abc import Callable, Hashable
from math import ceil

from client_gui.games.roulette import looks
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.motion import clamp
from client_gui.games.roulette.view import Phase
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.theme import Rgb, Style, Type
from client_gui.kit.words import clock, number
from client_gui.shell.panels.status_bar import Column, pill_box
from client_gui.shell.view import Role
from protocol.games.roulette.lists import WheelKind

PHASE_COLOUR: dict[Phase, Rgb] = {
    Phase.WAITING: theme.MUTED,
    Phase.BETTING: theme.OK,
    Phase.CLOSED: theme.GOLD,
    Phase.SPINNING: theme.GOLD,
    Phase.SETTLED: theme.FOCUS,
}
WHEEL_NAMES = {WheelKind.SINGLE: "top.european", WheelKind.DOUBLE: "top.american"}


def title(f: Frame) -> list[str]:
    """The table, its wheel, the round."""
    kind = "top.classic" if f.view.classic else WHEEL_NAMES[f.view.law.wheel]
    parts = [f.view.table or f.words("top.table"), f.words(kind)]
    if f.view.round:
        parts.append(f.words("top.round", n=number(f.view.round)))
    return parts


def money(f: Frame) -> list[Column]:
    """What I have, and what of it lies on the table; for who watches, all that lies there."""
    view = f.view
    stake = ("top.at_stake", number(view.at_stake), theme.TEXT)
    if view.role is Role.CROUPIER:
        return [("top.balance", f.words("top.house"), theme.GOLD), stake]
    if view.role is Role.WATCHER:
        total = sum(view.totals.values())
        return [("top.on_table", number(total), theme.GOLD)]
    key = "top.own_count" if view.classic else "top.balance"
    return [(key, "–" if view.balance is None else number(view.balance), theme.GOLD), stake]


class Pill:
    """The phase, and how much of it is left."""

    def __init__(
        self,
        place: Callable[[Frame], Box] = pill_box,
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
            tint = looks.PILL_CALL if phase is not Phase.BETTING or last_call else looks.PILL_OPEN
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
