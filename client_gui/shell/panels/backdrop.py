"""What of a scene never changes while the window keeps its size: drawn once, then only copied."""

import pygame

from client_gui.kit import sprites, theme
from client_gui.kit.box import Box, Size
from client_gui.kit.canvas import Canvas
from client_gui.shell.layout import Layout


def cloth(size: Size) -> pygame.Surface:
    return sprites.cloth(size)


def panel(c: Canvas, box: Box, radius: float = 14) -> None:
    """A quiet plate that floats a little above the cloth."""
    blur, r = c.px(10), c.px(radius)
    size = (box.w, box.h)
    shade = sprites.shadow(size, r, blur, 120)
    c.surface.blit(shade, (box.x - blur, box.y - blur + c.px(3)))
    c.surface.blit(
        sprites.plate(size, r, (*theme.PANEL, 255), (*theme.EDGE, 255), c.px(1)), box[:2]
    )


def top_bar(c: Canvas, layout: Layout) -> None:
    bar = layout.top
    c.surface.fill(theme.TOP, bar)
    c.surface.fill(theme.EDGE, (0, bar.bottom - 1, bar.w, 1))
    for at in range(c.px(8)):
        alpha = 90 * (1 - at / c.px(8)) ** 2
        c.fill(Box(0, bar.bottom + at, bar.w, 1), theme.SHADOW, round(alpha))
