"""Type and text: fonts by size, rendered lines in a cache, and the one door for foreign strings."""

import unicodedata
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, TypeVar

import pygame

from client_gui.kit.theme import Face, Rgb, Type
from protocol.limits import LINE_BYTES

LONGEST = LINE_BYTES + 100
"""No line on the screen is longer; what is longer is cut before it costs anything. There is
room for what is said, and for what stands before it.
"""

_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))

PIXELS = 2_000_000
WINDOWS = 3
"""What a cache holds is no larger than 8 MB, or than three windows of this size: at 1280 x 800 that
is 12 MB. What is to be seen at one time covers less than one.
"""

T = TypeVar("T")


def _font_files() -> Path:
    """Where the typeface is installed, without importing its package."""
    spec = find_spec("font_source_sans_pro")
    assert spec is not None, "see requirements.txt"
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations)), "files")


_FILES = _font_files()


def sanitize(text: str) -> str:
    """Text from the network as it may be drawn: one line, nothing invisible, of bounded length.

    The renderer raises on NUL and lone surrogates, draws direction marks as boxes, and takes
    seconds for a million characters.
    """
    short = text[:LONGEST]
    if short.isascii() and short.isprintable():
        return short
    kept = (
        " " if c in "\t\n\r" else c if ord(c) < 0x10000 else "□"
        for c in unicodedata.normalize("NFC", short)
        if c in "\t\n\r" or unicodedata.category(c) not in _INVISIBLE
    )
    return "".join(kept)


class Line(NamedTuple):
    """A rendered line of text."""

    surface: pygame.Surface
    width: int
    rise: int
    """From the top of the surface to the middle of its capitals."""


class Cache:
    """Made things by what they were made from, the oldest dropped when there are too many, or when
    they are too large together: what others write is as wide as they like.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._room = PIXELS
        self._pixels = 0
        self._made: dict[object, object] = {}

    def get(self, key: object, make: Callable[[], T]) -> T:
        try:
            return self._made[key]  # type: ignore[return-value]  # the key includes its maker
        except KeyError:
            pass
        made = make()
        if len(self._made) >= self._most or self._pixels > self._room:
            for old in list(self._made)[: len(self._made) // 4 + 1]:
                self._pixels -= _pixels(self._made.pop(old))
        self._made[key] = made
        self._pixels += _pixels(made)
        return made

    def clear(self, window: tuple[int, int] = (0, 0)) -> None:
        """Make everything anew; in a larger `window` it has more room."""
        self._made.clear()
        self._pixels = 0
        self._room = max(PIXELS, WINDOWS * window[0] * window[1])


def _pixels(made: object) -> int:
    """How much of a screen it would cover."""
    if isinstance(made, pygame.Surface):
        return made.get_width() * made.get_height()
    return sum(map(_pixels, made)) if isinstance(made, tuple) else 0


class Typesetter:
    """Turns strings into surfaces. One for a window; call `clear` when its scale changes."""

    def __init__(self) -> None:
        pygame.font.init()
        self.zoom = 1.0
        """So much larger a person wants all type to be."""
        self._fonts: dict[tuple[Face, int], pygame.font.Font] = {}
        self._lines = Cache(1500)
        self._widths = Cache(4000)

    def pixels(self, style: Type, scale: float) -> int:
        """The size of type in a window of this scale."""
        return round(self.zoom * self.least(style, scale))

    @staticmethod
    def least(style: Type, scale: float) -> int:
        """The same for eyes that need it no larger: where room is short, this will do."""
        return max(style.least, round(style.size * scale))

    def font(self, face: Face, px: int) -> pygame.font.Font:
        key = (face, px)
        if key not in self._fonts:
            path = _FILES / f"SourceSansPro-{face.value}.ttf"
            self._fonts[key] = pygame.font.Font(path, px)
        return self._fonts[key]

    def width(self, text: str, face: Face, px: int, tracking: int = 0) -> int:
        def measure() -> int:
            wide: int = self.font(face, px).size(text)[0]
            return wide + tracking * max(0, len(text) - 1)

        return self._widths.get((text, face, px, tracking), measure)

    def line(self, text: str, face: Face, px: int, colour: Rgb, tracking: int = 0) -> Line:
        return self._lines.get(
            (text, face, px, colour, tracking),
            lambda: self._render(text, face, px, colour, tracking),
        )

    def _render(self, text: str, face: Face, px: int, colour: Rgb, tracking: int) -> Line:
        font = self.font(face, px)
        rise = font.get_ascent() - round(px * 0.33)
        if not font.size(text)[0]:  # The renderer raises at a line of nothing but lone marks.
            return Line(pygame.Surface((1, font.get_height()), pygame.SRCALPHA), 0, rise)
        if not tracking:
            surface = font.render(text, True, colour)
            return Line(surface, surface.get_width(), rise)
        letters = [font.render(letter, True, colour) for letter in text if font.size(letter)[0]]
        width = sum(letter.get_width() for letter in letters) + tracking * max(0, len(text) - 1)
        surface = pygame.Surface((max(1, width), font.get_height()), pygame.SRCALPHA)
        x = 0
        for letter in letters:
            surface.blit(letter, (x, 0))
            x += letter.get_width() + tracking
        return Line(surface, width, rise)

    def clear(self, window: tuple[int, int] = (0, 0)) -> None:
        self._fonts.clear()
        self._lines.clear(window)
        self._widths.clear()
