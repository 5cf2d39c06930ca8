"""What a zero does to even chances, and what it costs: over all numbers, as fractions."""

from fractions import Fraction

import pytest

from protocol.games.roulette.lists import End, WheelKind, Zero
from protocol.games.roulette.rules import (
    BLACK,
    CHANCES,
    DOUBLE,
    DOUBLE_ZERO,
    LOCK,
    RED,
    SINGLE,
    SPOT_OF,
    SPOTS,
)
from protocol.games.roulette.zero import (
    GAME_OF,
    LAWFUL,
    TOKENS,
    WHEEL_OF,
    WHEELS,
    ZERO_OF,
    Law,
    edge,
    halves,
    in_halves,
    locks,
    payout,
)

ONE, TWO = WheelKind.SINGLE, WheelKind.DOUBLE
TOP_LINE = 163


@pytest.mark.parametrize(
    ("law", "spot", "lost"),
    [
        (Law(ONE), RED, Fraction(1, 37)),
        (Law(ONE), 17, Fraction(1, 37)),
        (Law(ONE, Zero.PARTAGE), RED, Fraction(1, 74)),
        (Law(ONE, Zero.PARTAGE), 17, Fraction(1, 37)),
        (Law(ONE, Zero.PRISON), RED, Fraction(19, 1369)),
        (Law(ONE, Zero.PRISON2), RED, Fraction(1, 74)),
        (Law(ONE, Zero.PRISON), SPOT_OF[0, 1], Fraction(1, 37)),
        (Law(TWO), RED, Fraction(2, 38)),
        (Law(TWO), 157, Fraction(2, 38)),
        (Law(TWO), TOP_LINE, Fraction(3, 38)),
        (Law(TWO, Zero.SURRENDER), RED, Fraction(1, 38)),
        (Law(TWO, Zero.SURRENDER), TOP_LINE, Fraction(3, 38)),
    ],
)
def test_a_table_keeps_so_much_of_a_stake(law: Law, spot: int, lost: Fraction) -> None:
    assert edge(law, spot) == lost


def test_the_edges_of_the_prisons_are_those_of_the_books() -> None:
    edges = [
        round(float(edge(Law(ONE, zero), RED)) * 100, 4) for zero in (Zero.PRISON, Zero.PRISON2)
    ]
    assert edges == [1.3879, 1.3514]


def test_a_thousand_zeros_in_a_row_leave_a_stake_locked_or_take_it() -> None:
    """`edge` counts a stake that stays as it is as if the spin had not been: here spin by spin."""
    for zero in (Zero.PRISON, Zero.PRISON2):
        worth, chance, lies = Fraction(0), Fraction(1), {RED: Fraction(1)}
        for _ in range(40):
            following: dict[int, Fraction] = {}
            for spot, share in lies.items():
                for pocket in SINGLE.pockets:
                    back, _ = payout(zero, spot, 1, pocket)
                    worth += share * back / 37
                    moves = locks(zero, pocket).get(spot)
                    if moves is not None:
                        following[moves] = following.get(moves, Fraction(0)) + share / 37
            lies = following
        assert chance - worth == pytest.approx(edge(Law(ONE, zero), RED), abs=1e-12)


def test_only_a_zero_does_anything_and_only_to_even_chances() -> None:
    for zero in Zero:
        for pocket in range(1, 37):
            assert not locks(zero, pocket)
            assert not halves(zero, pocket)
        for pocket in (0, DOUBLE_ZERO):
            touched = {*locks(zero, pocket)} | halves(zero, pocket)
            wanted = {*LOCK} if zero is Zero.PRISON2 else {*CHANCES}
            assert touched == (set() if zero is Zero.NOTHING else wanted)


@pytest.mark.parametrize(
    ("zero", "spot", "pocket", "back", "end"),
    [
        (Zero.NOTHING, RED, 0, 0, End.PAID),
        (Zero.NOTHING, RED, 1, 14, End.PAID),
        (Zero.PARTAGE, RED, 0, 3, End.HALVED),
        (Zero.PARTAGE, RED, 2, 0, End.PAID),
        (Zero.PARTAGE, 0, 0, 7 * 36, End.PAID),
        (Zero.SURRENDER, RED, DOUBLE_ZERO, 3, End.HALVED),
        (Zero.SURRENDER, 157, DOUBLE_ZERO, 7 * 36, End.PAID),
        (Zero.PRISON, RED, 0, 0, End.LOCKED),
        (Zero.PRISON, LOCK[RED], 0, 0, End.PAID),
        (Zero.PRISON, LOCK[RED], 1, 7, End.PAID),
        (Zero.PRISON2, LOCK[BLACK], 0, 0, End.LOCKED),
        (Zero.PRISON2, LOCK[LOCK[BLACK]], 0, 0, End.LOCKED),
        (Zero.PRISON2, LOCK[LOCK[BLACK]], 1, 0, End.PAID),
        (Zero.PRISON2, LOCK[LOCK[BLACK]], 2, 7, End.PAID),
        (Zero.PARTAGE, LOCK[RED], 0, 0, End.PAID),
        (Zero.NOTHING, TOP_LINE, 2, 49, End.PAID),
    ],
)
def test_a_stake_of_seven_ends_so(zero: Zero, spot: int, pocket: int, back: int, end: End) -> None:
    assert payout(zero, spot, 7, pocket) == (back, end)
    halved = end is End.HALVED
    assert in_halves(zero, spot, 7, pocket) == (7 if halved else 2 * back)


def test_the_rules_have_one_name_each() -> None:
    assert WHEELS == {ONE: SINGLE, TWO: DOUBLE}
    assert LAWFUL[ONE] == {Zero.NOTHING, Zero.PARTAGE, Zero.PRISON, Zero.PRISON2}
    assert LAWFUL[TWO] == {Zero.NOTHING, Zero.SURRENDER}
    words = {token: zero.name.lower() for token, zero in ZERO_OF.items()}
    assert words == {"": "nothing", **{name: name for name in [*words][1:]}}
    assert [TOKENS[zero] for zero in Zero] == ["", "partage", "prison", "prison2", "surrender"]
    assert GAME_OF == {ONE: "roulette", TWO: "roulette00"}
    assert WHEEL_OF == {"roulette": ONE, "roulette00": TWO}
    assert Law() == (ONE, Zero.NOTHING)
    assert len(SPOTS) == 176
