"""Pictures made by code: supersampled once for a size, then kept.

Every maker takes what the picture depends on, and nothing else, so that the cache can key on it.
Colours at the rim of a transparent picture are those of the shape, with no alpha: else averaging
would draw a dark seam around it.
"""

import itertools
from math import cos, sin, tau
from random import Random

import pygame

from client_gui.kit import theme
from client_gui.kit.box import Size
from client_gui.kit.theme import ChipLook, Rgb

FINE = 4
"""How much larger shapes are drawn before they are averaged down."""

Rgba = tuple[int, int, int, int]


def blend(a: Rgb, b: Rgb, x: float) -> Rgb:
    """The colour this far on the way from a to b."""
    return (
        round(a[0] + (b[0] - a[0]) * x),
        round(a[1] + (b[1] - a[1]) * x),
        round(a[2] + (b[2] - a[2]) * x),
    )


def clear(size: Size, colour: Rgb = (0, 0, 0)) -> pygame.Surface:
    surface = pygame.Surface((max(1, size[0]), max(1, size[1])), pygame.SRCALPHA)
    surface.fill((*colour, 0))
    return surface


def shrink(surface: pygame.Surface, size: Size) -> pygame.Surface:
    return pygame.transform.smoothscale(surface, (max(1, size[0]), max(1, size[1])))


def polar(middle: tuple[float, float], radius: float, angle: float) -> tuple[float, float]:
    """A point at an angle clockwise from the top."""
    return middle[0] + radius * sin(angle), middle[1] - radius * cos(angle)


def cloth(size: Size) -> pygame.Surface:
    """Cloth lit by a lamp above the table, with a nap that hides the steps of the gradient."""
    wide, high = 56, 35
    small = pygame.Surface((wide, high))
    for y in range(high):
        for x in range(wide):
            dx, dy = (x / wide - 0.5) / 0.78, (y / high - 0.42) / 0.82
            far = min(1.0, (dx * dx + dy * dy) ** 0.5)
            light = blend(theme.CLOTH_LIT, theme.CLOTH_DIM, far**1.25)
            small.set_at((x, y), blend(light, theme.BG, max(0.0, far - 0.82) * 0.9))
    cloth = pygame.transform.smoothscale(small, size)
    chance = Random(37)
    for flag in (pygame.BLEND_RGB_ADD, pygame.BLEND_RGB_SUB):
        nap = _nap(chance).convert(cloth)
        for top in range(0, size[1], NAP):
            for left in range(0, size[0], NAP):
                cloth.blit(nap, (left, top), special_flags=flag)
    return cloth


NAP = 128


def _nap(chance: Random) -> pygame.Surface:
    """Specks, few of them bright."""
    specks = pygame.image.frombuffer(chance.randbytes(NAP * NAP), (NAP, NAP), "P")
    specks.set_palette([(level,) * 3 for level in (int((n / 256) ** 2 * 5) for n in range(256))])
    return specks


