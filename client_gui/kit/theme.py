"""How things look, by meaning: colours, sizes of type, durations.

Sizes are for a window of 1280×800 and are scaled from there.
"""

from enum import Enum
from typing import NamedTuple, TypeAlias

from protocol.house.fields import Chips

Rgb: TypeAlias = tuple[int, int, int]


def _rgb(text: str) -> Rgb:
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


BG = _rgb("08120F")
FELT_LIT = _rgb("15604A")
FELT_DIM = _rgb("0B3A2D")
LINE = _rgb("E9DFC3")
LINE_DIM = _rgb("A79F84")
GOLD = _rgb("E0BC63")
GOLD_DIM = _rgb("9A7F3D")
GOLD_LIT = _rgb("F6E4AC")
GOLD_TOP = _rgb("ECCF80")
GOLD_BOTTOM = _rgb("C99F45")
RED = _rgb("B4232F")
BLACK = _rgb("14171A")
GREEN = _rgb("128052")
TOP = _rgb("0B1713")
PANEL = _rgb("0E1D18")
PANEL_2 = _rgb("142821")
EDGE = _rgb("24463A")
TEXT = _rgb("F5F1E4")
MUTED = _rgb("9DB5AA")
EDGE_LIT = _rgb("3C6455")
RED_TEXT = _rgb("F0787C")
"""Red as ink: the red of the pockets is too dark to be read on a panel."""
BAR_BLACK = _rgb("4A5553")
OK_DARK = _rgb("2C9F69")
OK_SHADE = _rgb("14402E")
BAD_SHADE = _rgb("4A1B1E")
EXPOSED = _rgb("3D7A62")
OK = _rgb("4CCB8E")
BAD = _rgb("EF5A5F")
ON_FELT = _rgb("C4D8CC")
"""Quiet words on the cloth, which is lighter than the panels."""
ON_POCKET = _rgb("FFFFFA")
BAD_TEXT = _rgb("F58A8E")
FOCUS = _rgb("6CB8FF")
CHOSEN = _rgb("2B5A86")
"""Behind the letters that are chosen in a text field."""
ON_GOLD = _rgb("1A1508")
ON_GOLD_DIM = _rgb("5C4715")
EDGE_DIM = _rgb("1B352C")
FAINT = _rgb("6A7F76")
"""Words on a button that cannot be pressed now."""
RAISED = _rgb("1B362C")
PRESSED = _rgb("0B1713")
CLOSED = _rgb("0A2A21")
MINE = _rgb("1C2C20")
"""Behind my own rows."""
BUBBLE = _rgb("07110E")
PILL_OPEN = _rgb("1D5A41")
PILL_CALL = _rgb("57491F")
WOOD_LIT = _rgb("7A4A24")
WOOD = _rgb("5A3216")
WOOD_DARK = _rgb("2A170B")
CONE_DARK = _rgb("3A2110")
TRACK = _rgb("1F120B")
TRACK_LIT = _rgb("3B2414")
BLACK_WOOD = _rgb("0D0705")
BRASS_DARK = _rgb("6B4E17")
FRET = _rgb("C8A551")
SHADOW = _rgb("03100C")


class ChipLook(NamedTuple):
    face: Rgb
    mark: Rgb
    """The marks on the edge."""
    ring: Rgb
    text: Rgb


CHIPS: dict[Chips, ChipLook] = {
    1: ChipLook(_rgb("D9D3C3"), _rgb("8C8675"), _rgb("A39C8A"), _rgb("2B2A26")),
    5: ChipLook(_rgb("C23A3E"), _rgb("F7F1E3"), _rgb("F3C9C4"), _rgb("FFF8EC")),
    25: ChipLook(_rgb("1A7D53"), _rgb("F4F0DF"), _rgb("BFE7CF"), _rgb("FFF8EC")),
    100: ChipLook(_rgb("24262B"), _rgb("E0BC63"), _rgb("E0BC63"), _rgb("FFF8EC")),
    500: ChipLook(_rgb("6C3DA8"), _rgb("F4EAFB"), _rgb("D9C2F0"), _rgb("FFF8EC")),
    1000: ChipLook(_rgb("D8901F"), _rgb("FFF5DA"), _rgb("FBE3AE"), _rgb("2A1B04")),
}


PEOPLE: tuple[Rgb, ...] = tuple(
    map(_rgb, ("1F6F8B", "A13D7A", "7A5A1E", "3C55B0", "8C3F1F", "26706C", "5E6A75", "8A2F57",
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

    MARK = 0.7
    RAKE = 0.6
    PAY = 0.7
    COUNT = 0.7
    READ = 1.5
    """So much longer the chips lie, for who takes twice as long to read."""
    CALM = 2.5
    """So long they lie where nothing moves."""
    MARKED = 9.0
    """The winning number stays marked, unless the wheel turns again."""
    LATE = 0.8
    """A key that was meant to skip the show does nothing else for so long after it."""
    NOTE = 4.5
    """A note stays long enough to be read."""
