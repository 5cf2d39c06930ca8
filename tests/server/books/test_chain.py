"""The chain of entries and pages: what each hash binds, and a gap at any place, of any width."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from server.books import ledger as ledger_module
from server.books.chain import (
    LAST_ROUND,
    LedgerError,
    LedgerUnread,
    Page,
    Reader,
    Tail,
    checkpoint_digest,
    entry_digest,
    place_of,
    texts_of_rounds,
    trouble,
)
from server.books.compressed import compress
from server.books.finished import Finished, as_json
from server.books.ledger import FILE, Ledger
from server.games import STATES
from tests.server.nights import Night

PAGE = Page(3, 7, 8, '{"1":2}', 11, compress(b'["a"]\n["b"]'), b"e" * 32)
ROUNDS = [b"12", b"3", b"45", b"6", b"", b"7"]


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def test_an_entry_is_bound_to_its_number_and_to_the_one_before() -> None:
    before, number = b"b" * 32, (7).to_bytes(8, "big")
    assert entry_digest(before, 7, b"[]") == sha(before, number, b"[]")
    assert checkpoint_digest(before, b"{}") == sha(before, b"{}")


def test_a_page_is_bound_to_all_that_it_says_and_to_the_rounds_that_it_ends() -> None:
    before = b"b" * 32
    head = b"".join(number.to_bytes(8, "big") for number in (3, 7, 8, 11)) + b'{"1":2}'
    kept = sha(b"2,1,2,1,0,1", *ROUNDS)
    assert PAGE.digest_after(before, ROUNDS) == sha(before, head, b"e" * 32, kept, PAGE.body)


def test_the_entries_of_a_page_are_numbered_from_its_first() -> None:
    assert list(PAGE.entries()) == [(7, b'["a"]'), (8, b'["b"]')]


def test_the_end_of_the_chain_goes_on_with_each_entry_and_each_page() -> None:
    tail = Tail(2, b"p" * 32, {1: 3}, 10, b"d" * 32, {1: 5, 4: 9}, 100, 77)
    followed = tail.follow(11, b"n" * 32, 40, {1: 7})
    assert followed == Tail(2, b"p" * 32, {1: 3}, 11, b"n" * 32, {1: 7, 4: 9}, 140, 77)
    ended = {1: 7, 4: 9}
    assert followed.bind(b"q" * 32, 88) == Tail(3, b"q" * 32, ended, 11, b"n" * 32, ended, 0, 88)
    assert followed.follow(12, b"m" * 32, 1, {}).ended == ended
    assert Tail() == Tail(0, bytes(32), {}, 0, bytes(32), {}, 0, 0)


# --- a ledger -------------------------------------------------------------------------------------


def write(folder: Path, entries: int, pages: int) -> None:
    """So many entries in each page, and as many loose ones behind them; a round ends in each."""
    with closing(Ledger(folder, STATES)) as ledger:
        ledger.page_bytes = 10**9
        night = Night(ledger.books)
        for page in range(pages + 1):
            for _ in range(entries):
                number = night.round.number + 1
                done = Finished(1, number, f"s{number}", f"r{number}", b"bets")
                night.open(number)
                night.void(number, "", done.digest)
                ledger.finished.append(done)
                ledger.commit()
            if page < pages:
                ledger._bind()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Nine rounds in three pages, and three loose ones."""
    write(tmp_path, 3, 3)
    with closing(sqlite3.connect(tmp_path / FILE)) as found:
        yield found


def load(db: sqlite3.Connection) -> Tail:
    return Reader(db, Path("books"), STATES).load()[1]


