"""Under the wheel: the last results, and how often what came."""

from collections.abc import Hashable

from client.games.roulette.numbers import TELLING
from client_gui.games.roulette import looks
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels import pockets
from client_gui.games.roulette.view import RouletteView
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.theme import Style
from protocol.games.roulette.rules import BLACKS, REDS, ZEROS, Colour, colour

TILES = 9
FEW = 3
"""Bars are as high as the panel only from so many on: one spin is no mountain."""
RECORD = "record:numbers"
"""The panel is also the way to the record."""
PROOF = "record:proof"
"""So is the tick."""
BAR: dict[Colour, theme.Rgb] = {
    Colour.GREEN: looks.OK_DARK,
    Colour.RED: looks.RED,
    Colour.BLACK: looks.BAR_BLACK,
}


class Results:
    """The last numbers, the newest first and larger."""

    def box(self, f: Frame) -> Box:
        return f.layout.results.grown(2)

    def face(self, f: Frame) -> Hashable:
        return f.at, f.view.results[:TILES], f.view.verified

    def draw(self, c: Canvas, f: Frame) -> None:
        box = f.layout.results
        place = (box.x + c.px(2), box.y + c.px(8))
        c.label(f.words("left.results"), place, box.w, theme.ON_CLOTH)
        if not f.view.results:
            place = (box.x + c.px(2), box.bottom - c.px(22))
            c.text(f.words("left.no_results"), Style.SMALL, theme.ON_CLOTH, place, room=box.w)
            return
        row = Box(box.x, box.y + c.px(22), box.w, box.h - c.px(22))
        first = row.h
        gap = c.px(5)
        rest = (row.w - first - gap * (TILES - 1)) // (TILES - 1)
        pockets.tile(c, Box(row.x, row.y, first, first), f.view.results[0], True, Style.NUMBER)
        high = min(round(first * 0.72), round(rest * 1.1))
        for at, pocket in enumerate(f.view.results[1:TILES]):
            x = row.x + first + gap + at * (rest + gap)
            tile = Box(x, row.y + (first - high) // 2, rest, high)
            pockets.tile(c, tile, pocket, False, Style.STRONG, on_felt=True)

    def hits(self, f: Frame) -> Hits:
        del f
        return {}


class Stats:
    """How often each number came, the colours' shares, the hot and the cold; the proof."""

    def box(self, f: Frame) -> Box:
        return f.layout.stats

    def face(self, f: Frame) -> Hashable:
        lit = frozenset((f.ui.over, f.ui.focus)) & {RECORD, PROOF}, f.ui.focus
        return f.at, f.view.numbers.pockets, f.view.verified, f.view.proof, lit

    def draw(self, c: Canvas, f: Frame) -> None:
        box = f.layout.stats.inset(c.px(14))
        self._way_in(c, f)
        total = f.view.numbers.spins
        if total:
            title = f.words.count("left.spins", total)
            c.label(title, (box.x, box.y + c.px(5)), room=box.w - c.px(24))
            self._figures(c, f, box, total)
        else:
            c.label(f.words("left.statistics"), (box.x, box.y + c.px(5)), room=box.w - c.px(24))
            place = box.inset(c.px(18), c.px(20))
            c.paragraph(f.words("left.no_spins"), Style.SMALL, theme.MUTED, place, "center")
        self._proof(c, f, box)

    @staticmethod
    def _way_in(c: Canvas, f: Frame) -> None:
        """A click, or E, opens the record."""
        box = f.layout.stats
        lit = f.ui.over == RECORD
        if f.ui.focus == RECORD or lit:
            c.frame(box, theme.FOCUS if f.ui.focus == RECORD else theme.GOLD_DIM, 2, 14)
        at = box.right - c.px(14), box.y + c.px(19)
        c.text("E", Style.TINY, theme.GOLD if lit else theme.MUTED, at, "right")

    def _figures(self, c: Canvas, f: Frame, box: Box, total: int) -> None:
        row = c.line_height(Style.SMALL, 1.75)
        telling = total >= TELLING
        low = box.bottom - c.px(34) - 2 * row * telling
        shares_y = low - round(row * 1.05)
        graph = Box(box.x, box.y + c.px(20), box.w, shares_y - round(row * 0.7) - box.y - c.px(20))
        numbers = f.view.numbers
        hits = numbers.counts
        self._bars(c, graph, hits)
        third = box.w // 3
        shares = (
            ("red", numbers.of(REDS), looks.RED_TEXT, "left", box.x),
            ("zero", numbers.of(ZEROS), theme.OK, "center", box.x + box.w // 2),
            ("black", numbers.of(BLACKS), theme.TEXT, "right", box.right),
        )
        texts = [f.words(f"left.{key}", share=f.words.percent(n / total)) for key, n, *_ in shares]
        for text, (_, _, ink, align, x) in zip(texts, shares, strict=True):
            place, room = (x, shares_y), third - c.px(3)
            c.text(text, Style.SMALL_STRONG, ink, place, align, room, among=texts)
        if not telling:
            return
        titles = f.words("left.hot"), f.words("left.cold")
        for at, each in enumerate((numbers.hot, numbers.cold)):
            y = low + at * row + row // 3
            self._numbers(c, titles, at, each, Box(box.x, y, box.w, row))

    @staticmethod
    def _bars(c: Canvas, graph: Box, hits: tuple[int, ...]) -> None:
        most = max(FEW, *hits)
        if graph.h < 8:
            return
        c.rule(graph.x, graph.bottom - 1, graph.w)
        step = graph.w / len(hits)
        wide = max(2, round(step * 0.66))
        for number, count in enumerate(hits):
            if count:
                high = max(2, round(graph.h * count / most))
                x = graph.x + round(number * step + (step - wide) / 2)
                c.plate(Box(x, graph.bottom - high, wide, high), 2, BAR[colour(number)])

    @staticmethod
    def _numbers(
        c: Canvas, titles: tuple[str, str], at: int, numbers: tuple[int, ...], row: Box
    ) -> None:
        """One of the two rows, about its upper edge."""
        name_w = c.px(76)
        room = name_w - c.px(8)
        c.text(titles[at], Style.SMALL, theme.MUTED, (row.x, row.y), room=room, among=titles)
        step = (row.w - name_w) / len(numbers)
        wide, high = min(round(step - c.px(5)), c.px(36)), round(row.h * 0.84)
        for place, number in enumerate(numbers):
            x = row.x + name_w + round(place * step)
            pockets.tile(
                c, Box(x, row.y - high // 2, wide, high), number, False, Style.SMALL_STRONG
            )

    @staticmethod
    def _proof(c: Canvas, f: Frame, box: Box) -> None:
        """The tick, or the alarm, or the truth that this protocol proves nothing."""
        y = box.bottom - c.px(8)
        view = f.view
        if PROOF in (f.ui.over, f.ui.focus) and _judged(view):
            tint = theme.FOCUS if f.ui.focus == PROOF else theme.GOLD_DIM
            row = Box(box.x - c.px(6), y - c.px(15), box.w + c.px(12), c.px(30))
            c.frame(row, tint, 2, 8)
        if view.classic:
            c.text(f.words("proof.classic"), Style.SMALL, theme.MUTED, (box.x, y), room=box.w)
            return
        if view.verified is None:
            if view.proof:
                c.text(f.words("proof.partly"), Style.SMALL, theme.MUTED, (box.x, y), room=box.w)
            return
        good = view.verified
        ink = theme.OK if good else theme.BAD_TEXT
        size = c.px(20)
        c.dot(size, looks.OK_SHADE if good else theme.BAD_SHADE, (box.x + size // 2, y))
        c.icon("tick" if good else "cross", round(size * 0.6), ink, (box.x + size // 2, y))
        tail = c.width(view.proof, Style.SMALL) if good else 0
        room = box.w - size - c.px(8) - tail - c.px(8)
        text = f.words("proof.good" if good else "proof.bad")
        c.text(text, Style.SMALL_STRONG, ink, (box.x + size + c.px(8), y), room=room)
        if good:
            c.text(view.proof, Style.SMALL, theme.MUTED, (box.right, y), "right", foreign=True)

    def hits(self, f: Frame) -> Hits:
        hits = {RECORD: f.layout.stats}
        if _judged(f.view):
            box, px = f.layout.stats, f.layout.px
            hits[PROOF] = Box(box.x + px(8), box.bottom - px(38), box.w - px(16), px(30))
        return hits


def _judged(view: RouletteView) -> bool:
    """Whether there is something to read about the last round: why it is grey, too."""
    return view.verified is not None or bool(view.proof)
