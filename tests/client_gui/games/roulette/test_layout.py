"""Every spot is hit where a person would click, and no region covers another."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.games.roulette.layout import Layout, is_field
from client_gui.kit.box import LEAST, Box
from protocol.games.roulette.rules import CHANCES, DOUBLE, LOCK, SINGLE, SPOT_OF, SPOTS, Wheel

SIZES = [
    (960, 600),
    (1280, 800),
    (1366, 768),
    (1920, 1080),
    (3840, 2160),
    (1000, 1400),
    (2560, 1080),
]
sizes = st.tuples(st.integers(LEAST[0], 3840), st.integers(LEAST[1], 2160))


wheels = pytest.mark.parametrize("wheel", [SINGLE, DOUBLE], ids=["one zero", "two zeros"])


@wheels
@pytest.mark.parametrize("size", SIZES)
def test_a_chip_lies_on_the_spot_that_it_is_put_on(size: tuple[int, int], wheel: Wheel) -> None:
    layout = Layout.of(size, wheel)
    for spot in wheel.spots:
        assert layout.spot_at(layout.anchor(spot)) == spot, SPOTS[spot]


@wheels
@given(size=sizes)
def test_a_chip_lies_on_its_spot_at_any_size(size: tuple[int, int], wheel: Wheel) -> None:
    layout = Layout.of(size, wheel)
    assert all(layout.spot_at(layout.anchor(spot)) == spot for spot in wheel.spots)


@wheels
@pytest.mark.parametrize("size", SIZES)
def test_every_pixel_of_a_hit_rectangle_is_that_spot_and_no_other(
    size: tuple[int, int], wheel: Wheel
) -> None:
    layout = Layout.of(size, wheel)
    assert {spot for spot, _ in layout.hits()} == wheel.spots
    for spot, box in layout.hits():
        assert box.w > 0
        assert box.h > 0
        corners = [(x, y) for x in (box.x, box.right - 1) for y in (box.y, box.bottom - 1)]
        assert {layout.spot_at(point) for point in (*corners, box.middle)} == {spot}


@wheels
@given(size=sizes, x=st.floats(0, 1), y=st.floats(0, 1))
def test_every_point_of_the_felt_has_an_answer(
    size: tuple[int, int], x: float, y: float, wheel: Wheel
) -> None:
    layout = Layout.of(size, wheel)
    box = layout.felt.box
    spot = layout.spot_at((box.x + int(x * (box.w - 1)), box.y + int(y * (box.h - 1))))
    assert spot is None or spot in wheel.spots


@pytest.mark.parametrize(
    ("covers", "column", "row"),
    [
        ((17,), 5.5, 1.5),
        ((17, 20), 6, 1.5),
        ((17, 18), 5.5, 1),
        ((14, 15, 17, 18), 5, 1),
        ((16, 17, 18), 5.5, 3),
        ((13, 14, 15, 16, 17, 18), 5, 3),
        ((0, 2), 0, 1.5),
        ((0, 2, 3), 0, 1),
        ((0, 1, 2), 0, 2),
        ((0, 1, 2, 3), 0, 3),
        ((0,), -0.6, 2.2),
        ((3,), 0.5, 0.05),
        ((34,), 11.9, 2.5),
    ],
)
def test_a_click_on_the_drawn_lines(covers: tuple[int, ...], column: float, row: float) -> None:
    felt = Layout.of((1280, 800)).felt
    point = (round(felt.grid.x + column * felt.cell_w), round(felt.y + row * felt.cell_h))
    assert felt.spot_at(point) == SPOT_OF[covers]


@pytest.mark.parametrize(
    ("covers", "column", "row"),
    [
        ((37,), -0.5, 0.7),
        ((0,), -0.5, 2.2),
        ((0, 37), -0.5, 1.5),
        ((3, 37), 0, 0.5),
        ((2, 3, 37), 0, 1),
        ((2, 37), 0, 1.25),
        ((0, 2, 37), 0, 1.5),
        ((0, 2), 0, 1.75),
        ((0, 1, 2), 0, 2),
        ((0, 1), 0, 2.5),
        ((0, 1, 2, 3, 37), 0, 3),
        ((3,), 0.5, 0.05),
        ((2,), 0.5, 1.5),
    ],
)
def test_a_click_beside_two_zeros(covers: tuple[int, ...], column: float, row: float) -> None:
    felt = Layout.of((1280, 800), DOUBLE).felt
    point = (round(felt.grid.x + column * felt.cell_w), round(felt.y + row * felt.cell_h))
    assert felt.spot_at(point) == SPOT_OF[covers]


@pytest.mark.parametrize("size", SIZES)
def test_a_locked_stake_lies_in_the_field_of_its_chance_and_nobody_clicks_it(
    size: tuple[int, int],
) -> None:
    felt = Layout.of(size).felt
    for chance in CHANCES:
        once, twice = felt.anchor(LOCK[chance]), felt.anchor(LOCK[LOCK[chance]])
        cell = felt.cell(chance)
        assert cell.holds(once)
        assert cell.holds(twice)
        assert once[0] < twice[0] < cell.middle[0] + cell.w // 4
        assert {felt.spot_at(once), felt.spot_at(twice)} == {chance}
        assert not is_field(LOCK[chance])


@given(sizes)
def test_regions_lie_in_the_window_and_apart(size: tuple[int, int]) -> None:
    layout = Layout.of(size)
    regions = [
        layout.top, layout.wheel, layout.results, layout.stats, layout.round_banner,
        layout.felt.box, layout.chip_tray, layout.keys, layout.foot, layout.lists, layout.messages,
    ]  # fmt: skip
    for box in regions:
        assert box.w > 0
        assert box.h > 0
        assert box.clipped(layout.window) == box
    assert not [(a, b) for a, b in combinations(regions, 2) if a.touches(b)]


def test_a_box_is_cut_without_a_gap_or_a_rest() -> None:
    box = Box(3, 5, 101, 57)
    parts = box.columns((1, 1, 1), 4)
    assert parts[0].x == box.x
    assert parts[-1].right == box.right
    assert all(b.x - a.right == 4 for a, b in pairwise(parts))
    rows = box.rows((1, 2), 3)
    assert rows[0].y == box.y
    assert rows[1].bottom == box.bottom
