"""Where everything is around a game: pure geometry, from the size of the window.

A bar at the top, and below it three columns. The right one is the shell's; what a game makes of the
other two is a layout of its own.
"""

from dataclasses import dataclass
from functools import lru_cache

from client_gui.kit.box import BASE, Box, Size

PARTS = 14
"""The middle can be divided into so many parts of whole pixels."""


@dataclass(frozen=True, slots=True)
class Layout:
    size: Size
    scale: float
    top: Box
    left: Box
    middle: Box
    lists: Box
    messages: Box

    @property
    def window(self) -> Box:
        return Box(0, 0, *self.size)

    @property
    def room(self) -> Box:
        """All that a game has to itself."""
        return Box(self.left.x, self.left.y, self.middle.right - self.left.x, self.left.h)

    def px(self, length: float) -> int:
        """A length of the 1280×800 design in pixels of this window."""
        return max(1, round(length * self.scale))

    @staticmethod
    @lru_cache(maxsize=8)
    def around(size: Size) -> "Layout":
        """Divide a window of this size."""
        width, height = size
        scale = min(width / BASE[0], height / BASE[1])
        wider = width - BASE[0] * scale

        def px(length: float) -> int:
            return round(length * scale)

        gap = px(14)
        top = Box(0, 0, width, px(52))
        under = top.bottom + px(13)
        high = height - px(12) - under
        left_w = round(326 * scale + wider * 0.24)
        right_w = round(256 * scale + wider * 0.26)
        room = width - left_w - right_w - 4 * gap
        spare = room % PARTS
        left_w, right_w = left_w + spare // 2, right_w + spare - spare // 2
        left = Box(gap, under, left_w, high)
        middle = Box(left.right + gap, under, room - spare, high)
        right = Box(width - gap - right_w, under, right_w, high)
        lists, messages = right.rows((0.55, 0.45), px(12))
        return Layout(size, scale, top, left, middle, lists, messages)
