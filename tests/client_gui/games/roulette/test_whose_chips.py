"""Everybody's chips: whose they are, in what colour, and whose row lights them."""

from dataclasses import replace
from types import MappingProxyType

import pygame
import pytest

from client_gui.games.roulette.view import Bet
from client_gui.games.roulette.whose_chips import Holding, others, spots_of
from protocol.games.roulette.rules import EVEN, RED
from tests.client_gui.hands import spot, table
from tests.client_gui.states import ALL, BETS, CLASSIC, NOW, PLAYER

pytestmark = pytest.mark.usefixtures("display")


def test_of_each_spot_the_others_are_known_the_largest_first() -> None:
    bets = (Bet("Me", 17, 500, True), Bet("A", 17, 5), Bet("B", 17, 50), Bet("A", 3, 1))
    assert others(bets) == {17: [Holding("B", 50), Holding("A", 5)], 3: [Holding("A", 1)]}
    assert spots_of(bets, "A") == {17, 3}


def test_pointing_at_a_spot_names_who_has_chips_there() -> None:
    crowd = tuple(Bet(f"P{n}", 17, 10 + n) for n in range(9))
    scene = table(replace(PLAYER, bets=BETS + crowd, totals=MappingProxyType({**ALL, 17: 226})))
    motion = pygame.event.Event(pygame.MOUSEMOTION, pos=spot(scene, 17))
    scene.handle(motion, NOW)
    (bubble,) = [p for p in scene._panels if type(p).__name__ == "HoverBubble"]
    said = str(bubble.face(scene.frame(NOW)))
    assert all(words in said for words in ("Анна 100", "P8 18", "P5 15", "and 5 more"))
    assert "P4" not in said


def test_the_pointer_on_a_row_follows_that_player() -> None:
    scene = table()
    at = scene.hits(NOW)["bet:1"].middle
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at), NOW)
    assert scene.frame(NOW).followed == "Boris"
    scene.activate("tab:players", NOW)
    at = scene.hits(NOW)["person:4"].middle
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at), NOW)
    assert scene.frame(NOW).followed == "Chen"
    assert spots_of(scene.known.bets, "Chen") == {EVEN}
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=(3, 3)), NOW)
    assert scene.frame(NOW).followed == ""


def test_the_keyboard_follows_players_too() -> None:
    scene = table()
    scene.activate("tab:players", NOW)
    scene.ui.focus = "person:3"
    assert scene.frame(NOW).followed == "Boris"
    assert spots_of(scene.known.bets, "Boris") == {RED}


def test_in_classic_the_list_still_tells_whose_bet_is_whose() -> None:
    assert "bet:0" in table(CLASSIC).hits(NOW)