def test_what_was_written_is_read_to_its_end(db: sqlite3.Connection, tmp_path: Path) -> None:
    tail = load(db)
    assert (tail.page, tail.entry, tail.bound, tail.ended) == (3, 12, {1: 9}, {1: 12})
    (digest,) = db.execute("SELECT digest FROM journal WHERE entry = 12").fetchone()
    assert tail.digest == digest
    sizes = [len(body) for (body,) in db.execute("SELECT body FROM journal")]
    assert (len(sizes), tail.gathered) == (3, sum(sizes))
    (state,) = db.execute("SELECT state FROM checkpoint").fetchone()
    assert tail.checkpoint == len(state)
    with closing(Ledger(tmp_path, STATES)) as ledger:
        assert ledger._tail == tail
    reader = Reader(db, Path("books"), STATES)
    assert [entry for entry, _ in reader.entries()] == list(range(1, 13))
    assert [(page.first, page.last, page.rounds) for page, _ in reader.pages()] == [
        (1, 3, '{"1":3}'),
        (4, 6, '{"1":6}'),
        (7, 9, '{"1":9}'),
    ]
    assert reader.finished_round(1, 5) == Finished(1, 5, "s5", "r5", b"bets")
    assert texts_of_rounds(db, {1: 3}, {1: 5}) == [b"s4", b"r4", b"bets", b"s5", b"r5", b"bets"]


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        ((10, 10), "entry 10 is missing"),
        ((11, 11), "entry 11 is missing"),
        ((10, 11), "entry 10 is missing"),
        ((12, 12), "there is a record of round 12, which was not played"),
        ((10, 12), "there is a record of round 10, which was not played"),
    ],
)
def test_an_entry_that_is_gone_is_missed(
    db: sqlite3.Connection, gap: tuple[int, int], words: str
) -> None:
    db.execute("DELETE FROM journal WHERE entry BETWEEN ? AND ?", gap)
    with pytest.raises(LedgerError, match=f"books is damaged: {words}"):
        load(db)


