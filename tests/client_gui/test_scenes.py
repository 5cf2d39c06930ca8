"""The scenes without a screen or a server: events go in, intents come out, pictures are whole."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client_gui.games.roulette import intents as play
from client_gui.games.roulette.view import Phase
from client_gui.kit.box import Box
from client_gui.kit.words import LANGUAGES
from client_gui.shell import intents as ask
from client_gui.shell.preferences import Preferences
from tests.client_gui import states
from tests.client_gui.hands import click, key, press, table
from tests.client_gui.states import NOW, PLAYER, STATES

pytestmark = pytest.mark.usefixtures("display")

SIZES = [(960, 600), (1280, 800), (1920, 1080)]
LARGER = SIZES[1:]
"""How the smallest looks, and that no word is cut off there, `test_pictures` sees."""


def larger() -> Iterator[object]:
    """Every state in each language and size, in the ordinary run in one of these, in turn."""
    looks = [*product(LANGUAGES, LARGER)]
    for at, state in enumerate(sorted(STATES)):
        for look in looks:
            now = look == looks[at % len(looks)]
            mark = pytest.mark.count(1, 0) if now else pytest.mark.count(0, 1)
            yield pytest.param(state, *look, marks=mark)


@pytest.mark.parametrize(("state", "language", "size"), [*larger()])
def test_no_word_is_cut_off(state: str, language: str, size: tuple[int, int]) -> None:
    scene, now = states.scene(state, language, size)
    scene.paint(pygame.Surface(size), now)
    assert scene.cut == []


@pytest.mark.parametrize("first", sorted(STATES))
def test_drawing_what_changed_gives_the_whole_picture(first: str) -> None:
    """From any state to the next: the same as drawn from nothing, but for the rounding of alpha."""
    second = sorted(STATES)[(sorted(STATES).index(first) + 7) % len(STATES)]
    scene, now = states.scene(first, "en", (960, 600))
    surface = pygame.Surface((960, 600))
    scene.paint(surface, now)
    after = STATES[second](scene)
    scene.paint(surface, after)
    fresh = pygame.Surface((960, 600))
    scene._painter.forget()
    scene.paint(fresh, after)
    for one, other in ((surface, fresh), (fresh, surface)):
        more = one.copy()
        more.blit(other, (0, 0), special_flags=pygame.BLEND_RGB_SUB)  # Not under 0.
        assert not pygame.image.tobytes(more, "RGB").translate(None, bytes(range(3)))


def test_nothing_new_draws_nothing() -> None:
    scene = table(replace(PLAYER, deadline=None))
    surface = pygame.Surface((1280, 800))
    assert scene.paint(surface, NOW) == [Box(0, 0, 1280, 800)]
    assert scene.paint(surface, NOW + 1) == []
    assert not scene.moves(NOW + 1)
    assert scene.due(NOW + 1) == float("inf")


def test_a_turning_wheel_draws_only_the_wheel() -> None:
    scene = table(replace(PLAYER, deadline=None))
    surface = pygame.Surface((1280, 800))
    scene.paint(surface, NOW)
    scene.show_table(replace(PLAYER, phase=Phase.CLOSED, deadline=None), NOW)
    scene.paint(surface, NOW)
    (area,) = scene.paint(surface, NOW + 0.5)
    wheel = scene.frame(NOW).layout.wheel
    assert area.clipped(wheel) == area
    assert scene.moves(NOW + 0.5)


@settings(max_examples=20)
@given(st.integers(960, 2000), st.integers(600, 1400))
def test_any_size_is_drawn(width: int, height: int) -> None:
    scene, now = states.scene("hover", "ru", (width, height))
    scene.paint(pygame.Surface((width, height)), now)
    assert scene.cut == []


points = st.tuples(st.integers(-10, 970), st.integers(-10, 610))

hands = st.one_of(
    st.builds(
        lambda at, button: pygame.event.Event(
            pygame.MOUSEBUTTONDOWN, pos=at, button=button, touch=False
        ),
        points, st.integers(1, 5),
    ),
    st.builds(
        lambda at: pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1, touch=False), points
    ),
    st.builds(
        lambda at: pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)),
        points,
    ),
    st.builds(
        lambda y: pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=y, flipped=False), st.integers(-9, 9)
    ),
    st.builds(lambda text: pygame.event.Event(pygame.TEXTINPUT, text=text), st.text(max_size=3)),
    st.builds(
        lambda code, scancode, mod: pygame.event.Event(
            pygame.KEYDOWN, key=code, scancode=scancode, mod=mod, unicode=""
        ),
        st.sampled_from([pygame.K_TAB, pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_BACKSPACE, 97]),
        st.integers(4, 60), st.sampled_from([0, pygame.KMOD_SHIFT, pygame.KMOD_CTRL]),
    ),
)  # fmt: skip


@settings(max_examples=25)
@given(st.sampled_from(sorted(STATES)), st.lists(hands, max_size=12))
def test_no_hands_break_the_window(state: str, events: list[pygame.event.Event]) -> None:
    scene, now = states.scene(state, "ru", (960, 600))
    surface = pygame.Surface((960, 600))
    for event in events:
        scene.handle(event, now)
        now += 0.3
        scene.paint(surface, now)
    scene.hits(now)
    scene.banner(now)


def test_the_settings_do_what_they_say() -> None:
    scene = table()
    press(scene, "button:settings")
    assert press(scene, "set:language") == [ask.SetLanguage("ru")]
    assert press(scene, "set:motion") == [ask.Prefer(Preferences(reduced_motion=True))]
    assert press(scene, "set:fullscreen") == [ask.SetFullscreen(True)]
    assert press(scene, "set:leave") == []
    assert press(scene, "set:leave") == [ask.Leave()]
    click(scene, (640, 790))
    assert not scene.ui.menu


def test_lists_scroll_to_their_end_and_no_further() -> None:
    many = tuple(replace(PLAYER.bets[0], name=f"Player {n}") for n in range(80))
    scene = table(replace(PLAYER, bets=many))
    at = scene.hits(NOW)["list"].middle
    scene.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)), NOW)
    for _ in range(200):
        scene.handle(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-1, flipped=False), NOW)
    assert 60 < scene.ui.scroll["bets"] < 80
    for _ in range(200):
        scene.handle(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=1, flipped=False), NOW)
    assert scene.ui.scroll["bets"] == 0


def test_tab_walks_over_every_control_and_return_presses_it() -> None:
    scene = table()
    seen = []
    for _ in range(40):
        key(scene, pygame.K_TAB)
        seen.append(scene.ui.focus)
    assert {"button:undo", "chip:1", "field:sum", "tab:history", "button:settings"} <= set(seen)
    while scene.ui.focus != "tab:history":
        key(scene, pygame.K_TAB)
    assert key(scene, pygame.K_RETURN) == [play.AskHistory()]
    key(scene, pygame.K_TAB, mod=pygame.KMOD_SHIFT)
    assert scene.ui.focus == "tab:players"
