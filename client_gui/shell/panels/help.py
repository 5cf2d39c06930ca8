"""Every key of the table, laid over it with H."""

from collections.abc import Callable, Hashable
from typing import Generic, NamedTuple, TypeAlias

from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits, fitted
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Style
from client_gui.shell.frame import F, Frame


class Line(NamedTuple):
    key: str
    """What it does: its words are `help.` and this."""
    names: tuple[str, ...] = ()
    """What its keys press; the caps are found by that."""
    cap: str = ""
    """What stands on keys that press nothing of their own, or are too many to be named."""


TALK = Line("talk", ("button:talk",))
TABLES = Line("tables", ("button:tables",))
KEYBOARD = (
    Line("tab", cap="Tab"),
    Line("press", cap="key.enter"),
    Line("page", cap="PgUp PgDn"),
)
WINDOW = (
    Line("help", ("button:help",)),
    Line("settings", ("button:settings",)),
    Line("mute", ("set:sound",)),
    Line("volume", ("less:volume", "more:volume")),
    Line("escape", cap="Esc"),
)

Column: TypeAlias = tuple[str, tuple[Line, ...]]
"""Its words are `help.of_` and this; its lines."""
Columns: TypeAlias = tuple[Column, Column]


def window(f: Frame, *, first: tuple[Line, ...] = (), opens: tuple[Line, ...] = ()) -> Column:
    """What everybody can do at every table; what a game adds, at the top, and among what opens
    something.
    """
    tables = (TABLES,) if f.view.hall else ()
    return "window", (*first, *tables, *KEYBOARD, *opens, *WINDOW)


def cap(f: Frame, line: Line) -> str:
    """What stands on the keys of a line."""
    known = [f.ui.caps[name] for name in line.names if name in f.ui.caps]
    caps = [line.cap] if line.cap else known
    return "  ".join(f.words(each) if each.startswith("key.") else each for each in caps)


class Help(Generic[F]):
    """Two columns: at the left what one does at this seat, at the right what holds for all."""

    def __init__(self, columns: Callable[[F], Columns]) -> None:
        self.columns = columns

    def box(self, f: F) -> Box:
        px = f.layout.px
        return fitted((px(940), px(600)), f.layout.window.middle).within(f.layout.window)

    def face(self, f: F) -> Hashable:
        if not f.ui.help:
            return None
        ui = f.ui
        return f.at, touch("button:help", ui.over, ui.pressed, ui.focus)

    def hits(self, f: F) -> Hits:
        if not f.ui.help:
            return {}
        box, px = self.box(f), f.layout.px
        wide = px(150)
        shut = Box(box.right - wide - px(20), box.y + px(14), wide, px(36))
        return {"help": box, "button:help": shut}

    def draw(self, c: Canvas, f: F) -> None:
        box, words, ui = self.box(f), f.words, f.ui
        c.plate(box, 14, theme.PANEL, theme.EDGE_LIT)
        shut = self.hits(f)["button:help"]
        state = touch("button:help", ui.over, ui.pressed, ui.focus)
        button(c, shut, words("help.shut"), state, "Esc")
        left = box.x + c.px(26)
        room = shut.x - left - c.px(10)
        c.text(words("help.title"), Style.TITLE, theme.TEXT, (left, box.y + c.px(32)), room=room)
        inner = Box(left, box.y + c.px(62), box.right - c.px(26) - left, box.h - c.px(104))
        both = self.columns(f)
        most = max(len(lines) for _, lines in both) + 1
        says = [words(f"help.{line.key}") for _, lines in both for line in lines]
        for (title, lines), column in zip(both, inner.columns((1, 1), c.px(34)), strict=True):
            rows = column.rows((1.0,) * most, 0)
            c.label(words(f"help.of_{title}"), (column.x, rows[0].middle[1]), column.w, theme.GOLD)
            for line, row in zip(lines, rows[1:], strict=False):
                self._line(c, f, line, row, says)
        at = (left, box.bottom - c.px(24))
        c.text(words("help.places"), Style.SMALL, theme.MUTED, at, room=inner.w)

    @staticmethod
    def _line(c: Canvas, f: F, line: Line, row: Box, says: list[str]) -> None:
        key = Box(row.x, row.y + c.px(3), c.px(108), row.h - c.px(6))
        c.plate(key, 6, theme.PANEL_2, theme.EDGE_LIT)
        y = row.middle[1]
        room = key.w - c.px(8)
        c.text(
            cap(f, line), Style.SMALL_STRONG, theme.TEXT, (key.middle[0], y), "center", room=room
        )
        x = key.right + c.px(14)
        text, room = f.words(f"help.{line.key}"), row.right - x
        c.text(text, Style.BODY, theme.TEXT, (x, y), room=room, among=says)
