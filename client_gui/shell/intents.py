"""What a person wants, as a scene hands it to the window: nothing here is done yet."""

from dataclasses import dataclass
from typing import TypeAlias

from client_gui.shell.own_limits import OwnLimits
from client_gui.shell.preferences import Preferences
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips
from protocol.house.form import Act
from protocol.house.lists import Phrase


@dataclass(frozen=True, slots=True)
class Connect:
    """Sit down: from the connect scene."""

    host: str
    port: int
    name: str
    role: str
    password: str = ""
    table_password: str = ""
    classic: bool = False
    new_table: bool = False
    """The host has begun anew, and the person knows it."""
    table: str = ""
    """Its number or name; empty: the first."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop connecting."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Get up from the table, back to the connect scene."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Put this into the clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class Paste:
    """Bring what is in the clipboard."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Close the window."""


@dataclass(frozen=True, slots=True)
class PlaceBets:
    bets: tuple[tuple[Spot, Chips], ...]


@dataclass(frozen=True, slots=True)
class TakeBack:
    bets: tuple[tuple[Spot, Chips], ...]


@dataclass(frozen=True, slots=True)
class AskList:
    """Classic: the list of bets comes only when it is asked for."""


@dataclass(frozen=True, slots=True)
class AskHistory:
    """The table's rounds: asked for when somebody wants to see them."""


@dataclass(frozen=True, slots=True)
class AskRecord:
    """One's own rounds, or the table's: all that the table remembers."""


@dataclass(frozen=True, slots=True)
class CopyEvidence:
    """A round for `run.py verify`, to be shown to anybody."""

    round: int


@dataclass(frozen=True, slots=True)
class SaveNight:
    """Write the night out."""

    ending: str


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Show what was saved, with whatever shows such files here."""

    path: str


@dataclass(frozen=True, slots=True)
class StartSpin:
    pass


@dataclass(frozen=True, slots=True)
class NoMoreBets:
    pass


@dataclass(frozen=True, slots=True)
class SetAuto:
    seconds: int | None


@dataclass(frozen=True, slots=True)
class VoidRound:
    reason: str


@dataclass(frozen=True, slots=True)
class Kick:
    seat: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandOver:
    seat: int
    name: str


@dataclass(frozen=True, slots=True)
class Warn:
    seat: int
    reason: str


@dataclass(frozen=True, slots=True)
class Mute:
    seat: int
    seconds: int
    """0: he may talk again."""
    reason: str


@dataclass(frozen=True, slots=True)
class Announce:
    text: str
    phrase: Phrase = Phrase.OTHER


@dataclass(frozen=True, slots=True)
class Talk:
    """A line that was typed into the talk, or that a button of it stands for."""

    text: str
    room: int


@dataclass(frozen=True, slots=True)
class AskTables:
    """Which tables there are, and how many are there now."""


@dataclass(frozen=True, slots=True)
class SitAt:
    """Play at this table as well, or watch there."""

    table: int
    watch: bool = False
    password: str = ""
    """The table's."""


@dataclass(frozen=True, slots=True)
class LookAt:
    """Show this one of my tables."""

    table: int


@dataclass(frozen=True, slots=True)
class RiseFrom:
    """Get up from this one of my tables."""

    table: int


@dataclass(frozen=True, slots=True)
class Do:
    """What a small game offers."""

    act: Act


@dataclass(frozen=True, slots=True)
class SetLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class SetFullscreen:
    on: bool


@dataclass(frozen=True, slots=True)
class Prefer:
    """The player has set something up for all nights."""

    preferences: Preferences


@dataclass(frozen=True, slots=True)
class KeepOwnLimits:
    """The night goes on, or a limit of it was set."""

    own_limits: OwnLimits


Intent: TypeAlias = (
    Connect
    | Cancel
    | Leave
    | Copy
    | Paste
    | Quit
    | PlaceBets
    | TakeBack
    | AskList
    | AskHistory
    | AskRecord
    | CopyEvidence
    | SaveNight
    | OpenFile
    | StartSpin
    | NoMoreBets
    | SetAuto
    | VoidRound
    | Kick
    | HandOver
    | Warn
    | Mute
    | Announce
    | Talk
    | AskTables
    | SitAt
    | LookAt
    | RiseFrom
    | Do
    | SetLanguage
    | SetFullscreen
    | Prefer
    | KeepOwnLimits
)
