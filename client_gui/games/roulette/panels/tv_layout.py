"""Where everything is that a whole room looks at: the wheel, and beside it a column. Pure."""

from dataclasses import dataclass, replace
from functools import lru_cache

from client_gui.games.roulette.layout import Layout
from client_gui.kit.box import Box, Size


@dataclass(frozen=True, slots=True)
class TvLayout:
    """The regions of the TV view."""

    layout: Layout
    """The table's, with the wheel as large as it can be."""
    head: Box
    phase: Box
    result: Box
    numbers: Box
    join: Box

    @staticmethod
    @lru_cache(maxsize=4)
    def of(size: Size) -> "TvLayout":
        """Divide a window of this size."""
        width, height = size
        table = Layout.of(size)
        edge, gap = table.px(26), table.px(16)
        side = min(height - 2 * edge, round(width * 0.55))
        wheel = Box(edge, (height - side) // 2, side, side)
        x = wheel.right + table.px(30)
        high = table.px(748)
        column = Box(x, (height - high) // 2, width - edge - x, high)
        head, phase, result, numbers, join = column.rows((34, 84, 278, 62, 226), gap)
        return TvLayout(replace(table, wheel=wheel), head, phase, result, numbers, join)
