"""What company asks of a game. A game knows company, and company no game."""

from collections.abc import Callable, Mapping
from enum import Enum
from random import Random
from typing import NamedTuple, Protocol

from client.house.state import HouseState
from protocol.wire import Request


class Player(Protocol):
    """One player's hands: they look at a state and a time."""

    gets_up: bool
    """Whether he takes a break from this round on."""

    @property
    def due(self) -> float:
        """When he will do something next."""

    def broke(self, state: HouseState) -> bool:
        """Whether he has nothing left, here or on the table."""

    def look(self, state: HouseState, now: float) -> list[Request]:
        """What he asks for now."""


class Game(NamedTuple):
    """One of them."""

    styles: Mapping[str, float]
    """How one can play it, and how likely who plays so is to say something about a round."""
    player: Callable[[str, str, float], Player]
    """One of a style, with a seed; the last shortens every pause."""
    round: Callable[[HouseState], int]
    """The number of the round on the table."""
    at_stake: Callable[[HouseState], bool]
    """Whether chips of his own lie there."""
    event: Callable[[HouseState], Enum | None]
    """What there is to say of the round that is over."""
    gaps: Callable[[HouseState, Enum, Random], Mapping[str, str]]
    """What stands in the gaps of a phrase for this."""
    english: Mapping[Enum, tuple[str, ...]]
    russian: Mapping[Enum, tuple[str, ...]]
    """What is said of its events."""
