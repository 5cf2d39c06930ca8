"""How the ledger is chained, and how a start reads it: every byte hashed, the tail done again.

| table        | a row is                                                                 |
| ------------ | ------------------------------------------------------------------------ |
| `pages`      | bound entries, one a line, compressed                                    |
| `journal`    | an entry that is not bound yet                                           |
| `checkpoint` | the books at the end of the last page                                    |
| `rounds`     | a finished round in full: what one needs to verify it, its bets packed.  |
|              | Its hash is also in the journal, in the deed that ended the round        |

An *entry* is what one batch of requests did: a JSON array of deeds, chained by SHA-256 to the
entry before it. A *page* is half a megabyte of entries or more under one hash, chained to the page
before; the hash is over its bytes as they lie there. So a start hashes the whole history at the
speed of SHA-256, expands nothing, and does again only the deeds after the last page.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from server.books.books import Books, BooksError, Deed
from server.books.compressed import expand
from server.books.finished import Finished, round_digest

APPLICATION_ID = 0x43524F55
FORMAT = 3
PAGE_MOST = 256 * 1024 * 1024
"""A page that says it is larger was not written by us: `Ledger` binds at a quarter of it."""

TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE pages (
    page INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL,
    rounds INTEGER NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL, ends BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE TABLE journal (
    entry INTEGER PRIMARY KEY, body TEXT NOT NULL, digest BLOB NOT NULL
) STRICT;
CREATE TABLE checkpoint (
    page INTEGER PRIMARY KEY, state TEXT NOT NULL, digest BLOB NOT NULL
) STRICT;
CREATE TABLE rounds (
    round INTEGER PRIMARY KEY, summary TEXT NOT NULL, record TEXT NOT NULL, bets BLOB NOT NULL
) STRICT;
PRAGMA application_id={APPLICATION_ID};
PRAGMA user_version={FORMAT};
COMMIT;
"""
FINISHED = "SELECT round, summary, record, bets FROM rounds WHERE round = ?"


class LedgerError(Exception):
    """The ledger is damaged or of another kind; the text names the place."""


