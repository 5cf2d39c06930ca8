"""What a whole room looks at beside the wheel: the result, the last numbers, how to join."""

from collections.abc import Callable, Hashable

import pygame

from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels import pockets
from client_gui.games.roulette.panels.overlays import alarm_words
from client_gui.games.roulette.panels.round_banner import winner
from client_gui.games.roulette.panels.tv_layout import TvLayout
from client_gui.games.roulette.show import Stage
from client_gui.games.roulette.view import Outcome, RouletteView
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits, fitted
from client_gui.kit.theme import Style, Type
from client_gui.kit.words import number
from client_gui.shell.invitation import QUIET, Invitation, Modules, code, module_size
from client_gui.shell.panels.notes import line_words, note_words
from client_gui.shell.view import Line, Role
from protocol.games.roulette.rules import ZEROS, Pocket, colour
from protocol.text import as_name

DARK, LIGHT = (0, 0, 0), (255, 255, 255)
"""A code is what telephones are used to, and not what suits the table."""

SMALL = (Style.FAR, Style.HEAD, Style.BODY, Style.LABEL)
LARGE = (Style.FAR_SUM, Style.FAR_PHASE, Style.FAR_STRONG, *SMALL)
LARGEST = (Style.FAR_NUMBER, Style.HUGE, *LARGE)


def room(f: Frame) -> TvLayout:
    return TvLayout.of(f.layout.size)


def playing(view: RouletteView) -> int:
    """How many play."""
    return sum(each.role is Role.PLAYER and each.online for each in view.people)


class _Shown:
    """Only looked at."""

    def hits(self, f: Frame) -> Hits:
        del f
        return {}


class Head(_Shown):
    """The house, the table, the round, and how many play."""

    def box(self, f: Frame) -> Box:
        return room(f).head

    def face(self, f: Frame) -> Hashable:
        return f.at, f.view.table, f.view.round, playing(f.view)

    def draw(self, c: Canvas, f: Frame) -> None:
        box = self.box(f)
        y, gap = box.middle[1], c.px(14)
        text = f.words.count("lists.bettors", playing(f.view))
        end = box.right - c.text(text, Style.FAR, theme.TEXT, (box.right, y), "right") - gap
        x = box.x
        x += c.text("CROUPIER", Style.FAR_STRONG, theme.GOLD, (x, y), tracking=c.px(2)) + gap
        parts = [f.view.table or f.words("top.table")]
        if f.view.round:
            parts.append(f.words("top.round", n=number(f.view.round)))
        line = " · ".join(parts)
        style = Style.FAR if c.width(line, Style.FAR) <= end - x else Style.HEAD
        if c.width(line, style) > end - x:
            line = parts[-1]
        c.text(line, style, theme.ON_CLOTH, (x, y), room=end - x, foreign=True)


class LineWords(_Shown):
    """The line is down; in the place of the phase, which nobody knows then."""

    def box(self, f: Frame) -> Box:
        return room(f).phase

    def face(self, f: Frame) -> Hashable:
        return None if f.view.line is Line.UP else (f.at, line_words(f))

    def draw(self, c: Canvas, f: Frame) -> None:
        box = self.box(f)
        c.plate(box, box.h / c.scale / 2, theme.BAD_SHADE, theme.BAD, 2)
        c.icon("alert", c.px(36), theme.BAD, (box.x + c.px(46), box.middle[1]))
        x = box.x + c.px(76)
        place = Box(x, box.y, box.right - c.px(28) - x, box.h)
        c.paragraph(line_words(f), Style.FAR, theme.TEXT, place)


