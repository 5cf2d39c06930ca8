"""The red banner at the door: what answers is not the table that was met there before."""

from collections.abc import Hashable, Iterator
from typing import Protocol

from client_gui.kit import controls, theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import touch
from client_gui.kit.theme import Style
from client_gui.kit.words import Words
from client_gui.shell.layout import Layout

BACK, ANEW = "button:back", "button:anew"
WIDE, HIGH = 640, 450


class Hands(Protocol):
    """What of the door's hands is needed."""

    stranger: str
    over: str | None
    pressed: str | None
    focus: str | None
    armed: str | None


class Door(Protocol):
    """What of the door is needed."""

    @property
    def ui(self) -> Hands: ...
    @property
    def words(self) -> Words: ...
    @property
    def layout(self) -> Layout: ...


class Stranger:
    """Over everything, until one goes back or says twice that the host began anew."""

    def box(self, f: Door) -> Box:
        (width, height), px = f.layout.size, f.layout.px
        wide, high = px(WIDE), px(HIGH)
        return Box((width - wide) // 2, (height - high) // 2, wide, high)

    def face(self, f: Door) -> Hashable:
        ui = f.ui
        if not ui.stranger:
            return None
        hands = ui.over, ui.pressed, ui.focus, ui.armed
        return f.words.language, f.layout.size, ui.stranger, hands

    def hits(self, f: Door) -> Hits:
        if not f.ui.stranger:
            return {}
        box, px = self.box(f), f.layout.px
        row = Box(box.x + px(28), box.bottom - px(28 + 52), box.w - 2 * px(28), px(52))
        back, anew = row.columns((1, 1.25), px(14))
        return {BACK: back, ANEW: anew}

    def draw(self, c: Canvas, f: Door) -> None:
        box, words = self.box(f), f.words
        c.plate(box, 18, theme.BAD_SHADE, theme.BAD, 2.5)
        inner = box.inset(c.px(28), c.px(26))
        c.icon("alert", c.px(34), theme.BAD, (inner.x + c.px(17), inner.y + c.px(16)))
        title, at = words("stranger.title"), (inner.x + c.px(48), inner.y + c.px(16))
        c.text(title, Style.TITLE, theme.TEXT, at, room=inner.w - c.px(48))
        y = inner.y + c.px(58)
        for style, line in self._lines(c, f, inner.w):
            c.text(line, style, theme.TEXT, (inner.x, y), room=inner.w, foreign=True)
            y += c.line_height(style, 1.4 if line else 0.6)
        self._buttons(c, f)

    @staticmethod
    def _lines(c: Canvas, f: Door, room: int) -> Iterator[tuple[theme.Type, str]]:
        yield Style.STRONG, f.ui.stranger
        for key in ("before", "safe", "anew"):
            yield Style.BODY, ""
            text = f.words(f"stranger.{key}")
            yield from ((Style.BODY, line) for line in c.wrapped(text, Style.BODY, room))

    def _buttons(self, c: Canvas, f: Door) -> None:
        ui, hits = f.ui, self.hits(f)
        for name, box in hits.items():
            armed = name == ANEW and ui.armed == name
            key = {BACK: "back", ANEW: "sure" if armed else "accept"}[name]
            state = touch(name, ui.over, ui.pressed, ui.focus)
            text = f.words(f"stranger.{key}")
            controls.button(c, box, text, state, gold=name == BACK, danger=armed)
