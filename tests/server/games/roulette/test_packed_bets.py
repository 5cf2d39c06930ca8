"""The bets of a finished round: any part of them is what it was, and is found alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.books.compressed import expand
from server.games.roulette import packed_bets
from server.games.roulette.packed_bets import PART, Bet, pack, rows_after, rows_of, unpack

ACCOUNTS = st.integers(1, 40) | st.integers(2**63, 2**64 - 1)
BETS = st.dictionaries(
    st.tuples(ACCOUNTS, st.integers(0, 156)), st.integers(1, 2**64 - 1), max_size=60
).map(lambda table: sorted((*where, chips) for where, chips in table.items()))


@given(BETS, ACCOUNTS, st.integers(0, 255), st.integers(1, 7))
def test_any_part_is_what_was_packed(bets: list[Bet], account: int, spot: int, part: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed_bets, "PART", part)
        packed = pack(bets)
    assert unpack(packed) == bets
    assert list(rows_after(packed, account, spot)) == [
        bet for bet in bets if bet[:2] > (account, spot)
    ]
    assert list(rows_of(packed, account)) == [bet for bet in bets if bet[0] == account]


def test_the_smallest_bet_on_the_first_spot_is_there() -> None:
    bets = [(5, 0, 1), (5, 1, 1), (6, 0, 1)]
    packed = pack(bets)
    assert unpack(packed) == bets
    assert list(rows_of(packed, 5)) == bets[:2]
    assert list(rows_of(packed, 6)) == bets[2:]
    assert list(rows_after(packed, 5, 0)) == bets[1:]
    assert list(rows_after(packed, 0, 0)) == bets


def test_a_part_is_found_without_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    expanded: list[int] = []

    def counted(part: bytes, size: int) -> bytes:
        expanded.append(size)
        return expand(part, size)

    monkeypatch.setattr("server.games.roulette.packed_bets.expand", counted)
    bets = [(account, spot, 5) for account in range(2, 202) for spot in range(157)]
    packed = pack(bets)
    assert len(list(rows_of(packed, 150))) == 157
    page = rows_after(packed, 150, 0)
    assert [next(page) for _ in range(PART)] == bets[148 * 157 + 1 :][:PART]
    assert len(expanded) <= 4
    assert len(packed) < 3 * len(bets)


def test_what_was_not_packed_is_refused_without_much_memory() -> None:
    packed = pack([(7, 3, 5), (8, 3, 5)])
    for damaged in (
        b"",
        packed[:-1],
        packed[:10],
        b"\xff" * 4 + packed[4:],
        packed[:14] + b"\xff" + packed[15:],
    ):
        with pytest.raises(ValueError, match=r"damaged|not the"):
            unpack(damaged)
