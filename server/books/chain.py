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
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias

from server.books.books import Books, Deed
from server.books.compressed import expand
from server.books.finished import Finished, round_digest
from server.books.purse import BooksError
from server.books.till import GameState

APPLICATION_ID = 0x43524F55
FORMAT = 5
PAGE_MOST = 256 * 1024 * 1024
"""A page that says it is larger was not written by us: `Ledger` binds at a quarter of it."""

TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE pages (
    page INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL,
    rounds TEXT NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL, ends BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE TABLE journal (
    entry INTEGER PRIMARY KEY, body TEXT NOT NULL, digest BLOB NOT NULL
) STRICT;
CREATE TABLE checkpoint (
    page INTEGER PRIMARY KEY, state TEXT NOT NULL, digest BLOB NOT NULL
) STRICT;
CREATE TABLE rounds (
    place INTEGER PRIMARY KEY, summary TEXT NOT NULL, record TEXT NOT NULL, bets BLOB NOT NULL
) STRICT;
PRAGMA application_id={APPLICATION_ID};
PRAGMA user_version={FORMAT};
COMMIT;
"""
FINISHED = "SELECT summary, record, bets FROM rounds WHERE place = ?"


LAST_ROUND = 2**31 - 1


def place_of(table: int, number: int) -> int:
    """The key of a round: by it they lie in order, table by table. (An index besides could be
    damaged, and no hash would say so.)
    """
    return table << 31 | number


def finished_row(db: sqlite3.Connection, table: int, number: int) -> tuple[str, str, bytes] | None:
    """A finished round as it is kept. (A number too large for a place would name another round.)"""
    if not 0 < number <= LAST_ROUND:
        return None
    row: tuple[str, str, bytes] | None = db.execute(FINISHED, (place_of(table, number),)).fetchone()
    return row


Ended: TypeAlias = Mapping[int, int]
"""The last round of each table that has ended."""


class LedgerError(Exception):
    """The ledger is damaged or of another kind; the text names the place."""


class LedgerUnread(LedgerError):
    """It cannot be looked at now, which says nothing against it."""


BESIDE = frozenset(
    (
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH),
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM),
    )
)
"""What SQLite says of the system, the disk or the others, and not of what stands in the file."""


def trouble(path: Path, error: Exception, where: str = "") -> LedgerError:
    """What SQLite met there: damage, or something that is in the way. (Its own words can quote
    damaged bytes, and then it is a `UnicodeDecodeError`.)
    """
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in BESIDE:
        return LedgerUnread(f"{path} cannot be read: {error}")
    return LedgerError(f"{path} is damaged: {where}{error}")


UNFIT = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
"""What comes of a value that was not written by us: of another type, too large for SQLite, below 0
where it is hashed, or deep as no JSON of ours is.
"""


class Page(NamedTuple):
    """Bound entries."""

    page: int
    first: int
    last: int
    rounds: str
    """The last round of each table that had ended by then, as JSON."""
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
        numbers = self.page, self.first, self.last, self.size
        head = b"".join(number.to_bytes(8, "big") for number in numbers) + self.rounds.encode()
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
    bound: Ended = field(default_factory=dict)
    """Of each table the last round that ended in a page, ..."""
    entry: int = 0
    digest: bytes = bytes(32)
    ended: Ended = field(default_factory=dict)
    """... and the last that ended at all."""
    gathered: int = 0
    """Bytes of entries that are not bound yet."""
    checkpoint: int = 0
    """Bytes of the books at the end of the last page."""

    def follow(self, entry: int, digest: bytes, size: int, ended: Ended) -> "Tail":
        return replace(
            self,
            entry=entry,
            digest=digest,
            ended={**self.ended, **ended} if ended else self.ended,
            gathered=self.gathered + size,
        )

    def bind(self, page_digest: bytes, checkpoint: int) -> "Tail":
        return replace(
            self,
            page=self.page + 1,
            page_digest=page_digest,
            bound=self.ended,
            gathered=0,
            checkpoint=checkpoint,
        )


def entry_digest(before: bytes, entry: int, body: bytes) -> bytes:
    return hashlib.sha256(before + entry.to_bytes(8, "big") + body).digest()


def checkpoint_digest(page_digest: bytes, state: bytes) -> bytes:
    return hashlib.sha256(page_digest + state).digest()


def texts_of_rounds(db: sqlite3.Connection, after: Ended, last: Ended) -> list[bytes]:
    """What is kept of the rounds that ended in a page: of each table those after one, up to one."""
    texts: list[bytes] = []
    for table, number in sorted(last.items()):
        rows = db.execute(
            "SELECT CAST(summary AS BLOB), CAST(record AS BLOB), bets FROM rounds "
            "WHERE place > ? AND place <= ? ORDER BY place",
            (place_of(table, after.get(table, 0)), place_of(table, number)),
        )
        texts += chain.from_iterable(rows)
    return texts


def ended_in(rounds: str) -> Ended:
    """The rounds that a page names."""
    return {int(table): number for table, number in json.loads(rounds).items()}


class Reader:
    """Walks the ledger from its first byte to its last, and stops at the first that is wrong."""

    def __init__(
        self, db: sqlite3.Connection, path: Path, states: Mapping[str, type[GameState]]
    ) -> None:
        self._db = db
        self._path = path
        self._states = states

    def load(self) -> tuple[Books, Tail]:
        """The books, and where the chain ends. Everything was hashed."""
        try:
            self._check_format()
            tail = self._walk_pages()
            books, size = self._read_checkpoint(tail)
            tail = self._walk_journal(books, replace(tail, checkpoint=size))
            self._check_unplayed(tail.ended)
        except (sqlite3.Error, *UNFIT) as error:
            raise trouble(self._path, error) from error
        return books, tail

    def pages(self) -> Iterator[tuple[Page, bytes]]:
        """Each page and the digest that was written with it."""
        try:
            for row in self._db.execute(
                "SELECT page, first, last, rounds, size, body, ends, digest FROM pages "
                "ORDER BY page"
            ):
                yield Page(*row[:-1]), row[-1]
        except sqlite3.DatabaseError as error:
            raise trouble(self._path, error, "the pages cannot be read: ") from error

    def journal(self) -> Iterator[tuple[int, bytes, bytes]]:
        """The entries that are not bound yet."""
        try:
            yield from self._db.execute(
                "SELECT entry, CAST(body AS BLOB), digest FROM journal ORDER BY entry"
            )
        except sqlite3.DatabaseError as error:
            raise trouble(self._path, error, "the journal cannot be read: ") from error

    def entries(self) -> Iterator[tuple[int, bytes]]:
        """Every entry from the first, bound or not."""
        for page, _ in self.pages():
            yield from page.entries()
        for entry, body, _ in self.journal():
            yield entry, body

    def finished_round(self, table: int, number: int) -> Finished:
        row = finished_row(self._db, table, number)
        if not row:
            raise LedgerError(f"there is no finished round {number} in the books")
        return Finished(table, number, *row)

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
                ended = ended_in(page.rounds)
                rounds = texts_of_rounds(self._db, tail.bound, ended)
                check()
                if page.page != tail.page + 1 or page.first != tail.entry + 1:
                    raise self._damaged(f"page {tail.page + 1} is missing")
                hashed = hasher.submit(page.digest_after, tail.page_digest, rounds)
                check = partial(self._check_page, page, written, hashed)
                tail = Tail(page.page, written, ended, page.last, page.ends, ended)
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
            return Books(self._states), 0
        row = self._db.execute(
            "SELECT CAST(state AS BLOB), digest FROM checkpoint WHERE page = ?", (tail.page,)
        ).fetchone()
        if not row or checkpoint_digest(tail.page_digest, row[0]) != row[1]:
            raise self._damaged(f"the checkpoint after page {tail.page} is not as it was written")
        return Books.of_snapshot(json.loads(row[0]), self._states), len(row[0])

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

    def _check_rounds(self, deeds: list[Deed]) -> Ended:
        """The rounds that end in these deeds must be kept as they ended; the last of each table."""
        ended: dict[int, int] = {}
        for deed in deeds:
            if deed[0] not in ("settle", "give_back"):
                continue
            _, table, number, *_, digest, _ = deed
            row = self._db.execute(
                "SELECT CAST(summary AS BLOB), CAST(record AS BLOB), bets FROM rounds "
                "WHERE place = ?",
                (place_of(table, number),),
            ).fetchone()
            if not row or round_digest(*row).hex() != digest:
                raise self._damaged(f"the record of round {number} is not as it was written")
            ended[table] = number
        return ended

    def _check_unplayed(self, ended: Ended) -> None:
        """No hash is over the record of a round to come, in whose place none could be kept then."""
        edges = [-(2**63)]
        for table, number in sorted(ended.items()):
            edges += place_of(table, 0), place_of(table, number) + 1
        edges.append(2**63 - 1)
        for between in zip(edges[::2], edges[1::2], strict=True):
            stray = self._db.execute(
                "SELECT place FROM rounds WHERE place BETWEEN ? AND ?", between
            ).fetchone()
            if stray:
                number = stray[0] & LAST_ROUND
                raise self._damaged(f"there is a record of round {number}, which was not played")

    def _damaged(self, where: str) -> LedgerError:
        return LedgerError(f"{self._path} is damaged: {where}")