class Page(NamedTuple):
    """Bound entries."""

    page: int
    first: int
    last: int
    rounds: int
    """The last round that had ended by then."""
    size: int
    """Of the entries before they were compressed."""
    body: bytes
    ends: bytes
    """The digest of the last entry, from which the chain goes on."""

    def digest_after(self, before: bytes, rounds: Sequence[bytes]) -> bytes:
        """The hash of the page, given that of the page before and the texts of its rounds."""
        lengths = ",".join([str(len(text)) for text in rounds])
        kept = hashlib.sha256(lengths.encode())
        kept.update(b"".join(rounds))
        head = b"".join(number.to_bytes(8, "big") for number in self[:5])
        hashed = hashlib.sha256(before + head + self.ends + kept.digest())
        hashed.update(self.body)
        return hashed.digest()

    def entries(self) -> Iterator[tuple[int, bytes]]:
        if self.size > PAGE_MOST:
            raise ValueError(f"page {self.page} says that it holds {self.size} bytes")
        return enumerate(expand(self.body, self.size).split(b"\n"), self.first)


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the chain ends."""

    page: int = 0
    page_digest: bytes = bytes(32)
    bound_rounds: int = 0
    entry: int = 0
    digest: bytes = bytes(32)
    rounds: int = 0
    gathered: int = 0
    """Bytes of entries that are not bound yet."""
    checkpoint: int = 0
    """Bytes of the books at the end of the last page."""

    def follow(self, entry: int, digest: bytes, size: int, rounds: int) -> "Tail":
        return replace(
            self,
            entry=entry,
            digest=digest,
            rounds=self.rounds + rounds,
            gathered=self.gathered + size,
        )

    def bind(self, page_digest: bytes, checkpoint: int) -> "Tail":
        return replace(
            self,
            page=self.page + 1,
            page_digest=page_digest,
            bound_rounds=self.rounds,
            gathered=0,
            checkpoint=checkpoint,
        )


def entry_digest(before: bytes, entry: int, body: bytes) -> bytes:
    return hashlib.sha256(before + entry.to_bytes(8, "big") + body).digest()


def checkpoint_digest(page_digest: bytes, state: bytes) -> bytes:
    return hashlib.sha256(page_digest + state).digest()


def texts_of_rounds(db: sqlite3.Connection, after: int, last: int) -> list[bytes]:
    """What is kept of the finished rounds of a page."""
    rows = db.execute(
        "SELECT CAST(summary AS BLOB), CAST(record AS BLOB), bets FROM rounds "
        "WHERE round > ? AND round <= ? ORDER BY round",
        (after, last),
    )
    return list(chain.from_iterable(rows))


class Reader:
    """Walks the ledger from its first byte to its last, and stops at the first that is wrong."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def load(self) -> tuple[Books, Tail]:
        """The books, and where the chain ends. Everything was hashed."""
        try:
            self._check_format()
            tail = self._walk_pages()
            books, size = self._read_checkpoint(tail)
            return books, self._walk_journal(books, replace(tail, checkpoint=size))
        except (sqlite3.Error, ValueError, TypeError, LookupError) as error:
            # (A value of another type than was written; SQLite's own words can quote bad bytes.)
            raise self._damaged(str(error)) from error

    def pages(self) -> Iterator[tuple[Page, bytes]]:
        """Each page and the digest that was written with it."""
        try:
            for row in self._db.execute(
                "SELECT page, first, last, rounds, size, body, ends, digest FROM pages "
                "ORDER BY page"
            ):
                yield Page(*row[:-1]), row[-1]
        except sqlite3.DatabaseError as error:
            raise self._damaged(f"the pages cannot be read: {error}") from error

    def journal(self) -> Iterator[tuple[int, bytes, bytes]]:
        """The entries that are not bound yet."""
        try:
            yield from self._db.execute(
                "SELECT entry, CAST(body AS BLOB), digest FROM journal ORDER BY entry"
            )
        except sqlite3.DatabaseError as error:
            raise self._damaged(f"the journal cannot be read: {error}") from error

    def entries(self) -> Iterator[tuple[int, bytes]]:
        """Every entry from the first, bound or not."""
        for page, _ in self.pages():
            yield from page.entries()
        for entry, body, _ in self.journal():
            yield entry, body

    def finished_round(self, number: int) -> Finished:
        row = self._db.execute(FINISHED, (number,)).fetchone()
        if not row:
            raise LedgerError(f"there is no finished round {number} in the books")
        return Finished(*row)

    def _check_format(self) -> None:
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise LedgerError(f"{self._path} is not a ledger of this house")
        if version != FORMAT:
            raise LedgerError(f"{self._path} is of format {version}; this house reads {FORMAT}")

    def _walk_pages(self) -> Tail:
        """While a thread of its own hashes a page, the next one is read here."""
        tail = Tail()
        with ThreadPoolExecutor(1, "hasher") as hasher:
            check: Callable[[], object] = bool  # Before the first there is none.
            for page, written in self.pages():
                rounds = texts_of_rounds(self._db, tail.bound_rounds, page.rounds)
                check()
                if page.page != tail.page + 1 or page.first != tail.entry + 1:
                    raise self._damaged(f"page {tail.page + 1} is missing")
                hashed = hasher.submit(page.digest_after, tail.page_digest, rounds)
                check = partial(self._check_page, page, written, hashed)
                tail = Tail(page.page, written, page.rounds, page.last, page.ends, page.rounds)
            check()
        return tail

    def _check_page(self, page: Page, written: bytes, hashed: Future[bytes]) -> None:
        if hashed.result() != written:
            self._check_rounds_of(page)
            raise self._damaged(f"page {page.page} is not as it was written")

    def _check_rounds_of(self, page: Page) -> None:
        """A page that does not fit its hash: perhaps it is one of its rounds."""
        try:
            entries = list(page.entries())
        except ValueError:
            return
        for _, body in entries:
            self._check_rounds(json.loads(body))

    def _read_checkpoint(self, tail: Tail) -> tuple[Books, int]:
        """The books at the end of the last page, and of how many bytes they were read."""
        if not tail.page:
            return Books(), 0
        row = self._db.execute(
            "SELECT CAST(state AS BLOB), digest FROM checkpoint WHERE page = ?", (tail.page,)
        ).fetchone()
        if not row or checkpoint_digest(tail.page_digest, row[0]) != row[1]:
            raise self._damaged(f"the checkpoint after page {tail.page} is not as it was written")
        return Books.of_snapshot(json.loads(row[0])), len(row[0])

    def _walk_journal(self, books: Books, tail: Tail) -> Tail:
        for entry, body, digest in self.journal():
            if entry != tail.entry + 1:
                raise self._damaged(f"entry {tail.entry + 1} is missing")
            if entry_digest(tail.digest, entry, body) != digest:
                raise self._damaged(f"entry {entry} is not as it was written")
            deeds: list[Deed] = json.loads(body)
            ended = self._check_rounds(deeds)
            try:
                books.replay(deeds)
            except (BooksError, LookupError, TypeError) as error:
                raise self._damaged(f"entry {entry} cannot be: {error}") from error
            tail = tail.follow(entry, digest, len(body), ended)
        books.check()
        return tail

    def _check_rounds(self, deeds: list[Deed]) -> int:
        """The rounds that end in these deeds must be kept as they ended; how many they are."""
        ends = [(deed[1], deed[-1]) for deed in deeds if deed[0] in ("settle", "void")]
        for number, digest in ends:
            row = self._db.execute(
                "SELECT CAST(summary AS BLOB), CAST(record AS BLOB), bets FROM rounds "
                "WHERE round = ?",
                (number,),
            ).fetchone()
            if not row or round_digest(*row).hex() != digest:
                raise self._damaged(f"the record of round {number} is not as it was written")
        return len(ends)

    def _damaged(self, where: str) -> LedgerError:
        return LedgerError(f"{self._path} is damaged: {where}")
