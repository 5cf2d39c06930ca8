"""The record's page of numbers: a heat map on the layout, sectors, hot and cold, the last ones."""

from collections.abc import Hashable

from client.games.roulette.numbers import SECTORS, Numbers
from client_gui.games.roulette import spots
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.layout import Felt, is_field
from client_gui.games.roulette.panels import pockets
from client_gui.games.roulette.record import SPANS
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, touch
from client_gui.kit.sprites import blend
from client_gui.kit.theme import Rgb, Style
from protocol.games.roulette.rules import SPOTS, ZEROS, Group, Pocket, Spot, Wheel

HOT: Rgb = theme.GOLD
COLD: Rgb = theme.FOCUS
WARMEST, COOLEST = 0.46, 0.34
"""So much of the colour there is in the hottest cell, and in the coldest: words stay legible."""


def fields(wheel: Wheel) -> tuple[Spot, ...]:
    """The cells of the heat map."""
    return tuple(spot for spot in sorted(wheel.spots) if is_field(spot))


def tint(heat: float) -> Rgb:
    """The ground of a cell."""
    share = heat * WARMEST if heat > 0 else -heat * COOLEST
    return blend(theme.PANEL_2, HOT if heat > 0 else COLD, share)


class NumbersPage:
    def face(self, f: Frame) -> Hashable:
        return f.view.numbers.pockets, f.ui.record.span

    # Places

    def fits(self, f: Frame, box: Box) -> int:
        """It has no list."""
        del f, box
        return 1

    def first(self, f: Frame, box: Box) -> int:
        del f, box
        return 0

    @staticmethod
    def _parts(f: Frame, box: Box) -> tuple[Box, Box, Box, Box]:
        """Above each other: whose spins, the layout, the figures, the last numbers."""
        px = f.layout.px
        head = Box(box.x, box.y, box.w, px(34))
        cell = NumbersPage._felt(f, box)
        below = cell.box.bottom + px(16)
        figures = Box(box.x, below, box.w, px(150))
        last = Box(box.x, figures.bottom + px(10), box.w, box.bottom - figures.bottom - px(10))
        return head, cell.box, figures, last

    @staticmethod
    def _felt(f: Frame, box: Box) -> Felt:
        px = f.layout.px
        high = round(box.h * 0.37)
        cell_w, cell_h = box.w // 14, round(high / (3 + 0.9 + 1.1))
        return Felt(
            box.x + (box.w - 14 * cell_w) // 2, box.y + px(44), cell_w, cell_h,
            round(cell_h * 0.9), round(cell_h * 1.1), f.view.wheel,
        )  # fmt: skip

    def hits(self, f: Frame, box: Box) -> Hits:
        if not f.view.numbers.spins:
            return {}
        head = self._parts(f, box)[0]
        px, felt = f.layout.px, self._felt(f, box)
        wide = px(64)
        hits: Hits = {f"heat:{spot}": felt.cell(spot) for spot in fields(f.view.wheel)}
        for at, span in enumerate(reversed(SPANS)):
            x = head.right - (at + 1) * wide - at * px(6)
            hits[f"spins:{span}"] = Box(x, head.y, wide, px(30))
        return hits

    # Pictures

    def draw(self, c: Canvas, f: Frame, box: Box) -> None:
        if not f.view.numbers.spins:
            text = f.words("record.no_numbers")
            c.paragraph(text, Style.BODY, theme.MUTED, box.inset(box.w // 6, 0), "center")
            return
        head, _, figures, last = self._parts(f, box)
        numbers = f.view.numbers.latest(f.ui.record.span)
        hits = self.hits(f, box)
        for span in SPANS:
            name = f"spins:{span}"
            state = touch(name, f.ui.over, f.ui.pressed, f.ui.focus)
            button(c, hits[name], str(span), state, chosen=span == f.ui.record.span)
        left = min(place.x for name, place in hits.items() if name.startswith("spins:"))
        title = f.words.count("left.spins", numbers.spins)
        c.label(title, (head.x, head.y + c.px(15)), room=left - head.x - c.px(12))
        felt = self._felt(f, box)
        for spot in fields(f.view.wheel):
            self._cell(c, f, felt.cell(spot), spot, numbers)
        wide = round(figures.w * 0.5) - c.px(14)
        if f.view.wheel.announced:
            self._sectors(c, f, Box(figures.x, figures.y, wide, figures.h), numbers)
        right = Box(figures.right - wide, figures.y, wide, figures.h)
        self._extremes(c, f, right, numbers)
        self._last(c, f, last, numbers)

    def _cell(self, c: Canvas, f: Frame, cell: Box, spot: Spot, numbers: Numbers) -> None:
        info, line = SPOTS[spot], max(1, c.px(1))
        lone = info.group is Group.STRAIGHT
        heat = numbers.heat(info.covers[0]) if lone and numbers.spins else 0.0
        inside = Box(cell.x + line, cell.y + line, cell.w - line, cell.h - line)
        c.fill(cell, theme.EDGE)
        c.fill(inside, tint(heat))
        if f"heat:{spot}" in (f.ui.over, f.ui.focus):
            lit = theme.FOCUS if f.ui.focus == f"heat:{spot}" else theme.GOLD
            c.frame(inside, lit, 2, 3)
        if lone:
            self._number(c, inside, info.covers[0], numbers)
            return
        count = numbers.on(spot)
        share = f.words.percent(count / numbers.spins) if numbers.spins else ""
        if info.group is Group.COLUMN:
            name, figure = str(count), share
        else:
            name, figure = (
                spots.name_of(f.words, spot),
                f"{count} · {share}" if share else str(count),
            )
        room = inside.w - c.px(6)
        if info.group is Group.DOZEN:
            both = f"{name}   {figure}"
            c.text(both, Style.SMALL_STRONG, theme.TEXT, inside.middle, "center", room=room)
            return
        first, second = inside.inset(0, c.px(3)).rows((1, 1), 0)
        c.text(name, Style.SMALL_STRONG, theme.TEXT, first.middle, "center", room=room)
        c.text(figure, Style.TINY, theme.TEXT, second.middle, "center", room=room)

    @staticmethod
    def _number(c: Canvas, cell: Box, pocket: Pocket, numbers: Numbers) -> None:
        count = str(numbers.counts[pocket])
        x, y = cell.middle
        size = (round(cell.w * 0.46), min(round(cell.h * 0.66), c.px(26)))
        if pocket in ZEROS:
            tile = Box(x - size[0] // 2, y - size[1] - c.px(2), *size)
            at = x, y + size[1] // 2 + c.px(2)
        else:
            tile = Box(cell.x + c.px(3), y - size[1] // 2, *size)
            at = (tile.right + cell.right) // 2, y
        pockets.tile(c, tile, pocket, False, Style.SMALL_STRONG)
        room = cell.w if pocket in ZEROS else cell.right - tile.right
        c.text(count, Style.SMALL, theme.TEXT, at, "center", room=room - c.px(2))

    def _sectors(self, c: Canvas, f: Frame, box: Box, numbers: Numbers) -> None:
        """Each sector's share as a bar, with a mark where the average is."""
        c.label(f.words("record.sectors"), (box.x, box.y + c.px(8)), room=box.w)
        rows = Box(box.x, box.y + c.px(20), box.w, box.h - c.px(20)).rows((1, 1, 1, 1), 0)
        name_w, figure_w = round(box.w * 0.34), round(box.w * 0.24)
        for row, (name, covered) in zip(rows, SECTORS.items(), strict=True):
            y = row.middle[1]
            words = f.words(f"track.{name}")
            c.text(words, Style.SMALL, theme.TEXT, (row.x, y), room=name_w - c.px(6))
            bar = Box(row.x + name_w, y - c.px(5), row.w - name_w - figure_w, c.px(10))
            c.plate(bar, 5, theme.PANEL_2, theme.EDGE)
            count = numbers.of(covered)
            share = count / numbers.spins if numbers.spins else 0.0
            if count:
                full = max(bar.h, round(bar.w * share))
                c.plate(Box(bar.x, bar.y, full, bar.h), 5, theme.GOLD_DIM)
            mean = bar.x + round(bar.w * len(covered) / len(numbers.wheel.pockets))
            c.fill(Box(mean, bar.y - c.px(3), max(1, c.px(2)), bar.h + c.px(6)), theme.LINE)
            figure = f"{count} · {f.words.percent(share)}" if numbers.spins else "–"
            room = figure_w - c.px(8)
            c.text(figure, Style.SMALL, theme.TEXT, (row.right, y), "right", room=room)

    def _extremes(self, c: Canvas, f: Frame, box: Box, numbers: Numbers) -> None:
        """The hot, the cold, those that have not come for longest; and what that means."""
        absent = (
            sorted(numbers.wheel.pockets, key=lambda p: -_ago(numbers, p))[:6]
            if numbers.hot
            else ()
        )
        rows = Box(box.x, box.y, box.w, box.h).rows((1, 1, 1, 1.5), c.px(2))
        ago = tuple(_ago(numbers, pocket) for pocket in numbers.wheel.pockets)
        kinds = (
            ("left.hot", numbers.hot, numbers.counts),
            ("left.cold", numbers.cold, numbers.counts),
            ("record.absent", tuple(absent), ago),
        )
        name_w = round(box.w * 0.27)
        for row, (key, named, figures) in zip(rows, kinds, strict=False):
            y = row.middle[1]
            c.text(f.words(key), Style.SMALL, theme.MUTED, (row.x, y), room=name_w - c.px(6))
            if not named:
                c.text("–", Style.SMALL, theme.MUTED, (row.x + name_w, y))
                continue
            room = (row.w - name_w) / len(named)
            wide, high = round(room * 0.5), min(row.h - c.px(4), c.px(24))
            for at, pocket in enumerate(named):
                x = row.x + name_w + round(at * room)
                pockets.tile(
                    c, Box(x, y - high // 2, wide, high), pocket, False, Style.SMALL_STRONG
                )
                left = x + wide + c.px(3)
                fits = round(room - wide) - c.px(5)
                c.text(str(figures[pocket]), Style.TINY, theme.MUTED, (left, y), room=fits)
        self._note(c, f, rows[3], numbers)

    @staticmethod
    def _note(c: Canvas, f: Frame, box: Box, numbers: Numbers) -> None:
        """Of the cell that is pointed at the figures; else a word of caution."""
        pointed = (each or "" for each in (f.ui.over, f.ui.focus))
        name = next((each for each in pointed if each.startswith("heat:")), "")
        kind, _, spot = name.partition(":")
        if kind != "heat" or not numbers.spins:
            text = f.words("record.no_memory", of=len(numbers.wheel.pockets))
        else:
            info = SPOTS[int(spot)]
            average = f"{numbers.expected(len(info.covers)):.1f}"
            if f.words.language == "ru":
                average = average.replace(".", ",")
            name = spots.name_of(f.words, info.spot)
            came = numbers.on(info.spot)
            text = f.words.count("record.came", came, what=name, average=average)
            if info.group is Group.STRAIGHT and (ago := numbers.ago[info.covers[0]]) is not None:
                text += " " + f.words.count("record.ago", ago)
        for at, line in enumerate(c.wrapped(text, Style.SMALL, box.w)[:2]):
            y = box.y + c.line_height(Style.SMALL) * at + c.px(14)
            c.text(line, Style.SMALL, theme.MUTED, (box.x, y), room=box.w)

    @staticmethod
    def _last(c: Canvas, f: Frame, box: Box, numbers: Numbers) -> None:
        """As many of the last numbers as there is room for, the newest first."""
        high, gap = c.px(24), c.px(4)
        c.label(f.words("left.results"), (box.x, box.y + c.px(6)), room=box.w)
        top = box.y + c.px(18)
        in_row = max(1, (box.w + gap) // (c.px(31) + gap))
        step = (box.w + gap) / in_row
        rows = max(0, (box.bottom - top + gap) // (high + gap))
        for at, pocket in enumerate(numbers.pockets[: in_row * rows]):
            row, place = divmod(at, in_row)
            x = box.x + round(place * step)
            tile = Box(x, top + row * (high + gap), round(step) - gap, high)
            pockets.tile(c, tile, pocket, at == 0, Style.SMALL_STRONG)


def _ago(numbers: Numbers, pocket: Pocket) -> int:
    ago = numbers.ago[pocket]
    return numbers.spins if ago is None else ago
