"""A person's hands at a scene without a screen: they click, press, type; intents come out."""

import pygame

from client_gui.door.connect import ConnectScene
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.view import RouletteView
from client_gui.kit.box import Point
from client_gui.shell import intents as ask
from tests.client_gui import states
from tests.client_gui.states import NOW, PLAYER


def table(view: RouletteView = PLAYER, language: str = "en") -> TableScene:
    scene = states.new_scene("first", language)
    scene.resize((1280, 800))
    scene.show_table(view, NOW)
    return scene


def click(scene: TableScene | ConnectScene, at: Point, button: int = 1) -> list[ask.Intent]:
    down = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=button, touch=False)
    up = pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=button, touch=False)
    return scene.handle(down, NOW) + scene.handle(up, NOW)


def press(scene: TableScene | ConnectScene, name: str) -> list[ask.Intent]:
    return click(scene, scene.hits(NOW)[name].middle)


def spot(scene: TableScene, number: int) -> Point:
    return scene.spot_hits(NOW)[f"spot:{number}"].middle


def key(
    scene: TableScene | ConnectScene, code: int, scancode: int = 0, mod: int = 0
) -> list[ask.Intent]:
    return scene.handle(
        pygame.event.Event(pygame.KEYDOWN, key=code, scancode=scancode, mod=mod, unicode=""), NOW
    )


def write(scene: TableScene | ConnectScene, text: str) -> None:
    for letter in text:
        assert scene.handle(pygame.event.Event(pygame.TEXTINPUT, text=letter), NOW) == []
