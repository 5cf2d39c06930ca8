"""Golden pictures: every scene and state, in both languages, as `draw(state, time)` makes it.

Kept small, in blocks: what is compared is how a picture looks from some way off, so that another
build of the renderer passes, and a panel that moved, vanished or changed its colour does not. A
change that is meant is taken over by `python tests/client_gui/test_pictures.py`.
"""

import os
import sys
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    os.environ["SDL_VIDEODRIVER"] = "dummy"

import pygame
import pytest

from client_gui.door.connect import ConnectScene
from client_gui.kit.words import LANGUAGES
from tests.client_gui import states

GOLDEN = Path(__file__).parent / "golden"
DRAWN = (960, 600)
KEPT = (240, 150)
BLOCK = 6
NEAR = 10.0
"""So much a block may differ, of 255, on the average of its pixels and colours."""

DOOR = ("door", "door as croupier", "door refused")


def door(state: str, language: str) -> ConnectScene:
    scene = states.new_door(language)
    scene.ui.places = (("127.0.0.1", 1234), ("192.168.1.20", 4321))
    scene.resize(DRAWN)
    scene.ui.role = "croupier" if state == "door as croupier" else "player"
    scene.fill("192.168.1.20", 1234, "Анна")
    if state == "door refused":
        scene.ui.asks_table_password = True
        scene.failed(scene.words("refused.table_password"), "field:table_password")
    return scene


def picture(state: str, language: str) -> pygame.Surface:
    states.KeptType.boxes.clear()
    surface = pygame.Surface(DRAWN)
    if state in DOOR:
        door(state, language).paint(surface, 0.0)
    else:
        scene, now = states.scene(state, language, DRAWN)
        scene.paint(surface, now)
        assert scene.cut == [], "a word is cut off"
    assert states.KeptType.boxes == set(), "the typeface has no such sign"
    return pygame.transform.smoothscale(surface, KEPT)


def path(state: str, language: str) -> Path:
    return GOLDEN / f"{state.replace(' ', '-')}-{language}.png"


def farthest(a: pygame.Surface, b: pygame.Surface) -> tuple[float, tuple[int, int]]:
    """How far apart the two are where they are farthest, and where that is."""
    small = (KEPT[0] // BLOCK, KEPT[1] // BLOCK)
    one, other = (pygame.transform.smoothscale(each, small) for each in (a, b))
    differences = {
        (x, y): sum(
            abs(p - q)
            for p, q in zip(one.get_at((x, y))[:3], other.get_at((x, y))[:3], strict=True)
        )
        / 3
        for x in range(small[0])
        for y in range(small[1])
    }
    where = max(differences, key=lambda at: differences[at])
    return differences[where], (where[0] * BLOCK, where[1] * BLOCK)


ALL = [(state, language) for state in (*DOOR, *states.STATES) for language in LANGUAGES]


@pytest.mark.parametrize(("state", "language"), ALL)
def test_it_looks_as_it_did_and_no_word_is_cut_off(state: str, language: str) -> None:
    pygame.display.init()
    pygame.display.set_mode((8, 8))
    golden = pygame.image.load(path(state, language)).convert()
    apart, where = farthest(picture(state, language).convert(), golden)
    assert apart <= NEAR, f"{apart:.1f} apart near {where} of {KEPT}"


def test_every_golden_picture_is_of_a_state() -> None:
    assert {file.name for file in GOLDEN.glob("*.png")} == {path(*each).name for each in ALL}


def write() -> None:
    """Take what is drawn now for right."""
    pygame.display.init()
    pygame.display.set_mode((8, 8))
    GOLDEN.mkdir(exist_ok=True)
    for file in GOLDEN.glob("*.png"):
        file.unlink()
    for state, language in ALL:
        pygame.image.save(picture(state, language), path(state, language))


if __name__ == "__main__":
    write()
