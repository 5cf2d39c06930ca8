"""How things look, by meaning: colours, sizes of type, durations.

Sizes are for a window of 1280×800 and are scaled from there.
"""

from enum import Enum
from typing import NamedTuple, TypeAlias

from protocol.house.fields import Chips

Rgb: TypeAlias = tuple[int, int, int]


def rgb(text: str) -> Rgb:
    """A colour as six hexadecimal digits."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


BG = rgb("08120F")
CLOTH_LIT = rgb("15604A")
CLOTH_DIM = rgb("0B3A2D")
LINE = rgb("E9DFC3")
GOLD = rgb("E0BC63")
GOLD_DIM = rgb("9A7F3D")
GOLD_LIT = rgb("F6E4AC")
GOLD_TOP = rgb("ECCF80")
GOLD_BOTTOM = rgb("C99F45")
TOP = rgb("0B1713")
PANEL = rgb("0E1D18")
PANEL_2 = rgb("142821")
EDGE = rgb("24463A")
TEXT = rgb("F5F1E4")
MUTED = rgb("9DB5AA")
EDGE_LIT = rgb("3C6455")
BAD_SHADE = rgb("4A1B1E")
OK = rgb("4CCB8E")
BAD = rgb("EF5A5F")
ON_CLOTH = rgb("C4D8CC")
"""Quiet words on the cloth, which is lighter than the panels."""
BAD_TEXT = rgb("F58A8E")
FOCUS = rgb("6CB8FF")
CHOSEN = rgb("2B5A86")
"""Behind the letters that are chosen in a text field."""
ON_GOLD = rgb("1A1508")
ON_GOLD_DIM = rgb("5C4715")
EDGE_DIM = rgb("1B352C")
FAINT = rgb("6A7F76")
"""Words on a button that cannot be pressed now."""
RAISED = rgb("1B362C")
PRESSED = rgb("0B1713")
MINE = rgb("1C2C20")
"""Behind my own rows."""
BUBBLE = rgb("07110E")
SHADOW = rgb("03100C")


class ChipLook(NamedTuple):
    face: Rgb
    mark: Rgb
    """The marks on the edge."""
    ring: Rgb
    text: Rgb


CHIPS: dict[Chips, ChipLook] = {
    1: ChipLook(rgb("D9D3C3"), rgb("8C8675"), rgb("A39C8A"), rgb("2B2A26")),
    5: ChipLook(rgb("C23A3E"), rgb("F7F1E3"), rgb("F3C9C4"), rgb("FFF8EC")),
    25: ChipLook(rgb("1A7D53"), rgb("F4F0DF"), rgb("BFE7CF"), rgb("FFF8EC")),
    100: ChipLook(rgb("24262B"), rgb("E0BC63"), rgb("E0BC63"), rgb("FFF8EC")),
    500: ChipLook(rgb("6C3DA8"), rgb("F4EAFB"), rgb("D9C2F0"), rgb("FFF8EC")),
    1000: ChipLook(rgb("D8901F"), rgb("FFF5DA"), rgb("FBE3AE"), rgb("2A1B04")),
}


PEOPLE: tuple[Rgb, ...] = tuple(
    map(rgb, ("1F6F8B", "A13D7A", "7A5A1E", "3C55B0", "8C3F1F", "26706C", "5E6A75", "8A2F57",
               "56702A", "4B3F8F", "A34A20", "2A5F9E"))
)  # fmt: skip
"""The chips of the others, each in his own: dark enough for light words."""


def chip_of(colour: Rgb) -> ChipLook:
    """How a chip of this colour looks."""
    return ChipLook(colour, TEXT, LINE, TEXT)


def chip_for(amount: Chips) -> Chips:
    """The denomination whose look a stack of this much wears: the largest that it contains."""
    return max((value for value in CHIPS if value <= amount), default=1)


class Face(Enum):
    """The cuts of the typeface that are used."""

    REGULAR = "Regular"
    MEDIUM = "Semibold"
    BOLD = "Bold"


class Type(NamedTuple):
    """A size of type: pixels at 1280×800, the least that is still read, the cut."""

    size: float
    least: int
    face: Face


class Style:
    """The sizes of type by what they are for."""

    BRAND = Type(22, 15, Face.BOLD)
    TITLE = Type(22, 16, Face.BOLD)
    HEAD = Type(18, 13, Face.MEDIUM)
    STRONG = Type(16, 12, Face.BOLD)
    BODY = Type(16, 12, Face.REGULAR)
    MEDIUM = Type(16, 12, Face.MEDIUM)
    SMALL = Type(14.5, 11, Face.REGULAR)
    SMALL_STRONG = Type(14.5, 11, Face.MEDIUM)
    LABEL = Type(13, 10, Face.MEDIUM)
    TINY = Type(11.5, 10, Face.REGULAR)
    NUMBER = Type(25, 18, Face.BOLD)
    CELL = Type(19, 12, Face.MEDIUM)
    SUM = Type(21, 15, Face.BOLD)
    MONEY = Type(21, 15, Face.BOLD)
    HUGE = Type(76, 52, Face.BOLD)
    FAR = Type(20, 15, Face.MEDIUM)
    """From here on for who looks from the other end of the room."""
    FAR_STRONG = Type(27, 20, Face.BOLD)
    FAR_PHASE = Type(34, 25, Face.BOLD)
    FAR_CLOCK = Type(40, 30, Face.BOLD)
    FAR_SUM = Type(46, 34, Face.BOLD)
    FAR_NUMBER = Type(132, 98, Face.BOLD)


class Time:
    """How long things take, in seconds."""

    NOTE = 4.5
    """A note stays long enough to be read."""
