"""The racetrack's geometry, and the chips of every announced bet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.games.roulette.layout import Layout
from client_gui.games.roulette.racetrack import (
    AIMS,
    BORDERS,
    MOST_REACH,
    SECTIONS,
    Aim,
    Kind,
    Racetrack,
    divide,
    pattern,
)
from protocol.games.roulette.rules import (
    ANNOUNCED,
    POCKETS,
    SPOT_OF,
    SPOTS,
    WHEEL,
    neighbours,
    sector,
)

SIZES = [(960, 600), (1280, 800), (1920, 1080), (3840, 2160)]


def track(size: tuple[int, int]) -> Racetrack:
    return divide(Layout.of(size).round_banner)[0]


@pytest.mark.parametrize("size", SIZES)
def test_every_number_and_every_section_is_found_where_it_is_drawn(size: tuple[int, int]) -> None:
    oval = track(size)
    for aim in AIMS:
        box = oval.hit(aim)
        corners = [(x, y) for x in (box.x, box.right - 1) for y in (box.y, box.bottom - 1)]
        assert [oval.aim_at(corner) for corner in corners] == [aim] * 4


@pytest.mark.parametrize("size", SIZES)
def test_the_numbers_lie_in_the_order_of_the_wheel_and_equally_far_apart(
    size: tuple[int, int],
) -> None:
    oval = track(size)
    assert oval.pocket > 0.9 * oval.depth
    right = oval.middle(0)
    assert right[0] == max(oval.middle(pocket)[0] for pocket in WHEEL)
    for at in range(37):
        here, there = oval.middle(WHEEL[at]), oval.middle(WHEEL[(at + 1) % 37])
        step = ((here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2) ** 0.5
        assert 0.9 * oval.pocket < step < oval.pocket + 0.001


@given(st.sampled_from(SIZES), st.floats(0, 36.999), st.floats(0.05, 0.95))
def test_a_point_of_the_track_belongs_to_the_nearest_number(
    size: tuple[int, int], along: float, deep: float
) -> None:
    oval = track(size)
    if abs(along % 1 - 0.5) < 0.1:  # A line is one pixel wide.
        return
    x, y = oval.at(along, deep)
    assert oval.aim_at((int(x), int(y))) == Aim(Kind.NUMBER, WHEEL[round(along) % 37])


def test_sections_lie_beside_their_own_numbers() -> None:
    """Every number inside of which a section is entered belongs to that section's bet."""
    oval = track((1280, 800))
    for at, pocket in enumerate(WHEEL):
        x, y = oval.at(at, 1.25)
        aim = oval.aim_at((int(x), int(y)))
        assert aim is not None
        assert aim.kind is Kind.SECTOR
        covered = sector(ANNOUNCED[aim.sector])
        assert pocket in covered, f"{aim.sector} beside {pocket}"
    assert len(BORDERS) + 1 == len(SECTIONS)


def test_outside_the_oval_is_nothing() -> None:
    oval = track((1280, 800))
    box = oval.box
    assert oval.aim_at((box.x, box.y)) is None
    assert oval.aim_at((box.right - 1, box.bottom - 1)) is None
    assert oval.aim_at((box.right, box.middle[1])) is None


def _chips(aim: Aim, reach: int = 2) -> dict[tuple[int, ...], int]:
    return {SPOTS[spot].covers: units for spot, units in pattern(aim, reach)}


def test_the_announced_bets_lay_the_chips_of_the_rules() -> None:
    assert _chips(Aim(Kind.SECTOR, sector="voisins")) == {
        (0, 2, 3): 2, (4, 7): 1, (12, 15): 1, (18, 21): 1, (19, 22): 1, (25, 26, 28, 29): 2,
        (32, 35): 1,
    }  # fmt: skip
    assert _chips(Aim(Kind.SECTOR, sector="tiers")) == dict.fromkeys(
        [(5, 8), (10, 11), (13, 16), (23, 24), (27, 30), (33, 36)], 1
    )
    assert _chips(Aim(Kind.SECTOR, sector="orphelins")) == dict.fromkeys(
        [(1,), (6, 9), (14, 17), (17, 20), (31, 34)], 1
    )
    assert _chips(Aim(Kind.SECTOR, sector="zero")) == dict.fromkeys(
        [(26,), (0, 3), (12, 15), (32, 35)], 1
    )


def test_neighbours_and_finals_are_straights() -> None:
    for pocket in POCKETS:
        for reach in range(MOST_REACH + 1):
            chips = _chips(Aim(Kind.NUMBER, pocket), reach)
            assert chips == {(number,): 1 for number in neighbours(pocket, reach)}
    for digit in range(10):
        chips = _chips(Aim(Kind.FINAL, digit))
        assert chips == {(n,): 1 for n in POCKETS if n % 10 == digit}
    assert all(covers in SPOT_OF for covers in _chips(Aim(Kind.FINAL, 7)))
