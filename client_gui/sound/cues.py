"""What can be heard, and who listens. Pure."""

from array import array
from collections.abc import Iterable
from enum import Enum, auto
from typing import Protocol


class Cue(Enum):
    """A sound that is heard once."""

    LAID = auto()
    LIFTED = auto()
    LAST_CALL = auto()
    CLOSED = auto()
    RAKED = auto()
    PAID = auto()
    WON = auto()


class Roll(Protocol):
    """A sound that is heard for as long as something rolls."""

    @property
    def start(self) -> float: ...

    def over(self, now: float) -> bool: ...

    def samples(self, first: int, count: int) -> "array[int]":
        """So many, from the `first` after its start on; both are whole blocks."""


class Ears(Protocol):
    """What of a table is heard, from one moment to the next."""

    def prepare(self) -> None:
        """Make what is made once, so that no first time is slower; in a thread of its own."""

    def listen(self, now: float) -> tuple[Iterable[Cue], Roll | None]:
        """What has become audible since the moment before, and what rolls."""
