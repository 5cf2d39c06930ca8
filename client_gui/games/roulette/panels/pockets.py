"""A number on its colour: of the wheel, of the layout, of every list of what fell."""

from client_gui.games.roulette import looks
from client_gui.games.roulette.looks import GROUND
from client_gui.kit import theme
from client_gui.kit.box import Box, Point
from client_gui.kit.canvas import Canvas
from client_gui.kit.theme import Rgb, Type
from protocol.games.roulette.rules import Colour, Pocket, colour, written


def ground(pocket: Pocket) -> Rgb:
    """What it is written on."""
    return GROUND[colour(pocket)]


def number(c: Canvas, pocket: Pocket, style: Type, at: Point, room: int | None = None) -> None:
    """The number alone. Where colours are marked, red ones have a bar below."""
    wide = c.text(written(pocket), style, looks.ON_POCKET, at, "center", room)
    if c.marked and colour(pocket) is Colour.RED:
        px = c.pixels(style)
        high = max(2, round(px * 0.1))
        bar = Box(at[0] - wide // 2, at[1] + round(px * 0.43), wide, high)
        c.surface.fill(looks.ON_POCKET, bar)


def tile(
    c: Canvas, box: Box, pocket: Pocket, fresh: bool, style: Type, on_felt: bool = False
) -> None:
    """With its ground; black, which is hardly darker than a panel, has a hairline there."""
    fill = ground(pocket)
    faint = fill == looks.BLACK and not on_felt
    edge = theme.GOLD if fresh else theme.EDGE if faint else None
    radius = max(4.0, box.h / c.scale * 0.18)
    c.plate(box, radius, fill, edge, 1.8 if fresh else 1)
    number(c, pocket, style, box.middle, box.w)
