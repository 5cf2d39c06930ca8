"""The record's page of the night: the curve, every round, one of them in full, and the way out."""

from collections.abc import Hashable
from datetime import datetime
from functools import partial

from client.games.roulette.night.night import Night, Played
from client_gui.games.roulette import spots
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels import pockets
from client_gui.games.roulette.panels.night import LONGEST, curve_picture
from client_gui.games.roulette.record import chosen
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Rgb, Style
from client_gui.kit.words import number, signed
from protocol.games.roulette.fields import Payout

SAVES = ("html", "csv")
OPEN = "button:open"
HEADS: dict[bool, tuple[str, ...]] = {
    False: ("round", "time", "number", "staked", "net"),
    True: ("round", "time", "number", "players", "staked", "paid_out", "house_net"),
}
"""The columns of one's own rounds, and of the table's."""
ENDS: dict[bool, tuple[float, ...]] = {
    False: (0.2, 0.37, 0.54, 0.71, 0.9),
    True: (0.14, 0.25, 0.35, 0.45, 0.6, 0.77, 0.95),
}
"""Where each column ends; the mark comes after the last."""
BET_ENDS = (0.44, 0.63, 0.82, 1.0)
MARKS = {True: ("tick", theme.OK), False: ("cross", theme.BAD_TEXT)}


def ink(net: int) -> Rgb:
    return theme.OK if net > 0 else theme.BAD_TEXT if net < 0 else theme.TEXT


def clock(at: int, form: str = "%H:%M") -> str:
    """When it was, as the clock here shows it."""
    try:
        return datetime.fromtimestamp(at / 1000).strftime(form) if at else ""
    except (OverflowError, OSError, ValueError):
        return ""  # A table may say anything.


def mark(c: Canvas, verified: bool | None, at: tuple[int, int]) -> None:
    """A tick or a cross; nothing where nobody checked."""
    if verified is not None:
        name, colour = MARKS[verified]
        c.icon(name, c.px(13), colour, at)


