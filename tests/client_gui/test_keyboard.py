"""Everything that a mouse can press, the keyboard can press, and one sees where the keyboard is."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pygame
import pytest

from client_gui.games.roulette import intents as play
from client_gui.games.roulette.panels.help import columns
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.view import Bet, RouletteView
from client_gui.shell.scene import Scene
from tests.client_gui import states
from tests.client_gui.hands import key, table
from tests.client_gui.states import CROUPIER, HALL, NOW, PLAYER, STATES
from tests.client_gui.test_pictures import DOOR, door

pytestmark = pytest.mark.usefixtures("display")

SIZE = (960, 600)
PLACES = (
    *("menu", "help", "list", "messages", "wheel", "calls", "favourites"),
    *("commands", "record", "rounds", "bets", "proofs", "hall"),
)
"""What takes a click only so that it does not go through to what lies below."""
BY_ARROW = ("bet:", "less:", "more:", "heat:")


def scene_of(state: str) -> tuple[Scene, float]:
    if state in DOOR:
        return door(state, "en"), 0.0
    return states.scene(state, "en", SIZE)


EACH = [*DOOR, *sorted(STATES)]


@cache
def states_of_places() -> Mapping[str, list[str]]:
    """Every place that the keyboard comes to, and in which states."""
    found = defaultdict(list)
    for state in EACH:
        scene, now = scene_of(state)
        for name in scene.walked(now):
            found[name].append(state)
    return found


@pytest.mark.count(2, 1000)
@pytest.mark.parametrize("state", EACH)
def test_one_sees_where_the_keyboard_is(state: str, count: int) -> None:
    """Each place in so many of the states that have it."""
    scene, now = scene_of(state)
    surface = pygame.Surface(SIZE)
    unseen = []
    for name, there in states_of_places().items():
        if state not in there[:count]:
            continue
        scene.ui.focus = scene.ui.over = None
        scene.paint(surface, now)
        plain = surface.get_buffer().raw
        scene.ui.focus = name
        scene.paint(surface, now)
        if surface.get_buffer().raw == plain:
            unseen.append(name)
    assert not unseen


@pytest.mark.parametrize("state", EACH)
def test_the_tabulator_reaches_what_the_mouse_can_press(state: str) -> None:
    scene, now = scene_of(state)
    pressed = {name for name in scene.hits(now) if name not in PLACES}
    assert all(name.startswith((*scene.FOCUSABLE, *BY_ARROW)) for name in pressed), pressed
    reached: set[str | None] = set()
    for _ in range(len(pressed) + 1):
        scene._walk(1, now)
        reached.add(scene.ui.focus)
    assert reached - {None} == set(scene.walked(now))


def test_an_open_menu_keeps_the_keyboard_and_gives_it_back() -> None:
    scene = table()
    key(scene, 0, pygame.KSCAN_S)
    assert all(name.startswith("set:") for name in scene.walked(NOW))
    key(scene, pygame.K_ESCAPE)
    assert "button:undo" in scene.walked(NOW)


@pytest.mark.parametrize("view", [PLAYER, CROUPIER], ids=["player", "croupier"])
def test_the_help_names_every_key_of_the_seat(view: RouletteView) -> None:
    scene = table(replace(view, hall=HALL))
    key(scene, 0, pygame.KSCAN_H)
    scene.paint(pygame.Surface(scene.size), NOW)
    assert scene.cut == []
    lines = [line for _, lines in columns(scene.frame(NOW)) for line in lines]
    named = {name for line in lines for name in line.names}
    pressed = set(TableScene.KEYS[str(view.role)].values())
    between = {f"favourite:{at}" for at in range(1, 7)}  # F1 and F8 stand for them.
    assert named == pressed - between - {"button:list"}  # That is for the classic protocol.
    assert all(scene.ui.caps.get(name) for name in named)


def test_the_help_of_the_classic_protocol_has_no_taking_back() -> None:
    scene = table(replace(PLAYER, classic=True))
    key(scene, 0, pygame.KSCAN_H)
    lines = [line for _, lines in columns(scene.frame(NOW)) for line in lines]
    named = {name for line in lines for name in line.names}
    assert {"spot:lay", "button:chip", "button:list"} <= named
    assert "spot:lift" not in named


# --- the lists ------------------------------------------------------------------------------------


def long_table() -> TableScene:
    bets = tuple(Bet(f"Player {n}", n, 25) for n in range(30))
    scene = table(replace(PLAYER, bets=bets))
    scene.ui.focus = "tab:bets"
    return scene


def test_the_arrows_go_down_a_list_and_up_again() -> None:
    scene = long_table()
    seen = []
    for _ in range(35):
        key(scene, 0, pygame.KSCAN_DOWN)
        seen.append(scene.ui.focus)
    assert seen[:30] == [f"bet:{at}" for at in range(30)]
    assert seen[-1] == "bet:29"
    assert scene.frame(NOW).followed == "Player 29"
    for _ in range(30):
        key(scene, 0, pygame.KSCAN_UP)
    assert scene.ui.focus == "tab:bets"
    assert scene.ui.scroll["bets"] == 0


def test_the_arrows_go_from_list_to_list() -> None:
    scene = long_table()
    key(scene, 0, pygame.KSCAN_RIGHT)
    assert (scene.ui.tab, scene.ui.focus) == ("players", "tab:players")
    assert key(scene, 0, pygame.KSCAN_RIGHT) == [play.AskHistory()]
    key(scene, 0, pygame.KSCAN_RIGHT)
    assert scene.ui.tab == "bets"


def test_pages_go_through_a_list_or_through_what_was_said() -> None:
    scene = long_table()
    key(scene, 0, pygame.KSCAN_PAGEDOWN)
    assert scene.ui.scroll["bets"] == 8
    scene.ui.focus = None
    key(scene, 0, pygame.KSCAN_PAGEUP)
    assert scene.ui.scroll["messages"] > 0
    key(scene, 0, pygame.KSCAN_PAGEDOWN)
    assert scene.ui.scroll["messages"] == 0


def test_c_takes_the_next_chip_and_begins_again_after_the_largest() -> None:
    scene = table()
    chips = []
    for _ in range(6):
        key(scene, 0, pygame.KSCAN_C)
        chips.append(scene.ui.chip)
    assert chips == [100, 500, 1000, 1, 5, 25]


def test_the_help_opens_with_h_and_goes_with_escape_or_any_press() -> None:
    scene = table()
    key(scene, 0, pygame.KSCAN_H)
    assert scene.frame(NOW).ui.help
    key(scene, pygame.K_ESCAPE)
    assert not scene.frame(NOW).ui.help
    key(scene, 0, pygame.KSCAN_H)
    down = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(5, 300), button=1, touch=False)
    assert scene.handle(down, NOW) == []
    assert not scene.frame(NOW).ui.help


def test_the_rounds_are_asked_for_when_somebody_looks_at_them_where_they_can_be() -> None:
    scene = table()
    assert scene.activate("tab:history", NOW) == [play.AskHistory()]
    assert scene.activate("tab:players", NOW) == []
    assert table(states.CLASSIC).activate("tab:history", NOW) == []
