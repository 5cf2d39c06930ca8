"""What came of checking the number that was drawn for one, at the foot of the table."""

from collections.abc import Hashable
from typing import NamedTuple

from client_gui.games.form.view import Found, found_in
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.theme import Rgb, Style
from client_gui.shell.frame import Frame
from protocol.fair.verdict import Colour

HIGH, GAP = 56, 10


class Looks(NamedTuple):
    """Of one colour."""

    fill: Rgb
    edge: Rgb
    ink: Rgb
    icon: str


LOOKS = {
    Colour.GREEN: Looks(theme.PANEL, theme.EDGE, theme.OK, "tick"),
    Colour.GREY: Looks(theme.PANEL, theme.EDGE, theme.MUTED, ""),
    Colour.RED: Looks(theme.BAD_SHADE, theme.BAD, theme.TEXT, "alert"),
}


def above(area: Box, found: Found | None, scale: float) -> Box:
    """What the verdict leaves of this area."""
    return area if found is None else area._replace(h=area.h - round((HIGH + GAP) * scale))


class Verdict:
    """The strip with it."""

    def box(self, f: Frame) -> Box:
        room, px = f.layout.room, f.layout.px
        return Box(room.x, room.bottom - px(HIGH), room.w, px(HIGH))

    def face(self, f: Frame) -> Hashable:
        found = found_in(f.view)
        return None if found is None else (f.at, f.words.language, found)

    def draw(self, c: Canvas, f: Frame) -> None:
        found, box = found_in(f.view), self.box(f)
        assert found is not None
        looks = LOOKS[found.colour]
        c.plate(box, 12, looks.fill, looks.edge, 2)
        if looks.icon:
            c.icon(looks.icon, c.px(24), looks.edge if found.colour is Colour.RED else looks.ink,
                   (box.x + c.px(26), box.middle[1]))  # fmt: skip
        inner = box.inset(c.px(50), c.px(6))
        lines = words_of(f, found)
        for line, row in zip(lines, inner.rows((1,) * len(lines), 0), strict=True):
            at = row.x, row.middle[1]
            c.text(line, Style.SMALL, looks.ink, at, room=row.w, foreign=True)

    def hits(self, f: Frame) -> Hits:
        del f
        return {}


def words_of(f: Frame, found: Found) -> list[str]:
    """What is said of it; where it is red, also what one can do."""
    section = found.colour.name.lower()
    why = "; ".join(f.words(f"{section}.{each.replace(' ', '_')}") for each in found.why)
    said = f.words(f"number.{section}", why=why)
    if found.colour is not Colour.RED:
        return [said]
    path = found.saved
    return [said, f.words("proof.saved", path=path) if path else f.words("proof.ask")]
