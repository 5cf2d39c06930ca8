"""Where no clock runs, the pill says who is awaited."""

from dataclasses import replace
from typing import Any

import pytest

from client_gui.games.roulette.panels.top_bar import Pill
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.view import Phase, RouletteView
from client_gui.kit.canvas import Panel
from client_gui.kit.words import LANGUAGES
from client_gui.shell.view import Line, Person, Role
from tests.client_gui.states import CLASSIC, CROUPIER, NOW, PLAYER, WATCHER, new_scene
from tests.client_gui.test_large import SIZE, recorded

WITHOUT_CLOCK = replace(PLAYER, auto=None, deadline=None)
GONE = tuple(replace(p, online=p.role is not Role.CROUPIER) for p in PLAYER.people)
NOBODY = tuple(p for p in PLAYER.people if p.role is not Role.CROUPIER)


@pytest.mark.parametrize(
    ("view", "awaited"),
    [
        (WITHOUT_CLOCK, "croupier"),
        (replace(WITHOUT_CLOCK, people=NOBODY), "no_croupier"),
        (replace(WITHOUT_CLOCK, people=GONE), "no_croupier"),
        (replace(WATCHER, auto=None, deadline=None, people=NOBODY), "no_croupier"),
        (PLAYER, ""),
        (replace(WITHOUT_CLOCK, auto=30, people=NOBODY), ""),
        (replace(WITHOUT_CLOCK, phase=Phase.SPINNING), ""),
        (replace(WITHOUT_CLOCK, line=Line.LOST), ""),
        (replace(WITHOUT_CLOCK, people=()), ""),
        (CROUPIER, ""),
        (CLASSIC, ""),
    ],
)
def test_it_is_known_who_turns_the_wheel(view: RouletteView, awaited: str) -> None:
    assert view.awaited == awaited


def pill(scene: TableScene) -> Panel[Any]:
    return next(each for each in scene._panels if isinstance(each, Pill))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["betting", "tv betting"])
@pytest.mark.parametrize(("people", "key"), [(PLAYER.people, "croupier"), (NOBODY, "no_croupier")])
def test_the_pill_says_it_in_words(
    state: str, language: str, people: tuple[Person, ...], key: str
) -> None:
    scene = new_scene(state, language)
    scene.resize(SIZE)
    scene.show_table(replace(WITHOUT_CLOCK, people=people), NOW)
    said = [text for text, _ in recorded(scene, NOW, pill(scene)).lines]
    assert said == [scene.words("phase.betting"), scene.words(f"awaited.{key}")]


def test_the_pill_is_drawn_anew_when_a_croupier_sits_down() -> None:
    scene = new_scene("betting", "en")
    scene.resize(SIZE)
    scene.show_table(replace(WITHOUT_CLOCK, people=NOBODY), NOW)
    before = pill(scene).face(scene.frame(NOW))
    scene.show_table(WITHOUT_CLOCK, NOW)
    assert pill(scene).face(scene.frame(NOW)) != before
