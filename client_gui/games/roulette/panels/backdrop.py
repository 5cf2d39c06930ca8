"""What of a roulette never changes while the window keeps its size; what the door shows of it."""

import pygame

from client_gui.games.roulette.layout import Layout
from client_gui.games.roulette.motion import Spin
from client_gui.games.roulette.panels.felt import print_felt
from client_gui.games.roulette.panels.wheel import draw_base, draw_wheel
from client_gui.kit import sprites, theme
from client_gui.kit.box import Box, Size
from client_gui.kit.canvas import Canvas
from client_gui.shell.panels.backdrop import cloth, panel, top_bar


def table_ground(c: Canvas, layout: Layout) -> None:
    """The table scene without anything that moves, is clicked or changes."""
    c.surface.blit(cloth(layout.size), (0, 0))
    top_bar(c, layout)
    draw_base(c, layout.wheel)
    panel(c, layout.stats)
    panel(c, layout.lists)
    panel(c, layout.messages)
    panel(c, layout.foot)
    print_felt(c, layout)


def dark_ground(c: Canvas, size: Size) -> None:
    """The table in the dark, its wheel at rest."""
    c.surface.blit(cloth(size), (0, 0))
    high = size[1]
    side = round(high * 0.86)
    wheel = Box(-round(side * 0.2), (high - side) // 2, side, side)
    draw_base(c, wheel)
    draw_wheel(c, wheel, Spin.resting(None), 0.0, None)
    shade = sprites.clear((64, 1))
    for x in range(64):
        shade.set_at((x, 0), (*theme.BG, round(120 + 90 * x / 63)))
    c.surface.blit(pygame.transform.smoothscale(shade, size), (0, 0))
