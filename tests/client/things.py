"""What a test gives a dialogue instead of a computer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from client.means import Diary, Means, WrittenDown


class Memory:
    """A keyring that forgets when the test ends."""

    def __init__(self) -> None:
        self.tokens: dict[tuple[bytes, str], bytes] = {}
        self.known: tuple[bytes, bytes] | None = None

    def knows(self, table: bytes, anchor: bytes) -> bool | None:
        return None if self.known is None else self.known == (table, anchor)

    def trust(self, table: bytes, anchor: bytes) -> None:
        self.known = table, anchor

    def token(self, table: bytes, name: str) -> bytes:
        return self.tokens.get((table, name), b"")

    def keep(self, table: bytes, name: str, token: bytes) -> None:
        self.tokens[table, name] = token


@dataclass
class Things:
    """What a test gives a dialogue, and what the dialogue did with it."""

    keyring: Memory = field(default_factory=Memory)
    saved: list[Mapping[str, Any]] = field(default_factory=list)
    secrets: int = 0
    diary: Callable[[bytes, int, WrittenDown], Diary] | None = None

    def means(self) -> Means:
        calendar = 1_700_000_000_000
        return Means(self._secret, lambda: calendar, self.keyring, self._save, self.diary)

    def _secret(self) -> bytes:
        self.secrets += 1
        return self.secrets.to_bytes(32, "big")

    def _save(self, document: Mapping[str, Any]) -> str:
        self.saved.append(document)
        return f"evidence {len(self.saved)}"
