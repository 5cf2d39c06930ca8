"""What a person wants of a roulette, as the words say it: nothing here is done yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips


@dataclass(frozen=True, slots=True)
class Lay:
    """Chips on spots, all of them or none."""

    chips: Mapping[Spot, Chips]


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Chips off spots; None: all that lies there."""

    chips: Mapping[Spot, Chips | None]


@dataclass(frozen=True, slots=True)
class TakeBackAll:
    pass


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what was laid last."""


@dataclass(frozen=True, slots=True)
class Rebet:
    """Lay what one had in the last round that one played."""


@dataclass(frozen=True, slots=True)
class Double:
    """Lay once more what lies there."""


@dataclass(frozen=True, slots=True)
class Ready:
    pass


@dataclass(frozen=True, slots=True)
class Start:
    pass


@dataclass(frozen=True, slots=True)
class CloseBetting:
    pass


@dataclass(frozen=True, slots=True)
class Void:
    words: str


@dataclass(frozen=True, slots=True)
class SetAuto:
    """Seconds of betting; 0: a croupier runs the table."""

    seconds: int
