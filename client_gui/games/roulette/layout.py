"""Where everything is: pure geometry, from the size of the window.

`Layout.of(size, kind)` divides a window into regions; `Felt` places the spots of a kind
of wheel in the middle one.
Nothing here draws, and every coordinate is a whole pixel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from client_gui.kit.box import BASE, Box, Point, Size
from client_gui.shell import layout as shell
from protocol.games.roulette.rules import (
    DOUBLE_ZERO,
    LOCKED,
    SINGLE,
    SPOT_OF,
    SPOTS,
    ZEROS,
    Group,
    Pocket,
    Spot,
    SpotInfo,
    Wheel,
)

EDGE = 0.24
"""How far from a line, as a share of a cell, a chip still lies on the line."""


@dataclass(frozen=True, slots=True)
class Felt:
    """The betting layout: zero at the left, three rows by twelve columns, the outside below."""

    x: int
    y: int
    cell_w: int
    cell_h: int
    dozen_h: int
    chance_h: int
    wheel: Wheel = SINGLE

    @property
    def grid(self) -> Box:
        """The thirty-six numbers."""
        return Box(self.x + self.cell_w, self.y, 12 * self.cell_w, 3 * self.cell_h)

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, 14 * self.cell_w, 3 * self.cell_h + self.dozen_h + self.chance_h)

    @property
    def reach(self) -> tuple[int, int]:
        return max(4, round(self.cell_w * EDGE)), max(4, round(self.cell_h * EDGE))

    def cell(self, spot: Spot) -> Box:
        """The printed field of a straight, column, dozen or even chance."""
        info = SPOTS[spot]
        match info.group:
            case Group.STRAIGHT if info.covers[0] in ZEROS:
                return self._zero(info.covers[0])
            case Group.STRAIGHT:
                return self._number(spot)
            case Group.COLUMN:
                row = 3 - info.covers[0]
                return Box(self.grid.right, self.y + row * self.cell_h, self.cell_w, self.cell_h)
            case Group.DOZEN:
                at = (info.covers[0] - 1) // 12
                wide = 4 * self.cell_w
                return Box(self.grid.x + at * wide, self.grid.bottom, wide, self.dozen_h)
            case Group.CHANCE:
                wide = 2 * self.cell_w
                top = self.grid.bottom + self.dozen_h
                at = (spot - _FIRST_CHANCE) if not info.locked else (spot - LOCKED) % 6
                return Box(self.grid.x + at * wide, top, wide, self.chance_h)
        raise ValueError(f"spot {spot} lies on a line, not in a field")

    def field(self, pocket: Pocket) -> Box:
        """The printed field of a number."""
        return self.cell(SPOT_OF[pocket,])

    def _zero(self, pocket: Pocket) -> Box:
        """All of the column before the numbers; with two zeros its upper half is 00."""
        whole = Box(self.x, self.y, self.cell_w, 3 * self.cell_h)
        if DOUBLE_ZERO not in self.wheel.pockets:
            return whole
        high = self._between - self.y
        if pocket == DOUBLE_ZERO:
            return Box(whole.x, whole.y, whole.w, high)
        return Box(whole.x, whole.y + high, whole.w, whole.h - high)

    @property
    def _between(self) -> int:
        """The line between two zeros."""
        return self.y + 3 * self.cell_h // 2

    def _number(self, number: int) -> Box:
        column, row = (number - 1) // 3, 2 - (number - 1) % 3
        return Box(
            self.grid.x + column * self.cell_w,
            self.y + row * self.cell_h,
            self.cell_w,
            self.cell_h,
        )

    def anchor(self, spot: Spot) -> Point:
        """Where the middle of a chip on this spot lies."""
        info = SPOTS[spot]
        if info.locked:
            cell = self.cell(spot)
            aside = _LOCKED_AT[info.locked]
            return cell.x + round(cell.w * aside), cell.bottom - round(cell.h * LOCKED_UP)
        if info.group in _FIELDS:
            return self.cell(spot).middle
        if DOUBLE_ZERO in self.wheel.pockets and not ZEROS.isdisjoint(info.covers):
            return self._beside_two_zeros(spot)
        return self._on_line(info)

    def _beside_two_zeros(self, spot: Spot) -> Point:
        """On the line before the numbers, so many half rows from the top; or between the zeros."""
        if spot not in _DOWN:
            return self.x + self.cell_w // 2, self._between
        return self.grid.x, self.y + round(_DOWN[spot] * self.cell_h)

    def _on_line(self, info: SpotInfo) -> Point:
        cells = [self._number(number) for number in info.covers if number]
        left, right = min(c.x for c in cells), max(c.right for c in cells)
        top, bottom = min(c.y for c in cells), max(c.bottom for c in cells)
        x, y = (left + right) // 2, (top + bottom) // 2
        if 0 in info.covers:
            x = self.grid.x
        first_four = info.group is Group.CORNER and 0 in info.covers
        on_bottom = info.group is Group.LINE or (
            info.group is Group.STREET and 0 not in info.covers
        )
        if first_four or on_bottom:
            y = self.grid.bottom
        return x, y

    def hit(self, spot: Spot) -> Box:
        """A rectangle of which every pixel is this spot."""
        info = SPOTS[spot]
        dx, dy = self.reach
        if info.group is Group.STRAIGHT:
            cell = self.cell(spot)
            return Box(cell.x + dx + 1, cell.y + dy + 1, cell.w - 2 * dx - 2, cell.h - 2 * dy - 2)
        if info.group in _FIELDS:
            cell = self.cell(spot)
            below = self._below + 2
            return Box(cell.x + 1, cell.y + below, cell.w - 2, cell.h - below - 2)
        x, y = self.anchor(spot)
        half_w, half_h = max(1, dx - 2), max(1, min(dy, self._below) - 2)
        if spot in _DOWN and DOUBLE_ZERO in self.wheel.pockets:
            half_h = max(1, self.cell_h // 8 - 2)
        return Box(x - half_w, y - half_h, 2 * half_w + 1, 2 * half_h + 1)

    @property
    def _below(self) -> int:
        """How far into the dozens the line above them reaches."""
        return max(3, round(self.dozen_h * EDGE))

    def spot_at(self, point: Point) -> Spot | None:
        """The spot under a point: fields, and the lines between them."""
        x, y = point[0] - self.grid.x, point[1] - self.y
        if not self.box.holds(point):
            return None
        dx, _ = self.reach
        if y >= 3 * self.cell_h + self._below:
            return self._outside(x, y - 3 * self.cell_h)
        two_zeros = DOUBLE_ZERO in self.wheel.pockets
        if two_zeros and -dx <= x <= dx:
            return min(_DOWN, key=lambda spot: abs(_DOWN[spot] * self.cell_h - y))
        if x < -dx:
            return self._zero_at(point[1]) if y < 3 * self.cell_h else None
        if x >= 12 * self.cell_w:
            return _COLUMN_TOP[y // self.cell_h] if y < 3 * self.cell_h else None
        return self._inside(x, y)

    def _zero_at(self, y: int) -> Spot:
        if DOUBLE_ZERO not in self.wheel.pockets:
            return 0
        over = y - self._between
        if abs(over) <= self.reach[1]:
            return SPOT_OF[0, DOUBLE_ZERO]
        return SPOT_OF[DOUBLE_ZERO,] if over < 0 else 0

    def _outside(self, x: int, y: int) -> Spot | None:
        if not 0 <= x < 12 * self.cell_w:
            return None
        if y < self.dozen_h:
            return _FIRST_DOZEN + x // (4 * self.cell_w)
        return _FIRST_CHANCE + x // (2 * self.cell_w)

    def _inside(self, x: int, y: int) -> Spot | None:
        """The number, or the line or the crossing of lines, that is nearest.

        Lines are counted from zero: upright from zero's edge, level from the top.
        """
        dx, dy = self.reach
        upright, level = round(x / self.cell_w), round(y / self.cell_h)
        on_upright = abs(x - upright * self.cell_w) <= dx and upright < 12
        on_level = abs(y - level * self.cell_h) <= dy and level > 0
        column = min(11, x // self.cell_w)
        row = min(2, y // self.cell_h)
        columns = (upright - 1, upright) if on_upright else (column,)
        rows: tuple[int, ...] = (level - 1, level) if on_level and level < 3 else (row,)
        if on_level and level == 3:
            rows = (0, 1, 2)
        covers = {
            0 if c < 0 else 3 * c + 3 - r for c in columns for r in rows
        }  # left of the first column is zero
        return SPOT_OF[tuple(sorted(covers))]


_FIELDS = frozenset((Group.STRAIGHT, Group.COLUMN, Group.DOZEN, Group.CHANCE))
_FIRST_COLUMN = next(info.spot for info in SPOTS if info.group is Group.COLUMN)
_FIRST_DOZEN = next(info.spot for info in SPOTS if info.group is Group.DOZEN)
_FIRST_CHANCE = next(info.spot for info in SPOTS if info.group is Group.CHANCE)
_DOWN: dict[Spot, float] = {
    SPOT_OF[3, DOUBLE_ZERO]: 0.5,
    SPOT_OF[2, 3, DOUBLE_ZERO]: 1.0,
    SPOT_OF[2, DOUBLE_ZERO]: 1.25,
    SPOT_OF[0, 2, DOUBLE_ZERO]: 1.5,
    SPOT_OF[0, 2]: 1.75,
    SPOT_OF[0, 1, 2]: 2.0,
    SPOT_OF[0, 1]: 2.5,
    SPOT_OF[0, 1, 2, 3, DOUBLE_ZERO]: 3.0,
}
"""On the line between two zeros and the numbers, in rows from the top."""
LOCKED_UP = 0.1
_LOCKED_AT = {1: 0.17, 2: 0.42}
"""A locked stake lies on the lower line of its field, so far from the left: locked once, or more
often.
"""
_COLUMN_TOP = (_FIRST_COLUMN + 2, _FIRST_COLUMN + 1, _FIRST_COLUMN)


def is_field(spot: Spot) -> bool:
    """Whether the spot is a printed field, and not a line between fields."""
    return SPOTS[spot].group in _FIELDS and not SPOTS[spot].locked


@dataclass(frozen=True, slots=True)
class Layout(shell.Layout):
    """The regions of the table scene."""

    wheel: Box
    """A square."""
    results: Box
    stats: Box
    round_banner: Box
    felt: Felt
    chip_tray: Box
    """Chips, the sum, the total."""
    keys: Box
    """The row of buttons."""
    foot: Box

    def spot_at(self, point: Point) -> Spot | None:
        return self.felt.spot_at(point)

    def anchor(self, spot: Spot) -> Point:
        return self.felt.anchor(spot)

    def hits(self) -> Sequence[tuple[Spot, Box]]:
        return _hits(self.felt)

    @staticmethod
    @lru_cache(maxsize=8)
    def of(size: Size, kind: Wheel = SINGLE) -> "Layout":
        """Divide a window of this size, at a table with this wheel."""
        house = shell.Layout.around(size)
        scale, left, middle = house.scale, house.left, house.middle
        taller = size[1] - BASE[1] * scale

        def px(length: float) -> int:
            return round(length * scale)

        wheel_d = min(left.w, round((size[1] - house.top.bottom) * 0.49))
        wheel = Box(left.x + (left.w - wheel_d) // 2, left.y, wheel_d, wheel_d)
        results = Box(left.x, wheel.bottom + px(24), left.w, px(66))
        stats_top = results.bottom + px(13)
        stats = Box(left.x, stats_top, left.w, left.bottom - stats_top)

        x, wide = middle.x, middle.w
        cell_w = wide // shell.PARTS
        cell_h = min(round(cell_w * 1.45), round(56 * scale + taller * 0.45 / 3))
        dozen_h, chance_h = round(cell_h * 0.8), round(cell_h * 0.86)
        felt_h = 3 * cell_h + dozen_h + chance_h
        spare = middle.h - felt_h - px(60) - px(48) - 4 * px(15)
        round_banner = Box(x, middle.y, wide, round(spare * 0.655))
        felt_y = round_banner.bottom + px(20)
        felt = Felt(x, felt_y, cell_w, cell_h, dozen_h, chance_h, kind)
        chip_tray = Box(x, felt.box.bottom + px(13), wide, px(60))
        keys = Box(x, chip_tray.bottom + px(13), wide, px(48))
        foot_top = keys.bottom + px(14)
        foot = Box(x, foot_top, wide, middle.bottom - foot_top)
        around = (house.size, scale, house.top, left, middle, house.lists, house.messages)
        return Layout(*around, wheel, results, stats, round_banner, felt, chip_tray, keys, foot)


@lru_cache(maxsize=1)
def _hits(felt: Felt) -> Sequence[tuple[Spot, Box]]:
    """Asked for with each frame that is traced; to find them anew costs more than to draw it."""
    return [(spot, felt.hit(spot)) for spot in sorted(felt.wheel.spots)]