def plate(
    size: Size, radius: int, fill: Rgba, edge: Rgba | None = None, edge_w: int = 1
) -> pygame.Surface:
    """A rectangle with round corners, smooth at any size: only the corners are supersampled."""
    width, height = max(2, size[0]), max(2, size[1])
    radius = max(1, min(radius, width // 2, height // 2))
    rim = edge or fill
    surface = clear((width, height), rim[:3])
    surface.fill(rim, (radius, 0, width - 2 * radius, height))
    surface.fill(rim, (0, radius, width, height - 2 * radius))
    if edge is not None:
        inner = (edge_w, edge_w, width - 2 * edge_w, height - 2 * edge_w)
        x, y, w, h = inner
        inner_r = max(0, radius - edge_w)
        surface.fill(fill, (x + inner_r, y, w - 2 * inner_r, h))
        surface.fill(fill, (x, y + inner_r, w, h - 2 * inner_r))
    disc = _disc(radius, fill, edge, edge_w)
    for right, bottom in ((0, 0), (1, 0), (0, 1), (1, 1)):
        at = (right * (width - radius), bottom * (height - radius))
        part = (right * radius, bottom * radius, radius, radius)
        surface.fill((0, 0, 0, 0), (*at, radius, radius))
        surface.blit(disc, at, part, special_flags=pygame.BLEND_RGBA_ADD)
    return surface


def _disc(radius: int, fill: Rgba, edge: Rgba | None, edge_w: int) -> pygame.Surface:
    fine = radius * FINE
    rim = edge or fill
    surface = clear((2 * fine, 2 * fine), rim[:3])
    pygame.draw.circle(surface, rim, (fine, fine), fine)
    if edge is not None:
        pygame.draw.circle(surface, fill, (fine, fine), max(0, fine - edge_w * FINE))
    return shrink(surface, (2 * radius, 2 * radius))


def sheen(size: Size, radius: int, top: Rgb, bottom: Rgb, edge: Rgb) -> pygame.Surface:
    """A metal plate: light above, darker below."""
    column = pygame.Surface((1, 16))
    for y in range(16):
        column.set_at((0, y), blend(top, bottom, y / 15))
    body = pygame.transform.smoothscale(column, size).convert_alpha()
    mask = plate(size, radius, (255, 255, 255, 255))
    body.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    rim = plate(size, radius, (0, 0, 0, 0), (*edge, 255), max(1, size[1] // 40))
    body.blit(rim, (0, 0))
    return body


def shadow(size: Size, radius: int, blur: int, strength: int) -> pygame.Surface:
    """What a plate of this size throws on the cloth; `blur` wider on every side."""
    # Drawn small, and blurred by being made larger: nobody sees the edge of a shadow.
    step = max(2, blur // 2)
    width, height = size[0] + 2 * blur, size[1] + 2 * blur
    small = clear((width // step + 1, height // step + 1), theme.SHADOW)
    body = plate((size[0] // step, size[1] // step), radius // step, (*theme.SHADOW, strength))
    small.blit(body, (blur // step, blur // step))
    return pygame.transform.smoothscale(small, (width, height))


def glow(diameter: int, colour: Rgb, strength: int) -> pygame.Surface:
    """A soft round light or shade."""
    surface = clear((diameter, diameter), colour)
    steps = max(4, diameter // 2)
    for step in range(steps):
        alpha = round(strength * (step / steps) ** 2)
        radius = diameter / 2 * (1 - step / steps)
        pygame.draw.circle(surface, (*colour, alpha), (diameter / 2, diameter / 2), radius)
    return surface


def chip(diameter: int, look: ChipLook, stacked: int) -> pygame.Surface:
    """A chip seen from above, on `stacked` more: the face is a square at the picture's top."""
    lift = max(1, round(diameter * 0.075))
    fine = diameter * FINE
    body = clear((fine, fine), blend(look.face, (0, 0, 0), 0.45))
    middle, radius = (fine / 2, fine / 2), fine / 2
    pygame.draw.circle(body, blend(look.face, (0, 0, 0), 0.45), middle, radius)
    pygame.draw.circle(body, look.face, middle, radius * 0.965)
    for mark in range(8):
        _wedge(body, look.mark, middle, (radius * 0.75, radius * 0.965), mark * tau / 8, 0.17)
    pygame.draw.circle(body, blend(look.face, (0, 0, 0), 0.22), middle, radius * 0.76)
    pygame.draw.circle(body, look.face, middle, radius * 0.74)
    pygame.draw.circle(body, look.ring, middle, radius * 0.68)
    pygame.draw.circle(body, blend(look.face, (0, 0, 0), 0.06), middle, radius * 0.63)
    face = shrink(body, (diameter, diameter))
    side = shrink(body, (diameter, diameter))
    side.fill((150, 150, 150, 255), special_flags=pygame.BLEND_RGBA_MULT)
    blur = max(2, diameter // 9)
    below = shadow((diameter, diameter), diameter // 2, blur, 150)
    whole = clear((diameter + 2 * blur, diameter + 2 * blur + lift * (stacked + 1)))
    whole.blit(below, (0, lift * (stacked + 1)))
    for level in range(stacked, -1, -1):
        whole.blit(side, (blur, blur + lift * level + max(1, lift // 2)))
        whole.blit(face, (blur, blur + lift * level))
    return whole


def _wedge(
    surface: pygame.Surface,
    colour: Rgb,
    middle: tuple[float, float],
    radii: tuple[float, float],
    angle: float,
    half: float,
) -> None:
    """A piece of a ring."""
    steps = 6
    arc = [angle - half + 2 * half * step / steps for step in range(steps + 1)]
    outer = [polar(middle, radii[1], a) for a in arc]
    inner = [polar(middle, radii[0], a) for a in reversed(arc)]
    pygame.draw.polygon(surface, colour, outer + inner)


def ring(diameter: int, width: float, colour: Rgb, dashes: int = 0) -> pygame.Surface:
    """A smooth circle line, whole or in dashes."""
    fine = diameter * FINE
    surface = clear((fine, fine), colour)
    middle = (fine / 2, fine / 2)
    if dashes:
        for dash in range(dashes):
            _wedge(
                surface,
                colour,
                middle,
                (fine / 2 - width * FINE, fine / 2),
                dash * tau / dashes,
                tau / dashes / 3.4,
            )
    else:
        pygame.draw.circle(surface, colour, middle, fine / 2, max(1, round(width * FINE)))
    return shrink(surface, (diameter, diameter))


def oval(size: Size, colour: Rgb) -> pygame.Surface:
    surface = clear((size[0] * FINE, size[1] * FINE), colour)
    pygame.draw.ellipse(surface, colour, surface.get_rect())
    return shrink(surface, size)


def diamond(size: Size, fill: Rgb, edge: Rgb) -> pygame.Surface:
    """Lying, with an edge."""
    wide, high = size[0] * FINE, size[1] * FINE
    surface = clear((wide, high), edge)
    for colour, gap in ((edge, 0.0), (fill, 1.4 * FINE)):
        slant = gap * (1 + wide / high) / 1.2
        points = [
            (slant, high / 2),
            (wide / 2, gap * 1.2),
            (wide - slant, high / 2),
            (wide / 2, high - gap * 1.2),
        ]
        pygame.draw.polygon(surface, colour, points)
    return shrink(surface, size)


def dot(diameter: int, colour: Rgb) -> pygame.Surface:
    return oval((diameter, diameter), colour)


def icon(name: str, size: int, colour: Rgb) -> pygame.Surface:
    """One of `ICONS`, as large as a square of this size."""
    surface = clear((size * 8, size * 8), colour)
    ICONS[name](surface, size * 8, colour)
    return shrink(surface, (size, size))


def _gear(s: pygame.Surface, u: float, colour: Rgb) -> None:
    middle = (u / 2, u / 2)
    for tooth in range(8):
        _wedge(s, colour, middle, (u * 0.3, u * 0.47), tooth * tau / 8, 0.19)
    pygame.draw.circle(s, colour, middle, u * 0.36)
    pygame.draw.circle(s, (*colour, 0), middle, u * 0.16)


def _tick(s: pygame.Surface, u: float, colour: Rgb) -> None:
    stroke(s, colour, u * 0.13, [(0.18 * u, 0.54 * u), (0.42 * u, 0.76 * u), (0.82 * u, 0.26 * u)])


def _cross(s: pygame.Surface, u: float, colour: Rgb) -> None:
    stroke(s, colour, u * 0.12, [(0.24 * u, 0.24 * u), (0.76 * u, 0.76 * u)])
    stroke(s, colour, u * 0.12, [(0.76 * u, 0.24 * u), (0.24 * u, 0.76 * u)])


def _alert(s: pygame.Surface, u: float, colour: Rgb) -> None:
    points = [(0.5 * u, 0.08 * u), (0.96 * u, 0.9 * u), (0.04 * u, 0.9 * u)]
    pygame.draw.polygon(s, colour, points)
    ink = theme.PANEL
    stroke(s, ink, u * 0.1, [(0.5 * u, 0.36 * u), (0.5 * u, 0.6 * u)])
    pygame.draw.circle(s, ink, (0.5 * u, 0.77 * u), u * 0.06)


def _lock(s: pygame.Surface, u: float, colour: Rgb) -> None:
    pygame.draw.circle(s, colour, (u / 2, u * 0.4), u * 0.24, max(1, round(u * 0.09)))
    pygame.draw.rect(
        s, colour, (u * 0.2, u * 0.44, u * 0.6, u * 0.44), border_radius=round(u * 0.08)
    )


def _person(s: pygame.Surface, u: float, colour: Rgb) -> None:
    pygame.draw.circle(s, colour, (u / 2, u * 0.32), u * 0.19)
    pygame.draw.ellipse(s, colour, (u * 0.14, u * 0.56, u * 0.72, u * 0.7))
    s.fill((*colour, 0), (0, u * 0.9, u, u * 0.1))


def _eye(s: pygame.Surface, u: float, colour: Rgb) -> None:
    pygame.draw.ellipse(s, colour, (u * 0.04, u * 0.24, u * 0.92, u * 0.52))
    pygame.draw.circle(s, theme.PANEL, (u / 2, u / 2), u * 0.2)
    pygame.draw.circle(s, colour, (u / 2, u / 2), u * 0.11)


def _diamond(s: pygame.Surface, u: float, colour: Rgb) -> None:
    points = [(u / 2, u * 0.06), (u * 0.86, u / 2), (u / 2, u * 0.94), (u * 0.14, u / 2)]
    pygame.draw.polygon(s, colour, points)


def _star(s: pygame.Surface, u: float, colour: Rgb) -> None:
    radii = (0.5 * u, 0.21 * u)
    points = [polar((u / 2, u * 0.53), radii[tip % 2], tip * tau / 10) for tip in range(10)]
    pygame.draw.polygon(s, colour, points)


def _mouse(s: pygame.Surface, u: float, colour: Rgb) -> None:
    line = max(1, round(u * 0.07))
    box = (u * 0.24, u * 0.06, u * 0.52, u * 0.88)
    pygame.draw.rect(s, colour, box, line, border_radius=round(u * 0.26))
    stroke(s, colour, line, [(u / 2, u * 0.1), (u / 2, u * 0.42)])


def stroke(s: pygame.Surface, colour: Rgb, width: float, points: list[tuple[float, float]]) -> None:
    """A thick line with round ends and joints."""
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        steps = max(2, int(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 / max(1.0, width / 6)))
        for step in range(steps + 1):
            at = (ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps)
            pygame.draw.circle(s, colour, at, width / 2)


ICONS = {
    "gear": _gear,
    "tick": _tick,
    "cross": _cross,
    "alert": _alert,
    "lock": _lock,
    "person": _person,
    "eye": _eye,
    "diamond": _diamond,
    "mouse": _mouse,
    "star": _star,
}