class Result(_Shown):
    """What came and who won most; while the ball runs, what lies on the table."""

    def box(self, f: Frame) -> Box:
        return room(f).result.grown(2)

    def face(self, f: Frame) -> Hashable:
        return (
            f.at, self._outcome(f), f.stage is Stage.SPIN, f.show.marked(f.now),
            sum(f.view.totals.values()), f.view.bettors, self._bad_news(f), bool(f.view.results),
        )  # fmt: skip

    @staticmethod
    def _outcome(f: Frame) -> Outcome | None:
        return None if f.stage is Stage.SPIN else f.view.outcome

    @staticmethod
    def _bad_news(f: Frame) -> str:
        return alarm_words(f) or note_words(f)

    def draw(self, c: Canvas, f: Frame) -> None:
        box, outcome, bad = room(f).result, self._outcome(f), self._bad_news(f)
        fresh = f.show.marked(f.now) is not None
        edge = theme.BAD if bad else theme.GOLD if fresh else theme.EDGE
        c.plate(box, 16, theme.PANEL, edge, 2 if bad or fresh else 1)
        upper, lower = box.inset(c.px(22), c.px(18)).rows((182, 44), c.px(16))
        if bad:
            c.paragraph(bad, Style.FAR_STRONG, theme.BAD_TEXT, upper)
        elif outcome is not None:
            self._came(c, f, outcome, upper, fresh)
        elif f.stage is Stage.SPIN:
            self._stake(c, f, box.inset(c.px(26), c.px(22)))
            return
        else:
            key = "tv.next" if f.view.results else "tv.first"
            c.paragraph(f.words(key), Style.FAR_STRONG, theme.TEXT, upper)
        self._stake_line(c, f, lower)

    @staticmethod
    def _came(c: Canvas, f: Frame, outcome: Outcome, box: Box, fresh: bool) -> None:
        side = min(box.h, round(box.w * 0.42))
        tile = Box(box.x, box.middle[1] - side // 2, side, side)
        edge = theme.GOLD if fresh else theme.EDGE_LIT
        c.plate(tile, 16, pockets.ground(outcome.pocket), edge, 3)
        pockets.number(c, outcome.pocket, Style.FAR_NUMBER, tile.middle, round(side * 0.92))
        x = tile.right + c.px(24)
        beside = Box(x, box.y, box.right - x, box.h)
        rows = [each.middle[1] for each in beside.rows((30, 28, 10, 24, 34, 54), 0)]
        first, second = _facts(f, outcome.pocket)
        c.text(first, Style.FAR_STRONG, theme.TEXT, (x, rows[0]), room=beside.w)
        c.text(second, Style.FAR, theme.MUTED, (x, rows[1]), room=beside.w)
        won = winner(outcome)
        if won is None:
            key = "round_banner.nobody" if outcome.nets else "round_banner.no_bets"
            c.text(f.words(key), Style.FAR, theme.MUTED, (x, rows[4]), room=beside.w)
            return
        c.text(f.words("tv.top"), Style.HEAD, theme.MUTED, (x, rows[3]), room=beside.w)
        name, net = as_name(won[0]), won[1]
        c.text(name, Style.FAR_STRONG, theme.TEXT, (x, rows[4]), room=beside.w, foreign=True)
        total = f"+{number(net)}"
        c.text(total, _fit(c, total, beside.w), theme.GOLD, (x, rows[5]))

    @staticmethod
    def _stake(c: Canvas, f: Frame, box: Box) -> None:
        """Large, while everything is open."""
        total = number(sum(f.view.totals.values()))
        rows = [each.middle[1] for each in box.rows((34, 130, 34), 0)]
        c.text(f.words("top.on_table"), Style.FAR, theme.MUTED, (box.x, rows[0]), room=box.w)
        c.text(total, _fit(c, total, box.w, LARGEST), theme.GOLD, (box.x, rows[1]))
        text = f.words.count("lists.bettors", f.view.bettors)
        c.text(text, Style.FAR, theme.TEXT, (box.x, rows[2]), room=box.w)

    @staticmethod
    def _stake_line(c: Canvas, f: Frame, box: Box) -> None:
        c.rule(box.x, box.y, box.w)
        y = box.y + round(box.h * 0.62)
        total = number(sum(f.view.totals.values()))
        wide = c.text(total, Style.FAR_STRONG, theme.GOLD, (box.right, y), "right")
        label = f.words("top.on_table")
        c.text(label, Style.FAR, theme.MUTED, (box.x, y), room=box.w - wide - c.px(12))


def _facts(f: Frame, pocket: Pocket) -> tuple[str, str]:
    """RED; EVEN · 1-18."""
    if pocket in ZEROS:
        return f.words("spot.zero"), ""
    parity, half = "odd" if pocket % 2 else "even", "low" if pocket < 19 else "high"
    name = f.words(f"spot.{colour(pocket).name.lower()}")
    return name, " · ".join(f.words(f"spot.{each}") for each in (parity, half))


def _fit(c: Canvas, text: str, wide: int, sizes: tuple[Type, ...] = LARGE) -> Type:
    """The largest type in which a line that must not be cut has room."""
    return next((style for style in sizes if c.width(text, style) <= wide), Style.TINY)


class Numbers(_Shown):
    """The last numbers, the newest first."""

    def box(self, f: Frame) -> Box:
        return room(f).numbers.grown(2)

    def face(self, f: Frame) -> Hashable:
        return f.at, f.view.results[:40]

    def draw(self, c: Canvas, f: Frame) -> None:
        row, gap = room(f).numbers, c.px(8)
        if not f.view.results:
            c.paragraph(f.words("tv.no_numbers"), Style.FAR, theme.ON_CLOTH, row)
            return
        count = (row.w + gap) // (row.h + gap)
        tiles = row.columns((1,) * count, gap)
        for at, (tile, pocket) in enumerate(zip(tiles, f.view.results, strict=False)):
            pockets.tile(c, tile, pocket, at == 0, Style.FAR_STRONG, on_felt=True)


class Join(_Shown):
    """How friends come to the table."""

    def __init__(self, where: Callable[[], Invitation | None]) -> None:
        self._where = where

    def box(self, f: Frame) -> Box:
        return room(f).join

    def face(self, f: Frame) -> Hashable:
        return f.at, self._where()

    def draw(self, c: Canvas, f: Frame) -> None:
        invitation = self._where()
        if invitation is None:
            return  # It is being found out, and known in a moment.
        box = self.box(f).inset(c.px(18))
        first, second = invitation.command
        if not invitation.for_others:
            rows = [each.middle[1] for each in box.rows((1, 1, 1), 0)]
            c.text(f.words("tv.here"), Style.FAR, theme.TEXT, (box.x, rows[0]), room=box.w)
            command = f"{first} {second}"
            style = _fit(c, command, box.w)
            c.text(command, style, theme.GOLD, (box.x, rows[1]), foreign=True)
            c.text(f.words("tv.open"), Style.HEAD, theme.MUTED, (box.x, rows[2]), room=box.w)
            return
        shown = self._code(c, code(invitation.text), box)
        x = shown.right + c.px(20)
        beside = Box(x, box.y, box.right - x, box.h)
        title, *places = beside.rows((1, 1.3, 0.9, 0.9), 0)
        ink = theme.GOLD
        c.text(f.words("tv.join"), Style.FAR_STRONG, ink, (x, title.middle[1]), room=beside.w)
        for place, line, sizes, ink in (
            (places[0], invitation.address, LARGE, theme.TEXT),
            (places[1], first, SMALL, theme.MUTED),
            (places[2], second, SMALL, theme.MUTED),
        ):
            c.paragraph(line, _fit(c, line, place.w, sizes), ink, place)

    @staticmethod
    def _code(c: Canvas, modules: Modules, box: Box) -> Box:
        """Drawn on whole pixels; returns where it is, with the quiet around it."""
        size = module_size(modules, box.h)
        side = size * (len(modules) + 2 * QUIET)
        place = fitted((side, side), (box.x + side // 2, box.middle[1]))
        picture = c.made(("code", modules, size), lambda: draw_code(modules, size))
        c.surface.blit(picture, place[:2])
        return place


def draw_code(modules: Modules, size: int) -> pygame.Surface:
    """A code with so many pixels a module, and the quiet it needs."""
    side = size * (len(modules) + 2 * QUIET)
    surface = pygame.Surface((side, side))
    surface.fill(LIGHT)
    for y, row in enumerate(modules, QUIET):
        for x, dark in enumerate(row, QUIET):
            if dark:
                surface.fill(DARK, (x * size, y * size, size, size))
    return surface
