"""At the right, below: what the house says. The croupier speaks here, too."""

from collections.abc import Hashable

from client_gui import theme
from client_gui.frame import Frame
from client_gui.layout import Box
from client_gui.theme import Style
from client_gui.view import Line, Message
from client_gui.widgets.base import Canvas, Hits
from client_gui.widgets.controls import field, touch

FIELD = "field:announce"


class Messages:
    """The last lines, as many as there is room for, the newest at the bottom."""

    def box(self, f: Frame) -> Box:
        return f.layout.messages

    @staticmethod
    def _speaks(f: Frame) -> bool:
        return f.croupier and not f.view.classic

    def face(self, f: Frame) -> Hashable:
        ui = f.ui
        typed = (ui.lines.get(FIELD, ""), ui.focus == FIELD, ui.over == FIELD)
        return (
            f.at,
            f.view.messages,
            f.view.online,
            ui.scroll.get("messages", 0),
            typed,
            f.view.line,
        )

    def hits(self, f: Frame) -> Hits:
        box, px = f.layout.messages, f.layout.px
        hits = {"messages": box}
        if self._speaks(f) and f.view.line is Line.UP:
            hits[FIELD] = Box(box.x + px(12), box.bottom - px(44), box.w - px(24), px(34))
        return hits

    def draw(self, c: Canvas, f: Frame) -> None:
        box = f.layout.messages
        head = Box(box.x + c.px(16), box.y + c.px(8), box.w - c.px(32), c.px(28))
        y = head.middle[1]
        used = 0
        if f.view.online:
            text = f.words.count("messages.online", f.view.online)
            used = c.text(text, Style.SMALL, theme.MUTED, (head.right, y), "right", head.w // 2)
        c.label(f.words("messages.title"), (head.x, y), head.w - used - c.px(8), theme.TEXT)
        bottom = box.bottom - c.px(12)
        if FIELD in (hits := self.hits(f)):
            state = touch(FIELD, f.ui.over, f.ui.pressed, f.ui.focus)
            text = f.ui.lines.get(FIELD, "")
            field(c, hits[FIELD], text, state, hint=f.words("messages.announce"))
            bottom = hits[FIELD].y - c.px(8)
        area = Box(head.x, head.bottom + c.px(4), head.w, bottom - head.bottom - c.px(4))
        self._lines(c, f, area)

    def _lines(self, c: Canvas, f: Frame, area: Box) -> None:
        """From the newest upwards, for as long as a whole message fits."""
        skip = min(f.ui.scroll.get("messages", 0), max(0, len(f.view.messages) - 1))
        shown = f.view.messages[: len(f.view.messages) - skip]
        if not shown:
            at = (area.x, area.y + c.px(10))
            c.text(f.words("messages.none"), Style.SMALL, theme.MUTED, at, room=area.w)
            return
        blocks: list[tuple[Message, list[str], int]] = []
        left = area.h
        for message in reversed(shown):
            lines = self._wrap(c, message, area.w)
            high = self._height(c, message, lines)
            if high > left and blocks:
                break
            blocks.append((message, lines, high))
            left -= high
        y = area.y
        for message, lines, high in reversed(blocks):
            self._message(c, message, lines, Box(area.x, y, area.w, high))
            y += high

    @staticmethod
    def _wrap(c: Canvas, message: Message, room: int) -> list[str]:
        if message.house:
            return c.wrapped(f"{message.clock}  {message.text}", Style.SMALL, room)[:6]
        return c.wrapped(message.text, Style.BODY, room)[:6]

    @staticmethod
    def _height(c: Canvas, message: Message, lines: list[str]) -> int:
        if message.house:
            return c.line_height(Style.SMALL, 1.3) * len(lines) + c.px(7)
        name = c.line_height(Style.SMALL_STRONG, 1.35)
        return name + c.line_height(Style.BODY, 1.25) * len(lines) + c.px(7)

    @staticmethod
    def _message(c: Canvas, message: Message, lines: list[str], box: Box) -> None:
        y = box.y
        style, ink, step = Style.BODY, theme.TEXT, c.line_height(Style.BODY, 1.25)
        if message.house:
            style, ink, step = Style.SMALL, theme.MUTED, c.line_height(Style.SMALL, 1.3)
        else:
            high = c.line_height(Style.SMALL_STRONG, 1.35)
            used = c.text(
                message.clock, Style.TINY, theme.MUTED, (box.right, y + high // 2), "right"
            )
            c.text(
                message.who, Style.SMALL_STRONG, theme.GOLD, (box.x, y + high // 2),
                room=box.w - used - c.px(8), foreign=True,
            )  # fmt: skip
            y += high
        for line in lines:
            c.text(line, style, ink, (box.x, y + step // 2), foreign=True)
            y += step
