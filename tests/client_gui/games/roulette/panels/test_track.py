"""What mouse and keys do on the racetrack."""

from dataclasses import replace

import pygame
import pytest

from client_gui.games.roulette import intents as play
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.view import RouletteView
from client_gui.kit.box import Point
from protocol.games.roulette.rules import ANNOUNCED, BLACK, SPOTS, sector
from tests.client_gui.hands import click, key, press, spot, table
from tests.client_gui.states import CLASSIC, CROUPIER, NOW, PLAYER, WATCHER

pytestmark = pytest.mark.usefixtures("display")


def on_oval(scene: TableScene, name: str) -> Point:
    return scene.spot_hits(NOW)[f"track:{name}"].middle


@pytest.mark.parametrize("name", ["voisins", "tiers", "orphelins", "zero"])
def test_a_click_on_a_section_lays_its_chips_at_once(name: str) -> None:
    scene = table()
    scene.ui.chip = 5
    wish = tuple((each, 5 * units) for each, units in ANNOUNCED[name])
    assert click(scene, on_oval(scene, name)) == [play.PlaceBets(wish)]


def test_a_click_on_a_number_of_the_track_lays_it_with_its_neighbours() -> None:
    scene = table()
    assert click(scene, on_oval(scene, "0")) == [
        play.PlaceBets(((3, 25), (26, 25), (0, 25), (32, 25), (15, 25)))
    ]
    key(scene, pygame.K_MINUS, pygame.KSCAN_MINUS)
    press(scene, "button:fewer")
    assert click(scene, on_oval(scene, "0")) == [play.PlaceBets(((0, 25),))]


def test_wheel_and_keys_change_how_many_neighbours_from_none_to_eight() -> None:
    scene = table()
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=on_oval(scene, "17")), NOW)
    for up, reach in ((1, 3), (20, 8), (-1, 7), (-20, 0)):
        scene.handle(pygame.event.Event(pygame.MOUSEWHEEL, y=up), NOW)
        assert scene.ui.reach == reach
    for reach in (*range(1, 9), 0):
        key(scene, pygame.K_n, pygame.KSCAN_N)
        assert scene.ui.reach == reach


def test_a_final_lays_every_number_that_ends_so() -> None:
    scene = table()
    assert press(scene, "final:7") == [play.PlaceBets(((7, 25), (17, 25), (27, 25)))]


def test_the_pointer_on_the_track_lights_the_same_numbers_everywhere() -> None:
    scene = table()
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=on_oval(scene, "tiers")), NOW)
    assert scene.frame(NOW).lit == sector(ANNOUNCED["tiers"])
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=spot(scene, BLACK)), NOW)
    assert scene.frame(NOW).lit == frozenset(SPOTS[BLACK].covers)
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=(2, 2)), NOW)
    assert scene.frame(NOW).lit == frozenset()


def test_the_plate_turns_to_the_track_and_back_by_click_and_key() -> None:
    scene = table()
    assert "final:0" in scene.hits(NOW)
    press(scene, "button:track")
    assert "final:0" not in scene.hits(NOW)
    press(scene, "button:track")
    assert "final:0" in scene.hits(NOW)
    key(scene, pygame.K_t, pygame.KSCAN_T)
    assert "final:0" not in scene.hits(NOW)


@pytest.mark.parametrize("view", [CROUPIER, WATCHER, CLASSIC, replace(PLAYER, verified=False)])
def test_who_cannot_use_the_track_sees_the_plate(view: RouletteView) -> None:
    assert "button:track" not in table(view).hits(NOW)