class NightPage:
    def face(self, f: Frame) -> Hashable:
        ui = f.ui.record
        judged = frozenset(f.view.verdicts)
        return f.view.night, judged, ui.round, tuple(sorted(ui.scroll.items())), ui.said, ui.file

    # Places

    @staticmethod
    def _parts(f: Frame, box: Box) -> tuple[Box, Box, Box, Box]:
        """The figures with the curve, the list, one round, the foot."""
        px = f.layout.px
        band = Box(box.x, box.y, box.w, px(128))
        foot = Box(box.x, box.bottom - px(42), box.w, px(42))
        y = band.bottom + px(12)
        middle = Box(box.x, y, box.w, foot.y - px(10) - y)
        shares = (1.0, 0.001) if f.view.night.house else (1.0, 1.12)
        left, right = middle.columns(shares, px(0 if f.view.night.house else 16))
        return band, left, right, foot

    @staticmethod
    def _row(f: Frame) -> int:
        return max(19, f.layout.px(28))

    def _list(self, f: Frame, box: Box) -> Box:
        """The list without its headings."""
        left, px = self._parts(f, box)[1], f.layout.px
        return Box(left.x, left.y + px(24), left.w, left.h - px(24))

    def fits(self, f: Frame, box: Box) -> int:
        return max(1, self._list(f, box).h // self._row(f))

    def first(self, f: Frame, box: Box) -> int:
        """The row at the top: as it was scrolled, but the chosen round is to be seen."""
        most = max(0, len(f.view.night.rounds) - self.fits(f, box))
        return max(0, min(most, f.ui.record.scroll.get("night", 0)))

    def _rows(self, f: Frame, box: Box) -> list[tuple[Played, Box]]:
        area, high = self._list(f, box), self._row(f)
        first = self.first(f, box)
        newest = f.view.night.rounds[::-1][first : first + self.fits(f, box)]
        return [
            (each, Box(area.x, area.y + at * high, area.w, high)) for at, each in enumerate(newest)
        ]

    def hits(self, f: Frame, box: Box) -> Hits:
        hits: Hits = {"rounds": self._list(f, box)}
        hits |= {f"round:{each.round}": place for each, place in self._rows(f, box)}
        if not f.view.night.house:
            hits["bets"] = self._parts(f, box)[2]
        px, foot = f.layout.px, self._parts(f, box)[3]
        y, high = foot.y + px(4), foot.h - px(8)
        for at, ending in enumerate(SAVES):
            hits[f"save:{ending}"] = Box(foot.x + at * px(198), y, px(190), high)
        if f.ui.record.file:
            hits[OPEN] = Box(foot.right - px(100), y, px(100), high)
        return hits

    # Pictures

    def draw(self, c: Canvas, f: Frame, box: Box) -> None:
        night = f.view.night
        if not night.rounds:
            text = f.words("record.no_rounds")
            c.paragraph(text, Style.BODY, theme.MUTED, box.inset(box.w // 6, 0), "center")
            self._foot(c, f, box)
            return
        band, left, right, _ = self._parts(f, box)
        self._band(c, f, band, night)
        self._heads(c, f, left, night.house)
        here = chosen(f.view, f.ui.record)
        for each, place in self._rows(f, box):
            self._line(c, f, place, each, each == here)
        self._scrollbar(c, f, box)
        if here is not None and not night.house:
            self._round(c, f, right, here)
        self._foot(c, f, box)

    @staticmethod
    def _band(c: Canvas, f: Frame, box: Box, night: Night) -> None:
        left = Box(box.x, box.y, round(box.w * 0.36), box.h)
        big, first, second, third = left.rows((1.7, 1, 1, 1), 0)
        words = f.words
        c.text(signed(night.net), Style.TITLE, ink(night.net), (big.x, big.middle[1]))
        key = "record.sums_house" if night.house else "record.sums"
        spins = words.count("night.rounds", len(night.counted))
        sums = words(key, staked=number(night.staked), returned=number(night.returned))
        if not night.house:
            spins += " · " + words("record.won", n=night.won)
        lines = [spins, sums]
        if night.best is not None and night.worst is not None:
            best, worst = signed(night.best.net), signed(night.worst.net)
            lines.append(words("record.extremes", best=best, worst=worst))
        for row, text in zip((first, second, third), lines, strict=False):
            c.text(text, Style.SMALL, theme.MUTED, (row.x, row.middle[1]), room=row.w)
        place = Box(left.right + c.px(16), box.y, box.right - left.right - c.px(16), box.h)
        if len(night.counted) < 2:
            text, room = words("night.empty"), place.w
            c.text(text, Style.SMALL, theme.MUTED, place.middle, "center", room=room)
            return
        points, size = night.curve[-LONGEST:], (place.w, place.h)
        key_ = ("night", size, points)
        c.surface.blit(c.made(key_, partial(curve_picture, points, size, c.scale)), place[:2])

    # The list

    @staticmethod
    def _columns(box: Box, house: bool) -> tuple[int, ...]:
        """Where each column ends: time, number, (players), staked, (paid out), net, mark."""
        return tuple(box.x + round(box.w * share) for share in ENDS[house])

    def _heads(self, c: Canvas, f: Frame, box: Box, house: bool) -> None:
        left = box.x + c.px(8)
        for at, (key, end) in enumerate(zip(HEADS[house], self._columns(box, house), strict=True)):
            place = (left, "left") if at < 2 else (end, "right")
            text, room = f.words(f"record.{key}"), end - left - c.px(4)
            c.text(text, Style.TINY, theme.MUTED, (place[0], box.y + c.px(11)), place[1], room=room)
            left = end + c.px(4) if at >= 1 else end
        c.rule(box.x, box.y + c.px(22), box.w)

    def _line(self, c: Canvas, f: Frame, box: Box, each: Played, here: bool) -> None:
        name, house = f"round:{each.round}", f.view.night.house
        if here or f.ui.over == name:
            edge = theme.GOLD_DIM if here else None
            c.plate(Box(box.x, box.y + 1, box.w, box.h - 2), 6, theme.RAISED, edge)
        if f.ui.focus == name:
            c.frame(box, theme.FOCUS, 2, 6)
        ends, y = self._columns(box, house), box.middle[1]
        left = box.x + c.px(8)
        room = ends[0] - left - c.px(4)
        c.text(str(each.round), Style.SMALL, theme.TEXT, (left, y), room=room, foreign=True)
        c.text(clock(each.at), Style.SMALL, theme.MUTED, (ends[0], y))
        if each.pocket is None:
            at = ends[2], y
            c.text(f.words("record.void"), Style.SMALL, theme.MUTED, at, "right")
            return
        wide, high = c.px(30), min(box.h - c.px(5), c.px(24))
        tile = Box(ends[2] - wide, y - high // 2, wide, high)
        pockets.tile(c, tile, each.pocket, False, Style.SMALL_STRONG)
        sums = [number(each.staked)]
        if house:
            sums = [number(each.players), number(each.staked), number(each.returned)]
        start = ends[2]
        for text, end in zip(sums, ends[3:-1], strict=True):
            at, room = (end, y), end - start - c.px(6)
            c.text(text, Style.SMALL, theme.TEXT, at, "right", room, foreign=True)
            start = end
        at, room = (ends[-1], y), ends[-1] - start - c.px(6)
        c.text(signed(each.net), Style.SMALL_STRONG, ink(each.net), at, "right", room, foreign=True)
        mark(c, each.verified, ((ends[-1] + box.right) // 2, y))

    def _scrollbar(self, c: Canvas, f: Frame, box: Box) -> None:
        area, fits, all_ = self._list(f, box), self.fits(f, box), len(f.view.night.rounds)
        if all_ <= fits:
            return
        high = max(c.px(18), round(area.h * fits / all_))
        y = area.y + round((area.h - high) * self.first(f, box) / (all_ - fits))
        c.plate(Box(area.right + c.px(3), y, c.px(4), high), 2, theme.EDGE_LIT)

    # One round

    def _round(self, c: Canvas, f: Frame, box: Box, each: Played) -> None:
        words = f.words
        c.plate(box, 10, theme.PANEL_2, theme.EDGE)
        inner = box.inset(c.px(12), c.px(8))
        side = c.px(44)
        if each.pocket is not None:
            tile = Box(inner.x, inner.y, side, side)
            pockets.tile(c, tile, each.pocket, True, Style.NUMBER)
        x = inner.x + side + c.px(12)
        net = signed(each.net)
        wide = c.text(net, Style.SUM, ink(each.net), (inner.right, inner.y + c.px(12)), "right")
        title = (
            words("round_banner.round", n=number(each.round)) + " · " + clock(each.at, "%H:%M:%S")
        )
        room = inner.right - wide - c.px(8) - x
        c.text(title, Style.STRONG, theme.TEXT, (x, inner.y + c.px(12)), room=room)
        key = {True: "good", False: "bad", None: "unchecked"}[each.verified]
        if each.verified is None and each.round in f.view.verdicts:
            key = "partly"  # Grey: it was judged, only not in every part.
        if each.pocket is None:
            key = "voided"
        tint = {True: theme.OK, False: theme.BAD_TEXT, None: theme.MUTED}[each.verified]
        at = x, inner.y + c.px(33)
        c.text(words(f"record.{key}"), Style.SMALL, tint, at, room=inner.right - x)
        self._bets(
            c, f, Box(inner.x, inner.y + side + c.px(8), inner.w, inner.h - side - c.px(8)), each
        )

    def _bets(self, c: Canvas, f: Frame, box: Box, each: Played) -> None:
        """What was bet and what came back, and the sums below."""
        ends = tuple(box.x + round(box.w * share) for share in BET_ENDS)
        heads, high = box.y + c.px(8), max(17, c.px(24))
        for at, key in enumerate(("bet", "stake", "returned", "net")):
            left, end = (ends[at - 1], ends[at]) if at else (box.x, ends[0])
            place, align = ((end, heads), "right") if at else ((left, heads), "left")
            room = end - left - c.px(4)
            c.text(f.words(f"record.{key}"), Style.TINY, theme.MUTED, place, align, room=room)
        top = box.y + c.px(20)
        c.rule(box.x, top, box.w)
        fits = max(1, (box.bottom - high - c.px(4) - top) // high)
        first = max(0, min(len(each.bets) - fits, f.ui.record.scroll.get("bets", 0)))
        for at, bet in enumerate(each.bets[first : first + fits]):
            row = Box(box.x, top + c.px(2) + at * high, box.w, high)
            self._bet(c, f, row, bet, ends)
        c.rule(box.x, box.bottom - high, box.w)
        y = box.bottom - high // 2 + c.px(1)
        all_ = len(each.bets)
        text = f.words("record.total")
        if all_ > fits:
            text = f.words("record.rows", a=first + 1, b=min(first + fits, all_), n=all_)
        c.text(text, Style.SMALL_STRONG, theme.TEXT, (box.x, y), room=ends[0] - box.x)
        self._sums(c, y, ends, (each.staked, each.returned, each.net), theme.TEXT)

    def _bet(self, c: Canvas, f: Frame, row: Box, bet: Payout, ends: tuple[int, ...]) -> None:
        y, won = row.middle[1], bet.returned > bet.stake
        tint = theme.TEXT if bet.returned else theme.MUTED
        room = ends[0] - row.x - c.px(4)
        style = Style.SMALL_STRONG if won else Style.SMALL
        c.text(spots.name_of(f.words, bet.spot), style, tint, (row.x, y), room=room)
        self._sums(c, y, ends, (bet.stake, bet.returned, bet.returned - bet.stake), tint)

    @staticmethod
    def _sums(
        c: Canvas, y: int, ends: tuple[int, ...], sums: tuple[int, int, int], tint: Rgb
    ) -> None:
        stake, back, net = sums
        room = ends[1] - ends[0] - c.px(4)
        figures = ((number(stake), tint), (number(back), tint), (signed(net), ink(net)))
        for (text, colour), end in zip(figures, ends[1:], strict=True):
            c.text(text, Style.SMALL, colour, (end, y), "right", room, foreign=True)

    # The foot

    def _foot(self, c: Canvas, f: Frame, box: Box) -> None:
        hits, ui = self.hits(f, box), f.ui
        foot = self._parts(f, box)[3]
        labels = [f.words(f"record.save_{ending}") for ending in SAVES]
        for ending, label in zip(SAVES, labels, strict=True):
            name = f"save:{ending}"
            state = touch(name, ui.over, ui.pressed, ui.focus)
            some = bool(f.view.night.rounds)
            button(c, hits[name], label, state, enabled=some, among=labels)
        end = foot.right
        if OPEN in hits:
            state = touch(OPEN, ui.over, ui.pressed, ui.focus)
            button(c, hits[OPEN], f.words("record.open"), state)
            end = hits[OPEN].x - c.px(10)
        x = hits[f"save:{SAVES[-1]}"].right + c.px(12)
        if ui.record.said:
            tint = theme.OK if ui.record.good else theme.BAD_TEXT
            lines = c.wrapped(ui.record.said, Style.TINY, end - x)[-2:]
            for at, line in enumerate(lines):
                y = foot.middle[1] + round((at - (len(lines) - 1) / 2) * c.line_height(Style.TINY))
                c.text(line, Style.TINY, tint, (x, y), room=end - x, foreign=True)
