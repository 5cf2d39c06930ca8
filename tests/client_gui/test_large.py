"""Text never overlaps other text of its panel, and none is cut off, in large type as in small."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import combinations

import pygame
import pytest

from client_gui.games.roulette.panels.chip_tray import Keys
from client_gui.games.roulette.panels.desk import Desk
from client_gui.games.roulette.panels.felt import Table
from client_gui.games.roulette.panels.record import Record
from client_gui.games.roulette.panels.statistics import Stats
from client_gui.games.roulette.scene.table import TableScene
from client_gui.kit.box import Box, Point
from client_gui.kit.canvas import Canvas, Panel
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.theme import Rgb, Style, Type
from client_gui.kit.words import LANGUAGES
from client_gui.shell.frame import Frame
from client_gui.shell.panels import settings
from client_gui.shell.panels.calls import Calls
from client_gui.shell.panels.help import Help
from client_gui.shell.panels.lists import Lists
from client_gui.shell.panels.settings import Settings
from client_gui.shell.panels.talk import Talk
from tests.client_gui.states import STATES, new_scene
from tests.client_gui.test_pictures import DOOR, door

pytestmark = pytest.mark.usefixtures("display")

SIZE = (960, 600)


class Recorder(Canvas):
    """Writes down where each line of text stands: as high as its capitals are."""

    def __init__(
        self, surface: pygame.Surface, scale: float, type_: Typesetter, made: Cache
    ) -> None:
        super().__init__(surface, scale, type_, made)
        self.lines: list[tuple[str, Box]] = []
        self.sizes: dict[str, int] = {}
        """In how many pixels each line is set that has a certain room."""

    def _fitted(
        self, text: str, style: Type, px: int, room: int, foreign: bool, tracking: int
    ) -> tuple[str, int]:
        shown, size = super()._fitted(text, style, px, room, foreign, tracking)
        self.sizes[text] = size
        return shown, size

    def text(
        self, text: str, style: Type, colour: Rgb, at: Point, align: str = "left",
        room: int | None = None, foreign: bool = False, tracking: int = 0,
        among: Collection[str] = (),
    ) -> int:  # fmt: skip
        wide = super().text(text, style, colour, at, align, room, foreign, tracking, among)
        if text:
            x = at[0] - {"left": 0, "center": wide // 2, "right": wide}[align]
            high = round(self._type.pixels(style, self.scale) * 0.64)
            self.lines.append((text, Box(x, at[1] - high // 2, wide, high)))
        return wide


def recorded(scene: TableScene, now: float, panel: Panel[Frame]) -> Recorder:
    frame = scene.frame(now)
    canvas = Recorder(pygame.Surface(SIZE), frame.layout.scale, scene.type, scene.made)
    canvas.marked = scene.ui.preferences.marks
    panel.draw(canvas, frame)
    return canvas


def scene_of(state: str, language: str, large: bool) -> tuple[TableScene, float]:
    scene = new_scene(state, language)
    scene.ui.preferences = replace(scene.ui.preferences, large=large, marks=large)
    scene.resize(SIZE)
    scene.restyle()
    return scene, STATES[state](scene)


def each_type() -> Iterator[object]:
    """Both sizes of type in each language; the ordinary run has either in one of them, in turn."""
    for at, state in enumerate(sorted(STATES)):
        for other, language in enumerate(LANGUAGES):
            for large in (False, True):
                now = large is bool((at + other) % 2)
                mark = pytest.mark.count(1, 0) if now else pytest.mark.count(0, 1)
                name = f"{state}-{language}-{'large' if large else 'usual'}"
                yield pytest.param(state, language, large, marks=mark, id=name)


@pytest.mark.parametrize(("state", "language", "large"), [*each_type()])
def test_no_text_runs_into_another(state: str, language: str, large: bool) -> None:
    scene, now = scene_of(state, language, large)
    frame = scene.frame(now)
    found = []
    for panel in scene._panels:
        if panel.face(frame) is None:
            continue
        canvas = recorded(scene, now, panel)
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


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("chips", [999_999, 1_234_567_890, 2**63 - 1])
@pytest.mark.parametrize("tab", ["bets", "players", "history"])
def test_sums_of_any_size_leave_the_names_their_room(chips: int, tab: str, large: bool) -> None:
    scene, now = scene_of("betting", "ru", large)
    view = scene.frame(now).view
    scene.show_table(
        replace(
            view,
            bets=tuple(replace(each, amount=chips) for each in view.bets),
            people=tuple(replace(each, balance=chips) for each in view.people),
            history=tuple(replace(each, net=-chips) for each in view.history),
            my_bets=dict.fromkeys(view.my_bets, chips),
            totals=dict.fromkeys(view.totals, chips),
        ),
        now,
    )
    scene.ui.tab = tab
    (lists,) = (each for each in scene._panels if isinstance(each, Lists))
    canvas = recorded(scene, now, lists)
    assert len(canvas.lines) > 8
    assert canvas.cut == []
    place = scene.frame(now).layout.lists.grown(1)
    leaving = [text for text, box in canvas.lines if box.clipped(place) != box]
    over = [(a, b) for (a, one), (b, other) in combinations(canvas.lines, 2) if one.touches(other)]
    assert leaving + over == []


ROWS = (
    (
        "betting",
        Keys,
        (
            "chip_tray.undo",
            "chip_tray.redo",
            "chip_tray.double",
            "chip_tray.rebet",
            "chip_tray.clear",
        ),
    ),
    ("betting", Stats, ("left.hot", "left.cold")),
    ("betting", Table, ("spot.even", "spot.odd", "spot.low", "spot.high")),
    ("croupier", Desk, ("desk.close", "desk.auto_off", "desk.void")),
    ("croupier calls", Calls, ("phrase.welcome", "phrase.last_call", "phrase.good_night")),
    ("session asked", Talk, ("talk.yes", "talk.no")),
    ("settings", Settings, tuple(f"settings.{row.name}" for row in settings.ROWS)),
    ("keys", Help, ("help.lay", "help.sum", "help.tab", "help.settings")),
    ("night", Record, ("record.save_html", "record.save_csv")),
)


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("state", "kind", "keys"), ROWS, ids=[kind.__name__ for _, kind, _ in ROWS]
)
def test_what_stands_in_a_row_is_of_one_size(
    state: str, kind: type[Panel[Frame]], keys: tuple[str, ...], language: str, large: bool
) -> None:
    scene, now = scene_of(state, language, large)
    (panel,) = (each for each in scene._panels if isinstance(each, kind))
    sizes = recorded(scene, now, panel).sizes
    assert len({sizes[scene.words(key)] for key in keys}) == 1, sizes


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
    for place in (layout.wheel, layout.results, layout.round_banner, red, layout.lists):
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
