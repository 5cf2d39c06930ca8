"""Hostile lines at the window: each is drawn, and nothing is drawn beside its place."""

import random
from collections.abc import Callable

import pygame
import pytest

from client.house.state import HouseState, Line, Status
from client.reduce import reduce
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.scene.view_of import RouletteViewMaker
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.words import Words
from protocol.house import talk
from protocol.house.lists import Notice, Phrase, Presence, Seat, SessionEnd
from protocol.house.people import PlayerEntry, RosterChanged
from protocol.wire import Message
from tests.client_gui.states import NOW
from tests.hostile import hostile_line

ME, OTHER = 1, 2
WINDOWS = [((960, 600), "en"), ((960, 600), "ru"), ((1280, 800), "en"), ((1280, 800), "ru")]

SAID: tuple[Callable[[str, str], tuple[int, Message]], ...] = (
    lambda name, line: (0, talk.Said(1, OTHER, name, line)),
    lambda _, line: (0, talk.Announced(2**63, 0, Phrase.OTHER, line)),
    lambda name, line: (0, talk.Noticed(3, OTHER, name, Notice.WARNED, line)),
    lambda name, line: (0, talk.Noticed(3, OTHER, name, Notice.OTHER, line)),
    lambda name, line: (OTHER, talk.SaidPrivately(4, OTHER, name, False, line)),
    lambda name, line: (OTHER, talk.SaidPrivately(4, OTHER, name, True, line)),
    lambda name, _: (OTHER, talk.SessionAsked(OTHER, name)),
    lambda name, _: (OTHER, talk.SessionStarted(OTHER, name)),
    lambda name, _: (OTHER, talk.SessionEnded(OTHER, name, SessionEnd.LEFT)),
    lambda name, line: (0, talk.TalkListed(9, (talk.TalkLine(5, OTHER, name, line),))),
)


def person(account: int, name: str) -> PlayerEntry:
    return PlayerEntry(account, name, Seat.PLAYER, Presence.HERE, muted=False, balance=5)


def seat(state: HouseState, *names: str) -> HouseState:
    changes = tuple(person(account, name) for account, name in enumerate(names, ME))
    return reduce(state, RosterChanged(2, 0, changes, complete=True), 0.0)


@pytest.mark.count(200, 2500)
@pytest.mark.parametrize(("size", "language"), WINDOWS)
def test_hostile_lines_are_drawn_in_their_place(
    size: tuple[int, int], language: str, count: int
) -> None:
    pygame.display.init()
    pygame.display.set_mode((8, 8))
    dice = random.Random(f"{size}{language}")
    calm = seat(HouseState(status=Status(Line.LIVE), account=ME, name="Me"), "Me", "Anna")
    view_maker = RouletteViewMaker(Words(language))
    scene = TableScene(Words(language), Typesetter(), Cache(2000))
    scene.resize(size)
    surface = pygame.Surface(size)
    scene.show_table(view_maker.see(calm), NOW)
    scene.paint(surface, NOW)
    before, state = surface.copy(), calm
    place = scene.hits(NOW)["messages"]
    for number in range(count):
        name, line = hostile_line(dice), hostile_line(dice, 4000)
        room, said = SAID[number % len(SAID)](name or "?", line)
        state = reduce(seat(state, "Me", name), said, 0.0)
        scene.show_table(view_maker.see(state), NOW)
        scene.show_room(room, name)
        scene.paint(surface, NOW)
        boxes = [
            box for each, box in scene.hits(NOW).items() if each.startswith(("talk:", "room:"))
        ]
        assert all(place.clipped(box) == box for box in boxes)
    assert len({each.serial for each in state.heard}) > count // 5
    surface.fill((0, 0, 0), place)
    before.fill((0, 0, 0), place)
    assert surface.get_buffer().raw == before.get_buffer().raw
