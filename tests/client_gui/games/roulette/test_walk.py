"""The arrows lead everywhere on the layout."""

from collections.abc import Mapping

import pygame
import pytest

from client_gui.games.roulette import intents as play
from client_gui.games.roulette.layout import Felt, Layout
from client_gui.games.roulette.racetrack import AIMS, Aim, Kind, divide
from client_gui.games.roulette.walk import FIRST, Arrow, Goal, Place, cloth, onward, spots
from protocol.games.roulette.rules import ANNOUNCED, BLACK, DOUBLE, SINGLE, SPOT_OF, Spot, Wheel
from tests.client_gui.hands import key, spot, table
from tests.client_gui.states import CLASSIC, NOW

pytestmark = pytest.mark.usefixtures("display")


@pytest.mark.parametrize("wheel", [SINGLE, DOUBLE], ids=["one zero", "two zeros"])
@pytest.mark.parametrize("size", [(960, 600), (1280, 800), (1920, 1080)])
def test_the_arrows_reach_every_spot_from_every_spot(size: tuple[int, int], wheel: Wheel) -> None:
    felt = Layout.of(size, wheel).felt
    assert_all_is_reached(spots(felt), {*wheel.spots})


@pytest.mark.parametrize("size", [(960, 600), (1280, 800), (1920, 1080)])
def test_they_lead_up_into_the_racetrack_and_to_all_of_it(size: tuple[int, int]) -> None:
    layout = Layout.of(size)
    places = cloth(layout.felt, divide(layout.round_banner)[0])
    assert_all_is_reached(places, {*AIMS, *SINGLE.spots})
    assert isinstance(onward(places, 18, Arrow.UP), Aim)


def assert_all_is_reached(places: Mapping[Goal, Place], every: set[Goal]) -> None:
    ways = {here: {onward(places, here, arrow) for arrow in Arrow} for here in places}
    for start in (FIRST, 0, BLACK):
        reached: set[Goal] = {start}
        ahead: list[Goal] = [start]
        while ahead:
            new = ways[ahead.pop()] - reached
            reached |= new
            ahead += new
        assert reached == every
    assert all(back - {here} for here, back in ways.items())


def step(felt: Felt, spot: Spot, arrow: Arrow) -> Goal:
    return onward(spots(felt), spot, arrow)


def test_a_row_is_walked_number_by_number_over_the_lines_between() -> None:
    felt = Layout.of((1280, 800)).felt
    assert step(felt, 17, Arrow.RIGHT) == SPOT_OF[17, 20]
    assert step(felt, SPOT_OF[17, 20], Arrow.RIGHT) == 20
    assert step(felt, SPOT_OF[17, 20], Arrow.UP) == SPOT_OF[17, 18, 20, 21]
    assert step(felt, 17, Arrow.DOWN) == SPOT_OF[16, 17]
    assert step(felt, 16, Arrow.DOWN) == SPOT_OF[16, 17, 18]


def test_arrows_return_and_delete_bet_without_a_mouse() -> None:
    scene = table()
    for code, scancode in (
        (pygame.K_RIGHT, pygame.KSCAN_RIGHT),
        (pygame.K_RIGHT, pygame.KSCAN_RIGHT),
        (pygame.K_UP, pygame.KSCAN_UP),
    ):
        assert key(scene, code, scancode) == []
    corner = SPOT_OF[17, 18, 20, 21]
    assert scene.ui.hover == corner
    assert scene.frame(NOW).lit == {17, 18, 20, 21}
    assert key(scene, pygame.K_RETURN, pygame.KSCAN_RETURN) == [play.PlaceBets(((corner, 25),))]
    scene.ui.hover = BLACK
    wish = key(scene, pygame.K_DELETE, pygame.KSCAN_DELETE)
    assert wish == [play.TakeBack(((BLACK, 25),))]


def test_return_talks_when_the_mouse_and_not_the_arrows_is_on_a_spot() -> None:
    scene = table()
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=spot(scene, BLACK)), NOW)
    assert key(scene, pygame.K_RETURN, pygame.KSCAN_RETURN) == []
    assert scene.frame(NOW).ui.focus == "field:say"


def test_escape_ends_the_walk() -> None:
    scene = table()
    key(scene, pygame.K_DOWN, pygame.KSCAN_DOWN)
    key(scene, pygame.K_ESCAPE)
    assert key(scene, pygame.K_RETURN, pygame.KSCAN_RETURN) == []


def test_an_arrow_leaves_the_button_that_the_keyboard_was_on() -> None:
    scene = table()
    scene.ui.focus = "button:clear"
    key(scene, pygame.K_DOWN, pygame.KSCAN_DOWN)
    ui = scene.frame(NOW).ui
    assert (ui.focus or "none", ui.hover or 0) == ("none", FIRST)
    assert key(scene, pygame.K_RETURN, pygame.KSCAN_RETURN) == [play.PlaceBets(((FIRST, 25),))]


def test_in_classic_the_arrows_lead_to_what_can_be_bet_and_say_what_cannot() -> None:
    scene = table(CLASSIC)
    key(scene, pygame.K_DOWN, pygame.KSCAN_DOWN)
    key(scene, pygame.K_DOWN, pygame.KSCAN_DOWN)
    assert key(scene, pygame.K_RETURN, pygame.KSCAN_RETURN) == []
    assert scene.banner(NOW) == "This protocol has no bet for that"


def test_a_bet_of_the_racetrack_is_laid_without_a_mouse() -> None:
    scene = table()
    voisins = Aim(Kind.SECTOR, sector="voisins")
    scene.ui.aim, scene.ui.walking = Aim(Kind.NUMBER, 28), True
    key(scene, pygame.K_DOWN, pygame.KSCAN_DOWN)
    assert scene.ui.aim == voisins
    (lay,) = key(scene, pygame.K_RETURN, pygame.KSCAN_RETURN)
    assert isinstance(lay, play.PlaceBets)
    assert set(lay.bets) == {(spot, 25 * units) for spot, units in ANNOUNCED["voisins"]}
    for _ in range(4):
        key(scene, pygame.K_DOWN, pygame.KSCAN_DOWN)
    ui = scene.frame(NOW).ui
    assert (ui.aim or "none", ui.hover is None) == ("none", False)


def test_where_the_racetrack_has_gone_return_lays_nothing_of_it() -> None:
    scene = table()
    scene.ui.aim, scene.ui.walking, scene.ui.track = Aim(Kind.NUMBER, 2), True, False
    assert key(scene, pygame.K_RETURN, pygame.KSCAN_RETURN) == []
