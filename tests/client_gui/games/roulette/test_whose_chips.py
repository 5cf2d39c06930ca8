"""Everybody's chips: whose they are, in what colour, and whose row lights them."""

import itertools
from dataclasses import replace
from types import MappingProxyType

import pygame
import pytest

from client_gui.games.roulette.view import Bet, Person, Role
from client_gui.games.roulette.whose_chips import Holding, colours, letters, others, spots_of
from client_gui.kit.theme import PEOPLE, TEXT
from protocol.games.roulette.rules import EVEN, RED
from tests.client_gui.hands import spot, table
from tests.client_gui.states import ALL, BETS, CLASSIC, NOW, PLAYER

pytestmark = pytest.mark.usefixtures("display")


def test_of_each_spot_the_others_are_known_the_largest_first() -> None:
    bets = (Bet("Me", 17, 500, True), Bet("A", 17, 5), Bet("B", 17, 50), Bet("A", 3, 1))
    assert others(bets) == {17: [Holding("B", 50), Holding("A", 5)], 3: [Holding("A", 1)]}
    assert spots_of(bets, "A") == {17, 3}


def test_who_came_after_each_other_have_different_colours() -> None:
    people = [Person(f"P{seat}", Role.PLAYER, 1, seat=seat) for seat in range(1, 201)]
    worn = colours(people)
    for first, second in itertools.pairwise(people):
        assert worn[first.name] != worn[second.name]
    assert len(set(PEOPLE)) == len(PEOPLE)


def _bright(colour: tuple[int, int, int]) -> float:
    parts = [c / 255 for c in colour]
    lit = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * lit[0] + 0.7152 * lit[1] + 0.0722 * lit[2]


@pytest.mark.parametrize("colour", PEOPLE)
def test_words_on_every_colour_can_be_read(colour: tuple[int, int, int]) -> None:
    assert (_bright(TEXT) + 0.05) / (_bright(colour) + 0.05) >= 4.5


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


def test_everybody_has_a_mark_of_his_own() -> None:
    names = ("Anna", "Alex", "Boris", "Анна", "Алла", "A", "A n", "An", "a")
    people = [Person(name, Role.PLAYER, 5, seat=at) for at, name in enumerate(names)]
    found = letters(people)
    assert [found[name] for name in names[:5]] == ["A", "Al", "B", "А", "Ал"]
    assert len(set(found.values())) == len(names)
