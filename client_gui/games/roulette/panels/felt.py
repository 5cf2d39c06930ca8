"""The betting layout: what is printed on the cloth, and what lies on it."""

from collections.abc import Hashable, Mapping, Set
from functools import lru_cache, partial
from math import sin

import pygame

from client_gui.games.roulette import looks, spots
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.layout import Felt, Layout, is_field
from client_gui.games.roulette.motion import along, ease_in_out, ease_out
from client_gui.games.roulette.panels import pockets
from client_gui.games.roulette.racetrack import pattern
from client_gui.games.roulette.show import Stage
from client_gui.games.roulette.view import CLASSIC_SPOTS
from client_gui.games.roulette.whose_chips import SEEN, spots_of
from client_gui.kit import sprites, theme
from client_gui.kit.box import Box, Point
from client_gui.kit.canvas import Canvas, Hits, fitted, stack_height
from client_gui.kit.theme import Style
from client_gui.shell.view import Role
from protocol.games.roulette.rules import (
    BLACK,
    CHANCES,
    LOCKED,
    RED,
    SPOTS,
    ZEROS,
    Group,
    Spot,
    returned,
)
from protocol.games.roulette.zero import halves, locks
from protocol.house.fields import Chips

_LABELLED = [i.spot for i in SPOTS[:LOCKED] if i.group in (Group.DOZEN, Group.CHANCE)]
_COLOURS = [RED, BLACK]
_SIDES = [spot for spot in CHANCES if spot not in _COLOURS]
_ROWS = (_COLOURS, _SIDES, [i.spot for i in SPOTS if i.group is Group.DOZEN])
_OF_DOUBLE_ZERO = 157
CHANCE_CHIP = 0.8
"""A chip on an outside bet lies beside the words, this far to the right."""


def print_felt(c: Canvas, layout: Layout) -> None:
    """Everything on the cloth that never changes: part of the ground."""
    felt = layout.felt
    line = max(1, round(1.6 * layout.scale))
    _zero(c, felt, line)
    for number in range(1, 37):
        cell = felt.cell(number)
        size = (round(cell.w * 0.84), round(cell.h * 0.84))
        tint = pockets.ground(number)
        c.sprite(("oval", size, tint), partial(sprites.oval, size, tint), cell.middle)
        pockets.number(c, number, Style.NUMBER, cell.middle)
    for info in SPOTS[:LOCKED]:
        if is_field(info.spot) and ZEROS.isdisjoint(info.covers):
            _outline(c, felt.cell(info.spot), line)
        if info.group is Group.COLUMN:
            c.text("2:1", Style.CELL, theme.TEXT, felt.cell(info.spot).middle, "center")
    for spot, tint in ((RED, looks.RED), (BLACK, looks.BLACK)):
        cell = felt.cell(spot)
        size = (round(cell.w * 0.72), round(cell.h * 0.66))
        c.sprite(
            ("diamond", size, tint),
            partial(sprites.diamond, size, tint, looks.LINE_DIM),
            cell.middle,
        )


def _outline(c: Canvas, cell: Box, line: int) -> None:
    """Lines are shared by neighbours: each lies on the edge of both."""
    half = line // 2
    x, y, right, bottom = cell.x - half, cell.y - half, cell.right - half, cell.bottom - half
    for bar in (
        (x, y, cell.w + line, line),
        (x, bottom, cell.w + line, line),
        (x, y, line, cell.h + line),
        (right, y, line, cell.h + line),
    ):
        c.surface.fill(theme.LINE, bar)


def _zero(c: Canvas, felt: Felt, line: int) -> None:
    zeros = [pocket for pocket in felt.wheel.pockets if pocket in ZEROS]
    cell = Box(felt.x, felt.y, felt.cell_w, 3 * felt.cell_h)
    radius = round(cell.w * 0.42)
    half = line // 2
    size = (cell.w + radius + half, cell.h + line)

    def make() -> pygame.Surface:
        fill, edge = (*looks.GREEN, 255), (*theme.LINE, 255)
        return sprites.plate(size, radius, fill, edge, line)

    whole = c.made(("zero", size, radius, line), make)
    part = (0, 0, cell.w, size[1])
    c.surface.blit(whole, (cell.x - half, cell.y - half), part)
    if len(zeros) > 1:
        c.surface.fill(theme.LINE, (cell.x, felt.field(0).y - half, cell.w, line))
    for zero in zeros:
        pockets.number(c, zero, Style.NUMBER, felt.field(zero).middle)


