"""The audit against a house that lies, and chains its lies as well as it chains the truth."""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest

from protocol.fair.verdict import RED as STEPS
from protocol.fair.words import Words
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rules import BLACK, RED, returned
from server.books.books import HOUSE, Books, Deed
from server.books.chain import LedgerError, LedgerUnread, Reader, checkpoint_digest, place_of
from server.books.finished import Finished, as_json
from server.books.ledger import FILE, Ledger
from server.games import GAMES, STATES
from server.games.roulette.betting import place
from server.games.roulette.play import Roulette
from server.games.roulette.records import export_round
from server.games.roulette.settings import Rules
from server.host.audit import audit, export, reading
from tests.server.disks import fill
from tests.server.pure import means

ANNA, BERT = 2, 3
SPOTS = {ANNA: RED, BERT: BLACK}
Story = tuple[list[Deed], list[Finished]]
SETTLE = ["settle", "table", "number", "returned", "rest", "digest", "what"]


def evening() -> Story:
    """Three rounds, the second of them void: what is done, and what is kept."""
    books = Books(STATES)
    table_means = means(books)
    for account in (ANNA, BERT):
        books.enroll(account, f"Player {account}", "", "")
        books.grant(HOUSE, account, 100)
    table = Roulette(table_means, Rules(), 0.0)
    table.advance(0.0)
    for number in (1, 2, 3):
        for account, spot in SPOTS.items():
            place(table, account, number, number, [Bet(spot, 10 * number + account)])
        if number == 3:
            table.draw.register(ANNA, bytes(32))
        if number == 2:
            table.void(0.0, number, "spilt wine")
        else:
            table.start_spin(0.0, number)
        table.advance(3.0)
    deeds = books.take_journal()
    assert deeds[-1][:3] == ("play", 1, "open")
    return deeds, table.means.finished


def write(folder: Path, story: Story) -> Path:
    """Put it into the books of a folder, an entry for each deed, with all hashes right."""
    deeds, finished = story
    ahead = list(finished)
    with closing(Ledger(folder, STATES)) as ledger:
        for name, *arguments in deeds:
            if name in ("settle", "give_back"):
                ledger.finished.append(ahead.pop(0))
                arguments[-2] = ledger.finished[-1].digest
            getattr(ledger.books, name)(*arguments)
            ledger.commit()
    return folder


Lie = Callable[[dict[str, Any], dict[str, Any]], None]


def lied(tell: Lie) -> Story:
    """The same evening with the end of round 3 told otherwise, in its deed, its record or both."""
    deeds, finished = evening()
    at = max(place for place, deed in enumerate(deeds) if deed[0] == "settle")
    deed = dict(zip(SETTLE, deeds[at], strict=True))
    deed["pocket"], deed["locked"] = deed.pop("what")
    record = json.loads(finished[-1].record)
    tell(deed, record)
    what = deed.pop("pocket"), deed.pop("locked")
    deeds[at] = (*deed.values(), what)
    finished[-1] = finished[-1]._replace(record=as_json(record))
    return deeds, finished


def other_spin(pocket: int) -> int:
    """A number at which the same colour falls."""
    falls = [returned(spot, 1, pocket) for spot in SPOTS.values()]
    return next(
        other
        for other in range(37)
        if other != pocket and [returned(spot, 1, other) for spot in SPOTS.values()] == falls
    )


def swap_payouts(deed: dict[str, Any], record: dict[str, Any]) -> None:
    deed["returned"] = record["returned"] = deed["returned"][::-1]


def pay_one_chip_more(deed: dict[str, Any], record: dict[str, Any]) -> None:
    deed["returned"] = record["returned"] = [deed["returned"][0] + 1, *deed["returned"][1:]]


def pay_otherwise_than_the_record(deed: dict[str, Any], _: dict[str, Any]) -> None:
    deed["returned"] = deed["returned"][::-1]


def record_other_payouts(_: dict[str, Any], record: dict[str, Any]) -> None:
    record["returned"] = record["returned"][::-1]


def spin_another_number(deed: dict[str, Any], record: dict[str, Any]) -> None:
    deed["pocket"] = record["pocket"] = other_spin(deed["pocket"])


def write_down_another_number(deed: dict[str, Any], _: dict[str, Any]) -> None:
    deed["pocket"] = other_spin(deed["pocket"])


def frozen_otherwise(_: dict[str, Any], record: dict[str, Any]) -> None:
    record["draw"]["freeze"][-1] = bytes(32).hex()


def step_otherwise(_: dict[str, Any], record: dict[str, Any]) -> None:
    record["draw"]["steps"][0][2] = bytes(32).hex()


def use_another_seed(_: dict[str, Any], record: dict[str, Any]) -> None:
    record["draw"]["steps"][0][-2] = bytes(32).hex()


