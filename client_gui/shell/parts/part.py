"""A part of a table's scene: its buttons, keys and fields, each in a table by name.

What is new at a table gets a part of its own, a base class of the scene, and its panels a line
among the scene's. The tables of all parts are laid together; where a part has more to say to an
event (`escaped`, `due`, `touched`), it does its own and asks `super()` for the others.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, TypeAlias

from client_gui.kit.theme import Time
from client_gui.shell import intents as ask
from client_gui.shell.frame import Bubble, Frame, TableUi
from client_gui.shell.layout import Layout
from client_gui.shell.preferences import LOOKS
from client_gui.shell.scene import Intents, Scene
from client_gui.shell.view import TableView

Press: TypeAlias = Callable[[Any, float], Intents]
"""Done by a part at a time."""
Choose: TypeAlias = Callable[[Any, str, float], Intents]
"""The same with one of many: of `chip:25` it is told the `25`."""
Step: TypeAlias = Callable[[Any, int, float], Intents]
"""One step more or less of a setting."""


class TablePart(Scene):
    BUTTONS: ClassVar[Mapping[str, Press]] = {}
    """What is done when this is pressed, by its whole name."""
    KINDS: ClassVar[Mapping[str, Choose]] = {}
    """What is done when one of these is pressed, by what stands before the colon."""
    FIELDS: ClassVar[Mapping[str, Press]] = {}
    """What Return does in a text field."""
    STEPS: ClassVar[Mapping[str, Step]] = {}
    """What has more and less of it under the gear, by the name of its row."""
    KEYS: ClassVar[Mapping[str, Mapping[int, str]]] = {}
    """What a key presses, by the seat and the key's place on the keyboard."""

    ui: TableUi
    known: TableView
    _layout: Layout

    def __init_subclass__(cls) -> None:
        """Lay the tables of all bases together, so that nobody has to list them."""
        parts = [base for base in reversed(cls.__mro__) if issubclass(base, TablePart)]
        cls.BUTTONS = {k: v for part in parts for k, v in part.BUTTONS.items()}
        cls.KINDS = {k: v for part in parts for k, v in part.KINDS.items()}
        cls.STEPS = {k: v for part in parts for k, v in part.STEPS.items()}
        cls.FIELDS = {k: v for part in parts for k, v in part.FIELDS.items()}
        seats = {seat: None for part in parts for seat in part.KEYS}
        cls.KEYS = {
            seat: {k: v for part in parts for k, v in part.KEYS.get(seat, {}).items()}
            for seat in seats
        }

    @abstractmethod
    def frame(self, now: float) -> Frame:
        """This moment."""

    @abstractmethod
    def restyle(self) -> None:
        """Draw everything anew, as the preferences say now."""

    def reachable(self, name: str) -> bool:
        """Whether a key may press this now."""
        del name
        return True

    def note(self, text: str, place: int | None, now: float) -> None:
        """Say something where it happened."""
        self.ui.bubble = Bubble(text, now + Time.NOTE * self.ui.preferences.reading, place)

    def sure(self, name: str) -> bool:
        """Whether this is the second press of a button that cannot be undone."""
        armed = self.ui.armed == name
        self.ui.armed = None if armed else name
        return armed

    def prefer(self, **changed: Any) -> Intents:
        """Set something up for all nights."""
        self.ui.preferences = replace(self.ui.preferences, **changed)
        if not LOOKS.isdisjoint(changed):
            self.restyle()
        return [ask.Prefer(self.ui.preferences)]

    def due(self, now: float) -> float:
        del now
        return float("inf")
