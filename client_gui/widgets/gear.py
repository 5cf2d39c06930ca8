"""Under the gear: what can be set, each of which works at once.

A new setting is a line of `ROWS`.
"""

from collections.abc import Callable, Hashable
from typing import NamedTuple

from client_gui import theme
from client_gui.frame import Frame
from client_gui.layout import Box
from client_gui.theme import Style
from client_gui.widgets.base import Canvas, Hits
from client_gui.widgets.controls import button, touch


class Row(NamedTuple):
    name: str
    """Its words are `settings.` and this; pressed, it is `set:` and this."""
    value: Callable[[Frame], str]
    """What it is set to."""


def switch(f: Frame, on: bool) -> str:
    return f.words("settings.on" if on else "settings.off")


ROWS = (
    Row("language", lambda f: f.words("settings.this_language")),
    Row("fullscreen", lambda f: switch(f, f.ui.fullscreen)),
    Row("motion", lambda f: switch(f, f.ui.preferences.reduced_motion)),
    Row("leave", lambda _: ""),
)


class Gear:
    """Under the gear: what can be set, each of which works at once."""

    def box(self, f: Frame) -> Box:
        px, w = f.layout.px, f.layout.size[0]
        wide = px(330)
        high = px(52) + len(ROWS) * px(48)
        return Box(w - wide - px(14), f.layout.top.bottom + px(4), wide, high)

    def face(self, f: Frame) -> Hashable:
        if not f.ui.menu:
            return None
        ui = f.ui
        return f.at, ui.over, ui.pressed, ui.focus, ui.armed, tuple(row.value(f) for row in ROWS)

    def hits(self, f: Frame) -> Hits:
        if not f.ui.menu:
            return {}
        box, px = self.box(f), f.layout.px
        hits: Hits = {"menu": box}
        for at, row in enumerate(ROWS):
            y = box.y + px(44) + at * px(48)
            hits[f"set:{row.name}"] = Box(box.x + px(14), y, box.w - px(28), px(40))
        return hits

    def draw(self, c: Canvas, f: Frame) -> None:
        box, ui, words = self.box(f), f.ui, f.words
        c.plate(box, 14, theme.PANEL, theme.EDGE_LIT)
        c.label(words("settings.title"), (box.x + c.px(18), box.y + c.px(24)), box.w - c.px(36))
        for row in ROWS:
            name = f"set:{row.name}"
            place = self.hits(f)[name]
            state = touch(name, ui.over, ui.pressed, ui.focus)
            button(c, place, "", state, danger=ui.armed == name)
            y = place.middle[1]
            used = c.text(
                row.value(f), Style.STRONG, theme.GOLD, (place.right - c.px(14), y), "right"
            )
            key = "settings.sure" if ui.armed == name else f"settings.{row.name}"
            room = place.w - used - c.px(38)
            c.text(words(key), Style.BODY, theme.TEXT, (place.x + c.px(14), y), room=room)
