"""The books on disk: one SQLite file, append-only, chained, one writer, commit before you speak.

What one batch of the croupier did is one *entry*: a JSON array of deeds, chained by SHA-256 to the
entry before. When half a megabyte of entries has gathered they are bound into a *page*: the same
lines, one hash over all of them, and a checkpoint of the books at its end. So a start hashes the
whole history at the speed of SHA-256 (a bit flipped anywhere is found, and named), but does again
only the deeds after the last page.

| table        | a row is                                                                  |
| ------------ | ------------------------------------------------------------------------- |
| `pages`      | bound entries, with a mark (8 bytes of its digest) for each               |
| `journal`    | an entry that is not bound yet                                            |
| `checkpoint` | the books at the end of the last page                                     |
| `rounds`     | a finished round in full: what one needs to verify it. Its hash is in the |
|              | journal, in the deed that ended the round                                 |
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from server.books import Books, BooksError, Deed
from server.folder import Ballast, Witness, WitnessError
from server.seeds import sync_folder

FILE = "books.sqlite"
PAGE_BYTES = 512 * 1024
BALLAST_BYTES = 8 * 1024 * 1024
MARK = 8
APPLICATION_ID = 0x43524F55
FORMAT = 1

_TABLES = """
CREATE TABLE pages (
    page INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL,
    rounds INTEGER NOT NULL, body TEXT NOT NULL, marks BLOB NOT NULL, ends BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE TABLE journal (
    entry INTEGER PRIMARY KEY, body TEXT NOT NULL, digest BLOB NOT NULL
) STRICT;
CREATE TABLE checkpoint (
    page INTEGER PRIMARY KEY, state TEXT NOT NULL, digest BLOB NOT NULL
) STRICT;
CREATE TABLE rounds (
    round INTEGER PRIMARY KEY, summary TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
"""


class LedgerError(Exception):
    """The ledger is damaged or of another kind; the text names the place."""


class LedgerFull(Exception):  # noqa: N818 - a state of the disk
    """There is no room on the disk, not even for what must be written."""


class LedgerLost(Exception):  # noqa: N818 - a state of the disk
    """A commit failed in a way that leaves its outcome unknown: stop at once, answer nothing."""


class Finished(NamedTuple):
    """A round that ended, as it is kept."""

    round: int
    summary: str
    record: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.summary}\n{self.record}".encode()).hexdigest()


class Tail(NamedTuple):
    """Where the chain ends."""

    page: int
    page_digest: bytes
    entry: int
    digest: bytes
    rounds: int


EMPTY = Tail(0, bytes(32), 0, bytes(32), 0)


def as_json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def entry_digest(before: bytes, entry: int, body: bytes) -> bytes:
    return hashlib.sha256(before + entry.to_bytes(8, "big") + body).digest()


def page_digest(before: bytes, row: tuple[Any, ...], rounds_hash: bytes) -> bytes:
    page, first, last, rounds, body, marks, ends = row
    head = b"".join(number.to_bytes(8, "big") for number in (page, first, last, rounds))
    return hashlib.sha256(before + head + ends + rounds_hash + marks + body).digest()


class Ledger:
    """The file, and the books as they stand in it."""

    def __init__(self, folder: Path) -> None:
        """Open or make the ledger of this folder, and check every byte that it relies on."""
        self._path = folder / FILE
        fresh = not self._path.exists()
        self.ballast = Ballast(folder / "ballast", BALLAST_BYTES)
        self.full = not self.ballast.take()
        self.finished: list[Finished] = []
        try:
            self._witness = Witness(folder / "witness")
        except WitnessError as error:
            raise LedgerError(str(error)) from None
        try:
            self._db = sqlite3.connect(self._path, isolation_level=None)
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "fullfsync=ON",
                "locking_mode=EXCLUSIVE",
                "temp_store=MEMORY",
            ):
                self._db.execute(f"PRAGMA {pragma}")
            if fresh:
                self._create(folder)
            with naming_damage(self._path):
                reader = Reader(self._db, self._path)
                reader.check_format()
                self.books, self._tail = reader.load()
                self._gathered = reader.gathered
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"{self._path}: {error}") from error
        self._check_witness()

    def _create(self, folder: Path) -> None:
        self._db.executescript(
            f"BEGIN IMMEDIATE; {_TABLES} PRAGMA application_id={APPLICATION_ID};"
            f"PRAGMA user_version={FORMAT}; COMMIT;"
        )
        sync_folder(folder)
