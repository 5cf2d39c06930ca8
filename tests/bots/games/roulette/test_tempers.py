"""What each kind of player lays."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.games.roulette.tempers import ROUND_SUMS, TEMPERS, Habit, allowed, martingale, unit
from protocol.games.roulette.fields import SpotLimit
from protocol.games.roulette.rules import DOUBLE, SINGLE, Group, Wheel


@pytest.mark.parametrize("style", TEMPERS)
@given(seed=st.integers(), purse=st.integers(1, 100_000), net=st.none() | st.integers(-99, 99))
@pytest.mark.parametrize("wheel", [SINGLE, DOUBLE], ids=["one zero", "two zeros"])
def test_every_temper_lays_chips_on_the_spots_of_the_table(
    wheel: Wheel, style: str, seed: int, purse: int, net: int
) -> None:
    habit, chance = Habit(purse, wheel), Random(seed)
    for _ in range(4):
        laid = TEMPERS[style].lay(habit, chance)
        assert laid
        assert all(spot in wheel.spots and chips > 0 for spot, chips in laid.items())
        habit.last, habit.net = laid, net


@pytest.mark.parametrize("style", TEMPERS)
def test_the_same_seed_plays_the_same_night(style: str) -> None:
    nights = []
    for _ in range(2):
        habit, chance = Habit(500), Random("seed")
        nights.append([TEMPERS[style].lay(habit, chance) for _ in range(20)])
    assert nights[0] == nights[1]


def test_martingale_doubles_after_a_loss_and_not_after_a_win() -> None:
    habit = Habit(500)
    laid = martingale(habit, Random(1))
    stakes: list[int] = []
    for net in (-5, -10, 20):
        habit.last, habit.net = laid, net
        laid = martingale(habit, Random(1))
        stakes += laid.values()
    assert stakes == [10, 20, 5]


@given(
    st.dictionaries(st.integers(0, 156), st.integers(1, 900), max_size=12),
    st.integers(0, 2000),
    st.integers(0, 50),
    st.integers(0, 300),
    st.integers(0, 1500),
)
def test_nobody_lays_what_the_purse_or_the_plaque_forbid(
    wanted: dict[int, int], balance: int, least: int, most: int, table_most: int
) -> None:
    plaque = {group: SpotLimit(group, least, max(most, least)) for group in Group}
    laid = allowed(wanted, balance, plaque, table_most)
    assert sum(laid.values()) <= balance
    assert not table_most or sum(laid.values()) <= table_most
    assert all(chips >= max(least, 1) for chips in laid.values())
    assert all(chips <= most or chips == least or not most for chips in laid.values())


@given(st.integers(0, 10**6), st.floats(0.001, 0.2))
def test_sums_are_round(purse: int, share: float) -> None:
    assert unit(purse, share) in ROUND_SUMS


@pytest.mark.parametrize("style", ["racetrack", "lucky", "spender", "chatter"])
def test_who_sits_at_two_zeros_finds_the_second_one(style: str) -> None:
    habit = Habit(500, DOUBLE)
    found: set[int] = set()
    for seed in range(300):
        habit.loved = ()
        found |= TEMPERS[style].lay(habit, Random(seed)).keys()
    assert 157 in found
