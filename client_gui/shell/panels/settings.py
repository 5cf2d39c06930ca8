"""Under the gear: what can be set, each of which works at once.

A new setting is a line of `ROWS`.
"""

from collections.abc import Callable, Hashable
from typing import NamedTuple

from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Style
from client_gui.kit.words import number, span
from client_gui.shell.frame import Frame
from client_gui.shell.own_limits import Amount, Limit
from client_gui.shell.view import Role

ROW = 40
GAP = 6
HEAD = 44


class Row(NamedTuple):
    name: str
    """Its words are `settings.` and this; pressed, it is `set:` and this."""
    value: Callable[[Frame], str]
    """What it is set to."""
    steps: bool = False
    """Whether there is more and less of it: `more:` and `less:` and its name."""
    key: str = ""
    """The key that does the same."""
    of: Role | None = None
    """Whom it is for; None: for all."""


def switch(f: Frame, on: bool) -> str:
    return f.words("settings.on" if on else "settings.off")


def _volume(f: Frame) -> str:
    return f.words("settings.percent", n=f.ui.preferences.volume)


def _hours(minutes: int) -> str:
    return span(60.0 * minutes)


def _limit(f: Frame, limit: Limit, written: Callable[[int], str]) -> str:
    """What counts, and what will."""

    def said(amount: Amount) -> str:
        return f.words("settings.no_limit") if amount is None else written(amount)

    now = said(limit.at(f.hour))
    return f"{now} → {said(limit.wish)}" if limit.waits(f.hour) else now


ROWS = (
    Row("language", lambda f: f.words("settings.this_language")),
    Row("fullscreen", lambda f: switch(f, f.ui.fullscreen)),
    Row("sound", lambda f: switch(f, not f.ui.preferences.muted), key="M"),
    Row("volume", _volume, steps=True, key="[ / ]"),
    Row("motion", lambda f: switch(f, f.ui.preferences.reduced_motion)),
    Row("reading", lambda f: f.words(f"settings.reading{f.ui.preferences.reading}"), steps=True),
    Row("large", lambda f: switch(f, f.ui.preferences.large)),
    Row("marks", lambda f: switch(f, f.ui.preferences.marks)),
    Row("loss", lambda f: _limit(f, f.ui.own_limits.loss, number), steps=True, of=Role.PLAYER),
    Row(
        "minutes", lambda f: _limit(f, f.ui.own_limits.minutes, _hours), steps=True, of=Role.PLAYER
    ),
    Row("help", lambda _: "", key="H"),
    Row("leave", lambda _: ""),
)


def rows(f: Frame) -> tuple[Row, ...]:
    """What this seat can set."""
    return tuple(row for row in ROWS if row.of in (None, f.view.role))


class Settings:
    """Under the gear: what can be set, each of which works at once."""

    def box(self, f: Frame) -> Box:
        px, w = f.layout.px, f.layout.size[0]
        wide = px(512)
        high = px(HEAD) + len(rows(f)) * px(ROW + GAP) + px(8)
        return Box(w - wide - px(14), f.layout.top.bottom + px(4), wide, high)

    def face(self, f: Frame) -> Hashable:
        if not f.ui.menu:
            return None
        ui = f.ui
        return f.at, ui.over, ui.pressed, ui.focus, ui.armed, tuple(row.value(f) for row in rows(f))

    def hits(self, f: Frame) -> Hits:
        if not f.ui.menu:
            return {}
        box, px = self.box(f), f.layout.px
        hits: Hits = {"menu": box}
        for at, row in enumerate(rows(f)):
            y = box.y + px(HEAD) + at * px(ROW + GAP)
            place = Box(box.x + px(14), y, box.w - px(28), px(ROW))
            hits[f"set:{row.name}"] = place
            if row.steps:
                less, _, more = self._steps(f, place)
                hits[f"less:{row.name}"], hits[f"more:{row.name}"] = less, more
        return hits

    @staticmethod
    def _steps(f: Frame, place: Box) -> list[Box]:
        """Where less, the value and more stand in a row."""
        px = f.layout.px
        wide = px(248)
        at = Box(place.right - wide - px(5), place.y + px(5), wide, place.h - px(10))
        return at.columns((0.155, 0.69, 0.155), px(2))

    def draw(self, c: Canvas, f: Frame) -> None:
        box, words = self.box(f), f.words
        c.plate(box, 14, theme.PANEL, theme.EDGE_LIT)
        c.label(words("settings.title"), (box.x + c.px(18), box.y + c.px(24)), box.w - c.px(36))
        hits = self.hits(f)
        for row in rows(f):
            self._row(c, f, row, hits[f"set:{row.name}"])

    def _row(self, c: Canvas, f: Frame, row: Row, place: Box) -> None:
        ui, words, name = f.ui, f.words, f"set:{row.name}"
        state = touch(name, ui.over, ui.pressed, ui.focus)
        button(c, place, "", state, danger=ui.armed == name)
        y = place.middle[1]
        less, value, more = self._steps(f, place)
        if row.steps:
            for step, sign in ((less, "−"), (more, "+")):
                key = f"{'less' if sign == '−' else 'more'}:{row.name}"
                button(c, step, sign, touch(key, ui.over, ui.pressed, ui.focus))
            c.text(row.value(f), Style.STRONG, theme.GOLD, value.middle, "center", room=value.w)
        else:
            at = (place.right - c.px(14), y)
            c.text(row.value(f), Style.STRONG, theme.GOLD, at, "right")
        left = place.x + c.px(14)
        if ui.armed == name:
            text, room = words("settings.sure"), place.w - c.px(28)
            c.text(text, Style.BODY, theme.TEXT, (left, y), room=room)
            return
        names = {each.name: words(f"settings.{each.name}") for each in rows(f)}
        text, room = names[row.name], less.x - left - c.px(10)
        wide = c.text(text, Style.BODY, theme.TEXT, (left, y), room=room, among=names.values())
        if row.key:
            c.text(row.key, Style.TINY, theme.MUTED, (left + wide + c.px(10), y))