def test_the_last_entries_are_missed_by_the_witness_alone(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM journal WHERE entry > 10")
    db.execute("DELETE FROM rounds WHERE place > ?", (place_of(1, 10),))
    assert load(db).entry == 10


@pytest.mark.parametrize(("gap", "missing"), [((1, 1), 1), ((2, 2), 2), ((1, 2), 1)])
def test_a_page_that_is_gone_is_missed(
    db: sqlite3.Connection, gap: tuple[int, int], missing: int
) -> None:
    db.execute("DELETE FROM pages WHERE page BETWEEN ? AND ?", gap)
    with pytest.raises(LedgerError, match=f"books is damaged: page {missing} is missing"):
        load(db)


def test_without_its_last_page_the_checkpoint_is_of_nothing(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM pages WHERE page = 3")
    with pytest.raises(LedgerError, match="the checkpoint after page 2 is not as it was written"):
        load(db)


@pytest.mark.parametrize("number", range(1, 13))
def test_a_round_that_is_gone_or_another_is_missed(db: sqlite3.Connection, number: int) -> None:
    words = f"books is damaged: the record of round {number} is not as it was written"
    for change in (
        "UPDATE rounds SET bets = x'00' WHERE place = ?",
        "UPDATE rounds SET record = 'r' || record WHERE place = ?",
        "UPDATE rounds SET place = 77 WHERE place = ?",
        "DELETE FROM rounds WHERE place = ?",
    ):
        db.execute(change, (place_of(1, number),))
        with pytest.raises(LedgerError, match=words):
            load(db)
        db.rollback()
    assert load(db).ended == {1: 12}


def put(db: sqlite3.Connection, *places: int) -> None:
    rows = [(place, "s", "r", b"bets") for place in places]
    db.executemany("INSERT INTO rounds VALUES (?, ?, ?, ?)", rows)


@pytest.mark.parametrize(
    ("place", "number"),
    [
        (place_of(1, 13), 13),
        (place_of(1, LAST_ROUND), LAST_ROUND),
        (place_of(1, 0), 0),
        (place_of(0, 5), 5),
        (place_of(2, 0), 0),
        (place_of(2, 1), 1),
        (-(2**63), 0),
        (2**63 - 1, LAST_ROUND),
    ],
)
def test_a_record_of_a_round_that_was_not_played_is_damage(
    db: sqlite3.Connection, place: int, number: int
) -> None:
    put(db, place)
    words = f"books is damaged: there is a record of round {number}, which was not played"
    with pytest.raises(LedgerError, match=words):
        load(db)


def test_what_lies_between_the_rounds_of_two_tables_was_not_played(db: sqlite3.Connection) -> None:
    reader = Reader(db, Path("books"), STATES)
    put(db, place_of(3, 1), place_of(3, 2))
    reader._check_unplayed({3: 2, 1: 12})
    for place in (place_of(1, 13), place_of(2, 1), place_of(3, 0), place_of(3, 3)):
        db.execute("SAVEPOINT before")
        put(db, place)
        with pytest.raises(LedgerError, match="which was not played"):
            reader._check_unplayed({3: 2, 1: 12})
        db.execute("ROLLBACK TO before")


@pytest.mark.parametrize("entry", [10, 11, 12])
def test_an_entry_that_is_another_is_refused_though_it_could_be(
    db: sqlite3.Connection, entry: int
) -> None:
    db.execute("UPDATE journal SET body = body || ' ' WHERE entry = ?", (entry,))
    with pytest.raises(LedgerError, match=f"entry {entry} is not as it was written"):
        load(db)


def test_deeds_that_cannot_be_are_refused_though_their_hash_is_right(
    db: sqlite3.Connection,
) -> None:
    tail = load(db)
    for body in ('[["play",1,"open",[99]]]', '[["grant",0,77,5]]', '[["steal",1]]', '[["play"]]'):
        digest = entry_digest(tail.digest, 13, body.encode())
        db.execute("INSERT INTO journal VALUES (13, ?, ?)", (body, digest))
        with pytest.raises(LedgerError, match="books is damaged: entry 13 cannot be: "):
            load(db)
        db.rollback()


@pytest.mark.parametrize("page", [1, 2, 3])
@pytest.mark.parametrize("column", ["first", "last", "rounds", "size", "ends", "digest"])
def test_a_page_that_says_something_else_is_refused(
    db: sqlite3.Connection, page: int, column: str
) -> None:
    (value,) = db.execute(f"SELECT {column} FROM pages WHERE page = ?", (page,)).fetchone()
    other: object
    if isinstance(value, str):
        other = '{"1":1,"2":1}' if value == '{"1":3}' else '{"1":1}'
    else:
        other = value - 1 if isinstance(value, int) else bytes([value[0] ^ 1]) + value[1:]
    db.execute(f"UPDATE pages SET {column} = ? WHERE page = ?", (other, page))
    with pytest.raises(LedgerError, match=f"page {page} is (not as it was written|missing)"):
        load(db)


DEEP = "[" * 100_000
TOO_LARGE = '[["settle",1,18446744073709551616,[],"",[]]]'


def body(text: str) -> tuple[bytes, int]:
    return compress(text.encode()), len(text)


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        *(("rounds = ?", (text,)) for text in ("5", "[]", '{"1":[3]}', f'{{"1":{2**64}}}', DEEP)),
        *((f"{column} = ?", (-1,)) for column in ("last", "size")),
        *(("body = ?, size = ?", body(text)) for text in (TOO_LARGE, "[5]", DEEP)),
    ],
)
def test_values_that_were_never_written_by_us_are_damage(
    db: sqlite3.Connection, columns: str, values: tuple[object, ...]
) -> None:
    """Also those that Python, SQLite or the hash would not even take."""
    db.execute(f"UPDATE pages SET {columns} WHERE page = 2", values)
    with pytest.raises(LedgerError, match="books is damaged: "):
        load(db)


# --- what a running house does with it ------------------------------------------------------------


def test_finished_rounds_are_listed_newest_first(tmp_path: Path) -> None:
    write(tmp_path, 3, 1)
    with closing(Ledger(tmp_path, STATES)) as ledger:
        assert ledger.summaries(1, 5, 3) == ["s4", "s3", "s2"]
        assert ledger.summaries(1, 3, 9) == ["s2", "s1"]
        assert ledger.summaries(1, 1, 9) == []
        assert ledger.summaries(1, 2**62, 1) == ["s6"]
        assert ledger.finished_round(1, 6) == Finished(1, 6, "s6", "r6", b"bets")
        assert ledger.finished_round(1, 7) is None
        assert ledger.finished_round(2, 6) is None
        for number in (0, -1, LAST_ROUND + 1 + 6, 2**64 - 1):
            assert ledger.finished_round(1, number) is None
        assert ledger.summaries(2, 9, 9) == []


