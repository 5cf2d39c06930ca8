"""What is set up under the gear, by mouse and by keyboard."""

from typing import Any

import pygame
import pytest

from client_gui.games.roulette.scene.table import TableScene
from client_gui.shell import intents as ask
from client_gui.shell.panels.settings import ROWS
from client_gui.shell.preferences import Preferences
from tests.client_gui.hands import key, press, table
from tests.client_gui.states import CROUPIER, NOW, PLAYER, WATCHER
from tests.client_gui.test_pictures import door

pytestmark = pytest.mark.usefixtures("display")


def tap(scene: TableScene, scancode: int, code: int = 0) -> list[ask.Intent]:
    return key(scene, code, scancode)


def preferred(intents: list[ask.Intent]) -> Preferences:
    (wish,) = intents
    assert isinstance(wish, ask.Prefer)
    return wish.preferences


@pytest.mark.parametrize("view", [PLAYER, CROUPIER, WATCHER])
def test_the_sound_has_keys_on_every_seat(view: Any) -> None:
    scene = table(view)
    assert preferred(tap(scene, pygame.KSCAN_M)).muted
    louder = preferred(tap(scene, pygame.KSCAN_RIGHTBRACKET))
    assert (louder.muted, louder.volume) == (False, 60)
    assert preferred(tap(scene, pygame.KSCAN_LEFTBRACKET)).volume == 40
    for _ in range(5):
        tap(scene, pygame.KSCAN_LEFTBRACKET)
    assert scene.ui.preferences.volume == 20


def test_the_menu_is_walked_with_the_keyboard_alone() -> None:
    scene = table()
    tap(scene, pygame.KSCAN_S)
    assert scene.ui.menu
    rows = [f"set:{row.name}" for row in ROWS]
    seen = []
    for _ in rows:
        tap(scene, pygame.KSCAN_DOWN)
        seen.append(scene.ui.focus)
    assert seen == rows
    key(scene, pygame.K_TAB)
    assert scene.ui.focus == rows[0]
    scene.ui.focus = "set:volume"
    assert preferred(tap(scene, pygame.KSCAN_RIGHT)).volume == 60
    assert preferred(tap(scene, pygame.KSCAN_LEFT)).volume == 40
    scene.ui.focus = "set:motion"
    assert preferred(tap(scene, 0, pygame.K_RETURN)).reduced_motion
    key(scene, pygame.K_ESCAPE)
    assert not scene.ui.menu


def test_the_volume_is_set_with_the_mouse() -> None:
    scene = table()
    press(scene, "button:settings")
    assert preferred(press(scene, "more:volume")).volume == 60
    assert preferred(press(scene, "less:volume")).volume == 40
    assert scene.ui.menu


def test_what_was_set_up_is_kept() -> None:
    made = Preferences(reduced_motion=True, volume=80, muted=True)
    assert Preferences.read(made.as_settings()) == made


@pytest.mark.parametrize("volume", [None, "40", 41, -1, [40], True])
def test_a_file_of_nonsense_gives_what_was_made(volume: object) -> None:
    assert Preferences.read({"volume": volume, "muted": 1}) == Preferences()


def test_nothing_is_drawn_anew_by_moving_over_the_open_menu_twice() -> None:
    scene = table()
    scene.ui.menu = True
    surface = pygame.Surface((1280, 800))
    scene.paint(surface, NOW)
    assert scene.paint(surface, NOW) == []


def test_large_type_is_chosen_at_the_door_already() -> None:
    scene = door("door", "en")
    assert preferred(press(scene, "button:large")).large
    assert scene.type.zoom > 1
    assert not preferred(press(scene, "button:large")).large
    assert scene.type.zoom == 1
