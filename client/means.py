"""What a dialogue takes from the world: chance, the calendar, and places to write."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from protocol.fair.hashes import Account, Hash


class Keyring(Protocol):
    """Where it is kept which table is known at this address, and the tokens of one's names there.
    A table is known by its anchor: nobody else can go on with the chain of seeds behind it.
    """

    def knows(self, table: bytes, anchor: Hash) -> bool | None:
        """Whether this is the table that is known here; None: none is."""

    def trust(self, table: bytes, anchor: Hash) -> None:
        """This one is, from now on."""

    def token(self, table: bytes, name: str) -> bytes: ...

    def keep(self, table: bytes, name: str, token: bytes) -> None: ...


class WrittenDown(NamedTuple):
    """How a game writes a round of one's own down, which has a `round_number`."""

    write: Callable[[Any], list[Any]]
    read: Callable[[Any], Any]
    """None, or a `ValueError`: what was found is no round."""


class Diary(Protocol):
    """Where one's own rounds at a table are kept."""

    def read(self) -> tuple[Any, ...]: ...

    def keep(self, rounds: Iterable[Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class Means:
    """All of it."""

    secret: Callable[[], bytes]
    """32 bytes that nobody can guess."""
    calendar: Callable[[], int]
    """Milliseconds since 1970."""
    keyring: Keyring
    save: Callable[[Mapping[str, Any]], str]
    """Write evidence down, and say where."""
    diary: Callable[[bytes, Account, WrittenDown], Diary] | None = None
    """Of this table and this account, in its game's words; None: nothing is kept."""