def test_nothing_new_is_no_entry_and_what_is_written_is_written_once(tmp_path: Path) -> None:
    write(tmp_path, 2, 0)
    with closing(Ledger(tmp_path, STATES)) as ledger:
        before = ledger._tail
        ledger.commit()
        assert ledger._tail is before
        Night(ledger.books).open(3)
        ledger.commit()
        assert (ledger._tail.entry, ledger._tail.ended, ledger.books.journal) == (3, {1: 2}, [])
    with closing(Ledger(tmp_path, STATES)) as ledger:
        assert (ledger._tail.entry, Night(ledger.books).round.number) == (3, 3)
        assert ledger._witness.last == (3, ledger._tail.digest)


@pytest.mark.parametrize("longer", [0, 1, 2])
def test_books_of_another_evening_are_not_those_that_were_committed(
    tmp_path: Path, longer: int
) -> None:
    for name, entries in (("ours", 2), ("other", 2 + longer)):
        folder = tmp_path / name
        folder.mkdir()
        with closing(Ledger(folder, STATES)) as ledger:
            ledger.books.enroll(1, name, "", "")
            ledger.commit()
            for chips in range(1, entries):
                ledger.books.grant(0, 1, chips)
                ledger.commit()
    (tmp_path / "other" / FILE).replace(tmp_path / "ours" / FILE)
    with pytest.raises(LedgerError, match="entry 2 is not the one that was committed"):
        Ledger(tmp_path / "ours", STATES)


@pytest.mark.parametrize(
    ("more", "checkpoint", "full", "bound"),
    [
        (0, 0, False, True),
        (1, 0, False, False),
        (-1, 0, False, True),
        (-1, 1, False, False),
        (-1, 0, True, False),
    ],
)
def test_a_page_is_bound_when_there_is_as_much_as_is_wanted(
    tmp_path: Path, more: int, checkpoint: int, full: bool, bound: bool
) -> None:
    """In bytes more than lie there; and of a checkpoint that is so much larger."""
    write(tmp_path, 2, 0)
    with closing(Ledger(tmp_path, STATES)) as ledger:
        gathered = ledger._tail.gathered
        ledger.page_bytes = gathered + more
        ledger._tail = replace(ledger._tail, checkpoint=checkpoint and gathered + checkpoint)
        ledger.full = full
        ledger.tidy()
        assert ledger._tail.page == bound
        assert len(list(Reader(ledger._db, tmp_path, STATES).journal())) == (0 if bound else 2)


def test_so_much_is_bound_at_once_and_does_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Ledger(tmp_path, STATES)) as ledger:
        ledger.books.enroll(1, "Anna", "", "")
        ledger.commit()
        for deed, one_more in ((("grant", 0, 1, 5), 1), (("grant", 0, 1, 7), 0)):
            size = ledger._tail.gathered + len(as_json([deed])) + one_more
            monkeypatch.setattr(ledger_module, "GATHERED_MOST", size)
            ledger.books.grant(*deed[1:])
            ledger.commit()
            assert ledger._tail.page == 1 - one_more


@pytest.mark.parametrize(
    ("code", "damaged"),
    [
        (sqlite3.SQLITE_CORRUPT, True),
        (sqlite3.SQLITE_NOTADB, True),
        (sqlite3.SQLITE_ERROR, True),
        (sqlite3.SQLITE_IOERR_SHMSIZE, False),
        (sqlite3.SQLITE_CANTOPEN, False),
        (sqlite3.SQLITE_READONLY, False),
        (sqlite3.SQLITE_FULL, False),
        (sqlite3.SQLITE_BUSY, False),
    ],
)
def test_only_what_stands_in_the_file_is_damage(code: int, *, damaged: bool) -> None:
    error = sqlite3.OperationalError("so")
    error.sqlite_errorcode = code
    found = trouble(Path("books"), error, "the pages: ")
    assert isinstance(found, LedgerUnread) is not damaged
    assert str(found) == (
        "books is damaged: the pages: so" if damaged else "books cannot be read: so"
    )


def test_words_that_are_no_text_are_damage() -> None:
    found = trouble(Path("books"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"))
    assert not isinstance(found, LedgerUnread)
