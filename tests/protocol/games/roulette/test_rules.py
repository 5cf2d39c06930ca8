from collections import Counter
from fractions import Fraction

import pytest

from protocol.games.roulette import rules as roulette
from protocol.games.roulette.rules import (
    ANNOUNCED,
    CHANCES,
    DOUBLE,
    LOCK,
    LOCKED,
    POCKETS,
    SINGLE,
    SPOT_OF,
    SPOTS,
    WHEEL,
    Colour,
    Group,
    Wheel,
)

ONE_ZERO = SPOTS[:157]


def test_the_wheel_is_the_european_one() -> None:
    order = (
        "0 32 15 19 4 21 2 25 17 34 6 27 13 36 11 30 8 23 10 5 24 16 33 1 20 14 31 9 22 18 29 7 28 "
        "12 35 3 26"
    )
    assert " ".join(map(str, WHEEL)) == order
    assert list(Colour) == [0, 1, 2]
    colours = [roulette.colour(pocket) for pocket in WHEEL]
    assert colours == [Colour.GREEN, *[Colour.RED, Colour.BLACK] * 18]


def test_there_are_157_spots_in_their_groups() -> None:
    assert Counter(info.group for info in ONE_ZERO) == {
        Group.STRAIGHT: 37,
        Group.SPLIT: 60,
        Group.STREET: 14,
        Group.CORNER: 23,
        Group.LINE: 11,
        Group.COLUMN: 3,
        Group.DOZEN: 3,
        Group.CHANCE: 6,
    }
    assert [info.spot for info in SPOTS] == list(range(176))
    assert SINGLE.spots == {*range(157)}


def test_the_spots_have_the_numbers_of_the_protocol() -> None:
    assert SPOTS[36].covers == (36,)
    assert SPOTS[37].covers == (0, 1)
    assert SPOTS[96].covers == (35, 36)
    assert [SPOTS[spot].covers for spot in (97, 98, 99)] == [(0, 1, 2), (0, 2, 3), (1, 2, 3)]
    assert SPOTS[110].covers == (34, 35, 36)
    assert [SPOTS[spot].covers for spot in (111, 112)] == [(0, 1, 2, 3), (1, 2, 4, 5)]
    assert SPOTS[133].covers == (32, 33, 35, 36)
    assert SPOTS[134].covers == tuple(range(1, 7))
    assert SPOTS[144].covers == tuple(range(31, 37))
    names = [SPOTS[spot].name for spot in range(145, 157)]
    assert names == [
        *("column 1", "column 2", "column 3", "dozen 1", "dozen 2", "dozen 3"),
        *("low", "even", "red", "black", "odd", "high"),
    ]


def test_inside_a_group_spots_are_ordered_by_what_they_cover() -> None:
    for group in (Group.STRAIGHT, Group.SPLIT, Group.STREET, Group.CORNER, Group.LINE):
        covered = [info.covers for info in ONE_ZERO if info.group is group]
        assert covered == sorted(covered)


def touching(a: int, b: int) -> bool:
    """Whether two numbers share an edge on the layout."""
    if a == 0:
        return b in (1, 2, 3)
    return b - a == 3 or (b - a == 1 and a % 3 != 0)


def test_a_split_is_wherever_two_numbers_touch() -> None:
    expected = {(a, b) for a in POCKETS for b in POCKETS if a < b and touching(a, b)}
    assert {info.covers for info in ONE_ZERO if info.group is Group.SPLIT} == expected


@pytest.mark.parametrize("info", ONE_ZERO, ids=lambda info: str(info.name))
def test_a_spot_returns_36_of_37_parts_of_its_stake(info: roulette.SpotInfo) -> None:
    stake = 100
    total = sum(roulette.returned(info.spot, stake, pocket) for pocket in POCKETS)
    assert Fraction(total, stake * len(POCKETS)) == Fraction(36, 37)
    won = [pocket for pocket in POCKETS if roulette.returned(info.spot, stake, pocket)]
    assert tuple(won) == info.covers


