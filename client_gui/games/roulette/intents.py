"""What a person wants of a roulette, as its scene hands it to the window: nothing is done yet."""

from dataclasses import dataclass

from client_gui.shell.intents import Intent
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips


@dataclass(frozen=True, slots=True)
class PlaceBets(Intent):
    bets: tuple[tuple[Spot, Chips], ...]


@dataclass(frozen=True, slots=True)
class TakeBack(Intent):
    bets: tuple[tuple[Spot, Chips], ...]


@dataclass(frozen=True, slots=True)
class AskList(Intent):
    """Classic: the list of bets comes only when it is asked for."""


@dataclass(frozen=True, slots=True)
class AskHistory(Intent):
    """The table's rounds: asked for when somebody wants to see them."""


@dataclass(frozen=True, slots=True)
class AskRecord(Intent):
    """One's own rounds, or the table's: all that the table remembers."""


@dataclass(frozen=True, slots=True)
class CopyEvidence(Intent):
    """A round for `run.py verify`, to be shown to anybody."""

    round: int


@dataclass(frozen=True, slots=True)
class SaveNight(Intent):
    """Write the night out."""

    ending: str


@dataclass(frozen=True, slots=True)
class StartSpin(Intent):
    pass


@dataclass(frozen=True, slots=True)
class NoMoreBets(Intent):
    pass


@dataclass(frozen=True, slots=True)
class SetAuto(Intent):
    seconds: int | None


@dataclass(frozen=True, slots=True)
class VoidRound(Intent):
    reason: str
