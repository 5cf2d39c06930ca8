"""The commands of the talk in a list over it: a click begins the line with one."""

from collections.abc import Hashable

from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import touch
from client_gui.kit.theme import Style
from client_gui.shell.frame import Frame
from client_gui.shell.view import Line

EVERYBODY = (
    *("users", "private", "session", "yes", "no", "exit", "all", "ignore", "hear", "help", "quit"),
)
CROUPIER = ("warn", "mute", "unmute", "kick")


class Commands:
    """What can be typed, and what it does."""

    def _open(self, f: Frame) -> bool:
        return f.ui.talk.help and bool(f.view.account) and f.view.line is Line.UP

    def _rows(self, f: Frame) -> tuple[str, ...]:
        return (*EVERYBODY, *CROUPIER) if f.croupier else EVERYBODY

    def box(self, f: Frame) -> Box:
        px, talk = f.layout.px, f.layout.messages
        high = max(18, px(27)) * len(self._rows(f)) + px(16)
        wide = max(talk.w - px(16), px(330))
        bottom = talk.bottom - px(52)
        return Box(talk.right - px(8) - wide, bottom - high, wide, high)

    def face(self, f: Frame) -> Hashable:
        if not self._open(f):
            return None
        ui = f.ui
        return f.at, frozenset({ui.over, ui.pressed, ui.focus} & set(self.hits(f)))

    def hits(self, f: Frame) -> Hits:
        if not self._open(f):
            return {}
        px, box, names = f.layout.px, self.box(f), self._rows(f)
        rows = box.inset(px(8)).rows((1.0,) * len(names), 0)
        return {"commands": box} | {
            f"command:{name}": row for name, row in zip(names, rows, strict=True)
        }

    def draw(self, c: Canvas, f: Frame) -> None:
        c.plate(self.box(f), 12, theme.PANEL, theme.EDGE_LIT)
        for name, box in self.hits(f).items():
            kind, _, command = name.partition(":")
            if kind == "commands":
                continue
            state = touch(name, f.ui.over, f.ui.pressed, f.ui.focus)
            if state.over or state.pressed:
                c.plate(box, 6, theme.RAISED)
            if state.focused:
                c.frame(box, theme.FOCUS, 2, 6)
            y, left, right = box.middle[1], box.x + c.px(8), box.right - c.px(8)
            used = c.text(f.words(f"command.{command}"), Style.SMALL_STRONG, theme.TEXT, (left, y))
            room = right - left - used - c.px(12)
            about = f.words(f"command_does.{command}")
            c.text(about, Style.SMALL, theme.MUTED, (right, y), "right", room=room)
