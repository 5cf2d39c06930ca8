"""One moment of a table's scene: what is known, what the person is doing, what time it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from client_gui.kit.box import Point
from client_gui.kit.resources import Typesetter, sanitize
from client_gui.kit.theme import PEOPLE, Rgb, Type
from client_gui.kit.words import Words, number, short
from client_gui.kit.writing import Writing
from client_gui.shell.layout import Layout
from client_gui.shell.own_limits import OwnLimits
from client_gui.shell.people import colours, letters
from client_gui.shell.preferences import Preferences
from client_gui.shell.tabs import TalkUi
from client_gui.shell.view import Role, TableView


@dataclass(slots=True)
class Bubble:
    """Words next to where something happened."""

    text: str
    until: float
    place: int | None = None
    """Where that was, by the game's own number; without one it hangs over the buttons."""


@dataclass(slots=True)
class Ui:
    """What mouse and keyboard are doing, in any scene."""

    over: str | None = None
    """What the pointer is over."""
    pressed: str | None = None
    focus: str | None = None
    """What the keyboard is on."""
    armed: str | None = None
    """The button that asks for a second press, because it cannot be undone."""
    lines: dict[str, str] = field(default_factory=dict)
    """What stands in the text fields."""
    writing: Writing = field(default_factory=Writing)
    """The one that has the focus, with its caret."""

    def line(self, field: str) -> Writing:
        """A text field's line; one that was just come to, or was changed by others, at its end."""
        text = self.lines.get(field, "")
        ours = field == self.focus and self.writing.text == text
        return self.writing if ours else Writing.end_of(text)

    def write(self, line: Writing) -> None:
        """Into the field that has the focus."""
        if self.focus is not None:
            self.lines[self.focus], self.writing = line.text, line


@dataclass(slots=True)
class TableUi(Ui):
    """What the hands are doing at a table: nothing of this is known to the server."""

    tab: str = "players"
    """Which of the lists at the right is open."""
    scroll: dict[str, int] = field(default_factory=dict)
    menu: bool = False
    help: bool = False
    """Whether the list of keys lies over the table."""
    hall: bool = False
    """Whether the list of tables lies over this one."""
    hall_note: str = ""
    """Why one could not go where one wanted, or why one is nowhere."""
    hall_asks: tuple[int, bool] | None = None
    """The table of which the password is asked, and whether one would only watch."""
    caps: Mapping[str, str] = field(default_factory=dict)
    """What stands on the key that presses this."""
    person: int | None = None
    """Who was picked in the list, by account."""
    bubble: Bubble | None = None
    talk: TalkUi = field(default_factory=TalkUi)
    fullscreen: bool = False
    own_limits: OwnLimits = field(default_factory=OwnLimits)
    epoch: float = 0.0
    """The hour, in seconds since 1970, at second 0 of the clock that moves everything here."""
    preferences: Preferences = field(default_factory=Preferences)

    def let_go(self) -> None:
        """Something lies over the table now: what the hands had begun there is forgotten."""
        self.focus = self.armed = None


@dataclass(slots=True)
class Frame:
    view: TableView
    """As it may be seen now."""
    ui: TableUi
    words: Words
    layout: Layout
    now: float
    type: Typesetter
    _colours: dict[str, Rgb] | None = field(default=None, kw_only=True)
    _letters: dict[str, str] | None = field(default=None, kw_only=True)

    def wide(self, text: str, style: Type) -> int:
        """How wide a line would be."""
        px = self.type.pixels(style, self.layout.scale)
        return self.type.width(sanitize(text), style.face, px)

    def sum(
        self, chips: int, style: Type, room: int, written: Callable[[int], str] = number
    ) -> str:
        """In full where there is room for it, else as it fits on a chip."""
        text = written(chips)
        if self.wide(text, style) <= room:
            return text
        return text[: not text[0].isdigit()] + short(abs(chips))

    def colour_of(self, name: str) -> Rgb:
        """Of somebody's chips."""
        if self._colours is None:
            self._colours = colours(self.view.people)
        return self._colours.get(name, PEOPLE[0])

    def letter_of(self, name: str) -> str:
        """What tells somebody's chips from others', besides their colour; empty if nothing need."""
        if not self.ui.preferences.marks:
            return ""
        if self._letters is None:
            self._letters = letters(self.view.people)
        return self._letters.get(name, name[:1].upper())

    @property
    def hour(self) -> float:
        """Seconds since 1970."""
        return self.ui.epoch + self.now

    @property
    def net(self) -> int:
        """What I have won or lost tonight, at whichever table."""
        return self.view.net

    @property
    def croupier(self) -> bool:
        return self.view.role is Role.CROUPIER

    @property
    def at(self) -> tuple[str, Point, Role, bool]:
        """What every face depends on: the words, the place, who we are."""
        return self.words.language, self.layout.size, self.view.role, self.view.classic


F = TypeVar("F", bound=Frame, contravariant=True)
"""A frame of some game."""
