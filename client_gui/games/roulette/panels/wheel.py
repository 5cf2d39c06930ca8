"""The wheel and the ball, drawn as shapes for every frame: a turned picture is slower and rough."""

from collections.abc import Hashable
from functools import partial
from math import degrees

import pygame

from client_gui.games.roulette import looks
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.motion import Scene, Spin, one_pocket, pocket_angle
from client_gui.games.roulette.panels import wheel_bowl
from client_gui.games.roulette.panels.wheel_bowl import CONE, NUMBERS_IN, NUMBERS_OUT, TRACK_OUT
from client_gui.games.roulette.show import Stage
from client_gui.kit import sprites, theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.sprites import polar
from client_gui.kit.theme import Face
from protocol.games.roulette.rules import Colour, Pocket, colour, written
from protocol.games.roulette.rules import Wheel as Order

BALL = 0.074
"""The ball's diameter, in radii."""
TRAIL = (0.005, 0.010, 0.015, 0.020)
"""A fast ball is seen where it just was, too."""
FINE_ENOUGH = 40
"""Digits of more pixels than this are turned as they are; smaller ones at twice their size."""


def draw_base(c: Canvas, place: Box) -> None:
    """Rim and track: part of the ground, and so not kept."""
    picture = wheel_bowl.base(place.w)
    x, y = place.middle
    c.surface.blit(picture, (x - picture.get_width() // 2, y - picture.get_height() // 2))


class Wheel:
    """All that moves: pockets, turret, ball."""

    def box(self, f: Frame) -> Box:
        around = f.layout.wheel
        return around.inset(round(around.w * (0.5 - 0.485 * (TRACK_OUT + 0.06))))

    def face(self, f: Frame) -> Hashable:
        spin = f.show.spin
        still = spin.stands(f.now)
        clock = f.now if not still else 0
        return f.layout.size, None if not still else spin, clock, self._lit(f), f.lit

    @staticmethod
    def _lit(f: Frame) -> int | None:
        return f.show.marked(f.now)

    def draw(self, c: Canvas, f: Frame) -> None:
        draw_wheel(c, f.layout.wheel, f.show.spin, f.now, self._lit(f), f.lit)

    def hits(self, f: Frame) -> Hits:
        return {"wheel": f.layout.wheel} if f.stage is not Stage.REST else {}


def draw_wheel(
    c: Canvas,
    place: Box,
    spin: Spin,
    now: float,
    lit: int | None,
    hinted: frozenset[Pocket] = frozenset(),
) -> None:
    """Everything inside the rim, at this moment; `hinted` are the numbers under the pointer."""
    middle = (place.x + place.w / 2, place.y + place.h / 2)
    radius = place.w * 0.485
    size = place.w
    scene = spin.at(now)
    order = spin.wheel
    _pockets(c.surface, order, middle, radius, scene.wheel, lit)
    for pocket in hinted:
        angle = scene.wheel + pocket_angle(pocket, order)
        _light(c.surface, middle, radius, angle, one_pocket(order), theme.FOCUS)
    _numbers(c, order, middle, radius, scene.wheel)
    c.sprite(("wheel cover", size), lambda: wheel_bowl.cover(size), place.middle)
    arms = c.made(("arms", size), lambda: wheel_bowl.arms(size))
    turned = pygame.transform.rotozoom(arms, -degrees(scene.wheel) - 40, 1)
    for both in (turned, pygame.transform.rotate(turned, 90)):
        c.surface.blit(both, both.get_rect(center=place.middle))
    c.sprite(("hub", size), lambda: wheel_bowl.hub(size), place.middle)
    _ball(c, spin, now, scene, middle, radius)


def _pockets(
    surface: pygame.Surface,
    order: Order,
    middle: tuple[float, float],
    radius: float,
    turned: float,
    lit: int | None,
) -> None:
    """Black all over, then the coloured ones; a fret between any two."""
    circle, polygon = pygame.draw.circle, pygame.draw.polygon
    circle(surface, looks.BLACK, middle, radius * NUMBERS_OUT)
    circle(surface, looks.BAY[Colour.BLACK], middle, radius * NUMBERS_IN)
    out, rim, low = radius * (NUMBERS_OUT + 0.004), radius * NUMBERS_IN, radius * CONE
    wide = one_pocket(order)
    for at, pocket in enumerate(order.order):
        kind = colour(pocket)
        if kind is Colour.BLACK:
            continue
        left = turned + (at - 0.5) * wide
        angles = (left, left + wide / 2, left + wide)
        outer = [polar(middle, out, a) for a in angles]
        mid = [polar(middle, rim, a) for a in angles]
        inner = [polar(middle, low, a) for a in (angles[0], angles[2])]
        polygon(surface, looks.GROUND[kind], (*outer, *reversed(mid)))
        polygon(surface, looks.BAY[kind], (*mid, *reversed(inner)))
    for at in order.pockets:
        angle = turned + (at + 0.5) * wide
        ends = polar(middle, out, angle), polar(middle, low, angle)
        pygame.draw.aaline(surface, looks.FRET, *ends)
    if lit is not None:
        _light(surface, middle, radius, turned + pocket_angle(lit, order), wide)


def _light(
    surface: pygame.Surface,
    middle: tuple[float, float],
    radius: float,
    angle: float,
    wide: float,
    ink: theme.Rgb = theme.GOLD_LIT,
) -> None:
    """A frame around a pocket: gold for the one that won."""
    half = wide / 2
    for grow in (0.0, 0.006, 0.012):
        corners = [
            polar(middle, radius * (NUMBERS_OUT - grow), angle - half + grow),
            polar(middle, radius * (NUMBERS_OUT - grow), angle + half - grow),
            polar(middle, radius * (CONE + grow), angle + half - grow),
            polar(middle, radius * (CONE + grow), angle - half + grow),
        ]
        pygame.draw.aalines(surface, ink, True, corners)


def _numbers(
    c: Canvas, order: Order, middle: tuple[float, float], radius: float, turned: float
) -> None:
    px = max(7, round(radius * 0.098))
    at_radius = radius * (NUMBERS_OUT + NUMBERS_IN) / 2
    fine = 1 if px > FINE_ENOUGH else 2
    blit, rotozoom = c.surface.blit, pygame.transform.rotozoom
    for at, pocket in enumerate(order.order):
        angle = turned + at * one_pocket(order)
        digits = c.made(("digits", pocket, px), partial(_digits, c, pocket, px * fine))
        picture = rotozoom(digits, -degrees(angle), 1 / fine)
        x, y = polar(middle, at_radius, angle)
        blit(
            picture,
            (round(x - picture.get_width() / 2), round(y - picture.get_height() / 2)),
        )


def _digits(c: Canvas, pocket: int, px: int) -> pygame.Surface:
    """Tight around the digits, to be turned about its middle."""
    line = c.typeset(written(pocket), Face.MEDIUM, px, looks.ON_POCKET)
    high = round(px * (1.1 if c.marked else 0.8))
    tight = sprites.clear((line.width + 2, high), theme.TEXT)
    tight.blit(line.surface, (1, high // 2 - line.rise))
    if c.marked and colour(pocket) is Colour.RED:
        tight.fill(looks.ON_POCKET, (1, high - round(px * 0.1), line.width, round(px * 0.1)))
    return tight


def _ball(
    c: Canvas,
    spin: Spin,
    now: float,
    scene: Scene,
    middle: tuple[float, float],
    radius: float,
) -> None:
    if scene.shown <= 0:
        return
    diameter = max(5, round(radius * BALL * (1 + scene.height)))
    x, y = polar(middle, radius * scene.radius, scene.ball)
    lift = scene.height * radius
    shade = c.made(("ball shade", diameter), lambda: sprites.glow(diameter * 2, theme.SHADOW, 170))
    _at(c.surface, shade, x + 1 + lift * 0.5, y + diameter * 0.18 + lift * 0.7)
    if spin.fall is None or now < spin.fall.leaves:
        for age in TRAIL:
            if now - age > spin.start + 0.6:
                old = spin.at(now - age)
                was = polar(middle, radius * old.radius, old.ball)
                ghost = _sprite(c, diameter, *was, alpha=90 - round(age * 4000))
                _at(c.surface, ghost, *was)
    alpha = round(255 * scene.shown)
    _at(c.surface, _sprite(c, diameter, x, y - lift * 0.5, alpha), x, y - lift * 0.5)


def _at(surface: pygame.Surface, picture: pygame.Surface, x: float, y: float) -> None:
    surface.blit(picture, (int(x - picture.get_width() / 2), int(y - picture.get_height() / 2)))


def _sprite(c: Canvas, diameter: int, x: float, y: float, alpha: int) -> pygame.Surface:
    """The ball at this part of a pixel: sixteen of them make it glide."""
    step = (int(x * 4) % 4, int(y * 4) % 4)
    faint = alpha // 16 * 16 + 15

    def make() -> pygame.Surface:
        picture = wheel_bowl.ball(diameter, step[0] / 4, step[1] / 4)
        picture.fill((255, 255, 255, faint), special_flags=pygame.BLEND_RGBA_MULT)
        return picture

    return c.made(("ball", diameter, step, faint), make)
