"""The list of the tables: how it is opened, walked and put away, and what its buttons ask for."""

from dataclasses import replace
from typing import Any

import pygame
import pytest

from client_gui.games.roulette.racetrack import Aim, Kind
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.view import RouletteView
from client_gui.kit.words import LANGUAGES
from client_gui.shell import intents as ask
from client_gui.shell.panels.tables import PASSWORD, TABLES
from client_gui.shell.view import Role
from tests.client_gui.hands import click, key, press, spot, table
from tests.client_gui.states import CROUPIER, HALL, NOW, PLAYER, WATCHER

pytestmark = pytest.mark.usefixtures("display")

IN_A_HALL = replace(PLAYER, hall=HALL)
MANY = tuple(replace(HALL[2], number=at) for at in range(1, 41))


def opened(view: RouletteView = IN_A_HALL) -> TableScene:
    scene = table(view)
    assert press(scene, TABLES) == [ask.AskTables()]
    return scene


def is_open(scene: TableScene) -> bool:
    return scene.ui.hall


def tap(scene: TableScene, scancode: int, code: int = 0) -> list[ask.Intent]:
    return key(scene, code, scancode)


def type_(scene: TableScene, text: str) -> list[ask.Intent]:
    return scene.handle(pygame.event.Event(pygame.TEXTINPUT, text=text), NOW)


def test_a_house_of_one_table_has_no_list() -> None:
    scene = table(PLAYER)
    assert TABLES not in scene.hits(NOW)
    assert tap(scene, pygame.KSCAN_O) == []
    assert not is_open(scene)


def test_what_the_hands_had_begun_is_forgotten_under_it() -> None:
    scene = table(IN_A_HALL)
    ui: Any = scene.ui
    ui.focus = ui.armed = "button:void"
    ui.hover, ui.aim, ui.drag = 17, Aim(Kind.NUMBER, 17), 17
    scene.open_hall()
    assert {ui.focus, ui.armed, ui.hover, ui.aim, ui.drag} == {None}


@pytest.mark.parametrize("view", [PLAYER, CROUPIER, WATCHER])
def test_one_key_opens_it_on_every_seat_and_puts_it_away(view: RouletteView) -> None:
    scene = table(replace(view, hall=HALL))
    assert tap(scene, pygame.KSCAN_O) == [ask.AskTables()]
    assert is_open(scene)
    assert tap(scene, pygame.KSCAN_O) == []
    assert not is_open(scene)
    tap(scene, pygame.KSCAN_O)
    assert tap(scene, 0, pygame.K_ESCAPE) == []
    assert not is_open(scene)


@pytest.mark.parametrize(
    ("name", "intent", "stays"),
    [
        ("sit:3", ask.SitAt(3), False),
        ("watch:3", ask.SitAt(3, watch=True), False),
        ("look:2", ask.LookAt(2), False),
        ("sit:7", ask.SitAt(7), False),
        ("look:7", ask.LookAt(7), False),
        ("rise:1", ask.RiseFrom(1), True),
        ("rise:2", ask.RiseFrom(2), True),
    ],
)
def test_a_button_asks_for_what_it_says(name: str, intent: ask.Intent, stays: bool) -> None:
    scene = opened(replace(IN_A_HALL, account=5))
    assert press(scene, name) == [intent]
    assert is_open(scene) is stays


def test_what_cannot_be_done_has_no_button() -> None:
    scene = opened()
    offered = {name for name in scene.hits(NOW) if name.partition(":")[0] in KINDS}
    of_a_guest = {name for name in offered if not name.startswith("rise:")}
    assert of_a_guest == {"look:2", "sit:3", "watch:3", "look:7", *_may_play(scene)}
    alone = (HALL[0], HALL[2])
    scene.show_table(replace(IN_A_HALL, hall=alone), NOW)
    assert "rise:1" not in scene.hits(NOW)


KINDS = ("sit", "watch", "look", "rise")


def _may_play(scene: TableScene) -> set[str]:
    """Who watches under a name may sit down there."""
    return {"sit:7"} if scene.known.account else set()


def test_a_digit_goes_to_the_table_of_its_row() -> None:
    for digit, wanted in (("2", ask.LookAt(2)), ("3", ask.SitAt(3)), ("5", ask.LookAt(7))):
        scene = opened()
        assert type_(scene, digit) == [wanted]
        assert not is_open(scene)
    scene = opened()
    for nothing in ("4", "6", "0", "x", "²"):
        assert type_(scene, nothing) == []
        assert is_open(scene)
    assert type_(scene, "1") == []
    assert not is_open(scene), "one is there already"


