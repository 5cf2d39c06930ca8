"""The ledger: what was committed is there again, and what was touched is refused with its place."""

import random
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from server.books import ledger as ledger_module
from server.books.books import Books
from server.books.chain import (
    PAGE_MOST,
    LedgerError,
    LedgerUnread,
    Page,
    Reader,
    Tail,
    checkpoint_digest,
    ended_in,
    texts_of_rounds,
)
from server.books.compressed import compress
from server.books.finished import Finished, as_json
from server.books.folder import FolderLocked, Lock
from server.books.ledger import FILE, Ledger, LedgerFull, LedgerLost, connect
from server.books.purse import BooksError
from server.games import STATES
from server.games.roulette.packed_bets import pack
from server.host.audit import audit
from tests.server.disks import fill
from tests.server.nights import HASH, Night


def play(ledger: Ledger, rounds: int, *, bets: int = 3) -> None:
    """Some rounds with bets, each deed committed for itself."""
    night = Night(ledger.books)
    if not night.books.holders:
        for account in range(1, 6):
            night.enroll(account, f"Player {account}")
            night.grant(account, 10_000)
    for number in range(night.round.number + 1, night.round.number + 1 + rounds):
        ledger.tidy()
        night.open(number)
        for bet in range(bets):
            account = 1 + (number + bet) % 5
            request = night.books.holders[account].last_request + 1
            night.lay(number, account, request, [(17, 5), (number % 157, 1)])
            ledger.commit()
        done = Finished(
            1,
            number,
            as_json({"round": number}),
            as_json({"seed": [number] * 20, "void": ""}),
            pack([(account, number % 157, 1) for account in range(1, 6)]),
        )
        night.void(number, "", done.digest)
        ledger.finished.append(done)
        ledger.commit()


def folder_with(tmp_path: Path, rounds: int) -> Path:
    ledger = Ledger(tmp_path, STATES)
    play(ledger, rounds)
    ledger.close()
    return tmp_path


def books_in(folder: Path) -> Books:
    """The books as a start finds them."""
    with closing(Ledger(folder, STATES)) as ledger:
        return ledger.books


def pages_of(ledger: Ledger) -> list[Page]:
    return [page for page, _ in Reader(ledger._db, Path(), STATES).pages()]