def use_other_links(_: dict[str, Any], record: dict[str, Any]) -> None:
    record["draw"]["links"] = ""


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        (swap_payouts, "round 3 did not pay what its spots pay"),
        (pay_one_chip_more, "round 3 did not pay what its spots pay"),
        (pay_otherwise_than_the_record, "round 3 did not pay what its spots pay"),
        (record_other_payouts, "round 3 did not pay what its spots pay"),
        (spin_another_number, f"round 3: {STEPS['draw']}"),
        (use_another_seed, "round 3: its record tells of other steps"),
        (use_other_links, f"round 3: {STEPS['says']}"),
        (write_down_another_number, "round 3: its record tells of another spin"),
        (frozen_otherwise, "round 3: its record tells of another freeze"),
        (step_otherwise, "round 3: its record tells of other steps"),
    ],
)
def test_a_lie_about_a_round_is_found_where_it_stands(tmp_path: Path, lie: Lie, words: str) -> None:
    deeds, _ = story = lied(lie)
    entry = 1 + max(place for place, deed in enumerate(deeds) if deed[0] == "settle")
    found = audit(write(tmp_path, story))
    assert found.wrong.startswith(f"entry {entry}: {words}")
    assert list(found.lines())[-1] == f"WRONG: {found.wrong}"
    assert (found.entries, found.deeds["settle"], found.deeds["give_back"]) == (entry, 1, 1)


def told_of_both(tell: Callable[[list[Any], list[Any]], None]) -> Story:
    """The same evening with the last event told otherwise, in its deed and its record alike."""
    deeds, finished = evening()
    at = max(place for place, deed in enumerate(deeds) if deed[:3] == ("draw", 1, "drawn"))
    what, record = list(deeds[at][3]), json.loads(finished[-1].record)
    tell(what, record["draw"]["steps"][0])
    deeds[at] = (*deeds[at][:3], what)
    finished[-1] = finished[-1]._replace(record=as_json(record))
    return deeds, finished


DRAWN = ["seed", "links_root", "shown", "done"]


@pytest.mark.parametrize(
    ("field", "step"),
    [("seed", "chain"), ("links_root", "reveals"), ("shown", "reveals"), ("done", "done")],
)
def test_an_event_that_does_not_follow_is_found_though_deed_and_record_agree(
    tmp_path: Path, field: str, step: str
) -> None:
    def tell(what: list[Any], record: list[Any]) -> None:
        at = DRAWN.index(field)
        what[at] = record[(6, 4, 5, 7)[at]] = bytes(32).hex()

    words = f"round 3: {STEPS[step]}"
    assert audit(write(tmp_path, told_of_both(tell))).wrong.endswith(words)


def test_the_first_seed_is_that_of_the_table(tmp_path: Path) -> None:
    deeds, finished = evening()
    (name, *where, _) = deeds[0]
    deeds[0] = (name, *where, bytes(32).hex())
    found = audit(write(tmp_path, (deeds, finished)))
    assert found.wrong.endswith("round 1: its seed is not that of the table")


def test_an_honest_evening_is_right_to_the_chip(tmp_path: Path) -> None:
    deeds, finished = evening()
    found = audit(write(tmp_path, (deeds, finished)))
    assert found.wrong == ""
    wallets = list(found.books.purses[HOUSE].wallets.values())
    assert wallets != [100, 100]
    assert list(found.lines()) == [
        f"{len(deeds)} entries, {len(deeds)} deeds, 2 accounts",
        "2 rounds settled, 1 voided",
        "1 table, 0 of them closed",
        f"chips: 200 made = {sum(wallets)} in wallets + 0 on the tables",
        f"       + {200 - sum(wallets)} in the bank",
        "the books are right",
    ]


def test_the_audit_says_what_still_lies_on_the_table(tmp_path: Path) -> None:
    deeds, finished = evening()
    deeds.append(("stake", 1, ANNA, 9, 7, (4, [(RED, 7)])))
    found = audit(write(tmp_path, (deeds, finished)))
    wallets = sum(found.books.purses[HOUSE].wallets.values())
    assert list(found.lines())[2:5] == [
        "1 table, 0 of them closed",
        f"chips: 200 made = {wallets} in wallets + 7 on the tables",
        f"       + {193 - wallets} in the bank",
    ]


def test_a_checkpoint_that_is_not_what_was_done_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "page_bytes", 1)
    write(tmp_path, evening())
    with closing(Ledger(tmp_path, STATES)) as ledger:
        ledger.tidy()
    assert audit(tmp_path).wrong == ""
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        page, text = db.execute("SELECT page, state FROM checkpoint").fetchone()
        (digest,) = db.execute("SELECT digest FROM pages WHERE page = ?", (page,)).fetchone()
        state = json.loads(text)
        wallets = state["purses"]["0"][2]
        wallets["2"], wallets["3"] = wallets["3"], wallets["2"]
        forged = as_json(state)
        assert forged != text
        signed = checkpoint_digest(digest, forged.encode())
        db.execute("UPDATE checkpoint SET state = ?, digest = ?", (forged, signed))
        db.commit()
    found = audit(tmp_path)
    assert found.wrong == "the checkpoint is not what the entries before it come to"


