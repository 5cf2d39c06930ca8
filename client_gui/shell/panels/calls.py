"""The croupier's calls, to be picked from a list over the talk."""

from collections.abc import Hashable

from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Style
from client_gui.shell.frame import Frame
from client_gui.shell.panels.talk import FIELD
from client_gui.shell.view import Line
from protocol.house.lists import Phrase

PHRASES: tuple[Phrase, ...] = tuple(each for each in Phrase if each is not Phrase.OTHER)


class Calls:
    """What is called at every table, and what was typed as a call of one's own."""

    def _open(self, f: Frame) -> bool:
        return f.croupier and f.ui.talk.calls and f.view.line is Line.UP

    def box(self, f: Frame) -> Box:
        px, talk = f.layout.px, f.layout.messages
        row = max(20, px(29))
        high = row * len(Phrase) + px(16)
        bottom = talk.bottom - px(52)
        return Box(talk.x + px(8), bottom - high, talk.w - px(16), high)

    def face(self, f: Frame) -> Hashable:
        if not self._open(f):
            return None
        ui = f.ui
        hands = {ui.over, ui.pressed, ui.focus} & set(self.hits(f))
        return f.at, frozenset(hands), ui.focus, ui.pressed, bool(ui.lines.get(FIELD, "").strip())

    def hits(self, f: Frame) -> Hits:
        if not self._open(f):
            return {}
        px, box = f.layout.px, self.box(f)
        rows = box.inset(px(8)).rows((1.0,) * len(Phrase), max(1, px(2)))
        hits: Hits = {"calls": box}
        for phrase, row in zip((*PHRASES, Phrase.OTHER), rows, strict=True):
            hits[f"call:{phrase.name}"] = row
        return hits

    def draw(self, c: Canvas, f: Frame) -> None:
        c.plate(self.box(f), 12, theme.PANEL, theme.EDGE_LIT)
        texts = {each: f.words(f"phrase.{each.name.lower()}") for each in PHRASES}
        for name, box in self.hits(f).items():
            if name == "calls":
                continue
            state = touch(name, f.ui.over, f.ui.pressed, f.ui.focus)
            if name == f"call:{Phrase.OTHER.name}":
                typed = bool(f.ui.lines.get(FIELD, "").strip())
                button(c, box, f.words("talk.own_call"), state, enabled=typed)
                continue
            if state.over or state.pressed:
                c.plate(box, 6, theme.RAISED)
            if state.focused:
                c.frame(box, theme.FOCUS, 2, 6)
            text = texts[Phrase[name.removeprefix("call:")]]
            at, room = (box.x + c.px(8), box.middle[1]), box.w - c.px(16)
            c.text(text, Style.SMALL, theme.TEXT, at, room=room, among=texts.values())
