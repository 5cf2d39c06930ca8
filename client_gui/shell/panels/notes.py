"""What hangs over a table: a note in a bubble, the banner of a lost line."""

from collections.abc import Callable, Hashable
from math import ceil
from typing import Generic

from client_gui.kit import theme
from client_gui.kit.box import Box, Size
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Rgb, Style
from client_gui.shell.frame import F, Frame
from client_gui.shell.view import Line


def bubble_size(f: Frame, wide: int, lines: int) -> Size:
    """With so many lines, the longest so wide."""
    px = f.layout.px
    return wide + px(32), px(16) + lines * px(22)


def draw_bubble(c: Canvas, box: Box, lines: list[tuple[str, theme.Type, Rgb]], edge: Rgb) -> None:
    c.plate(box, 9, theme.BUBBLE, edge)
    step = (box.h - c.px(12)) / len(lines)
    for at, (text, style, ink) in enumerate(lines):
        y = round(box.y + c.px(6) + step * (at + 0.5))
        c.text(text, style, ink, (box.middle[0], y), "center", room=box.w - c.px(12), foreign=True)


def note_words(f: Frame) -> str:
    note = f.ui.bubble
    return note.text if note is not None and f.now < note.until else ""


class NoteBubble(Generic[F]):
    """Bad news in words, next to where it happened."""

    def __init__(self, put: Callable[[F, Size, int | None], Box]) -> None:
        """Where a bubble of this size is put, a game says: it knows its places."""
        self._put = put

    def box(self, f: F) -> Box:
        note = f.ui.bubble
        if note is None:
            return Box(0, 0, 0, 0)
        size = bubble_size(f, f.wide(note.text, Style.SMALL_STRONG), 1)
        return self._put(f, size, note.place)

    def face(self, f: F) -> Hashable:
        note = f.ui.bubble
        return None if note is None or f.now >= note.until else (f.at, note.text, note.place)

    def draw(self, c: Canvas, f: F) -> None:
        assert f.ui.bubble is not None
        line = (f.ui.bubble.text, Style.SMALL_STRONG, theme.TEXT)
        draw_bubble(c, self.box(f), [line], theme.BAD)

    def hits(self, f: F) -> Hits:
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
