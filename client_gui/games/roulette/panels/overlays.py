"""What hangs over the table: bubbles, and the alarm."""

from collections.abc import Hashable

from client_gui.games.roulette import spots
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels.felt import chip_size
from client_gui.games.roulette.panels.round_banner import ALARM
from client_gui.kit import theme
from client_gui.kit.box import Box, Size
from client_gui.kit.canvas import Canvas, Hits, fitted
from client_gui.kit.theme import Rgb, Style
from client_gui.kit.words import number
from client_gui.shell.panels.notes import bubble_size, draw_bubble, note_words
from protocol.games.roulette.rules import SPOTS, Spot
from protocol.text import as_name

ALARM_NAME = "button:alarm"
NAMED = 5
"""So many holders of a spot are named."""


def bubble_box(f: Frame, size: Size, spot: Spot | None) -> Box:
    """Above the spot, inside the window; without a spot over the chips of the hand, so that none on
    the table is hidden.
    """
    px, felt = f.layout.px, f.layout.felt
    if spot is None:
        x, y = f.layout.chip_tray.middle[0], f.layout.chip_tray.y
        return fitted(size, (x, y + size[1] // 2)).within(f.layout.window.inset(px(6)))
    x, y = f.layout.anchor(spot)
    top = y - chip_size(felt.cell(1), line=False) // 2 - px(12)
    if spot == 0 or SPOTS[spot].covers[0] in (1, 2, 3):
        x += px(20)
    return Box(x - size[0] // 2, top - size[1], *size).within(f.layout.window.inset(px(6)))


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
        return bubble_box(f, bubble_size(f, wide, len(lines)), f.ui.hover)

    def face(self, f: Frame) -> Hashable:
        if f.ui.hover is None or f.ui.menu or note_words(f):
            return None
        return f.at, f.ui.hover, tuple(self._lines(f))

    def draw(self, c: Canvas, f: Frame) -> None:
        draw_bubble(c, self.box(f), self._lines(f), theme.EDGE_LIT)

    def hits(self, f: Frame) -> Hits:
        del f
        return {}


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
