"""How a roulette looks, by meaning: the colours that only it has, and how long its show takes."""

from client_gui.kit.theme import Rgb, rgb
from protocol.games.roulette.rules import Colour

RED = rgb("B4232F")
BLACK = rgb("14171A")
GREEN = rgb("128052")
RED_TEXT = rgb("F0787C")
"""Red as ink: the red of the pockets is too dark to be read on a panel."""
BAR_BLACK = rgb("4A5553")
OK_DARK = rgb("2C9F69")
OK_SHADE = rgb("14402E")
EXPOSED = rgb("3D7A62")
ON_POCKET = rgb("FFFFFA")
CLOSED = rgb("0A2A21")
PILL_OPEN = rgb("1D5A41")
PILL_CALL = rgb("57491F")
WOOD_LIT = rgb("7A4A24")
WOOD = rgb("5A3216")
WOOD_DARK = rgb("2A170B")
CONE_DARK = rgb("3A2110")
TRACK = rgb("1F120B")
TRACK_LIT = rgb("3B2414")
BLACK_WOOD = rgb("0D0705")
BRASS_DARK = rgb("6B4E17")
FRET = rgb("C8A551")
LINE_DIM = rgb("A79F84")

GROUND: dict[Colour, Rgb] = {
    Colour.GREEN: GREEN,
    Colour.RED: RED,
    Colour.BLACK: BLACK,
}
BAY: dict[Colour, Rgb] = {
    Colour.GREEN: rgb("0C4A30"),
    Colour.RED: rgb("6E161E"),
    Colour.BLACK: rgb("0E0D0E"),
}
"""The lower ring of the wheel, where the ball comes to rest, lies in the shade."""


class Time:
    """In seconds."""

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