def test_a_round_that_was_not_played_is_found_and_no_house_starts_on_it(tmp_path: Path) -> None:
    write(tmp_path, evening())
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute("INSERT INTO rounds VALUES (?, '', '', x'')", (place_of(1, 4),))
        db.commit()
    words = "is damaged: there is a record of round 4, which was not played"
    assert audit(tmp_path).wrong.endswith(words)
    with pytest.raises(LedgerError, match=words):
        Ledger(tmp_path, STATES)


def test_a_round_is_exported_with_its_table_and_no_other_is(tmp_path: Path) -> None:
    deeds, finished = evening()
    write(tmp_path, (deeds, finished))
    till = means(Books(STATES)).books.tills[1]
    for number in (1, 3):
        assert export(tmp_path, 1, number) == export_round(till, finished[number - 1])
    with pytest.raises(LedgerError, match="round 2 was called off before anything was drawn"):
        export(tmp_path, 1, 2)
    for number in (0, -1, 4, 2**31 + 1, 2**63 - 1, 2**63):
        with pytest.raises(LedgerError, match=f"there is no finished round {number} in the books"):
            export(tmp_path, 1, number)


def test_a_folder_without_books_is_not_audited_and_gets_none(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there are no books in"):
        audit(tmp_path)
    (tmp_path / FILE).touch()
    with pytest.raises(LedgerError, match="there are no books in"):
        audit(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


def test_a_table_where_nothing_is_drawn_has_nothing_to_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, evening())
    game = GAMES["roulette"]._replace(export=None)
    monkeypatch.setattr("server.host.audit.GAMES", {"roulette": game})
    with pytest.raises(LedgerError, match="nothing is drawn at this table"):
        export(tmp_path, 1, 1)


# --- halves and locks -----------------------------------------------------------------------------


def zeros(zero: str, monkeypatch: pytest.MonkeyPatch) -> Story:
    """Two rounds in which zero falls, with odd stakes on red and black and one on zero."""
    monkeypatch.setattr(Words, "below", lambda *_: 0)
    books = Books(STATES)
    for account in (ANNA, BERT):
        books.enroll(account, f"Player {account}", "", "")
        books.grant(HOUSE, account, 100)
    table = Roulette(means(books), Rules(zero=zero), 0.0)
    table.advance(0.0)
    for number in (1, 2):
        place(table, ANNA, number, number, [Bet(RED, 7), Bet(BLACK, 4)])
        place(table, BERT, number, number, [Bet(0, 1), Bet(RED, 5)])
        table.start_spin(0.0, number)
        table.advance(3.0)
    return books.take_journal(), table.means.finished


LAWS = ("partage", "prison", "prison2")


@pytest.mark.parametrize("zero", LAWS)
def test_an_evening_of_zeros_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zero: str
) -> None:
    found = audit(write(tmp_path, zeros(zero, monkeypatch)))
    assert (found.wrong, found.deeds["settle"]) == ("", 2)
    assert found.books.purses[HOUSE].halves == set()
    laid = {"partage": 0, "prison": 16, "prison2": 32}[zero]
    assert f"+ {laid} on the table" in list(found.lines())[3]


def test_the_audit_says_how_many_halves_the_bank_owes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeds, finished = zeros("partage", monkeypatch)
    at = next(place for place, deed in enumerate(deeds) if deed[0] == "settle") + 1
    found = audit(write(tmp_path, (deeds[:at], finished[:1])))
    assert found.wrong == ""
    assert list(found.lines())[4].endswith("in the bank, of which it owes 2 halves")


def tell_of_no_lock(deed: dict[str, Any]) -> None:
    deed["rest"] = [[who, 0, half] for who, _, half in deed["rest"]]
    deed["locked"] = []


def keep_a_half(deed: dict[str, Any]) -> None:
    deed["rest"] = []


def give_a_half(deed: dict[str, Any]) -> None:
    deed["rest"] = [[who, kept, 1] for who, kept, _ in deed["rest"]]


def lock_elsewhere(deed: dict[str, Any]) -> None:
    deed["locked"] = [[who, spot + 6, chips] for who, spot, chips in deed["locked"]]


def pay_the_carried_chip_early(deed: dict[str, Any]) -> None:
    deed["returned"] = [each + 1 for each in deed["returned"]]