def is_full(ledger: Ledger) -> bool:
    return ledger.full


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of a few entries, so that a test has many."""
    monkeypatch.setattr(Ledger, "page_bytes", 600)
    monkeypatch.setattr(Ledger, "ballast_bytes", 4096)


def test_what_was_committed_is_there_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, STATES)
    play(ledger, 3)
    told = as_json(ledger.books.snapshot())
    ledger.close()
    again = Ledger(tmp_path, STATES)
    assert as_json(again.books.snapshot()) == told
    play(again, 2)
    again.close()
    assert Night(books_in(tmp_path)).round.number == 5


@pytest.mark.usefixtures("small_pages")
def test_bound_pages_and_the_checkpoint_give_the_same_books(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, STATES)
    play(ledger, 40)
    told = as_json(ledger.books.snapshot())
    ledger.close()
    db = sqlite3.connect(tmp_path / FILE)
    assert db.execute("SELECT count(*) FROM pages").fetchone()[0] > 5
    # A page waits until it is as large as the last checkpoint: of 160 entries so many are loose.
    assert db.execute("SELECT count(*) FROM journal").fetchone()[0] == 8
    db.close()
    again = Ledger(tmp_path, STATES)
    assert as_json(again.books.snapshot()) == told
    found = again.finished_round(1, 7)
    assert found
    assert found.round == 7
    assert len(again.summaries(1, 30, 12)) == 12
    again.close()


@pytest.mark.usefixtures("small_pages")
def test_a_page_is_as_large_as_the_checkpoint_before_it_and_waits_until_nobody_does(
    tmp_path: Path,
) -> None:
    with closing(Ledger(tmp_path, STATES)) as ledger:
        play(ledger, 5)
        first = pages_of(ledger)
        assert first
        for account in range(100, 200):
            ledger.books.enroll(account, f"Somebody {account}", HASH, "")
        ledger.commit()
        assert pages_of(ledger) == first
        ledger.tidy()
        (noted,) = ledger._db.execute("SELECT length(state) FROM checkpoint").fetchone()
        pages = len(pages_of(ledger))
        play(ledger, 10)
        assert len(pages_of(ledger)) == pages
    with closing(Ledger(tmp_path, STATES)) as ledger:
        play(ledger, 60)
        assert len(pages_of(ledger)) > pages
        assert all(page.size >= noted for page in pages_of(ledger)[pages:])


@pytest.mark.usefixtures("small_pages")
def test_a_page_that_is_far_too_large_does_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_module, "GATHERED_MOST", 5_000)
    with closing(Ledger(tmp_path, STATES)) as ledger:
        play(ledger, 1)
        for account in range(100, 200):
            ledger.books.enroll(account, f"Somebody {account}", HASH, "")
            ledger.commit()
        assert {page.size // 100 for page in pages_of(ledger)} == {50, 51}


def test_chips_laid_and_taken_back_all_evening_take_little_of_the_disk(tmp_path: Path) -> None:
    everywhere = [(spot, 1 + spot % 9) for spot in range(157)]
    with closing(Ledger(tmp_path, STATES)) as ledger:
        play(ledger, 1)
        night = Night(ledger.books)
        night.open(2)
        written = 0
        for _ in range(300):
            request = ledger.books.holders[1].last_request + 1
            night.lay(2, 1, request, everywhere)
            night.take(2, 1, request + 1, everywhere)
            written += len(as_json(ledger.books.journal))
            ledger.commit()
            ledger.tidy()
        (page,) = pages_of(ledger)
        (noted,) = ledger._db.execute("SELECT length(state) FROM checkpoint").fetchone()
        assert written > page.size > Ledger.page_bytes
        assert len(page.body) < page.size / 40
        assert noted < page.size / 10


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize(
    ("table", "row", "column", "place"),
    [
        ("pages", "page = 3", "body", "page 3 is not"),
        ("pages", "page = 3", "size", "page 3 is not"),
        ("pages", "page = 2", "digest", "page 2 is not"),
        ("pages", "page = 2", "ends", "page 2 is not"),
        ("journal", "entry = (SELECT max(entry) FROM journal)", "body", r"entry \d+ is not"),
        ("journal", "entry = (SELECT min(entry) FROM journal)", "digest", r"entry \d+ is not"),
        ("checkpoint", "1", "state", r"checkpoint after page \d+"),
        ("rounds", "place = 2147483652", "record", "record of round 4"),
        ("rounds", "place = 2147483657", "summary", "record of round 9"),
        ("rounds", "place = 2147483654", "bets", "record of round 6"),
        ("rounds", "place = 2147483688", "bets", "record of round 40"),
    ],
)
def test_a_changed_byte_is_refused_with_its_place(
    tmp_path: Path, table: str, row: str, column: str, place: str
) -> None:
    folder_with(tmp_path, 40)
    db = sqlite3.connect(tmp_path / FILE)
    (value,) = db.execute(f"SELECT {column} FROM {table} WHERE {row}").fetchone()
    changed: str | bytes | int
    if isinstance(value, int):
        changed = value + 1
    elif isinstance(value, str):
        changed = value.translate(str.maketrans("0123456789", "1234567890"))
    else:
        changed = bytes((value[0] ^ 1,)) + value[1:]
    assert changed != value
    db.execute(f"UPDATE {table} SET {column} = ? WHERE {row}", (changed,))
    db.commit()
    db.close()
    with pytest.raises(LedgerError, match=place):
        Ledger(tmp_path, STATES)
    assert audit(tmp_path).wrong


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("table", ["pages", "journal", "rounds"])
def test_a_missing_row_is_refused_with_its_place(tmp_path: Path, table: str) -> None:
    folder_with(tmp_path, 40)
    db = sqlite3.connect(tmp_path / FILE)
    db.execute(f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table}) - 1")
    db.commit()
    db.close()
    with pytest.raises(LedgerError, match=r"is missing|not as it was written"):
        Ledger(tmp_path, STATES)


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize(
    ("body", "size", "words"),
    [
        *(
            (body, 2, "compressed bytes are (damaged|not the 2)")
            for body in (compress(bytes(10**6)), compress(b"[]")[:-1], b"", b"no page")
        ),
        (compress(b"[" * 10**5), 10**5, "entry 1: maximum recursion depth"),
    ],
)
def test_a_page_that_is_not_what_it_says_is_refused_before_there_is_no_memory_left(
    tmp_path: Path, body: bytes, size: int, words: str
) -> None:
    """Written by somebody who computed every hash anew."""
    folder_with(tmp_path, 40)
    db = sqlite3.connect(tmp_path / FILE)
    (page, _), *others = list(Reader(db, tmp_path, STATES).pages())
    tail = Tail()
    for forged in (page._replace(size=size, body=body), *(page for page, _ in others)):
        rounds = texts_of_rounds(db, tail.bound, ended_in(forged.rounds))
        tail = replace(
            tail,
            page_digest=forged.digest_after(tail.page_digest, rounds),
            bound=ended_in(forged.rounds),
        )
        db.execute(
            "UPDATE pages SET size = ?, body = ?, digest = ? WHERE page = ?",
            (forged.size, forged.body, tail.page_digest, forged.page),
        )
    (state,) = db.execute("SELECT CAST(state AS BLOB) FROM checkpoint").fetchone()
    db.execute("UPDATE checkpoint SET digest = ?", (checkpoint_digest(tail.page_digest, state),))
    db.commit()
    db.close()
    Ledger(tmp_path, STATES).close()
    assert re.search(words, audit(tmp_path).wrong)


@pytest.mark.usefixtures("small_pages")
def test_no_page_is_written_of_books_that_do_not_add_up(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path, STATES)) as ledger:
        play(ledger, 1)
        ledger.books.purses[0].wallets[1] += 1
        with pytest.raises(BooksError, match="the wallets are not what was put into them"):
            ledger._bind()


def test_a_page_that_says_it_is_too_large_is_not_expanded() -> None:
    page = Page(7, 1, 1, "{}", PAGE_MOST + 1, compress(b"[]"), b"")
    with pytest.raises(ValueError, match="page 7 says that it holds 268435457"):
        page.entries()
    assert list(page._replace(size=2).entries()) == [(1, b"[]")]


@pytest.mark.count(60, 300)
@pytest.mark.usefixtures("small_pages")
def test_any_flipped_bit_is_refused_or_without_effect(tmp_path: Path, count: int) -> None:
    origin = folder_with(made(tmp_path / "a"), 30)
    told = as_json(books_in(origin).snapshot())
    whole = (origin / FILE).read_bytes()
    dice = random.Random(7)
    refused = 0
    for _ in range(count):
        copy = tmp_path / "b"
        shutil.copytree(origin, copy)
        flipped = bytearray(whole)
        at = dice.randrange(len(flipped))
        flipped[at] ^= 1 << dice.randrange(8)
        (copy / FILE).write_bytes(flipped)
        refused += refused_or_unharmed(copy, told)
        shutil.rmtree(copy)
    assert refused > count / 4


def refused_or_unharmed(folder: Path, told: str) -> bool:
    """Whether a start on this ledger is refused; if not, the table must go on as if nothing was."""
    try:
        ledger = Ledger(folder, STATES)
    except LedgerError as error:
        return str(error).startswith(str(folder / FILE))
    assert as_json(ledger.books.snapshot()) == told
    play(ledger, 3)
    told = as_json(ledger.books.snapshot())
    ledger.close()
    ledger = Ledger(folder, STATES)
    assert as_json(ledger.books.snapshot()) == told
    ledger.close()
    assert not audit(folder).wrong
    return False


def test_a_damaged_write_ahead_log_does_not_quietly_lose_what_was_acknowledged(
    tmp_path: Path,
) -> None:
    ledger = Ledger(made(tmp_path / "a"), STATES)
    play(ledger, 3)
    copy = tmp_path / "b"
    shutil.copytree(tmp_path / "a", copy)  # As after a kill: the log is not yet in the file.
    ledger.close()
    log = copy / f"{FILE}-wal"
    data = bytearray(log.read_bytes())
    data[-2000] ^= 4
    log.write_bytes(data)
    with pytest.raises(LedgerError, match=r"was committed: the write-ahead log"):
        Ledger(copy, STATES)


def test_an_older_copy_of_the_ledger_is_refused(tmp_path: Path) -> None:
    folder_with(tmp_path, 2)
    old = (tmp_path / FILE).read_bytes()
    folder_with(tmp_path, 2)
    (tmp_path / FILE).write_bytes(old)
    with pytest.raises(LedgerError, match="from another time"):
        Ledger(tmp_path, STATES)
    (tmp_path / "witness").unlink()
    assert Night(books_in(tmp_path)).round.number == 2


@pytest.mark.parametrize("damaged", [b"", bytes(556), b"?" * 556])
def test_a_torn_witness_says_nothing(tmp_path: Path, damaged: bytes) -> None:
    folder_with(tmp_path, 2)
    (tmp_path / "witness").write_bytes(damaged)
    assert Night(books_in(tmp_path)).round.number == 2


def test_one_flipped_bit_of_the_witness_leaves_its_other_half(tmp_path: Path) -> None:
    folder_with(tmp_path, 2)
    data = bytearray((tmp_path / "witness").read_bytes())
    for at in (3, 515):
        flipped = data.copy()
        flipped[at] ^= 16
        (tmp_path / "witness").write_bytes(flipped)
        ledger = Ledger(tmp_path, STATES)
        assert Night(ledger.books).round.number == 2
        ledger.close()


def test_books_of_an_older_format_are_refused_in_words(tmp_path: Path) -> None:
    folder_with(tmp_path, 1)
    db = sqlite3.connect(tmp_path / FILE)
    db.execute("PRAGMA user_version=2")
    db.close()
    with pytest.raises(LedgerError, match="is of format 2; this house reads 5"):
        Ledger(tmp_path, STATES)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / FILE)
    db.execute("CREATE TABLE something (x)")
    db.commit()
    db.close()
    with pytest.raises(LedgerError, match="not a ledger of this house"):
        Ledger(tmp_path, STATES)
    (tmp_path / FILE).write_text("hello " * 1000)
    with pytest.raises(LedgerError, match="not a database"):
        Ledger(tmp_path, STATES)


def test_books_whose_making_was_cut_off_are_made_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()  # The power failed before anything was in it ...
    Ledger(tmp_path, STATES).close()
    (tmp_path / FILE).unlink()
    db = sqlite3.connect(tmp_path / FILE)  # ... or before the tables were.
    db.execute("PRAGMA journal_mode=WAL")
    db.close()
    with closing(Ledger(tmp_path, STATES)) as ledger:
        play(ledger, 1)
    assert Night(books_in(tmp_path)).round.number == 1


def test_books_that_were_emptied_are_not_made_anew(tmp_path: Path) -> None:
    folder_with(tmp_path, 2)
    (tmp_path / FILE).write_bytes(b"")
    with pytest.raises(LedgerError, match="ends with entry 0"):
        Ledger(tmp_path, STATES)


def test_a_disk_that_takes_no_write_ahead_log_is_refused() -> None:
    # In memory SQLite has none, and says so as it does of a disk: in its answer, without an error.
    with pytest.raises(LedgerError, match="write-ahead log"):
        connect(Path(":memory:"))


def test_a_folder_serves_one_table_at_a_time(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    with pytest.raises(FolderLocked, match="another table"):
        Lock(tmp_path)
    lock.release()
    Lock(tmp_path).release()


def test_a_commit_whose_outcome_nobody_knows_is_reported_as_lost(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, STATES)
    play(ledger, 1)
    Night(ledger.books).open(2)
    ledger._db.close()
    with pytest.raises(LedgerLost):
        ledger.commit()


def test_a_full_disk_still_takes_the_end_of_the_round_and_recovers(small_disk: Path) -> None:
    ledger = Ledger(small_disk, STATES)
    play(ledger, 2)
    filler = small_disk / "filler"
    fill(filler, 4096)
    assert not is_full(ledger)
    for _ in range(400):
        if ledger.full:
            break
        play(ledger, 1)
    assert is_full(ledger)  # The ballast is overboard, and what was done is in the file.
    play(ledger, 1)
    assert not ledger.make_room()
    filler.unlink()
    assert ledger.make_room()
    play(ledger, 3)
    told = as_json(ledger.books.snapshot())
    ledger.close()
    assert as_json(books_in(small_disk).snapshot()) == told


def test_a_disk_without_any_room_takes_nothing_and_says_so(small_disk: Path) -> None:
    ledger = Ledger(small_disk, STATES)
    play(ledger, 1)
    number = Night(ledger.books).round.number
    fill(small_disk / "filler", 512)
    ledger._ballast.drop()
    ledger.full = True
    fill(small_disk / "more", 512)
    with pytest.raises(LedgerFull):
        play(ledger, 2000)
    ledger.close()
    (small_disk / "filler").unlink()
    assert Night(books_in(small_disk)).round.number >= number


def test_books_are_opened_on_a_full_disk_in_the_room_of_the_ballast(small_disk: Path) -> None:
    folder_with(small_disk, 2)
    fill(small_disk / "filler", 512)
    with closing(Ledger(small_disk, STATES)) as ledger:
        assert ledger.full
        assert not (small_disk / "ballast").exists()
        play(ledger, 1)
        (small_disk / "filler").unlink()
        assert ledger.make_room()
    assert Night(books_in(small_disk)).round.number == 3


def test_where_no_ballast_is_left_a_full_disk_is_what_is_said(small_disk: Path) -> None:
    folder_with(small_disk, 2)
    (small_disk / "ballast").unlink()
    fill(small_disk / "filler", 512)
    with pytest.raises(
        LedgerFull, match=f"^the disk of {small_disk / FILE} is full, .*start again$"
    ):
        Ledger(small_disk, STATES)
    (small_disk / "filler").unlink()
    assert Night(books_in(small_disk)).round.number == 2


def test_what_is_in_the_way_is_no_damage_and_is_not_tried_again_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_with(tmp_path, 1)
    tries: list[Path] = []

    def nothing_opens(path: Path) -> sqlite3.Connection:
        tries.append(path)
        raise LedgerUnread(f"{path} cannot be read: no luck")

    monkeypatch.setattr(ledger_module, "connect", nothing_opens)
    with pytest.raises(LedgerUnread, match="cannot be read: no luck"):
        Ledger(tmp_path, STATES)
    assert len(tries) == 1
    assert (tmp_path / "ballast").exists()
