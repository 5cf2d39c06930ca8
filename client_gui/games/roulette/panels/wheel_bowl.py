"""The parts of the wheel that do not turn, and the turret: made once for a size.

The light comes from the upper left and stands still, so whatever is turned on a lathe (rim, rings,
cone) looks the same at every angle and need not be drawn again.
"""

from math import cos, tau
from random import Random

import pygame

from client_gui.games.roulette import looks
from client_gui.games.roulette.motion import clamp
from client_gui.kit import sprites, theme
from client_gui.kit.sprites import blend, clear, polar, shrink
from client_gui.kit.theme import Rgb

TRACK_OUT = 0.875
NUMBERS_OUT = 0.795
NUMBERS_IN = 0.655
CONE = 0.505
HUB = 0.105
LIGHT = -tau / 8
FACETS = 180
STEPS = 44
"""So many shades between two edges of turned wood: averaging down blends them."""


def _fine(diameter: int) -> int:
    """How much larger to draw: less for the large, which need it less and cost more."""
    return 3 if diameter < 420 else 2


def _metal(angle: float) -> Rgb:
    """Brass, bright where it faces the light and where it throws it back."""
    shine = (0.5 + 0.5 * cos(2 * (angle - LIGHT))) ** 2
    face = 0.5 + 0.5 * cos(angle - LIGHT)
    lit = clamp(0.3 + 0.6 * shine * (0.45 + 0.55 * face))
    return blend(looks.BRASS_DARK, theme.GOLD_LIT, lit)


def _ring(surface: pygame.Surface, radius: float, outer: float, inner: float) -> None:
    """A brass ring, between two shares of the radius."""
    middle = (surface.get_width() / 2, surface.get_height() / 2)
    step = tau / FACETS
    for facet in range(FACETS):
        a, b = facet * step, (facet + 1.15) * step
        corners = [
            polar(middle, radius * outer, a),
            polar(middle, radius * outer, b),
            polar(middle, radius * inner, b),
            polar(middle, radius * inner, a),
        ]
        pygame.draw.polygon(surface, _metal(a), corners)


def _turned(
    surface: pygame.Surface, radius: float, outer: float, inner: float, shades: list[Rgb]
) -> None:
    """Rings of wood, from the outside in, in these shades."""
    middle = (surface.get_width() / 2, surface.get_height() / 2)
    steps = min(STEPS, max(len(shades), int(radius * (outer - inner))))
    for step in range(steps):
        at = step / steps * (len(shades) - 1)
        low = int(at)
        shade = blend(shades[low], shades[min(low + 1, len(shades) - 1)], at - low)
        share = outer + (inner - outer) * step / steps
        pygame.draw.circle(surface, shade, middle, radius * share)


def _grain(surface: pygame.Surface, radius: float, outer: float, inner: float, seed: int) -> None:
    """What the grain of the wood does to the light, in wedges; and the light itself."""
    layer = clear(surface.get_size())
    middle = (surface.get_width() / 2, surface.get_height() / 2)
    chance, level = Random(seed), 0.0
    step = tau / FACETS
    for facet in range(FACETS):
        level = 0.75 * level + chance.uniform(-1, 1)
        facing = cos(facet * step - LIGHT)
        value = level * 5 + facing * 26
        tint = (255, 235, 200) if value > 0 else (0, 0, 0)
        a, b = facet * step, (facet + 1) * step
        corners = [
            polar(middle, radius * outer, a),
            polar(middle, radius * outer, b),
            polar(middle, radius * inner, b),
            polar(middle, radius * inner, a),
        ]
        pygame.draw.polygon(layer, (*tint, min(70, int(abs(value)))), corners)
    surface.blit(layer, (0, 0))