class Table:
    """Hover, chips, the mark on the winner, and the closed parts in classic mode."""

    def box(self, f: Frame) -> Box:
        return f.layout.felt.box.grown(f.layout.px(12))

    def face(self, f: Frame) -> Hashable:
        moving = f.now if f.stage in (Stage.RAKE, Stage.PAY) else f.stage >= Stage.RAKE
        return (
            f.at, f.ui.hover, f.ui.aim, f.ui.reach, f.view.my_bets, f.view.pending, f.view.totals,
            f.show.marked(f.now), moving, self._closed(f), f.ui.focus,
            f.view.bets, f.followed,
        )  # fmt: skip

    @staticmethod
    def _closed(f: Frame) -> bool:
        return f.view.classic

    def hits(self, f: Frame) -> Hits:
        """None: spots are found by `Layout.spot_at`, which knows their true shapes."""
        del f
        return {}

    def draw(self, c: Canvas, f: Frame) -> None:
        felt = f.layout.felt
        laid = f.view.laid
        taken = {*laid, *f.view.totals}
        for spot in _LABELLED:
            closed = f.view.classic and spot not in CLASSIC_SPOTS
            if spot not in (RED, BLACK) and not closed:
                self._label(c, f, felt, spot, taken)
        if c.marked:
            for spot in (RED, BLACK):
                if not (f.view.classic or spot in taken):
                    self._label(c, f, felt, spot, set())
        if f.view.classic:
            self._close(c, felt)
        if f.ui.hover is not None:
            self._light(c, felt, f.ui.hover)
        elif f.ui.aim is not None:
            self._light_many(c, f, felt)
        if (winner := f.show.marked(f.now)) is not None:
            self._mark(c, felt, winner)
        self._stacks(c, f, felt, laid)

    def _label(self, c: Canvas, f: Frame, felt: Felt, spot: Spot, taken: Set[Spot]) -> None:
        """Words step aside for a chip, and become as small as that takes in the whole row."""
        cell, row = felt.cell(spot), next(row for row in _ROWS if spot in row)
        room = cell.w - c.px(8)
        x, y = cell.middle
        if not taken.isdisjoint(row):
            chip = chip_size(felt.cell(1), line=False)
            room = round(cell.w * CHANCE_CHIP) - chip // 2 - c.px(4)
        if spot in taken:
            x = cell.x + c.px(3) + room // 2
        names = [spots.name_of(f.words, each) for each in row]
        text = spots.name_of(f.words, spot)
        c.text(text, Style.CELL, theme.TEXT, (x, y), "center", room=room, among=names)

    @staticmethod
    def _close(c: Canvas, felt: Felt) -> None:
        """Classic has no bets for these: they are in the dark, with a lock."""
        for info in SPOTS[:_OF_DOUBLE_ZERO]:
            if is_field(info.spot) and info.spot not in CLASSIC_SPOTS:
                cell = felt.cell(info.spot).inset(2)
                c.fill(cell, looks.CLOSED, 248)
                c.icon("lock", c.px(18), theme.FAINT, cell.middle)

    @staticmethod
    def _light(c: Canvas, felt: Felt, hover: Spot) -> None:
        covers = SPOTS[hover].covers
        for number in covers:
            cell = felt.field(number)
            c.fill(cell.inset(1), (255, 255, 255), 44 if len(covers) > 1 else 58)
        if is_field(hover):
            cell = felt.cell(hover)
            if SPOTS[hover].group is not Group.STRAIGHT:
                c.fill(cell.inset(1), (255, 255, 255), 34)
            c.frame(cell.grown(1), theme.FOCUS, 2.4, 3)
        else:
            d = chip_size(felt.cell(1), line=True)
            c.sprite(
                ("ring", d, theme.FOCUS), lambda: sprites.ring(d, 2.4 * c.scale, theme.FOCUS),
                felt.anchor(hover),
            )  # fmt: skip

    @staticmethod
    def _light_many(c: Canvas, f: Frame, felt: Felt) -> None:
        """What the racetrack would cover, and where its chips would lie."""
        assert f.ui.aim is not None
        for pocket in f.lit:
            c.fill(felt.field(pocket).inset(1), (255, 255, 255), 44)
        d = chip_size(felt.cell(1), line=True)
        for spot, _ in pattern(f.ui.aim, f.ui.reach):
            c.sprite(
                ("ring", d, theme.FOCUS), lambda: sprites.ring(d, 2.4 * c.scale, theme.FOCUS),
                felt.anchor(spot),
            )  # fmt: skip

    @staticmethod
    def _mark(c: Canvas, felt: Felt, winner: int) -> None:
        c.frame(felt.field(winner).grown(c.px(2)), theme.GOLD, 4, 4)

    def _stacks(self, c: Canvas, f: Frame, felt: Felt, laid: Mapping[Spot, Chips]) -> None:
        for spot in sorted({*laid, *f.view.totals}, key=lambda s: chip_place(felt, s)[1]):
            mine = laid.get(spot, 0)
            others = max(0, f.view.totals.get(spot, 0) - f.view.my_bets.get(spot, 0))
            self._stack(c, f, felt, spot, mine, others)

    def _stack(
        self, c: Canvas, f: Frame, felt: Felt, spot: Spot, mine: Chips, others: Chips
    ) -> None:
        line = not is_field(spot)
        size = chip_size(felt.cell(1), line)
        x, y = chip_place(felt, spot)
        alpha, (dx, dy) = self._fate(f, felt, spot)
        if alpha <= 0:
            return
        x, y = round(x + dx), round(y + dy)
        if others:
            off = round(size * 0.2) if mine else 0
            small = round(size * 0.9) if mine else size
            self._others(c, f, spot, (x + off, y - off), small, others, alpha)
        if SPOTS[spot].locked:
            tag = round(size * 0.62) // 2 * 2
            place = (x + round(size * 0.36), y + round(size * 0.3))
            c.dot(tag, theme.BUBBLE, place)
            c.icon("lock", round(tag * 0.72), theme.GOLD, place)
        if mine:
            waiting = spot in f.view.pending
            faint = min(alpha, 150 if waiting else 255)
            rise = stack_height(mine)
            c.chip(mine, size, (x, y), stacked=rise, alpha=faint)
            ring = size + c.px(3)
            if waiting:
                c.sprite(
                    ("waiting", ring),
                    lambda: sprites.ring(ring, 2 * c.scale, theme.FOCUS, 10),
                    (x, y),
                )
            elif f.view.role is Role.PLAYER and f.stage < Stage.RAKE:
                c.sprite(
                    ("mine", ring), lambda: sprites.ring(ring, 2 * c.scale, theme.GOLD), (x, y)
                )
        if f.followed and spot in spots_of(f.view.bets, f.followed):
            lit = size + c.px(7)
            made = partial(sprites.ring, lit, 3 * c.scale, theme.FOCUS)
            c.sprite(("followed", lit), made, (x, y))
        self._winnings(c, f, felt, spot, mine)

    @staticmethod
    def _others(
        c: Canvas, f: Frame, spot: Spot, at: Point, size: int, total: Chips, alpha: int
    ) -> None:
        """A chip for each of the largest holders, in his colour; the top one says what lies there.

        What is not listed wears the colours of its worth, as in classic before the list came.
        """
        raked = alpha < 255  # Hundreds of chips are on the way then: the top ones tell enough.
        held = f.holders.get(spot, [])[: 1 if raked else SEEN]
        step = round(size * 0.16)
        for rank in range(len(held) - 1, 0, -1):
            place = (at[0] + rank * step, at[1] - rank * step // 2)
            tint = f.colour_of(held[rank].name)
            c.chip(held[rank].amount, size, place, "", alpha=alpha, tint=tint)
        first = f.colour_of(held[0].name) if held else None
        c.chip(total, size, at, stacked=stack_height(total), alpha=alpha, tint=first)
        if held and not raked and (letter := f.letter_of(held[0].name)):
            tag = round(size * 0.5) // 2 * 2
            place = (at[0] + round(size * 0.42), at[1] - round(size * 0.42))
            c.dot(tag, theme.BUBBLE, place)
            c.text(letter, Style.TINY, theme.TEXT, place, "center", room=tag)

    @staticmethod
    def _fate(f: Frame, felt: Felt, spot: Spot) -> tuple[int, tuple[float, float]]:
        """How visible a stack is, and how far it has moved: losers go to the house."""
        winner = f.show.outcome.pocket if f.show.outcome else None
        if f.stage < Stage.RAKE or winner is None:
            return 255, (0, 0)
        zero = f.view.law.zero
        if (
            winner in SPOTS[spot].covers
            or spot in locks(zero, winner)
            or spot in halves(zero, winner)
        ):
            return 255, (0, 0)
        if f.stage > Stage.RAKE:
            return 0, (0, 0)
        x = ease_in_out(f.part)
        here = chip_place(felt, spot)
        house = (felt.x - felt.cell_w, felt.y + felt.cell_h)
        to = along((here, house), x * x)
        return round(255 * (1 - x**3)), (to[0] - here[0], to[1] - here[1])

    @staticmethod
    def _winnings(c: Canvas, f: Frame, felt: Felt, spot: Spot, mine: Chips) -> None:
        """What the house pays slides in beside the stack."""
        if f.stage is not Stage.PAY or not mine or f.show.outcome is None:
            return
        paid = returned(spot, mine, f.show.outcome.pocket) - mine
        if paid <= 0:
            return
        size = chip_size(felt.cell(1), not is_field(spot))
        x, y = chip_place(felt, spot)
        house = (felt.x - felt.cell_w, felt.y)
        beside = (x + size * 0.75, y - size * 0.25)
        at = along((house, beside), ease_out(f.part * 1.6))
        hop = sin(min(1.0, f.part * 1.6) * 3.14159) * size * 0.6
        c.chip(paid, size, (round(at[0]), round(at[1] - hop)), stacked=stack_height(paid))


class Dragged:
    """My stack on its way to another spot, under the pointer."""

    def _place(self, f: Frame) -> Box | None:
        start = f.ui.drag
        if start is None or f.ui.hover == start or not f.view.my_bets.get(start):
            return None
        size = chip_size(f.layout.felt.cell(1), line=False)
        return fitted((size, size), f.ui.pointer)

    def box(self, f: Frame) -> Box:
        place = self._place(f)
        return place.grown(place.w // 2) if place else Box(0, 0, 0, 0)

    def face(self, f: Frame) -> Hashable:
        return self._place(f) and (f.at, self._place(f))

    def hits(self, f: Frame) -> Hits:
        del f
        return {}

    def draw(self, c: Canvas, f: Frame) -> None:
        place = self._place(f)
        assert place is not None
        assert f.ui.drag is not None
        chips = f.view.my_bets[f.ui.drag]
        c.chip(chips, place.w, place.middle, stacked=stack_height(chips), alpha=215)


def chip_size(cell: Box, line: bool) -> int:
    """Chips on lines are a little smaller, so that the numbers beside them can be read."""
    side = min(cell.w, round(cell.h * 0.86))
    return round(side * (0.66 if line else 0.76)) // 2 * 2


@lru_cache(maxsize=512)
def chip_place(felt: Felt, spot: Spot) -> tuple[int, int]:
    """Where a chip is drawn: on its spot, and on the outside beside the words."""
    if spot in _LABELLED and spot not in (RED, BLACK):
        cell = felt.cell(spot)
        return cell.x + round(cell.w * CHANCE_CHIP), cell.middle[1]
    return felt.anchor(spot)
