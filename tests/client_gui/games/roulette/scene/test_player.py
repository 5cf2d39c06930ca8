"""What a player's hands do with the chips that lie there."""

from dataclasses import replace
from types import MappingProxyType

import pygame
import pytest

from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.view import Refusal
from client_gui.kit.box import Point
from client_gui.shell import intents as ask
from protocol.roulette import BLACK
from tests.client_gui.states import CORNER, NOW, PLAYER
from tests.client_gui.test_scenes import click, key, press, spot, table, write

EMPTY = replace(PLAYER, my_bets=MappingProxyType({}))


@pytest.fixture(autouse=True)
def _display() -> None:
    """Surfaces are made like the window's."""
    pygame.display.init()
    pygame.display.set_mode((8, 8))


def drag(scene: TableScene, start: Point, end: Point) -> list[ask.Intent]:
    down = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=start, button=1, touch=False)
    way = pygame.event.Event(pygame.MOUSEMOTION, pos=end, rel=(0, 0), buttons=(1, 0, 0))
    up = pygame.event.Event(pygame.MOUSEBUTTONUP, pos=end, button=1, touch=False)
    return [wish for event in (down, way, up) for wish in scene.handle(event, NOW)]


def test_a_stack_is_drawn_to_another_spot_whole() -> None:
    scene = table()
    wishes = drag(scene, spot(scene, CORNER), spot(scene, 29))
    assert wishes == [ask.TakeBack(((CORNER, 25),)), ask.PlaceBets(((29, 25),))]
    scene.show_table(replace(PLAYER, my_bets={14: 60, 29: 25, BLACK: 100}), NOW)
    assert press(scene, "button:undo") == [
        ask.TakeBack(((29, 25),)), ask.PlaceBets(((CORNER, 25),))
    ]  # fmt: skip


def test_a_stack_that_is_let_go_beside_the_layout_stays() -> None:
    scene = table()
    assert drag(scene, spot(scene, CORNER), (640, 30)) == []
    assert drag(scene, spot(scene, 5), spot(scene, 29)) == [ask.PlaceBets(((5, 25),))]


def test_a_click_on_my_own_stack_lays_more_on_it() -> None:
    scene = table()
    assert click(scene, spot(scene, 14)) == [ask.PlaceBets(((14, 25),))]


def test_undone_is_redone() -> None:
    scene = table(EMPTY)
    click(scene, spot(scene, 5))
    scene.show_table(replace(EMPTY, my_bets={5: 25}), NOW)
    assert key(scene, pygame.K_z, pygame.KSCAN_Z) == [ask.TakeBack(((5, 25),))]
    scene.show_table(EMPTY, NOW)
    assert press(scene, "button:undo") == []
    assert key(scene, pygame.K_y, pygame.KSCAN_Y) == [ask.PlaceBets(((5, 25),))]


def test_what_is_not_answered_for_is_not_undone() -> None:
    scene = table(replace(EMPTY, my_bets={3: 10}))
    click(scene, spot(scene, 5))
    scene.show_table(replace(EMPTY, my_bets={3: 10}, pending={5: 25}), NOW)
    assert press(scene, "button:undo") == []
    scene.show_table(replace(EMPTY, my_bets={3: 10, 5: 25}), NOW)
    assert press(scene, "button:undo") == [ask.TakeBack(((5, 25),))]


def test_a_refused_bet_is_not_undone() -> None:
    scene = table(replace(EMPTY, my_bets={5: 10}))
    click(scene, spot(scene, 5))
    refused = Refusal(1, "note.limit_most", (("n", 30),), 5)
    scene.show_table(replace(EMPTY, my_bets={5: 10}, refusal=refused), NOW)
    assert scene.ui.deeds.done == ()


def test_on_an_empty_table_double_lays_the_last_bets_twice_over() -> None:
    scene = table()
    scene.show_table(replace(EMPTY, round=1285), NOW)
    twice = tuple((each, 2 * chips) for each, chips in PLAYER.my_bets.items())
    assert key(scene, pygame.K_d, pygame.KSCAN_D) == [ask.PlaceBets(twice)]


def test_all_in_is_laid_by_the_second_click_on_the_same_spot() -> None:
    scene = table()
    key(scene, pygame.K_a, pygame.KSCAN_A)
    assert click(scene, spot(scene, 5)) == []
    assert "1\u2009240" in scene.banner(NOW)
    assert click(scene, spot(scene, 8)) == []
    assert click(scene, spot(scene, 8)) == [ask.PlaceBets(((8, 1240),))]
    assert scene.ui.amount() == 25


def test_all_in_is_put_away_by_a_chip_a_digit_or_a_second_press() -> None:
    scene = table()
    press(scene, "button:all")
    press(scene, "button:all")
    assert scene.ui.amount() == 25
    press(scene, "button:all")
    press(scene, "chip:5")
    assert click(scene, spot(scene, 5)) == [ask.PlaceBets(((5, 5),))]
    press(scene, "button:all")
    write(scene, "7")
    assert click(scene, spot(scene, 5)) == [ask.PlaceBets(((5, 7),))]
