"""The loop: when it sleeps, for how long, and what wakes it up."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pygame
import pytest

from client.store import Store
from client_gui import app as loop
from client_gui.app import App
from client_gui.kit.box import Box
from client_gui.kit.screen import NoScreenError, Screen
from client_gui.options import Options
from tests.client_gui.window import CLONE, PATIENCE


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """At its door, with everything drawn and looked at."""
    options = Options()
    app = App(options, Store(tmp_path), Screen(options.size, options.fullscreen))
    app.begin()
    while pygame.event.get():
        pass
    app._drew, app._awake = False, 0.0
    yield app
    app.close()


def test_what_the_window_system_told_while_we_drew_is_looked_at_at_once(app: App) -> None:
    app._drew = True
    assert app._sleep(0.0, 5.0) == (5.0, ())


def test_with_nothing_to_wake_us_up_we_look_as_often_as_a_person_notices(app: App) -> None:
    app._screen.lines = ()
    assert app._sleep(5.0, 5.0) == (5.0 + loop.POLL, ())


def test_with_a_line_to_the_window_system_we_sleep_until_something_is_due(app: App) -> None:
    app._screen.lines = (9,)
    assert app._sleep(5.0, 5.0) == (5.0 + loop.REST, (9,))
    app._due = 5.2
    assert app._sleep(5.0, 5.0) == (5.2, (9,))


def test_a_hand_wakes_the_window_and_keeps_it_awake(app: App) -> None:
    glass, hand = socket.socketpair()
    with closing(glass), closing(hand):
        app._screen.lines = (glass.fileno(),)
        hand.send(b"!")
        last = app.turn(monotonic())
        assert app._awake == last + loop.LIVELY
        assert app._sleep(last, last) == (last + loop.MOVING, ())


def test_a_window_that_nobody_touches_draws_nothing(app: App) -> None:
    app._screen.lines = ()
    frames, last = app.frames, monotonic()
    for _ in range(5):
        last = app.turn(last)
    assert app.frames == frames


def test_what_was_covered_is_shown_again_and_not_drawn_again(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    glass: list[list[Box]] = []
    frames = app.frames
    monkeypatch.setattr(pygame.display, "update", glass.append)
    app._minimised = True
    pygame.event.post(pygame.event.Event(pygame.WINDOWEXPOSED))
    app.turn(monotonic())
    assert (glass, app.frames) == ([[(0, 0, 1280, 800)]], frames)
    assert not app._minimised


def test_what_has_another_size_when_it_is_uncovered_is_drawn(app: App) -> None:
    frames = app.frames
    app._screen.surface = pygame.display.set_mode((1000, 700))
    pygame.event.clear()
    pygame.event.post(pygame.event.Event(pygame.WINDOWEXPOSED))
    app.turn(monotonic())
    assert (app.scene.size, app.frames) == ((1000, 700), frames + 1)


def keys(*deeds: tuple[int, int]) -> list[pygame.event.Event]:
    """Nobody holds any key here, so a press without a release behind it is pygame's repetition."""
    told = [pygame.event.Event(kind, key=key, scancode=0, mod=0, unicode="") for kind, key in deeds]
    for deed in told:
        pygame.event.post(deed)
    return told


DOWN, UP = pygame.KEYDOWN, pygame.KEYUP
A, B = pygame.K_a, pygame.K_b


def test_a_key_that_was_let_go_while_we_drew_is_not_repeated(app: App) -> None:
    deeds = keys((DOWN, A), (DOWN, A), (DOWN, B), (UP, A), (DOWN, A), (UP, B), (UP, A))
    assert app._screen.events() == [deeds[0], deeds[2], deeds[4]]


def test_nor_once_more_when_that_is_heard_and_the_next_press_counts(app: App) -> None:
    deeds = keys((DOWN, A), (UP, A), (DOWN, A))
    assert app._screen.events() == deeds[:1]
    deeds = keys((DOWN, A), (UP, A))
    assert app._screen.events() == deeds[:1]


@pytest.mark.parametrize(
    ("key", "times"), [(pygame.K_LEFT, 3), (pygame.K_BACKSPACE, 3), (pygame.K_RETURN, 1), (A, 1)]
)
def test_a_key_that_is_held_is_repeated_where_it_moves_or_deletes(
    app: App, monkeypatch: pytest.MonkeyPatch, key: int, times: int
) -> None:
    press = pygame.event.Event(pygame.KEYDOWN, key=key, scancode=0, mod=0, unicode="")
    monkeypatch.setattr(pygame.key, "get_pressed", lambda: {key: True})
    for _ in range(3):
        pygame.event.post(press)
    assert app._screen.events() == [press] * times


LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere is a screen")


@LINUX
@pytest.mark.parametrize("script", ["client_gui/main.py", "client_gui/play.py"])
def test_without_a_screen_it_says_so_and_ends(tmp_path: Path, script: str) -> None:
    clean = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    ended = subprocess.run(
        [sys.executable, script],
        cwd=CLONE,
        env=clean | {"CROUPIER_HOME": str(tmp_path), "SDL_VIDEODRIVER": "x11"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert ended.returncode == 2
    assert "There is no screen for the window here" in ended.stderr
    assert "run.py text" in ended.stderr
    assert "Traceback" not in ended.stderr


@LINUX
def test_a_window_in_memory_that_nobody_asked_for_is_no_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pygame.display.quit()
    monkeypatch.setenv("SDL_VIDEODRIVER", "offscreen")
    pygame.display.init()
    monkeypatch.delenv("SDL_VIDEODRIVER")
    with pytest.raises(NoScreenError):
        Screen((960, 600), False)


def test_passwords_that_were_given_need_not_be_typed(tmp_path: Path) -> None:
    options = Options(role="croupier", croupier_password="geheim", table_password="oak")
    app = App(options, Store(tmp_path), Screen(options.size, options.fullscreen))
    lines = app._door.ui.lines
    app.close()
    assert (lines["field:password"], lines["field:table_password"]) == ("geheim", "oak")
