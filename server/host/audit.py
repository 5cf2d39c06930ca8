"""The audit: do every deed again from the first, and check everything that can be checked."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from protocol.text import visible
from server.books.books import Books, Deed
from server.books.chain import LAST_ROUND, UNFIT, LedgerError, LedgerUnread, Reader, trouble
from server.books.finished import as_json
from server.books.ledger import FILE, connect
from server.books.purse import BooksError
from server.games import GAMES, STATES


@dataclass
class Audit:
    """What an audit found."""

    wrong: str = ""
    """The first thing that is wrong, by its place; empty if nothing is."""
    books: Books = field(default_factory=lambda: Books(STATES))
    deeds: Counter[str] = field(default_factory=Counter)
    entries: int = 0

    def lines(self) -> Iterator[str]:
        """For the screen."""
        books, deeds = self.books, self.deeds
        purses = books.purses.values()
        made, banked = -sum(each.mint for each in purses), sum(each.bank for each in purses)
        wallets = sum(each.in_wallets for each in purses)
        laid = sum(each.in_pots for each in purses)
        yield f"{self.entries} entries, {sum(deeds.values())} deeds, {len(books.holders)} accounts"
        yield f"{deeds['settle']} rounds settled, {deeds['give_back']} voided"
        tills = books.tills.values()
        closed = sum(till.closed for till in tills)
        yield f"{len(tills)} {'table' if len(tills) == 1 else 'tables'}, {closed} of them closed"
        yield f"chips: {made} made = {wallets} in wallets + {laid} on the tables"
        owed = sum(len(each.halves) for each in purses)
        yield f"       + {banked} in the bank" + (
            f", of which it owes {owed} halves" if owed else ""
        )
        # (What is wrong can quote damaged bytes.)
        yield visible(f"WRONG: {self.wrong}") if self.wrong else "the books are right"


def audit(folder: Path) -> Audit:
    """Check the ledger of a folder; a running table is not disturbed. A folder without books is a
    `LedgerError`, and so are books that cannot be looked at: that says nothing against them.
    """
    found = Audit()
    books_in(folder)
    try:
        with reading(folder) as reader:
            told, _ = reader.load()
            for entry, body in reader.entries():
                found.entries = entry
                _redo(found, reader, json.loads(body))
            if as_json(found.books.snapshot()) != as_json(told.snapshot()):
                found.wrong = "the checkpoint is not what the entries before it come to"
    except (BooksError, *UNFIT) as error:
        found.wrong = f"entry {found.entries}: {error}"
    except LedgerUnread:
        raise
    except LedgerError as error:
        found.wrong = str(error)
    return found


def export(folder: Path, table: int, number: int) -> str:
    """A finished round as a document that `run.py verify` reads."""
    if not 0 < number <= LAST_ROUND:
        raise LedgerError(f"there is no finished round {number} in the books")
    with reading(folder) as reader:
        books, _ = reader.load()
        till = books.tills.get(table)
        if not till:
            raise LedgerError(f"there is no table {table} in the books")
        write = GAMES[till.game].export
        if not write:
            raise LedgerError("nothing is drawn at this table: there is nothing to verify")
        written = write(till, reader.finished_round(table, number))
        if written is None:
            raise LedgerError(f"round {number} was called off before anything was drawn")
        return written


@contextmanager
def reading(folder: Path) -> Iterator[Reader]:
    """The ledger of a folder in one view, whatever the table does meanwhile."""
    path = books_in(folder)
    try:
        with _beside_others(path) as db:
            yield Reader(db, path, STATES)
    except sqlite3.Error as error:
        raise trouble(path, error) from error


@contextmanager
def _beside_others(path: Path) -> Iterator[sqlite3.Connection]:
    """As one of those who have the file open: that takes two more files beside it. Where these
    cannot be made, on a full disk or where nothing may be written, it is read alone.
    """
    try:
        db = connect(path)
    except LedgerUnread:
        wal = path.with_name(f"{FILE}-wal")
        if wal.exists() and wal.stat().st_size:  # Of somebody who has it open, or was killed.
            raise
    else:
        with closing(db):
            db.execute("BEGIN")
            yield db
        return
    before = path.stat()
    db = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None)
    try:
        with closing(db):
            yield db
    finally:
        after = path.stat()
        if (after.st_mtime_ns, after.st_size) != (before.st_mtime_ns, before.st_size):
            # What was read is of two times. (It says nothing of what was found in it.)
            raise LedgerUnread(f"{path} has changed while it was read: try once more")


def books_in(folder: Path) -> Path:
    """The file of the books; none is made."""
    path = folder / FILE
    if not path.is_file() or not path.stat().st_size:
        raise LedgerError(f"there are no books in {folder}")
    return path


def _redo(found: Audit, reader: Reader, deeds: list[Deed]) -> None:
    books = found.books
    for deed in deeds:
        name = deed[0]
        if name == "settle":
            till = books.tills[deed[1]]
            owed = books.purses[till.purse].halves
            GAMES[till.game].check_settle(till, reader, deed, owed)
        books.replay([deed])
        found.deeds[name] += 1
