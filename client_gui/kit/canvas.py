"""What every panel draws with, and what a panel is."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import pygame

from client_gui.kit import sprites, theme
from client_gui.kit.box import Box, Point, Size
from client_gui.kit.resources import Cache, Line, Typesetter, sanitize
from client_gui.kit.theme import ChipLook, Face, Rgb, Style, Type
from client_gui.kit.words import short
from protocol.house.fields import Chips

T = TypeVar("T")
F = TypeVar("F", contravariant=True)

Hits = dict[str, Box]


class Panel(Protocol[F]):
    """A part of a scene: it knows where it is, what it shows, and how to draw that."""

    def box(self, frame: F) -> Box:
        """All that it may draw on."""

    def face(self, frame: F) -> Hashable:
        """A value that changes when what is seen changes. `None`: there is nothing to see."""

    def draw(self, canvas: "Canvas", frame: F) -> None: ...

    def hits(self, frame: F) -> Hits:
        """What can be clicked, by name."""


class Canvas:
    """A surface with our hand: text, plates, chips, icons at the scale of the window."""

    def __init__(
        self, surface: pygame.Surface, scale: float, type_: Typesetter, made: Cache
    ) -> None:
        self.surface = surface
        self.scale = scale
        self.cut: list[str] = []
        """Our own words that had to be cut because they did not fit; a test wants it empty."""
        self.marked = False
        """Whether what a colour says is told by more than that."""
        self._type = type_
        self._made = made

    def px(self, length: float) -> int:
        return max(1, round(length * self.scale))

    def made(self, key: Hashable, make: Callable[[], T]) -> T:
        return self._made.get(key, make)

    # Text: `at` is a point at the middle of the capitals' height.

    def width(self, text: str, style: Type, tracking: int = 0) -> int:
        return self._type.width(text, style.face, self._type.pixels(style, self.scale), tracking)

    def text(
        self,
        text: str,
        style: Type,
        colour: Rgb,
        at: Point,
        align: str = "left",
        room: int | None = None,
        foreign: bool = False,
        tracking: int = 0,
        among: Collection[str] = (),
    ) -> int:
        """Draw one line and return its width. In too little room it is set smaller, then cut.

        Lines `among` others are set as small as the widest of them must be.
        """
        px = self._type.pixels(style, self.scale)
        if foreign:
            text = sanitize(text)
        if room is not None:
            for other in among:
                px = self._smaller(other, style, px, room, tracking)
            text, px = self._fitted(text, style, px, room, foreign, tracking)
        line = self._type.line(text, style.face, px, colour, tracking)
        x = at[0]
        if align == "center":
            x -= line.width // 2
        elif align == "right":
            x -= line.width
        self.surface.blit(line.surface, (x, at[1] - line.rise))
        return line.width

    def _fitted(
        self, text: str, style: Type, px: int, room: int, foreign: bool, tracking: int
    ) -> tuple[str, int]:
        px = self._smaller(text, style, px, room, tracking)
        if self._type.width(text, style.face, px, tracking) <= room:
            return text, px
        if not foreign:
            self.cut.append(text)
        return self._shortened(text, style, px, room, tracking), px

    def _shortened(self, text: str, style: Type, px: int, room: int, tracking: int = 0) -> str:
        """As much of a line as leaves room for the sign that there is more."""
        low, high = 0, len(text)
        while low < high:
            half = (low + high + 1) // 2
            fits = self._type.width(text[:half].rstrip() + "…", style.face, px, tracking) <= room
            low, high = (half, high) if fits else (low, half - 1)
        return text[:low].rstrip() + "…"

    def _smaller(self, text: str, style: Type, px: int, room: int, tracking: int) -> int:
        """The size at which a line fits, or the least at which it is read."""
        least = min(px, max(style.least, round(self._type.least(style, self.scale) * 0.82)))
        while px > least and self._type.width(text, style.face, px, tracking) > room:
            px -= 1
        return px

    def wrapped(self, text: str, style: Type, room: int, most: int | None = None) -> list[str]:
        """Foreign text in lines of this width, broken at spaces, and within words if it must be.
        What does not go on `most` lines ends in "…".
        """
        px = self._type.pixels(style, self.scale)
        lines: list[str] = []
        line = ""
        for word in sanitize(text).split(" "):
            longer = f"{line} {word}" if line else word
            if self._type.width(longer, style.face, px) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while len(line) > 1 and self._type.width(line, style.face, px) > room:
                cut = max(1, len(line) * room // max(1, self._type.width(line, style.face, px)))
                while cut > 1 and self._type.width(line[:cut], style.face, px) > room:
                    cut -= 1
                lines.append(line[:cut])
                line = line[cut:]
        if line:
            lines.append(line)
        if most is not None and len(lines) > most:
            lines[most - 1 :] = [self._shortened(lines[most - 1], style, px, room)]
        return lines

    def paragraph(self, text: str, style: Type, colour: Rgb, box: Box, align: str = "left") -> None:
        """Words on as many lines as they need, about the middle of the box; centred ones on lines
        of about the same length.
        """
        high, room = self.line_height(style, 1.3), box.w
        lines = self.wrapped(text, style, room)
        while align == "center" and room > box.w // 2:
            room -= self.px(8)
            shorter = self.wrapped(text, style, room)
            if len(shorter) > len(lines):
                break
            lines = shorter
        if len(lines) * high > box.h + high // 2:
            self.cut.append(text)
        x = box.x if align == "left" else box.middle[0]
        y = box.middle[1] - high * (len(lines) - 1) // 2
        for at, line in enumerate(lines):
            self.text(line, style, colour, (x, y + at * high), align, box.w, foreign=True)

    def label(
        self, text: str, at: Point, room: int | None = None, colour: Rgb = theme.MUTED
    ) -> int:
        """A heading in small spaced capitals."""
        return self.text(text.upper(), Style.LABEL, colour, at, room=room, tracking=self._spacing)

    def label_width(self, text: str) -> int:
        return self.width(text.upper(), Style.LABEL, self._spacing)

    @property
    def _spacing(self) -> int:
        return max(1, self.px(1.1))

    def typeset(self, text: str, face: Face, px: int, colour: Rgb) -> Line:
        """A line at an exact size, to be drawn by the caller."""
        return self._type.line(text, face, px, colour)

    def pixels(self, style: Type) -> int:
        """How high its type is here."""
        return self._type.pixels(style, self.scale)

    def line_height(self, style: Type, leading: float = 1.42) -> int:
        return round(self.pixels(style) * leading)

    # Shapes

    def plate(
        self, box: Box, radius: float, fill: Rgb, edge: Rgb | None = None, width: float = 1,
        alpha: int = 255,
    ) -> None:  # fmt: skip
        size, r, w = (box.w, box.h), self.px(radius), self.px(width)
        rim = (*edge, 255) if edge else None
        sprite = self.made(
            ("plate", size, r, fill, edge, w, alpha),
            lambda: sprites.plate(size, r, (*fill, alpha), rim, w),
        )
        self.surface.blit(sprite, box[:2])

    def gold_plate(self, box: Box, radius: float, lit: bool, pressed: bool) -> None:
        top, bottom = (theme.GOLD_LIT, theme.GOLD) if lit else (theme.GOLD_TOP, theme.GOLD_BOTTOM)
        if pressed:
            top, bottom = bottom, bottom
        size, r = (box.w, box.h), self.px(radius)
        sprite = self.made(
            ("gold", size, r, top, bottom),
            lambda: sprites.sheen(size, r, top, bottom, theme.GOLD),
        )
        self.surface.blit(sprite, box[:2])

    def fill(self, box: Box, colour: Rgb, alpha: int = 255) -> None:
        if alpha == 255:
            self.surface.fill(colour, box)
            return
        size = (box.w, box.h)

        def make() -> pygame.Surface:
            sheet = pygame.Surface(size, pygame.SRCALPHA)
            sheet.fill((*colour, alpha))
            return sheet

        self.surface.blit(self.made(("fill", size, colour, alpha), make), box[:2])

    def frame(self, box: Box, colour: Rgb, width: float, radius: float) -> None:
        """An outline."""
        size, r, w = (box.w, box.h), self.px(radius), self.px(width)
        sprite = self.made(
            ("frame", size, r, colour, w),
            lambda: sprites.plate(size, r, (*colour, 0), (*colour, 255), w),
        )
        self.surface.blit(sprite, box[:2])

    def rule(self, x: int, y: int, width: int, colour: Rgb = theme.EDGE) -> None:
        self.surface.fill(colour, (x, y, width, max(1, self.px(1))))

    def sprite(self, key: Hashable, make: Callable[[], pygame.Surface], middle: Point) -> None:
        picture = self.made(key, make)
        self.surface.blit(
            picture, (middle[0] - picture.get_width() // 2, middle[1] - picture.get_height() // 2)
        )

    def icon(self, name: str, size: int, colour: Rgb, middle: Point) -> None:
        self.sprite(("icon", name, size, colour), lambda: sprites.icon(name, size, colour), middle)

    def dot(self, diameter: int, colour: Rgb, middle: Point) -> None:
        self.sprite(("dot", diameter, colour), lambda: sprites.dot(diameter, colour), middle)

    # Chips

    def chip(
        self, amount: Chips, diameter: int, middle: Point, label: str | None = None,
        stacked: int = 0, alpha: int = 255, tint: Rgb | None = None,
    ) -> None:  # fmt: skip
        """A stack of this worth, or of this colour; its top face is centred on `middle`."""
        value = theme.chip_for(amount)
        look = theme.CHIPS[value] if tint is None else theme.chip_of(tint)
        text = short(amount) if label is None else label
        key = ("chip", diameter, look, text, stacked)
        sprite = self.made(key, lambda: self._chip(look, diameter, text, stacked))
        blur = max(2, diameter // 9)
        at = middle[0] - diameter // 2 - blur, middle[1] - diameter // 2 - blur
        if alpha >= 255:
            self.surface.blit(sprite, at)
            return
        sprite.set_alpha(max(0, alpha))
        self.surface.blit(sprite, at)
        sprite.set_alpha(255)

    def _chip(self, look: ChipLook, diameter: int, text: str, stacked: int) -> pygame.Surface:
        sprite = sprites.chip(diameter, look, stacked)
        blur = max(2, diameter // 9)
        room = diameter * 0.60
        px = round(diameter * 0.40)
        while px > 6 and self._type.width(text, Face.BOLD, px) > room:
            px -= 1
        line = self._type.line(text, Face.BOLD, px, look.text)
        middle = blur + diameter / 2
        sprite.blit(line.surface, (round(middle - line.width / 2), round(middle) - line.rise))
        return sprite


def stack_height(amount: Chips) -> int:
    """How many chips lie under the top one: enough to see that there is more, and no tower."""
    count = 0
    for value in sorted(theme.CHIPS, reverse=True):
        count += amount // value
        amount %= value
    return min(3, max(0, count - 1))


@dataclass(slots=True)
class _Seen:
    face: Hashable
    box: Box


class Painter(Generic[T]):
    """Draws the panels that changed, and of the others what lies over or under those."""

    def __init__(self, panels: tuple[Panel[T], ...]) -> None:
        self._panels = panels
        self._seen: list[_Seen] = []

    def turn_to(self, panels: tuple[Panel[T], ...]) -> None:
        """Draw these from now on."""
        if panels is not self._panels:
            self._panels = panels
            self.forget()

    def forget(self) -> None:
        """The next frame draws everything."""
        self._seen = []

    def paint(self, canvas: Canvas, ground: pygame.Surface, frame: T) -> list[Box]:
        """Bring the surface up to date and return the rectangles that changed."""
        now = [_Seen(panel.face(frame), panel.box(frame)) for panel in self._panels]
        whole = Box(0, 0, *canvas.surface.get_size())
        damage = [whole] if len(self._seen) != len(now) else _damage(self._seen, now, whole)
        self._seen = now
        for area in damage:
            canvas.surface.set_clip(area)
            canvas.surface.blit(ground, area[:2], area)
            for panel, seen in zip(self._panels, now, strict=True):
                if seen.face is not None and seen.box.touches(area):
                    panel.draw(canvas, frame)
        canvas.surface.set_clip(None)
        return damage


def _damage(old: list[_Seen], new: list[_Seen], whole: Box) -> list[Box]:
    """What must be drawn anew; rectangles that touch are joined, so that none is drawn twice."""
    areas: list[Box] = []
    for was, now in zip(old, new, strict=True):
        if was.face == now.face and was.box == now.box:
            continue
        if was.face is not None:
            areas.append(was.box)
        if now.face is not None and (was.face is None or was.box != now.box):
            areas.append(now.box)
    joined: list[Box] = []
    for area in areas:
        merged = area.clipped(whole)
        while touching := [other for other in joined if other.touches(merged)]:
            for other in touching:
                joined.remove(other)
                merged = _around(merged, other)
        if merged.w and merged.h:
            joined.append(merged)
    return joined


def _around(a: Box, b: Box) -> Box:
    x, y = min(a.x, b.x), min(a.y, b.y)
    return Box(x, y, max(a.right, b.right) - x, max(a.bottom, b.bottom) - y)


def fitted(size: Size, middle: Point) -> Box:
    """A box of this size around a point."""
    return Box(middle[0] - size[0] // 2, middle[1] - size[1] // 2, *size)
