"""How much of the log each address may fill: to the byte, and what is said of the rest."""

import pytest

from server.log.shares import ALL_A_SECOND, ALL_AT_ONCE, HEAD_BYTES, NAMED, Shares

NOW = 1_000_000.0
LINE = "é" * 22 + "y" * 74
"""With time and end, 128 bytes."""


def shares() -> Shares:
    """Eight such lines at once, and four a second."""
    return Shares(1024, 512)


def fits(shares: Shares, address: str = "10.0.0.1", now: float = NOW, tries: int = 1000) -> int:
    """How many such lines there is room for."""
    return sum(bool(shares.fit(address, now, LINE)) for _ in range(tries))


def test_so_much_fits_at_once_and_so_much_a_second() -> None:
    assert len(LINE.encode()) + HEAD_BYTES == 128
    mine = shares()
    assert fits(mine) == 8
    assert fits(mine, now=NOW + 1) == 4
    assert fits(mine, now=NOW + 1.375) == 2, "the second has room for its beginning"
    assert fits(mine, now=NOW + 3600) == 8


def test_a_line_that_has_room_for_its_beginning_is_whole_and_its_end_is_owed() -> None:
    mine = shares()
    long = "x" * (2048 - HEAD_BYTES)
    assert mine.fit("10.0.0.1", NOW, "%s", long) == long
    assert fits(mine, now=NOW + 2) == 0
    assert fits(mine, now=NOW + 2.125) == 1


def test_a_line_is_put_together_only_if_there_is_room_for_it() -> None:
    class Word:
        asked = 0

        def __str__(self) -> str:
            self.asked += 1
            return LINE

    word, mine = Word(), shares()
    said = [mine.fit("10.0.0.1", NOW, "< %s", word) for _ in range(20)]
    assert said == [f"< {LINE}"] * 8 + [""] * 12
    assert word.asked == 8


def test_letters_that_are_none_count_as_they_are_written() -> None:
    mine = Shares(16, 1)
    assert mine.fit("10.0.0.1", NOW, "\udcff")
    assert not mine.fit("10.0.0.1", NOW, "x")
    assert HEAD_BYTES + len("\\udcff") == 16


def test_each_address_has_its_own_and_all_of_them_have_a_bound() -> None:
    mine = shares()
    addresses = [f"10.0.0.{number}" for number in range(40)]
    assert [fits(mine, each, tries=9) for each in addresses[:17]] == [8] * 16 + [0]
    assert ALL_AT_ONCE == 16
    later = NOW + 1
    assert sum(fits(mine, each, later, tries=9) for each in addresses) == 4 * ALL_A_SECOND == 16
    long_after = NOW + 100
    assert sum(fits(mine, each, long_after, tries=9) for each in addresses) == 8 * ALL_AT_ONCE


def test_who_has_the_whole_share_again_is_forgotten_and_who_has_not_is_not() -> None:
    mine = shares()
    for number in range(100):
        fits(mine, f"10.0.0.{number}", NOW + number, tries=5)
    assert [*mine._used] == ["10.0.0.98", "10.0.0.99"]
    fits(mine, "10.0.0.98", NOW + 99.5, tries=1)
    assert [*mine._used] == ["10.0.0.99", "10.0.0.98"]
    fits(mine, "10.0.0.7", NOW + 100, tries=1)
    assert [*mine._used] == ["10.0.0.99", "10.0.0.98", "10.0.0.7"]
    fits(mine, "10.0.0.7", NOW + 100.25, tries=1)
    assert [*mine._used] == ["10.0.0.7"]


def test_who_writes_nothing_is_not_noted() -> None:
    mine = shares()
    for number in range(1000):
        fits(mine, f"10.0.{number}.1", tries=9)
    assert (len(mine._used), len(mine._of)) == (ALL_AT_ONCE, NAMED + 1)


def test_what_was_left_out_is_told_once() -> None:
    mine = shares()
    fits(mine, tries=8)
    assert mine.left_out() == ""
    fits(mine, tries=1)
    assert mine.left_out() == "1 line of 10.0.0.1 was left out"
    assert mine.left_out() == ""
    fits(mine, "10.0.0.2", tries=100)
    assert mine.left_out() == "92 lines of 10.0.0.2 were left out"


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (2, "2 lines of 10.0.0.0, 10.0.0.1 were left out"),
        (3, "3 lines of 10.0.0.0, 10.0.0.1, 10.0.0.2 were left out"),
        (4, "4 lines of 10.0.0.0, 10.0.0.1, 10.0.0.2 and others were left out"),
        (9, "9 lines of 10.0.0.0, 10.0.0.1, 10.0.0.2 and others were left out"),
    ],
)
def test_whose_lines_they_were_is_told_of_the_first(people: int, words: str) -> None:
    mine = shares()
    for number in range(people):
        fits(mine, f"10.0.0.{number}", tries=9)
    assert mine.left_out() == words
