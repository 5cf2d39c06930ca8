"""Somebody at the table, as the model keeps him."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from protocol.house.lists import Presence, Seat
from protocol.wire import Request
from tests.server.model.layout import ONCE


class Expected(NamedTuple):
    """A message that has to come, and the fields that are known of it."""

    kind: type[Any]
    fields: dict[str, Any]
    sure: bool = True
    """Whether it must come; if not, it may."""


class Done(NamedTuple):
    """A request that moved chips, and what is said of it whenever it comes again."""

    request: Request
    round_number: int
    answer: Expected


@dataclass(eq=False)
class Person:
    """Somebody with a name; or a guest, who has account 0."""

    account: int
    name: str
    address: str
    token: bytes = b""
    line: str | None = None
    seat: Seat = Seat.NONE
    presence: Presence = Presence.GONE
    acted: float = 0.0
    cut: float = 0.0

    wallet: int = 0
    half: int = 0
    """Half a chip that the house owes."""
    chips: dict[int, int] = field(default_factory=dict)
    last: int = 0
    done: dict[int, Done] = field(default_factory=dict)
    no_say_until: int = 0

    out_until: float = 0.0
    leaving: bool = False
    """Thrown out of a round that counts on his secret: he is heard with it, and with no more."""
    muted_until: float = 0.0
    lines_left: float = 0.0
    lines_at: float = 0.0
    refused: int = 0
    refused_at: float = 0.0
    told_left: float = 60.0
    told_at: float = 0.0

    @property
    def free(self) -> dict[int, int]:
        """The chips that can be taken back."""
        return {spot: chips for spot, chips in self.chips.items() if spot < ONCE[0]}

    @property
    def at_stake(self) -> int:
        return sum(self.chips.values())

    @property
    def present(self) -> bool:
        return self.presence in (Presence.HERE, Presence.AWAY)
