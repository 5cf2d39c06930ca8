"""At the foot, for the player: how the night goes."""

from collections.abc import Hashable
from functools import partial

import pygame

from client_gui.games.roulette.frame import Frame
from client_gui.kit import sprites, theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.theme import Style
from client_gui.kit.words import signed
from client_gui.shell.view import Role

RECORD = "record:night"
"""The panel is also the way to the record."""
LONGEST = 200
"""So many of the last rounds are drawn."""


class Night:
    """My net, and the way it went."""

    def box(self, f: Frame) -> Box:
        return f.layout.foot

    def face(self, f: Frame) -> Hashable:
        if f.view.role is not Role.PLAYER:
            return None
        return f.at, f.view.night, f.ui.over == RECORD, f.ui.focus == RECORD

    def hits(self, f: Frame) -> Hits:
        return {RECORD: self.box(f)} if f.view.role is Role.PLAYER else {}

    def draw(self, c: Canvas, f: Frame) -> None:
        if RECORD in (f.ui.over, f.ui.focus):
            tint = theme.FOCUS if f.ui.focus == RECORD else theme.GOLD_DIM
            c.frame(f.layout.foot, tint, 2, 14)
        box = f.layout.foot.inset(c.px(16), c.px(10))
        night = f.view.night
        nets = night.nets
        left = Box(box.x, box.y, round(box.w * 0.31), box.h)
        c.label(f.words("night.title"), (left.x, left.y + c.px(6)), room=left.w)
        net = night.net
        ink = theme.OK if net > 0 else theme.BAD_TEXT if net < 0 else theme.TEXT
        c.text(signed(net), Style.TITLE, ink, (left.x, left.middle[1] + c.px(2)), room=left.w)
        text = f.words.count("night.rounds", len(nets))
        if nets and max(nets) > 0:
            longer = f.words("night.best", rounds=text, net=signed(max(nets)))
            text = longer if c.width(longer, Style.SMALL) <= left.w else text
        at = (left.x, left.bottom - c.px(6))
        c.text(text, Style.SMALL, theme.MUTED, at, room=left.w)
        curve = Box(left.right + c.px(20), box.y, box.right - left.right - c.px(20), box.h)
        if len(nets) < 2:
            c.text(
                f.words("night.empty"), Style.SMALL, theme.MUTED, curve.middle, "center",
                room=curve.w,
            )  # fmt: skip
            return
        points = night.curve[-LONGEST:]
        size = (curve.w, curve.h)
        picture = c.made(("night", size, points), partial(curve_picture, points, size, c.scale))
        c.surface.blit(picture, curve[:2])


def curve_picture(points: tuple[int, ...], size: tuple[int, int], scale: float) -> pygame.Surface:
    """A smooth line over a fading ground, with a hairline where nothing is won or lost."""
    fine = 3 if size[0] < 900 else 2
    wide, high = size[0] * fine, size[1] * fine
    low, top = min(*points, 0), max(*points, 0)
    span = max(1, top - low)
    margin = high * 0.08

    def place(at: int, value: int) -> tuple[float, float]:
        x = wide * 0.01 + wide * 0.98 * at / (len(points) - 1)
        return x, margin + (high - 2 * margin) * (top - value) / span

    line = [place(at, value) for at, value in enumerate(points)]
    surface = sprites.clear((wide, high), theme.GOLD)
    zero = place(0, 0)[1]
    for y in range(high):
        above = abs(y - zero) / high
        pygame.draw.line(surface, (*theme.GOLD, round(10 + 46 * above)), (0, y), (wide, y))
    zero_line = [(line[0][0], zero), *line, (line[-1][0], zero)]
    mask = sprites.clear((wide, high), (255, 255, 255))
    pygame.draw.polygon(mask, (255, 255, 255, 255), zero_line)
    surface.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    pygame.draw.line(surface, (*theme.MUTED, 60), (0, zero), (wide, zero), fine)
    sprites.stroke(surface, theme.GOLD, 2.2 * fine * scale, line)
    pygame.draw.circle(surface, theme.GOLD_LIT, line[-1], 3.6 * fine * scale)
    return sprites.shrink(surface, size)
