"""The statistics of the last numbers, counted by hand."""

import pytest

from client.games.roulette.numbers import SECTORS, SHOWN, TELLING, Numbers
from protocol.games.roulette.rules import DOUBLE, POCKETS, RED

FEW = Numbers((7, 0, 7, 36, 7, 0))


def test_few_numbers_are_counted() -> None:
    assert FEW.spins == 6
    assert [(pocket, n) for pocket, n in enumerate(FEW.counts) if n] == [(0, 2), (7, 3), (36, 1)]
    assert [(pocket, n) for pocket, n in enumerate(FEW.ago) if n is not None] == [
        (0, 1),
        (7, 0),
        (36, 3),
    ]
    assert len(FEW.counts) == len(FEW.ago) == len(POCKETS)
    assert (FEW.of((0, 36, 5)), FEW.on(RED), FEW.on(7)) == (3, 4, 3)
    assert FEW.expected(18) == pytest.approx(6 * 18 / 37)


def test_the_latest_are_no_more_than_there_are() -> None:
    assert FEW.latest(2) == Numbers((7, 0))
    assert FEW.latest(6) is FEW
    assert FEW.latest(7) is FEW
    assert FEW.latest(0) == Numbers()


def test_heat_is_between_the_coldest_and_the_hottest() -> None:
    mean = 6 / 37
    assert FEW.heat(7) == 1.0
    assert FEW.heat(0) == pytest.approx((2 - mean) / (3 - mean))
    assert FEW.heat(5) == -1.0
    one_each = Numbers(tuple(POCKETS))
    assert {one_each.heat(pocket) for pocket in POCKETS} == {0.0}
    but_one = Numbers((*POCKETS, *POCKETS, 3))
    assert but_one.heat(3) == 1.0
    assert but_one.heat(4) == -1.0


def test_the_hottest_come_first_and_the_coldest_first() -> None:
    fell = [pocket for pocket in POCKETS for _ in range(pocket % 7 + 1)]
    numbers = Numbers(tuple(fell))
    assert numbers.hot == (6, 13, 20, 27, 34, 5)
    assert numbers.cold == (0, 7, 14, 21, 28, 35)
    tied = Numbers((*POCKETS, 30, 30, 2, 9))
    assert tied.hot == (30, 2, 9, 0, 1, 3)
    assert tied.cold == (31, 32, 33, 34, 35, 36)
    mixed = Numbers(tuple(pocket for pocket in POCKETS for _ in range(40 - pocket)))
    assert mixed.cold == (36, 35, 34, 33, 32, 31)
    assert len(numbers.hot) == SHOWN == 6


def test_of_too_few_none_is_hot_or_cold() -> None:
    assert TELLING == 37
    early = Numbers((1,) * (TELLING - 1))
    assert (early.hot, early.cold) == ((), ())
    told = Numbers((1,) * TELLING)
    assert (told.hot, told.cold) == ((1, 0, 2, 3, 4, 5), (31, 32, 33, 34, 35, 36))


def test_three_sectors_make_up_the_wheel() -> None:
    wheel = [pocket for name in ("voisins", "orphelins", "tiers") for pocket in SECTORS[name]]
    assert sorted(wheel) == [*POCKETS]
    assert SECTORS["zero"] < SECTORS["voisins"]


def test_a_wheel_with_two_zeros_has_38_numbers() -> None:
    two = Numbers((37, 0, 37, 5), DOUBLE)
    assert len(two.counts) == len(two.ago) == 38
    assert (two.counts[37], two.ago[37], two.ago[36]) == (2, 0, None)
    assert two.of((0, 37)) == 3
    assert two.on(163) == 3
    assert two.expected(19) == 2.0
    assert two.latest(1) == Numbers((37,), DOUBLE)
    often = Numbers((37,) * 40, DOUBLE)
    assert often.hot[0] == 37
    assert often.heat(37) == 1.0
    assert Numbers((37,)).of((37,)) == 1  # (A house that lies is counted all the same.)