def base(diameter: int) -> pygame.Surface:
    """Shadow, rim, studs and track: all that lies around the turning part."""
    fine = _fine(diameter)
    size = diameter * fine
    radius = size * 0.485
    middle = (size / 2, size / 2)
    surface = clear((size, size), looks.BRASS_DARK)
    _ring(surface, radius, 1.0, 0.975)
    wood = [looks.WOOD_DARK, looks.WOOD, looks.WOOD_LIT, looks.WOOD, looks.WOOD_DARK]
    _turned(surface, radius, 0.982, TRACK_OUT + 0.012, wood)
    _grain(surface, radius, 0.982, TRACK_OUT + 0.012, 8)
    for stud in range(8):
        _stud(surface, middle, radius, (stud + 0.36) * tau / 8, stud % 2 == 0)
    _ring(surface, radius, TRACK_OUT + 0.012, TRACK_OUT)
    slope = [looks.BLACK_WOOD, looks.TRACK, looks.TRACK_LIT, looks.TRACK]
    _turned(surface, radius, TRACK_OUT, NUMBERS_OUT - 0.02, slope)
    _grain(surface, radius, TRACK_OUT, NUMBERS_OUT - 0.02, 3)
    wheel = shrink(surface, (diameter, diameter))
    blur = max(4, diameter // 24)
    round_ = int(diameter * 0.97)
    shade = sprites.shadow((round_, round_), round_ // 2, blur, 190)
    whole = clear((diameter + 2 * blur, diameter + 2 * blur))
    at = blur + (diameter - round_) // 2 - blur
    whole.blit(shade, (at, at + max(2, diameter // 40)))
    whole.blit(wheel, (blur, blur))
    return whole


def _stud(
    surface: pygame.Surface,
    middle: tuple[float, float],
    radius: float,
    angle: float,
    upright: bool,
) -> None:
    """A brass diamond let into the rim."""
    long, wide = (0.042, 0.017) if upright else (0.028, 0.028)
    at = 0.932
    for grow, colour in ((1.35, looks.WOOD_DARK), (1.0, theme.GOLD), (0.55, theme.GOLD_LIT)):
        corners = [
            polar(middle, radius * (at + long * grow), angle),
            polar(middle, radius * at, angle + wide * grow / at),
            polar(middle, radius * (at - long * grow), angle),
            polar(middle, radius * at, angle - wide * grow / at),
        ]
        pygame.draw.polygon(surface, colour, corners)


def cover(diameter: int) -> pygame.Surface:
    """What lies over the turning pockets: rings, the shade of the frets' walls, the cone."""
    fine = _fine(diameter)
    size = diameter * fine
    radius = size * 0.485
    middle = (size / 2, size / 2)
    surface = clear((size, size))
    # The shade in the bay: darkest under the number ring, where its wall stands.
    steps = int(radius * (NUMBERS_IN - CONE))
    for step in range(steps):
        part = step / steps
        alpha = int(110 * (1 - part) ** 2 + 60 * max(0.0, part - 0.75))
        share = NUMBERS_IN - (NUMBERS_IN - CONE) * part
        pygame.draw.circle(surface, (0, 0, 0, alpha), middle, radius * share)
    surface.blit(_cone(radius), (middle[0] - radius * CONE, middle[1] - radius * CONE))
    for outer, inner in ((NUMBERS_OUT + 0.008, NUMBERS_OUT - 0.006), (0.66, 0.65)):
        _ring(surface, radius, outer, inner)
    _ring(surface, radius, CONE + 0.008, CONE - 0.008)
    _ring(surface, radius, 0.215, 0.207)
    # Half of it is clear, and most of the rest hides all below: runs of either are not blended.
    picture = shrink(surface, (diameter, diameter))
    picture.set_alpha(255, pygame.RLEACCEL)
    return picture


def _cone(radius: float) -> pygame.Surface:
    """The wood in the middle, as large as it is."""
    side = round(2 * radius * CONE)
    surface = clear((side, side), looks.WOOD_DARK)
    dark, mid = looks.CONE_DARK, looks.WOOD
    wood = [looks.WOOD_DARK, dark, mid, looks.WOOD_LIT, mid, dark]
    _turned(surface, radius, CONE, 0.02, wood)
    _grain(surface, radius, CONE, 0.0, 21)
    return surface


def arms(diameter: int) -> pygame.Surface:
    """Two of the turret's four arms, upright: turned, and turned once more by a quarter, which
    costs next to nothing, they are all four.
    """
    fine = 4
    unit = diameter * 0.485
    wide, high = int(unit * 0.09) + 2, int(unit * 0.66) + 2
    surface = clear((wide * fine, high * fine), theme.GOLD_DIM)
    middle = (wide * fine / 2, high * fine / 2)
    unit *= fine
    for angle in (0.0, tau / 2):
        for width, colour in ((0.026, looks.BRASS_DARK), (0.018, theme.GOLD)):
            across = width / 2 * unit
            tip = polar(middle, unit * 0.27, angle)
            side = polar((0, 0), across, angle + tau / 4)
            corners = [
                (middle[0] + side[0] * 1.5, middle[1] + side[1] * 1.5),
                (tip[0] + side[0], tip[1] + side[1]),
                (tip[0] - side[0], tip[1] - side[1]),
                (middle[0] - side[0] * 1.5, middle[1] - side[1] * 1.5),
            ]
            pygame.draw.polygon(surface, colour, corners)
        knob = polar(middle, unit * 0.285, angle)
        for part in range(10):
            shade = blend(theme.GOLD_DIM, theme.GOLD_LIT, part / 9)
            pygame.draw.circle(surface, shade, knob, unit * 0.042 * (1 - part / 11))
    return shrink(surface, (wide, high))


def hub(diameter: int) -> pygame.Surface:
    """The dome in the middle."""
    size = int(diameter * 0.485 * 2 * HUB) + 4
    fine = 4
    surface = clear((size * fine, size * fine), looks.BRASS_DARK)
    middle, radius = size * fine / 2, (size - 4) * fine / 2
    for part in range(24):
        x = part / 23
        shade = blend(looks.BRASS_DARK, theme.GOLD_LIT, x**0.6)
        at = (middle - radius * 0.32 * x, middle - radius * 0.36 * x)
        pygame.draw.circle(surface, shade, at, radius * (1 - 0.86 * x))
    return shrink(surface, (size, size))


def ball(diameter: int, dx: float, dy: float) -> pygame.Surface:
    """Ivory, lit from the upper left, at a part of a pixel."""
    size = diameter + 3
    fine = 6
    surface = clear((size * fine, size * fine), (150, 150, 145))
    radius = diameter * fine / 2
    x, y = (1 + dx) * fine + radius, (1 + dy) * fine + radius
    for step in range(12):
        part = step / 11
        shade = blend((148, 146, 140), (255, 255, 252), part**0.7)
        pygame.draw.circle(
            surface,
            shade,
            (x - part * radius * 0.28, y - part * radius * 0.3),
            radius * (1 - part * 0.82),
        )
    return shrink(surface, (size, size))
