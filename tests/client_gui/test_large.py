"""Text never overlaps other text of its panel, and none is cut off, in large type as in small."""

from dataclasses import replace
from itertools import combinations

import pygame
import pytest

from client_gui.layout import Box, Point
from client_gui.scenes.table import TableScene
from client_gui.theme import Rgb, Style, Type
from client_gui.widgets.base import Canvas
from client_gui.widgets.felt import Table
from client_gui.words import LANGUAGES
from tests.client_gui.states import STATES, new_scene
from tests.client_gui.test_pictures import DOOR, door

SIZE = (960, 600)


@pytest.fixture(autouse=True)
def _display() -> None:
    pygame.display.init()
    pygame.display.set_mode((8, 8))


class Recorder(Canvas):
    """Writes down where each line of text stands: as high as its capitals are."""

    lines: list[tuple[str, Box]]

    def text(
        self, text: str, style: Type, colour: Rgb, at: Point, align: str = "left",
        room: int | None = None, foreign: bool = False, tracking: int = 0,
    ) -> int:  # fmt: skip
        wide = super().text(text, style, colour, at, align, room, foreign, tracking)
        if text:
            x = at[0] - {"left": 0, "center": wide // 2, "right": wide}[align]
            high = round(self._type.pixels(style, self.scale) * 0.64)
            self.lines.append((text, Box(x, at[1] - high // 2, wide, high)))
        return wide


def scene_of(state: str, language: str, large: bool) -> tuple[TableScene, float]:
    scene = new_scene(state, language)
    scene.ui.preferences = replace(scene.ui.preferences, large=large, marks=large)
    scene.resize(SIZE)
    scene.restyle()
    return scene, STATES[state](scene)


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", sorted(STATES))
def test_no_text_runs_into_another(state: str, language: str, large: bool) -> None:
    scene, now = scene_of(state, language, large)
    frame = scene.frame(now)
    found = []
    for panel in scene._panels:
        if panel.face(frame) is None:
            continue
        canvas = Recorder(pygame.Surface(SIZE), frame.layout.scale, scene.type, scene.made)
        canvas.marked, canvas.lines = large, []
        panel.draw(canvas, frame)
        name, place = type(panel).__name__, panel.box(frame).grown(1)
        found += [f"{name}: {text!r} was cut" for text in canvas.cut]
        found += [
            f"{name}: {text!r} leaves it: {box} of {place}"
            for text, box in canvas.lines
            if box.clipped(place) != box
        ]
        if isinstance(panel, Table):
            continue  # Chips lie over the words that are printed on the cloth.
        found += [
            f"{name}: {one!r} over {other!r}"
            for (one, a), (other, b) in combinations(canvas.lines, 2)
            if a.touches(b)
        ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", DOOR)
def test_the_door_is_whole_in_large_type(state: str, language: str) -> None:
    scene = door(state, language)
    scene.type.zoom = 1.25
    scene.resize(SIZE)
    scene.paint(pygame.Surface(SIZE), 0.0)
    assert scene.cut == []


def test_marks_are_drawn_where_colours_are() -> None:
    """On the cloth, the racetrack, the wheel, the last results and the names."""
    scene, now = scene_of("holders", "en", large=False)
    scene.ui.hover = None
    plain, marked = pygame.Surface(SIZE), pygame.Surface(SIZE)
    scene.paint(plain, now)
    layout = scene.frame(now).layout
    scene.prefer(marks=True)
    scene.paint(marked, now)
    red = layout.felt.cell(34)
    black = layout.felt.cell(28)
    for place in (layout.wheel, layout.results, layout.marquee, red, layout.lists):
        assert bytes_of(plain, place) != bytes_of(marked, place)
    assert bytes_of(plain, black.inset(4)) == bytes_of(marked, black.inset(4))


def bytes_of(surface: pygame.Surface, box: Box) -> bytes:
    return pygame.image.tobytes(surface.subsurface(box), "RGB")


def test_large_type_is_larger_and_is_taken_back_at_once() -> None:
    scene, now = scene_of("betting", "en", large=False)
    before = scene.frame(now).wide("17", Style.BODY)
    scene.activate("set:large", now)
    assert scene.frame(now).wide("17", Style.BODY) > before * 1.15
    scene.activate("set:large", now)
    assert scene.frame(now).wide("17", Style.BODY) == before
