"""One's own rounds are kept on this computer, and found again."""

import stat
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from client import diary
from client.diary import Diary
from client.games.roulette.night.entries import OWN_ROUNDS
from client.games.roulette.night.recall import night_of
from client.games.roulette.requests import place
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.records import OwnRoundEntry
from tests.client.fake_table import FakeTable
from tests.client.things import Things
from tests.client.wire import Wire, seated

TABLE, ME = bytes(range(16)), 7


def entry(number: int, net: int = 5) -> OwnRoundEntry:
    bets = (Payout(17, 5, 0), Payout(153, 10, 20))
    return OwnRoundEntry(number, RoundState.SETTLED, 3, 1_700_000_000_000 + number, net, bets)


def newest_first(*numbers: int) -> tuple[OwnRoundEntry, ...]:
    return tuple(entry(number) for number in sorted(numbers, reverse=True))


def opened(folder: Path, table: bytes, account: int) -> Diary:
    return Diary(folder, table, account, OWN_ROUNDS)


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_is_kept_is_found_again_in_order(tmp_path: Path) -> None:
    book = opened(tmp_path, TABLE, ME)
    assert book.read() == ()
    book.keep(newest_first(2, 1))
    book.keep(newest_first(3, 2, 1))
    assert opened(tmp_path, TABLE, ME).read() == newest_first(1, 2, 3)
    assert len(only_file(tmp_path).read_text("utf-8").splitlines()) == 3


def test_every_table_and_every_name_has_its_own(tmp_path: Path) -> None:
    opened(tmp_path, TABLE, ME).keep(newest_first(1))
    assert opened(tmp_path, TABLE, ME + 1).read() == ()
    assert opened(tmp_path, bytes(16), ME).read() == ()


def test_what_the_table_says_later_counts(tmp_path: Path) -> None:
    book = opened(tmp_path, TABLE, ME)
    book.keep((entry(1, 5),))
    book.keep((entry(1, 7),))
    assert opened(tmp_path, TABLE, ME).read() == (entry(1, 7),)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    opened(tmp_path / "new", TABLE, ME).keep(newest_first(1))
    assert stat.S_IMODE(only_file(tmp_path / "new").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "line",
    [
        "", "half a li", "[]", "{}", "null", "[1,2,3]", "[" * 5000, '[1,3,3,1,"x",[]]',
        "[0,3,3,1,5,[]]", "[9,9,3,1,5,[]]", "[9,3,38,1,5,[]]", "[9,3,3,-1,5,[]]",
        "[9,3,3,1,5,[[176,5,5,0]]]", "[9,3,3,1,5,[[-1,5,5,0]]]", "[9,3,3,1,5,[[1,5,-1,0]]]",
        "[9,3,3,1,5,[[1,-5,5,0]]]", "[9,3,3,1,5,[[1,5]]]", "[9,3,3,1,5,[[1,5,5,4]]]",
        "[9,3,3,1,5,[7]]", "[9,3,3,1,5," + "1" * 5000 + "]",
    ],
)  # fmt: skip
def test_a_line_that_is_none_is_passed_over(line: str, tmp_path: Path) -> None:
    opened(tmp_path, TABLE, ME).keep(newest_first(1))
    file = only_file(tmp_path)
    file.write_text(line + "\n" + file.read_text("utf-8"), "utf-8")
    assert opened(tmp_path, TABLE, ME).read() == newest_first(1)


def test_a_file_that_is_none_is_no_harm(tmp_path: Path) -> None:
    book = opened(tmp_path / "file", TABLE, ME)
    (tmp_path / "file").write_bytes(b"\xff")
    assert book.read() == ()
    book.keep(newest_first(1))
    opened(tmp_path, TABLE, ME).keep(newest_first(1))
    next(tmp_path.glob("rounds-*")).write_bytes(b"\xff\xfe")
    assert opened(tmp_path, TABLE, ME).read() == ()


def test_a_file_that_has_grown_too_large_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diary, "MOST_BYTES", 300)
    monkeypatch.setattr(diary, "ROUNDS_KEPT", 8)
    book = opened(tmp_path, TABLE, ME)
    for number in range(1, 30):
        book.keep(newest_first(number))
    assert opened(tmp_path, TABLE, ME).read() == newest_first(*range(22, 30))
    assert len(only_file(tmp_path).read_text("utf-8").splitlines()) == 8


