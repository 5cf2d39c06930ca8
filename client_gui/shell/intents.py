"""What a person wants, as a scene hands it to the window: nothing here is done yet."""

from dataclasses import dataclass

from client_gui.shell.own_limits import OwnLimits
from client_gui.shell.preferences import Preferences
from protocol.house.lists import Phrase


class Intent:
    """Each is one of these; those of a game lie in its own folder."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Connect(Intent):
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
class Cancel(Intent):
    """Stop connecting."""


@dataclass(frozen=True, slots=True)
class Leave(Intent):
    """Get up from the table, back to the connect scene."""


@dataclass(frozen=True, slots=True)
class Copy(Intent):
    """Put this into the clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class Paste(Intent):
    """Bring what is in the clipboard."""


@dataclass(frozen=True, slots=True)
class Quit(Intent):
    """Close the window."""


@dataclass(frozen=True, slots=True)
class OpenFile(Intent):
    """Show what was saved, with whatever shows such files here."""

    path: str


@dataclass(frozen=True, slots=True)
class Kick(Intent):
    seat: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandOver(Intent):
    seat: int
    name: str


@dataclass(frozen=True, slots=True)
class Warn(Intent):
    seat: int
    reason: str


@dataclass(frozen=True, slots=True)
class Mute(Intent):
    seat: int
    seconds: int
    """0: he may talk again."""
    reason: str


@dataclass(frozen=True, slots=True)
class Announce(Intent):
    text: str
    phrase: Phrase = Phrase.OTHER


@dataclass(frozen=True, slots=True)
class Talk(Intent):
    """A line that was typed into the talk, or that a button of it stands for."""

    text: str
    room: int


@dataclass(frozen=True, slots=True)
class AskTables(Intent):
    """Which tables there are, and how many are there now."""


@dataclass(frozen=True, slots=True)
class SitAt(Intent):
    """Play at this table as well, or watch there."""

    table: int
    watch: bool = False
    password: str = ""
    """The table's."""


@dataclass(frozen=True, slots=True)
class LookAt(Intent):
    """Show this one of my tables."""

    table: int


@dataclass(frozen=True, slots=True)
class RiseFrom(Intent):
    """Get up from this one of my tables."""

    table: int


@dataclass(frozen=True, slots=True)
class SetLanguage(Intent):
    language: str


@dataclass(frozen=True, slots=True)
class SetFullscreen(Intent):
    on: bool


@dataclass(frozen=True, slots=True)
class Prefer(Intent):
    """The player has set something up for all nights."""

    preferences: Preferences


@dataclass(frozen=True, slots=True)
class KeepOwnLimits(Intent):
    """The night goes on, or a limit of it was set."""

    own_limits: OwnLimits