def test_what_a_spot_pays_follows_from_what_it_covers() -> None:
    pays = {info.group: info.pays for info in ONE_ZERO}
    assert list(pays.values()) == [35, 17, 11, 8, 5, 2, 2, 1]


def test_zero_loses_on_every_outside_bet() -> None:
    outside = [info for info in SPOTS if info.group >= Group.COLUMN]
    assert len(outside) == 12 + 6 + 6
    assert not any({0, 37} & {*info.covers} for info in outside)


def test_the_named_chances_are_where_they_say() -> None:
    named = (roulette.LOW, roulette.EVEN, roulette.RED, roulette.BLACK, roulette.ODD, roulette.HIGH)
    assert [SPOTS[spot].name for spot in named] == ["low", "even", "red", "black", "odd", "high"]
    assert set(SPOTS[roulette.RED].covers) == roulette.REDS
    assert set(SPOTS[roulette.BLACK].covers) == roulette.BLACKS


def test_announced_bets_lay_their_chips_in_the_order_in_which_they_are_called() -> None:
    called = {
        name: " ".join(
            f"{SPOTS[spot].name}×{units}" if units > 1 else SPOTS[spot].name
            for spot, units in pattern
        )
        for name, pattern in ANNOUNCED.items()
    }
    assert list(called.items()) == [
        ("voisins", "0-2-3×2 4-7 12-15 18-21 19-22 25-26-28-29×2 32-35"),
        ("tiers", "5-8 10-11 13-16 23-24 27-30 33-36"),
        ("orphelins", "1 6-9 14-17 17-20 31-34"),
        ("zero", "26 0-3 12-15 32-35"),
    ]
    units = {name: sum(units for _, units in pattern) for name, pattern in ANNOUNCED.items()}
    assert units == {"voisins": 9, "tiers": 6, "orphelins": 5, "zero": 4}


def arc(first: int, last: int) -> set[int]:
    """The pockets clockwise from the first to the last."""
    around = WHEEL[WHEEL.index(first) :] + WHEEL[: WHEEL.index(first)]
    return set(around[: around.index(last) + 1])


def test_the_three_sectors_share_the_wheel() -> None:
    voisins, tiers, orphelins = (
        roulette.sector(ANNOUNCED[name]) for name in ("voisins", "tiers", "orphelins")
    )
    assert voisins == arc(22, 25)
    assert tiers == arc(27, 33)
    assert len(voisins) + len(tiers) + len(orphelins) == 37
    assert voisins | tiers | orphelins == set(POCKETS)


def test_neighbours_go_round_the_wheel() -> None:
    assert roulette.neighbours(0, 2) == (3, 26, 0, 32, 15)
    assert roulette.neighbours(26, 1) == (3, 26, 0)
    assert set(roulette.neighbours(7, 18)) == set(POCKETS)
    assert roulette.neighbour_bet(0, 1) == ((26, 1), (0, 1), (32, 1))
    for reach in (-1, 19):
        with pytest.raises(ValueError, match="neighbours up to 18"):
            roulette.neighbours(0, reach)


def test_finals_end_in_the_digit() -> None:
    assert [spot for spot, _ in roulette.finals(6)] == [6, 16, 26, 36]
    assert [spot for spot, _ in roulette.finals(7)] == [7, 17, 27]
    assert {units for digit in range(10) for _, units in roulette.finals(digit)} == {1}
    for digit in (-1, 10):
        with pytest.raises(ValueError, match="a final is a digit"):
            roulette.finals(digit)


def test_a_spot_is_found_by_what_it_covers() -> None:
    assert all(SPOT_OF[info.covers] == info.spot for info in SPOTS[:LOCKED])
    assert len(SPOT_OF) == LOCKED


# --- two zeros ------------------------------------------------------------------------------------


