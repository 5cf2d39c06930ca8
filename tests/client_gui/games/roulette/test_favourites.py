"""Favourites: kept under names, laid with a click or a key, read back from any file."""

import json
from pathlib import Path
from typing import Any

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.store import Store
from client_gui.games.roulette import intents as play
from client_gui.games.roulette.favourites import (
    MOST,
    Favourite,
    among,
    as_settings,
    drop,
    from_settings,
    keep,
    of,
)
from client_gui.games.roulette.scene.table import TableScene
from client_gui.shell import intents as ask
from client_gui.shell.preferences import Preferences
from tests.client_gui.hands import click, key, press, table, write
from tests.client_gui.states import CLASSIC, FIRST, NOW, PLAYER

pytestmark = pytest.mark.usefixtures("display")

LAY = ((17, 40), (3, 25))
NAMES = st.text(min_size=1, max_size=20).filter(lambda name: bool(name.strip()))
LAYS = st.dictionaries(st.integers(0, 156), st.integers(1, 10**6), min_size=1).map(
    lambda bets: tuple(bets.items())
)


def keeping(*kept: Favourite) -> Preferences:
    return Preferences(games=among({}, kept))


def opened() -> TableScene:
    scene = table()
    key(scene, pygame.K_f, pygame.KSCAN_F)
    return scene


@given(st.lists(st.builds(Favourite, NAMES, LAYS), max_size=MOST))
def test_what_is_kept_comes_back_from_the_file(kept: list[Favourite]) -> None:
    assert from_settings(json.loads(json.dumps(as_settings(tuple(kept))))) == tuple(kept)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)
LISTS = st.lists(st.lists(JSON, max_size=3), max_size=4)


@given(st.lists(JSON | st.fixed_dictionaries({"name": JSON, "bets": LISTS}), max_size=4))
def test_any_file_is_read(found: list[Any]) -> None:
    for each in from_settings(found):
        assert each.name.strip()
        assert all(0 <= spot < 157 and chips > 0 for spot, chips in each.lay)


def test_a_name_stands_for_one_favourite() -> None:
    kept = keep((), "Sunday", LAY)
    kept = keep(kept, "Monday", LAY)
    kept = keep(kept, " Sunday ", ((5, 1),))
    assert kept == (Favourite("Sunday", ((5, 1),)), Favourite("Monday", LAY))
    assert drop(kept, 0) == (Favourite("Monday", LAY),)


def test_what_lies_on_the_table_is_kept_under_the_name_that_was_typed(tmp_path: Path) -> None:
    scene = opened()
    press(scene, "field:favourite")
    write(scene, "Удача")
    (wish,) = press(scene, "button:keep")
    wanted = keeping(Favourite("Удача", tuple(PLAYER.my_bets.items())))
    assert wish == ask.Prefer(wanted)
    Store(tmp_path).keep_settings(wanted.as_settings())
    assert Preferences.read(Store(tmp_path).settings()) == scene.ui.preferences == wanted
    assert scene.ui.lines["field:favourite"] == ""


def test_return_keeps_it_too_and_a_name_is_needed() -> None:
    scene = opened()
    press(scene, "field:favourite")
    assert key(scene, pygame.K_RETURN) == []
    assert scene.banner(NOW) == "Type a name for these bets first"
    write(scene, "A")
    assert len(key(scene, pygame.K_RETURN)) == 1


def test_what_other_games_keep_stays() -> None:
    kept = among({"cards": [1]}, (Favourite("A", LAY),))
    assert kept["cards"] == [1]
    assert of(Preferences(games=kept)) == (Favourite("A", LAY),)


def test_of_an_empty_table_nothing_is_kept() -> None:
    scene = table(FIRST)
    scene.ui.lines["field:favourite"] = "A"
    assert scene.keep_favourite(NOW) == []
    assert scene.banner(NOW) == "Nothing of yours lies on the table"


def test_more_than_there_are_keys_for_are_not_kept() -> None:
    scene = opened()
    scene.ui.preferences = keeping(*(Favourite(str(n), LAY) for n in range(MOST)))
    scene.ui.lines["field:favourite"] = "one more"
    assert press(scene, "button:keep") == []
    assert scene.ui.lines["field:favourite"] == "one more"


def test_a_click_or_a_key_lays_a_favourite_and_undo_takes_it_back() -> None:
    scene = opened()
    scene.ui.preferences = keeping(Favourite("A", LAY), Favourite("B", ((8, 5),)))
    assert press(scene, "favourite:0") == [play.PlaceBets(LAY)]
    key(scene, pygame.K_f, pygame.KSCAN_F)
    assert "favourite:0" not in scene.hits(NOW)
    assert key(scene, pygame.K_F2, pygame.KSCAN_F2) == [play.PlaceBets(((8, 5),))]
    assert key(scene, pygame.K_F3, pygame.KSCAN_F3) == []


def test_a_cross_forgets_a_favourite() -> None:
    scene = opened()
    scene.ui.preferences = keeping(Favourite("A", LAY), Favourite("B", LAY))
    assert press(scene, "drop:0") == [ask.Prefer(keeping(Favourite("B", LAY)))]


def test_nothing_is_laid_through_the_open_list() -> None:
    scene = opened()
    box = scene.hits(NOW)["favourites"]
    assert click(scene, (box.x + 3, box.y + 3)) == []


def test_classic_has_no_favourites() -> None:
    scene = table(CLASSIC)
    key(scene, pygame.K_f, pygame.KSCAN_F)
    assert "button:favourites" not in scene.hits(NOW)
    assert "favourites" not in scene.hits(NOW)
