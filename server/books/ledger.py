"""The books on disk: one SQLite file, append-only, one writer, commit before you speak.

`chain.py` says what lies in it, and reads it at the start.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from server.books.books import Books, Deed
from server.books.chain import (
    LAST_ROUND,
    PAGE_MOST,
    TABLES,
    LedgerError,
    LedgerUnread,
    Page,
    Reader,
    Tail,
    checkpoint_digest,
    entry_digest,
    finished_row,
    place_of,
    texts_of_rounds,
    trouble,
)
from server.books.compressed import compress
from server.books.finished import Finished, as_json
from server.books.folder import Ballast, Witness, sync_folder
from server.books.till import GameState

FILE = "books.sqlite"
PAGE_BYTES = 512 * 1024
"""Entries are bound to a page when they are so many, and as many as the last checkpoint was: so all
that is ever written is but some three times the deeds (loose, in a page, and a checkpoint)."""
GATHERED_MOST = PAGE_MOST // 4
"""So many are bound at once, and do not wait until nobody waits."""
BALLAST_BYTES = 8 * 1024 * 1024
ROOM_TO_OPEN = 128 * 1024
"""Where a disk has less left, it may be that which keeps the books from being opened."""


class LedgerFull(Exception):
    """There is no room on the disk, not even for what must be written. Nothing was."""


class LedgerLost(Exception):
    """A commit failed in a way that leaves its outcome unknown: stop at once, answer nothing."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, or say why not."""
    try:
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise trouble(path, error) from error
    try:
        (mode,) = db.execute("PRAGMA journal_mode=WAL").fetchone()
        for pragma in ("synchronous=FULL", "fullfsync=ON", "temp_store=MEMORY"):
            db.execute(f"PRAGMA {pragma}")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        db.close()
        raise trouble(path, error) from error
    if mode != "wal":
        # Where the switch fails, SQLite raises nothing and goes on with the journal it has.
        db.close()
        raise LedgerError(f"{path}: this disk takes no write-ahead log")
    return db