def test_the_tabulator_walks_the_list_and_nothing_under_it() -> None:
    scene = opened()
    walked = []
    for _ in range(12):
        tap(scene, 0, pygame.K_TAB)
        walked.append(scene.ui.focus)
    assert {name.partition(":")[0] for name in walked if name} <= {*KINDS, "button"}
    assert {TABLES, "button:hall", "look:2", "sit:3"} <= set(walked)
    scene.ui.focus = "look:2"
    assert tap(scene, 0, pygame.K_RETURN) == [ask.LookAt(2)]


def test_what_lies_under_it_is_out_of_reach() -> None:
    scene = opened()
    for code in (
        pygame.KSCAN_D,
        pygame.KSCAN_X,
        pygame.KSCAN_A,
        pygame.KSCAN_E,
        pygame.KSCAN_RETURN,
    ):
        assert tap(scene, code) == []
    assert type_(scene, "7") == []
    assert scene.ui.sum == ""
    assert click(scene, spot(scene, 1)) == []
    assert is_open(scene)
    assert click(scene, (10, 780)) == []
    assert not is_open(scene), "a press beside it puts it away"
    assert scene.known.my_bets == PLAYER.my_bets


def test_a_long_list_is_scrolled_by_keys_and_by_the_wheel() -> None:
    scene = opened(replace(IN_A_HALL, hall=MANY))

    def top() -> int:
        shown = [name for name in scene.hits(NOW) if name.startswith("sit:")]
        return int(shown[0].partition(":")[2])

    assert top() == 1
    tap(scene, pygame.KSCAN_DOWN)
    assert top() == 2
    tap(scene, pygame.KSCAN_PAGEDOWN)
    assert top() == 7
    tap(scene, pygame.KSCAN_UP)
    assert top() == 6
    scene.handle(pygame.event.Event(pygame.MOUSEWHEEL, y=-1, x=0), NOW)
    assert top() == 7
    for _ in range(20):
        tap(scene, pygame.KSCAN_PAGEDOWN)
    assert "sit:40" in scene.hits(NOW)
    tap(scene, pygame.KSCAN_UP)
    assert "sit:40" not in scene.hits(NOW)


def test_the_button_says_when_something_awaits_one_elsewhere() -> None:
    scene = table(IN_A_HALL)
    (button,) = (panel for panel in scene.panels() if type(panel).__name__ == "TablesButton")

    def face(**changed: Any) -> object:
        rows = (replace(HALL[0], awaits=True, fails=True), replace(HALL[1], **changed))
        scene.show_table(replace(PLAYER, hall=rows), NOW)
        return button.face(scene.frame(NOW))

    quiet, awaits = face(awaits=False), face(awaits=True)
    fails = face(awaits=True, fails=True)
    assert len({quiet, awaits, fails}) == 3
    assert fails == face(awaits=False, fails=True)
    scene.show_table(replace(PLAYER, hall=tuple(replace(row, awaits=False) for row in HALL)), NOW)
    assert button.face(scene.frame(NOW)) == quiet, "what awaits one here is seen here"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(960, 600), (1280, 800), (1920, 1080)])
def test_no_word_of_it_is_cut_off(language: str, size: tuple[int, int]) -> None:
    scene = table(IN_A_HALL, language)
    scene.resize(size)
    scene.activate(TABLES, NOW)
    scene.paint(pygame.Surface(size), NOW)
    assert scene.cut == []


def test_what_one_won_elsewhere_counts_for_the_night() -> None:
    scene = table(replace(PLAYER, elsewhere=-50))
    assert scene.frame(NOW).net == PLAYER.night.net - 50
    scene.show_table(replace(CROUPIER, elsewhere=7), NOW)
    assert scene.frame(NOW).net == 7
    assert Role.WATCHER not in {PLAYER.role, CROUPIER.role}


def test_a_table_with_a_password_asks_before_one_sits_or_watches_and_not_who_is_there() -> None:
    row = replace(HALL[2], number=9, role=None, here=False, password=True)
    scene = opened(replace(PLAYER, hall=(*HALL[:2], row)))
    assert press(scene, "watch:9") == []
    assert scene.ui.focus == PASSWORD
    assert type_(scene, "oak") == []
    assert press(scene, "watch:9") == [ask.SitAt(9, True, "oak")]
    scene = opened(replace(PLAYER, hall=(*HALL[:2], replace(row, role=Role.WATCHER))))
    assert press(scene, "sit:9") == [ask.SitAt(9)]


def test_where_nobody_may_watch_there_is_no_button_for_it() -> None:
    row = replace(HALL[2], number=9, role=None, here=False)
    for watchable in (True, False):
        scene = opened(replace(PLAYER, hall=(*HALL[:2], replace(row, watchable=watchable))))
        assert ("watch:9" in scene.hits(NOW)) is watchable
        assert "sit:9" in scene.hits(NOW)