@pytest.mark.parametrize(
    ("zero", "lie", "words"),
    [
        ("partage", keep_a_half, "did not keep what zero locked or halved"),
        ("partage", pay_the_carried_chip_early, "did not pay what its spots pay"),
        ("prison", give_a_half, "did not keep what zero locked or halved"),
        ("prison", tell_of_no_lock, "did not keep what zero locked or halved"),
        ("prison", lock_elsewhere, "did not keep what zero locked or halved"),
    ],
)
def test_a_lie_about_halves_and_locks_is_found(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    zero: str,
    lie: Callable[[dict[str, Any]], None],
    words: str,
) -> None:
    deeds, finished = zeros(zero, monkeypatch)
    at = next(place for place, deed in enumerate(deeds) if deed[0] == "settle")
    deed = dict(zip(SETTLE, deeds[at], strict=True))
    pocket, deed["locked"] = deed.pop("what")
    lie(deed)
    locked = deed.pop("locked")
    story = [*deeds[:at], (*deed.values(), [pocket, locked])], finished[:1]
    assert audit(write(tmp_path, story)).wrong.endswith(f"round 1 {words}")


def test_a_record_that_tells_of_other_rules_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeds, finished = zeros("partage", monkeypatch)
    record = json.loads(finished[-1].record) | {"rules": "prison"}
    finished[-1] = finished[-1]._replace(record=as_json(record))
    found = audit(write(tmp_path, (deeds, finished)))
    assert "round 2" in found.wrong


# --- where nothing can be written -----------------------------------------------------------------


def shut(disk: Path, how: str) -> None:
    """Let nothing more be written there."""
    if how == "full":
        fill(disk / "filler", 512)
    else:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


@pytest.mark.parametrize("how", ["full", "read-only"])
def test_books_are_right_though_nothing_can_be_written_beside_them(
    small_disk: Path, how: str
) -> None:
    _, finished = story = evening()
    write(small_disk, story)
    till = means(Books(STATES)).books.tills[1]
    before = {each.name for each in small_disk.iterdir()}
    assert before == {"ballast", FILE, "witness"}
    shut(small_disk, how)
    found = audit(small_disk)
    assert (found.wrong, found.deeds["settle"]) == ("", 2)
    assert export(small_disk, 1, 1) == export_round(till, finished[0])
    assert how == "full" or {each.name for each in small_disk.iterdir()} == before


def test_damage_is_found_where_nothing_can_be_written_too(small_disk: Path) -> None:
    write(small_disk, evening())
    path = small_disk / FILE
    path.write_bytes(path.read_bytes().replace(b'"Player 2"', b'"Player 9"'))
    shut(small_disk, "read-only")
    assert "is not as it was written" in audit(small_disk).wrong


@pytest.mark.parametrize("how", ["full", "read-only"])
def test_what_is_in_the_write_ahead_log_only_is_never_left_out(small_disk: Path, how: str) -> None:
    """As after a kill: the file alone would be right, and tell of less."""
    deeds, finished = evening()
    origin = small_disk / "origin"
    origin.mkdir()
    write(origin, (deeds, finished))
    with closing(Ledger(origin, STATES)) as ledger:
        ledger.books.stake(1, ANNA, 9, 7, [4, [(RED, 7)]])
        ledger.commit()
        killed = Path(shutil.copytree(origin, small_disk / "killed"))
    (killed / f"{FILE}-shm").unlink()
    shut(small_disk, how)
    with pytest.raises(LedgerUnread, match=f"^{killed / FILE} cannot be read: "):
        audit(killed)


def test_books_that_change_while_they_are_read_alone_are_read_once_more(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(small_disk, evening())

    def nothing_opens(path: Path) -> sqlite3.Connection:
        raise LedgerUnread(f"{path} cannot be read: so")

    monkeypatch.setattr("server.host.audit.connect", nothing_opens)
    with reading(small_disk) as reader:
        reader.load()
    with (
        pytest.raises(LedgerUnread, match="has changed while it was read"),
        reading(small_disk),
    ):
        os.utime(small_disk / FILE, ns=(1, 1))

    def spoilt(_: Reader) -> NoReturn:
        (small_disk / FILE).touch()
        raise LedgerError("is damaged")

    monkeypatch.setattr(Reader, "load", spoilt)
    with pytest.raises(LedgerUnread, match="has changed while it was read"):
        audit(small_disk)


def test_the_ledger_of_a_house_that_runs_is_read_with_its_write_ahead_log(tmp_path: Path) -> None:
    deeds, finished = evening()
    write(tmp_path, (deeds, finished))
    with closing(Ledger(tmp_path, STATES)) as ledger:
        ledger.books.stake(1, ANNA, 9, 7, [4, [(RED, 7)]])
        ledger.commit()
        assert audit(tmp_path).entries == len(deeds) + 1