class Ledger:
    """The file, and the books as they stand in it."""

    page_bytes = PAGE_BYTES
    ballast_bytes = BALLAST_BYTES

    def __init__(self, folder: Path, states: Mapping[str, type[GameState]]) -> None:
        """Open or make the ledger of this folder, and check every byte that it relies on."""
        self._path = folder / FILE
        self._states = states
        self._ballast = Ballast(folder / "ballast", self.ballast_bytes)
        self.full = not self._ballast.take()
        self.finished: list[Finished] = []
        """Rounds that ended since the last commit."""
        self._witness = Witness(folder / "witness")
        try:
            self._db, self.books, self._tail = self._open()
        except BaseException:
            self._witness.close()
            raise

    def _open(self) -> tuple[sqlite3.Connection, Books, Tail]:
        """Opening takes room too: on a full disk that of the ballast."""
        try:
            return self._open_as_it_is()
        except LedgerUnread as error:
            if shutil.disk_usage(self._path.parent).free >= ROOM_TO_OPEN:
                raise  # A disk that fails is not tried once more.
            if self.full:
                raise LedgerFull(
                    f"the disk of {self._path} is full, and the books take some room to be opened:"
                    " make 10 MB of room there, and start again"
                ) from error
            self._ballast.drop()
            opened = self._open_as_it_is()
            self.full = True
            return opened

    def _open_as_it_is(self) -> tuple[sqlite3.Connection, Books, Tail]:
        db = connect(self._path)
        try:
            return db, *self._load(db)
        except BaseException:
            db.close()
            raise

    def _load(self, db: sqlite3.Connection) -> tuple[Books, Tail]:
        if self._is_blank(db):
            try:
                db.executescript(TABLES)
            except sqlite3.Error as error:
                raise LedgerUnread(f"{self._path} cannot be written: {error}") from error
            sync_folder(self._path.parent)
        books, tail = Reader(db, self._path, self._states).load()
        self._check_witness(db, tail)
        return books, tail

    def _is_blank(self, db: sqlite3.Connection) -> bool:
        """Whether nothing was ever written: the file is new, or its making was cut off. (Where
        there were books, the witness knows of them.)
        """
        try:
            written = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            marked = db.execute("PRAGMA application_id").fetchone()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise trouble(self._path, error) from error
        return (written, marked) == ((0,), (0,))

    def commit(self) -> None:
        """Make durable what was done since the last commit. Nothing is said before it returns."""
        deeds = self.books.take_journal()
        finished, self.finished = self.finished, []
        if not deeds:
            return
        try:
            self._write(deeds, finished)
        except LedgerFull:
            # The books in memory are ahead of the file, so this entry must go in: throw the
            # ballast overboard, and take no more bets until it is back.
            if self.full:
                raise
            self.full = True
            self._ballast.drop()
            self._write(deeds, finished)
        self._witness.write(self._tail.entry, self._tail.digest)
        if self._tail.gathered >= GATHERED_MOST:
            self.tidy()

    def tidy(self) -> None:
        """Bind a page if there is enough for one. For when nobody waits: nothing depends on it."""
        tail = self._tail
        enough = min(max(self.page_bytes, tail.checkpoint), GATHERED_MOST)
        if tail.gathered >= enough and not self.full:
            self._bind_if_there_is_room()

    def make_room(self) -> bool:
        """Whether a disk that was full has room again."""
        self.full = not self._ballast.take()
        return not self.full

    def finished_round(self, table: int, number: int) -> Finished | None:
        row = finished_row(self._db, table, number)
        return Finished(table, number, *row) if row else None

    def summaries(self, table: int, before: int, most: int) -> list[str]:
        """Finished rounds of a table before this one, newest first."""
        rows = self._db.execute(
            "SELECT summary FROM rounds WHERE place > ? AND place < ? ORDER BY place DESC LIMIT ?",
            (place_of(table, 0), place_of(table, min(before, LAST_ROUND)), most),
        )
        return [summary for (summary,) in rows]

    def close(self) -> None:
        self._witness.close()
        self._db.close()

    def _write(self, deeds: list[Deed], finished: list[Finished]) -> None:
        entry = self._tail.entry + 1
        body = as_json(deeds).encode()
        digest = entry_digest(self._tail.digest, entry, body)
        with self._transaction():
            self._db.execute("INSERT INTO journal VALUES (?, ?, ?)", (entry, body.decode(), digest))
            if finished:
                rows = [(place_of(done.table, done.round), *done[2:]) for done in finished]
                self._db.executemany("INSERT INTO rounds VALUES (?, ?, ?, ?)", rows)
        ended = {done.table: done.round for done in finished} if finished else {}
        self._tail = self._tail.follow(entry, digest, len(body), ended)

    def _bind_if_there_is_room(self) -> None:
        try:
            self._bind()
        except LedgerFull:
            self.full = True
            self._ballast.drop()

    def _bind(self) -> None:
        """Turn the loose entries into a page, and note how the books stand at its end."""
        self.books.check()
        rows = self._db.execute("SELECT entry, body FROM journal ORDER BY entry").fetchall()
        first, last = rows[0][0], rows[-1][0]
        plain = "\n".join(body for _, body in rows).encode()
        tail = self._tail
        ended = as_json(tail.ended)
        page = Page(tail.page + 1, first, last, ended, len(plain), compress(plain), tail.digest)
        kept = texts_of_rounds(self._db, tail.bound, tail.ended)
        digest = page.digest_after(tail.page_digest, kept)
        state = as_json(self.books.snapshot()).encode()
        with self._transaction():
            self._db.execute("INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*page, digest))
            self._db.execute("DELETE FROM journal WHERE entry <= ?", (last,))
            self._db.execute("DELETE FROM checkpoint")
            self._db.execute(
                "INSERT INTO checkpoint VALUES (?, ?, ?)",
                (page.page, state.decode(), checkpoint_digest(digest, state)),
            )
        self._tail = tail.bind(digest, len(state))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise LedgerFull(f"the disk of {self._path} is full") from error
            # Whether it is on the disk or not, nobody can say now.
            raise LedgerLost(f"{self._path}: {error}") from error

    def _check_witness(self, db: sqlite3.Connection, tail: Tail) -> None:
        """What was acknowledged must be there."""
        if self._witness.last is None:
            return
        entry, digest = self._witness.last
        if entry > tail.entry:
            raise LedgerError(
                f"{self._path} ends with entry {tail.entry}, but entry {entry} was "
                f"committed: the write-ahead log is damaged or from another time"
            )
        known = db.execute("SELECT digest FROM journal WHERE entry = ?", (entry,)).fetchone()
        if known and known[0] != digest:
            raise LedgerError(f"{self._path}: entry {entry} is not the one that was committed")
