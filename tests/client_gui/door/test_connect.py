"""The door without a screen or a server: what is typed there, and a table that is a stranger."""

from dataclasses import replace

import pygame
import pytest

from client_gui.door.connect import ConnectScene, check
from client_gui.door.refused import refused
from client_gui.door.stranger import ANEW, BACK
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.words import LANGUAGES, Words
from client_gui.orders import enter
from client_gui.shell import intents as ask
from protocol.house.door import Refused
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason
from tests.client_gui.hands import key, press, write
from tests.client_gui.states import NOW, new_door

pytestmark = pytest.mark.usefixtures("display")

SIZES = [(960, 600), (1280, 800), (1920, 1080)]


def door(language: str = "en") -> ConnectScene:
    scene = new_door(language)
    scene.resize((1280, 800))
    scene.fill("127.0.0.1", 1234, "")
    return scene


def test_a_name_and_a_click_and_one_is_playing() -> None:
    scene = door()
    assert scene.ui.focus == "field:name"
    write(scene, "Анна")
    assert press(scene, "button:sit") == [ask.Connect("127.0.0.1", 1234, "Анна", "player")]
    assert scene.ui.busy
    assert press(scene, "button:cancel") == [ask.Cancel()]


@pytest.mark.parametrize(
    ("lines", "role", "wrong"),
    [
        ({"field:host": ""}, "player", "field:host"),
        ({"field:host": "my host"}, "player", "field:host"),
        ({"field:port": "0"}, "player", "field:port"),
        ({"field:port": "99999"}, "player", "field:port"),
        ({"field:port": "١٢"}, "player", "field:port"),
        ({"field:name": ""}, "player", "field:name"),
        ({"field:name": "я" * 33}, "player", "field:name"),
        ({}, "croupier", "field:password"),
    ],
)
def test_what_was_typed_is_checked(lines: dict[str, str], role: str, wrong: str) -> None:
    good = {"field:host": "127.0.0.1", "field:port": "1234", "field:name": "Анна"}
    found = check(good | lines, role, False)
    assert found is not None
    assert found[0] == wrong
    assert Words("ru").has(f"check.{found[1]}")
    assert check(good, "player", False) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("large", [False, True])
def test_no_word_of_the_red_banner_is_cut_off_or_covered(language: str, large: bool) -> None:
    for size in SIZES:
        scene = door(language)
        scene.preferences = replace(scene.preferences, large=large)
        scene.restyle()
        scene.resize(size)
        scene.meet_stranger("table.example:1234")
        for armed in (None, ANEW):
            scene.ui.armed = armed
            surface = pygame.Surface(size)
            scene.paint(surface, NOW)
            assert scene.cut == []
            back = scene.hits(NOW)[BACK]
            above = {tuple(surface.get_at((x, back.y - 6)))[:3] for x in range(back.x, back.right)}
            assert above == {tuple(theme.BAD_SHADE)}, "the words reach the buttons"


def test_before_a_stranger_one_is_safe_unless_one_says_twice_that_the_host_began_anew() -> None:
    scene = door()
    write(scene, "Anna")
    scene.meet_stranger("table.example:1234")
    assert scene.banner(NOW) == scene.words("stranger.title")
    assert set(scene.hits(NOW)) == {BACK, ANEW}
    assert key(scene, pygame.K_RETURN) == []
    assert "button:sit" in scene.hits(NOW)
    scene.meet_stranger("table.example:1234")
    assert key(scene, pygame.K_ESCAPE) == []
    assert "button:sit" in scene.hits(NOW)
    scene.meet_stranger("table.example:1234")
    assert press(scene, ANEW) == []
    assert scene.ui.armed == ANEW
    assert press(scene, BACK) == []
    scene.meet_stranger("table.example:1234")
    assert press(scene, ANEW) == []
    (wish,) = press(scene, ANEW)
    assert isinstance(wish, ask.Connect)
    assert wish.new_table
    assert not scene.ui.stranger


def test_who_sits_down_otherwise_means_no_new_table() -> None:
    scene = door()
    write(scene, "Anna")
    (wish,) = press(scene, "button:sit")
    assert isinstance(wish, ask.Connect)
    assert not wish.new_table


def test_a_watcher_needs_no_name_and_classic_has_no_watchers() -> None:
    scene = door()
    press(scene, "pick:watcher")
    assert press(scene, "button:sit") == [ask.Connect("127.0.0.1", 1234, "", "watcher")]
    scene.ui.busy = ""
    press(scene, "pick:classic")
    assert scene.ui.role == "player"
    assert "pick:watcher" not in scene.hits(NOW)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["player", "croupier", "watcher"])
@pytest.mark.parametrize("classic", [False, True])
def test_no_word_is_cut_off_at_the_door(language: str, role: str, classic: bool) -> None:
    for size in SIZES:
        scene = door(language)
        scene.resize(size)
        scene.ui.role, scene.ui.classic, scene.ui.asks_table_password = role, classic, True
        for trouble in ("", scene.words("refused.not_modern")):
            scene.ui.trouble = trouble
            scene.paint(pygame.Surface(size), NOW)
            assert scene.cut == []
            hits = scene.hits(NOW)
            assert all(box.clipped(Box(0, 0, *size)) == box for box in hits.values())


@pytest.mark.parametrize(
    ("table", "reason", "words"),
    [
        ("Attic", Reason.NO_SUCH_TABLE, "This house has no table Attic"),
        ("", Reason.NO_SUCH_TABLE, "They play nothing there that this window knows"),
        ("Cards", Reason.NOT_SERVED, "They play nothing there that this window knows"),
        ("", Reason.NOT_SERVED, "This server does not offer that"),
    ],
)
def test_a_table_that_cannot_be_entered_is_said_at_the_door(
    table: str, reason: Reason, words: str
) -> None:
    wish = ask.Connect("127.0.0.1", 1234, "Ann", "player", table=table)
    said = Refused(1, reason, NO_SPOT, 0, "")
    assert refused(Words("en"), said, wish) == (words, "")


def test_a_table_that_was_named_is_asked_for() -> None:
    scene = door()
    write(scene, "Ann")
    scene.ui.table = "Corner"
    (wish,) = press(scene, "button:sit")
    assert isinstance(wish, ask.Connect)
    assert (wish.table, enter(wish).table) == ("Corner", "Corner")