def test_the_double_wheel_is_the_american_one() -> None:
    order = (
        "0 28 9 26 30 11 7 20 32 17 5 22 34 15 3 24 36 13 1 00 27 10 25 29 12 8 19 31 18 6 21 33 "
        "16 4 23 35 14 2"
    )
    assert " ".join(map(roulette.written, DOUBLE.order)) == order
    half = [roulette.colour(pocket) for pocket in DOUBLE.order[:19]]
    other = [roulette.colour(pocket) for pocket in DOUBLE.order[19:]]
    assert half == [Colour.GREEN, *[Colour.BLACK, Colour.RED] * 9]
    assert other == [Colour.GREEN, *[Colour.RED, Colour.BLACK] * 9]
    assert (len(SINGLE.pockets), len(DOUBLE.pockets)) == (37, 38)
    assert roulette.written(0) == "0"


def test_two_zeros_have_spots_of_their_own() -> None:
    names = {info.spot: (info.name, info.covers, info.pays) for info in SPOTS[157:LOCKED]}
    assert names == {
        157: ("00", (37,), 35),
        158: ("0-00", (0, 37), 17),
        159: ("00-2", (2, 37), 17),
        160: ("00-3", (3, 37), 17),
        161: ("0-00-2", (0, 2, 37), 11),
        162: ("00-2-3", (2, 3, 37), 11),
        163: ("top line", (0, 1, 2, 3, 37), 6),
    }
    missing = {info.covers for info in SPOTS[:LOCKED] if info.spot not in DOUBLE.spots}
    assert missing == {(0, 3), (0, 2, 3), (0, 1, 2, 3)}
    assert DOUBLE.spots & {*range(LOCKED, 200)} == set()
    assert (DOUBLE.announced, SINGLE.announced) == ({}, ANNOUNCED)
    groups = Counter(SPOTS[spot].group for spot in DOUBLE.spots)
    assert [groups[group] for group in Group] == [38, 62, 15, 23, 11, 3, 3, 6]


@pytest.mark.parametrize("spot", sorted(DOUBLE.spots))
def test_with_two_zeros_a_spot_loses_two_parts_of_38_and_the_top_line_three(spot: int) -> None:
    total = sum(roulette.returned(spot, 100, pocket) for pocket in DOUBLE.pockets)
    lost = 3 if spot == 163 else 2
    assert Fraction(total, 100 * 38) == 1 - Fraction(lost, 38)
    won = {pocket for pocket in DOUBLE.pockets if roulette.returned(spot, 1, pocket)}
    assert won == {*SPOTS[spot].covers}


def test_a_locked_stake_wins_itself_on_the_numbers_of_its_chance() -> None:
    assert list(CHANCES) == [*range(151, 157)]
    for at, chance in enumerate(CHANCES):
        once, twice = LOCKED + at, LOCKED + 6 + at
        assert (LOCK[chance], LOCK[once], LOCK[twice]) == (once, twice, twice)
        for spot, times, words in ((once, 1, "locked"), (twice, 2, "locked again")):
            info = SPOTS[spot]
            assert (info.locked, info.name) == (times, f"{SPOTS[chance].name}, {words}")
            assert (info.group, info.covers) == (Group.CHANCE, SPOTS[chance].covers)
            back = [roulette.returned(spot, 7, pocket) for pocket in DOUBLE.pockets]
            assert back == [7 * (pocket in info.covers) for pocket in DOUBLE.pockets]
    assert len(LOCK) == 18
    assert not any(info.locked for info in SPOTS[:LOCKED])


@pytest.mark.parametrize(("wheel", "most"), [(SINGLE, 18), (DOUBLE, 18)])
def test_each_wheel_has_its_own_neighbours(wheel: Wheel, most: int) -> None:
    at = wheel.order.index(17)
    around = wheel.order[at - 1], 17, wheel.order[at + 1]
    assert roulette.neighbours(17, 1, wheel) == around
    assert len({*roulette.neighbours(0, most, wheel)}) == 37
    with pytest.raises(ValueError, match=f"{len(wheel.order)} pockets has neighbours up to {most}"):
        roulette.neighbours(0, most + 1, wheel)


def test_a_spot_names_what_it_covers_the_zeros_first() -> None:
    assert SPOTS[17].numbers == ["17"]
    assert SPOTS[158].numbers == ["0", "00"]
    assert SPOTS[163].numbers == ["0", "00", "1", "2", "3"]
