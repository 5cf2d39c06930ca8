"""What hangs over the table: bubbles, the banner of a lost line."""

from collections.abc import Hashable
from math import ceil

from client_gui.games.roulette import spots
from client_gui.games.roulette.panels.felt import chip_size
from client_gui.games.roulette.panels.round_banner import ALARM
from client_gui.games.roulette.view import Line
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits, fitted
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Rgb, Style
from client_gui.kit.words import number
from client_gui.shell.frame import Frame
from protocol.games.roulette.rules import SPOTS, Spot
from protocol.text import as_name

ALARM_NAME = "button:alarm"
NAMED = 5
"""So many holders of a spot are named."""


def _bubble_box(f: Frame, wide: int, spot: Spot | None, lines: int) -> Box:
    """Above the spot, inside the window; without a spot over the chips of the hand, so that none on
    the table is hidden.
    """
    px = f.layout.px
    size = (wide + px(32), px(16) + lines * px(22))
    felt = f.layout.felt
    if spot is None:
        x, y = f.layout.chip_tray.middle[0], f.layout.chip_tray.y
        return fitted(size, (x, y + size[1] // 2)).within(f.layout.window.inset(px(6)))
    x, y = f.layout.anchor(spot)
    top = y - chip_size(felt.cell(1), line=False) // 2 - px(12)
    if spot == 0 or SPOTS[spot].covers[0] in (1, 2, 3):
        x += px(20)
    return Box(x - size[0] // 2, top - size[1], *size).within(f.layout.window.inset(px(6)))


def _bubble(c: Canvas, box: Box, lines: list[tuple[str, theme.Type, Rgb]], edge: Rgb) -> None:
    c.plate(box, 9, theme.BUBBLE, edge)
    step = (box.h - c.px(12)) / len(lines)
    for at, (text, style, ink) in enumerate(lines):
        y = round(box.y + c.px(6) + step * (at + 0.5))
        c.text(text, style, ink, (box.middle[0], y), "center", room=box.w - c.px(12), foreign=True)


class HoverBubble:
    """What the spot under the mouse is, and what a click there would pay."""

    def _lines(self, f: Frame) -> list[tuple[str, theme.Type, Rgb]]:
        spot, words = f.ui.hover, f.words
        assert spot is not None
        info, sum_ = SPOTS[spot], f.ui.amount()
        first = spots.title_of(words, spot)
        lies = f.view.laid.get(spot, 0)
        pays = words("bubble.pays", sum=number(sum_), win=number(sum_ * info.pays), n=info.pays)
        if not f.known.may_bet:
            pays = words("bubble.odds", n=info.pays)
        lines = [(first, Style.SMALL_STRONG, theme.TEXT), (pays, Style.SMALL, theme.GOLD)]
        if lies:
            text = words("bubble.lies", sum=number(lies), win=number(lies * info.pays))
            lines.append((text, Style.SMALL, theme.MUTED))
        held = f.holders.get(spot, [])
        shown = [f"{as_name(each.name)} {number(each.amount)}" for each in held[:NAMED]]
        if len(held) > NAMED:
            shown.append(words("bubble.more", n=len(held) - NAMED))
        pairs = (" · ".join(shown[at : at + 2]) for at in range(0, len(shown), 2))
        return [*lines, *((pair, Style.SMALL, theme.TEXT) for pair in pairs)]

    def box(self, f: Frame) -> Box:
        if f.ui.hover is None:
            return Box(0, 0, 0, 0)
        lines = self._lines(f)
        wide = max(f.wide(text, style) for text, style, _ in lines)
        return _bubble_box(f, wide, f.ui.hover, len(lines))

    def face(self, f: Frame) -> Hashable:
        if f.ui.hover is None or f.ui.menu or note_words(f):
            return None
        return f.at, f.ui.hover, tuple(self._lines(f))

    def draw(self, c: Canvas, f: Frame) -> None:
        _bubble(c, self.box(f), self._lines(f), theme.EDGE_LIT)

    def hits(self, f: Frame) -> Hits:
        del f
        return {}


def note_words(f: Frame) -> str:
    note = f.ui.bubble
    return note.text if note is not None and f.now < note.until else ""


class NoteBubble:
    """Bad news in words, next to where it happened."""

    def box(self, f: Frame) -> Box:
        note = f.ui.bubble
        if note is None:
            return Box(0, 0, 0, 0)
        return _bubble_box(f, f.wide(note.text, Style.SMALL_STRONG), note.spot, 1)

    def face(self, f: Frame) -> Hashable:
        note = f.ui.bubble
        return None if note is None or f.now >= note.until else (f.at, note.text, note.spot)

    def draw(self, c: Canvas, f: Frame) -> None:
        assert f.ui.bubble is not None
        line = (f.ui.bubble.text, Style.SMALL_STRONG, theme.TEXT)
        _bubble(c, self.box(f), [line], theme.BAD)

    def hits(self, f: Frame) -> Hits:
        del f
        return {}


def line_words(f: Frame) -> str:
    """Why there is no line; nothing while there is one."""
    view = f.view
    if view.line is Line.UP:
        return ""
    if view.line is Line.ENDED:
        return f.words(f"ended.{view.why_lost or 'gone'}")
    left = 0 if view.retry_at is None else max(0, ceil(view.retry_at - f.now))
    return f.words.count("line.retry", left) if left else f.words("line.trying")


class LineBanner:
    """The line is down: why, and when it is tried again; in the place of the phase."""

    def box(self, f: Frame) -> Box:
        px, w = f.layout.px, f.layout.size[0]
        return Box((w - px(560)) // 2, px(4), px(560), f.layout.top.h - px(8))

    def face(self, f: Frame) -> Hashable:
        if f.view.line is Line.UP:
            return None
        return f.at, line_words(f), f.ui.over, f.ui.focus

    def hits(self, f: Frame) -> Hits:
        if f.view.line is Line.UP:
            return {}
        box, px = self.box(f), f.layout.px
        return {"button:leave": Box(box.right - px(114), box.y + px(6), px(108), box.h - px(12))}

    def draw(self, c: Canvas, f: Frame) -> None:
        box = self.box(f)
        c.plate(box, 12, theme.BAD_SHADE, theme.BAD, 1.5)
        y = box.middle[1]
        c.icon("alert", c.px(22), theme.BAD, (box.x + c.px(24), y))
        text = line_words(f)
        leave = self.hits(f)["button:leave"]
        room = leave.x - box.x - c.px(52)
        c.text(text, Style.MEDIUM, theme.TEXT, (box.x + c.px(44), y), room=room)
        state = touch("button:leave", f.ui.over, f.ui.pressed, f.ui.focus)
        button(c, leave, f.words("line.leave"), state)


def alarm_words(f: Frame) -> str:
    broken = f.view.verified is False and not f.view.classic
    return f.words("proof.alarm") if broken else ""


class Alarm:
    """A spin that does not hold: never to be overlooked, and never in the way of the layout."""

    def box(self, f: Frame) -> Box:
        m = f.layout.round_banner
        return Box(m.x, m.bottom - f.layout.px(ALARM), m.w, f.layout.px(ALARM))

    def face(self, f: Frame) -> Hashable:
        if not alarm_words(f):
            return None
        touched = f.ui.over == ALARM_NAME, f.ui.focus == ALARM_NAME
        return f.at, f.view.proof, f.view.outcome, f.show.marked(f.now), touched

    def draw(self, c: Canvas, f: Frame) -> None:
        box = self.box(f)
        edge = theme.FOCUS if f.ui.focus == ALARM_NAME else theme.BAD
        c.plate(box, 12, theme.BAD_SHADE, edge, 3 if f.ui.over == ALARM_NAME else 2)
        first, second = box.inset(c.px(12), c.px(8)).rows((1, 1), 0)
        x = box.x + c.px(50)
        c.icon("alert", c.px(28), theme.BAD, (box.x + c.px(27), box.middle[1]))
        room = box.right - c.px(14) - x
        c.text(alarm_words(f), Style.STRONG, theme.TEXT, (x, first.middle[1]), room=room)
        text = f.words("proof.saved", path=f.view.proof) if f.view.proof else f.words("proof.ask")
        c.text(text, Style.SMALL, theme.TEXT, (x, second.middle[1]), room=room, foreign=True)

    def hits(self, f: Frame) -> Hits:
        """It leads to the step that fails."""
        return {ALARM_NAME: self.box(f)} if alarm_words(f) else {}