def test_it_is_begun_anew_only_beyond_its_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diary, "ROUNDS_KEPT", 1)
    book = opened(tmp_path, TABLE, ME)
    book.keep(newest_first(1))
    monkeypatch.setattr(diary, "MOST_BYTES", only_file(tmp_path).stat().st_size)
    book.keep(newest_first(2))
    assert len(only_file(tmp_path).read_bytes().splitlines()) == 2
    book.keep(newest_first(3))
    assert len(only_file(tmp_path).read_bytes().splitlines()) == 1
    assert opened(tmp_path, TABLE, ME).read() == newest_first(3)


def test_of_the_many_that_are_there_the_last_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path, TABLE, ME).keep(newest_first(3, 1, 2))
    monkeypatch.setattr(diary, "ROUNDS_KEPT", 2)
    book = opened(tmp_path, TABLE, ME)
    assert book.read() == newest_first(3, 2)
    book.keep(newest_first(3, 2))  # They are known: nothing is written.
    assert len(only_file(tmp_path).read_bytes().splitlines()) == 3


def test_where_nothing_is_new_nothing_is_written(tmp_path: Path) -> None:
    book = opened(tmp_path / "new", TABLE, ME)
    book.keep(())
    assert not (tmp_path / "new").exists()


def test_what_somebody_has_deleted_stays_deleted(tmp_path: Path) -> None:
    book = opened(tmp_path, TABLE, ME)
    book.keep(newest_first(1))
    only_file(tmp_path).unlink()
    book.keep(newest_first(2))
    assert opened(tmp_path, TABLE, ME).read() == newest_first(2)


def test_a_line_says_a_round_in_numbers(tmp_path: Path) -> None:
    """What older files hold has to be read for as long as there are any."""
    folder = tmp_path / "a" / "b"
    opened(folder, TABLE, ME).keep([entry(1)])
    file = only_file(folder)
    assert file.name == "rounds-0001020304050607-7.jsonl"
    said = "[1, 3, 3, 1700000000001, 5, [[17, 5, 0, 0], [153, 10, 20, 0]]]"
    assert file.read_text("utf-8").splitlines() == [said]
    assert opened(folder, TABLE, ME).read() == (entry(1),)


def test_of_two_windows_neither_writes_over_the_other(tmp_path: Path) -> None:
    one, other = opened(tmp_path, TABLE, ME), opened(tmp_path, TABLE, ME)
    one.keep(newest_first(1))
    other.keep(newest_first(2))
    one.keep(newest_first(3))
    assert opened(tmp_path, TABLE, ME).read() == newest_first(1, 2, 3)


def test_a_round_of_no_known_time_is_kept_as_well(tmp_path: Path) -> None:
    timeless = replace(entry(1), at=0, state=RoundState.VOID, pocket=36, payouts=(Payout(0, 0, 0),))
    opened(tmp_path, TABLE, ME).keep([timeless])
    assert opened(tmp_path, TABLE, ME).read() == (timeless,)


def play(wire: Wire, table: FakeTable) -> None:
    wire.dialogue.want(place(wire.state, {17: 25}), wire.now)
    wire.run()
    table.close()
    wire.run()
    table.settle()
    wire.run()


def test_a_night_is_whole_though_the_window_was_closed(tmp_path: Path) -> None:
    """And though the table has forgotten."""
    table, things = FakeTable(), Things(diary=partial(Diary, tmp_path))
    wire, _ = seated(table, "Ann", things)
    for _ in range(3):
        play(wire, table)
    before = night_of(wire.state)
    assert [each.round for each in before.rounds] == [1, 2, 3]
    wire.cut()

    table.last_results.clear()
    again, _ = seated(table, "Ann", things)
    assert [each.round for each in night_of(again.state).rounds] == [1, 2, 3]
    play(again, table)
    night = night_of(again.state)
    assert [each.round for each in night.rounds] == [1, 2, 3, 4]
    assert night.net == again.state.balance - 500
    wire, _ = seated(table, "Bob", things)
    assert night_of(wire.state).rounds == ()


def test_the_double_zero_is_a_number_and_nothing_is_above_it(tmp_path: Path) -> None:
    highest, above = replace(entry(1), pocket=37), replace(entry(2), pocket=38)
    opened(tmp_path, TABLE, ME).keep([highest, above])
    assert opened(tmp_path, TABLE, ME).read() == (highest,)
