"""What is kept on this computer: the tokens that prove who one is, and evidence.

One JSON file in the user's folder for settings (`CROUPIER_HOME` names another), readable by its
owner alone, and replaced as a whole, so that a crash leaves the old one or the new one.
"""

import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from client.fair.evidence import EVIDENCE, Filed, makes_way, name_of
from client.turn import turn

HOSTS_KEPT = 10
LOCK = "lock"
THIS_MACHINE = "this machine"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
TOKENS_KEPT = 500
TABLES_KEPT = 500


def home(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The folder for what is kept."""
    if chosen := environment.get("CROUPIER_HOME"):
        return Path(chosen)
    user = Path(environment.get("HOME") or environment.get("USERPROFILE") or Path.home())
    if platform == "win32":
        return Path(environment.get("APPDATA") or user / "AppData" / "Roaming") / "Croupier"
    if platform == "darwin":
        return user / "Library" / "Application Support" / "Croupier"
    return Path(environment.get("XDG_CONFIG_HOME") or user / ".config") / "croupier"


Address: TypeAlias = tuple[str, int]


@dataclass
class Kept:
    """What the file holds."""

    tables: dict[str, str] = field(default_factory=dict)
    """Which table is known where, and its anchor."""
    tokens: dict[str, str] = field(default_factory=dict)
    hosts: list[Address] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)


class Store:
    """The folder; may be used from several threads, and by several programs.

    A folder that cannot be read or written costs the memory of a token, never the evening: nothing
    here raises `OSError`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Keep things in `folder`, or where this system keeps settings."""
        self.folder = folder or home()
        self._lock = threading.Lock()

    def token(self, place: Address, table: bytes, name: str) -> bytes:
        """The token that the table at this place gave this name; nothing if there is none."""
        found = self._read().tokens.get(_key(place, table, name), "")
        try:
            return bytes.fromhex(found)
        except ValueError:
            return b""

    def keep_token(self, place: Address, table: bytes, name: str, token: bytes) -> None:
        with self._turn():
            kept = self._read()
            key = _key(place, table, name)
            if kept.tokens.pop(key, None) != token.hex():
                kept.tokens[key] = token.hex()
                self._keep(kept)

    def known(self, place: Address, table: bytes) -> str | None:
        """Which table was met at this place, as `mark` writes it; None: one is there for the first
        time.
        """
        return self._read().tables.get(_where(place, table))

    def keep_table(self, place: Address, table: bytes, anchor: bytes) -> None:
        """This is the table of this place from now on."""
        with self._turn():
            kept, where = self._read(), _where(place, table)
            if kept.tables.get(where) == mark(table, anchor):
                return
            if kept.tables.pop(where, None) is not None:
                # It may call itself as the old one did: what was the old one's secret stays that.
                ours = _key(place, table, "")
                kept.tokens = {k: each for k, each in kept.tokens.items() if not k.startswith(ours)}
            kept.tables[where] = mark(table, anchor)
            self._keep(kept)

    def hosts(self) -> list[Address]:
        """Where one has been, the last first."""
        return self._read().hosts

    def keep_host(self, host: str, port: int) -> None:
        with self._turn():
            kept = self._read()
            if kept.hosts[:1] != [(host, port)]:
                kept.hosts = [(host, port), *(row for row in kept.hosts if row != (host, port))]
                self._keep(kept)

    def settings(self) -> dict[str, Any]:
        """What else a client keeps: language, volume, the last name."""
        return self._read().settings

    def keep_settings(self, settings: Mapping[str, Any]) -> None:
        with self._turn():
            kept = self._read()
            if any(kept.settings.get(key, self) != value for key, value in settings.items()):
                kept.settings |= settings
                self._keep(kept)

    def save_evidence(self, document: Mapping[str, Any]) -> str:
        """Write a round down for `run.py verify`, and say where; nothing if it cannot be, or if
        there is enough of it already.
        """
        (played,) = document["rounds"]
        text = json.dumps(document, indent=1)
        name = name_of(document["table"], played["round"], text)
        with self._turn():
            gone = makes_way(self._filed(), Filed(name, len(text), 0))
            if gone is None:
                return ""
            for each in gone:
                with suppress(OSError):
                    (self.folder / each.name).unlink()
            return self._write(name, text)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Alone in the folder, from the reading of what is kept to its end."""
        with self._lock, turn(self.folder / LOCK):
            yield

    def _filed(self) -> list[Filed]:
        """The evidence in the folder."""
        try:
            found = [(path.name, path.lstat()) for path in self.folder.glob(EVIDENCE)]
        except OSError:
            return []
        return [Filed(name, told.st_size, told.st_mtime_ns) for name, told in found]

    def _read(self) -> Kept:
        """What the file says; whatever in it is not as we write it counts as not there."""
        try:
            found = json.loads((self.folder / "client.json").read_text("utf-8"))
        except (OSError, ValueError):
            return Kept()
        if not isinstance(found, dict):
            return Kept()
        return Kept(
            _texts(found, "tables"),
            _texts(found, "tokens"),
            [(host, port) for host, port in map(_address, _list(found, "hosts")) if host],
            _dict(found, "settings"),
        )

    def _keep(self, kept: Kept) -> None:
        document = {
            "tables": dict(list(kept.tables.items())[-TABLES_KEPT:]),
            "tokens": dict(list(kept.tokens.items())[-TOKENS_KEPT:]),
            "hosts": kept.hosts[:HOSTS_KEPT],
            "settings": kept.settings,
        }
        self._write("client.json", json.dumps(document, indent=1))

    def _write(self, name: str, text: str) -> str:
        path = self.folder / name
        try:
            # A temporary file of this kind is made readable by its owner alone.
            descriptor, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(text.encode())
                    file.flush()
                    os.fsync(file.fileno())
                Path(temporary).replace(path)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError:
            return ""
        return str(path)


class Place:
    """The table and the tokens of one address, as a dialogue asks for them."""

    def __init__(self, store: Store, host: str, port: int) -> None:
        """Keep them in `store`."""
        self._store = store
        self._place = (host, port)

    def knows(self, table: bytes, anchor: bytes) -> bool | None:
        known = self._store.known(self._place, table)
        return None if known is None else known == mark(table, anchor)

    def trust(self, table: bytes, anchor: bytes) -> None:
        self._store.keep_table(self._place, table, anchor)

    def token(self, table: bytes, name: str) -> bytes:
        return self._store.token(self._place, table, name)

    def keep(self, table: bytes, name: str, token: bytes) -> None:
        self._store.keep_token(self._place, table, name, token)


def _key(place: Address, table: bytes, name: str) -> str:
    """Whose token it is. It never goes to another address, whatever table answers there.

    On this machine the port may be another at each start, and the table is the same.
    """
    host, port = place
    where = THIS_MACHINE if host in LOOPBACK else f"{host}:{port}"
    return f"{where} {table.hex()} {name}"


def _where(place: Address, table: bytes) -> str:
    """Where only one table is to be found. On this machine there may be many, at any port: there a
    table is found by its name in the scheme.
    """
    host, port = place
    return f"{THIS_MACHINE} {table.hex()}" if host in LOOPBACK else f"{host}:{port}"


def mark(table: bytes, anchor: bytes) -> str:
    """A table as it is written down."""
    return f"{table.hex()} {anchor.hex()}"


def _dict(found: dict[str, Any], key: str) -> dict[str, Any]:
    each = found.get(key)
    return each if isinstance(each, dict) else {}


def _texts(found: dict[str, Any], key: str) -> dict[str, str]:
    return {key: each for key, each in _dict(found, key).items() if isinstance(each, str)}


def _list(found: dict[str, Any], key: str) -> list[Any]:
    each = found.get(key)
    return each if isinstance(each, list) else []


def _address(row: Any) -> Address:
    match row:
        case [str(host), int(port)]:
            return host, port
    return "", 0
