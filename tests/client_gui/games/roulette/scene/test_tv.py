"""The TV view: how to join, its code, where everything is, and the keys that it has."""

import io
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stderr
from dataclasses import replace

import pygame
import pytest

from client_gui.games.roulette.panels.tv import Join, Result, draw_code
from client_gui.games.roulette.panels.tv_layout import TvLayout
from client_gui.games.roulette.scene.tv import TvScene
from client_gui.kit.box import Box
from client_gui.kit.words import LANGUAGES
from client_gui.options import read
from client_gui.shell import intents as ask
from client_gui.shell.invitation import QUIET, Invitation, code, is_here, module_size
from client_gui.shell.whereabouts import Whereabouts, answering
from tests.client_gui import states
from tests.client_gui.games.roulette.scene.qr import read_code
from tests.client_gui.states import ALONE, FRIENDS, NOW
from tests.client_gui.test_large import Recorder

pytestmark = pytest.mark.usefixtures("display")

SIZES = [(960, 600), (1280, 800), (1920, 1080), (960, 1400), (2560, 700), (3840, 2160)]


def tv(state: str = "tv betting") -> TvScene:
    scene, _ = states.scene(state, "en", (960, 600))
    assert isinstance(scene, TvScene)
    return scene


# --- how to join ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True),
        ("0.0.0.0", True), ("192.168.1.20", False), ("fe80::1%eth0", False), ("annas-pc", False),
    ],
)  # fmt: skip
def test_only_this_machine_means_itself_by_these(host: str, here: bool) -> None:
    assert is_here(host) is here


def test_the_address_is_as_friends_type_it() -> None:
    assert FRIENDS.address == "192.168.1.20:1234"
    assert " ".join(FRIENDS.command) == "python run.py client 192.168.1.20 1234"
    assert Invitation("fe80::1", 7).address == "[fe80::1]:7"
    assert Invitation("fe80::1", 7).command[1] == "fe80::1 7"


def test_an_address_is_passed_on_only_if_somebody_answers_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as house:
        port = house.getsockname()[1]
        assert answering(["127.0.0.1"], port) == "127.0.0.1"
    assert answering(["127.0.0.1"], port) == ""
    assert answering([], port) == ""


def until_known(where: Whereabouts) -> Invitation | None:
    for thread in threading.enumerate():
        if thread.name == "whereabouts":
            thread.join(20)
    return where()


def test_a_house_that_listens_to_this_machine_alone_invites_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as house:
        port = house.getsockname()[1]
        assert until_known(Whereabouts("localhost", port)) == Invitation("localhost", port, False)


def test_what_was_typed_for_another_machine_is_passed_on_as_it_is() -> None:
    assert Whereabouts("annas-pc", 1234)() == Invitation("annas-pc", 1234)


# --- the code -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "invitation",
    [FRIENDS, Invitation("a.b", 1), Invitation("2001:db8::1234:5678:9abc:def0", 65535)],
)
def test_a_telephone_reads_the_invitation(invitation: Invitation) -> None:
    assert read_code(code(invitation.text)) == invitation.text


def test_a_code_is_drawn_on_whole_pixels_with_quiet_around_it() -> None:
    modules = code(FRIENDS.text)
    size = module_size(modules, 150)
    picture = draw_code(modules, size)
    side = len(modules) + 2 * QUIET
    assert picture.get_size() == (size * side, size * side)
    assert size * side <= 150 < (size + 1) * side
    for y in range(size * side):
        for x in range(size * side):
            row, column = y // size - QUIET, x // size - QUIET
            inside = 0 <= row < len(modules) and 0 <= column < len(modules)
            dark = inside and modules[row][column]
            assert picture.get_at((x, y)) == pygame.Color("black" if dark else "white")


# --- what is shown --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_nothing_lies_over_anything_else(size: tuple[int, int]) -> None:
    room = TvLayout.of(size)
    boxes = [room.layout.wheel, room.head, room.phase, room.result, room.numbers, room.join]
    assert all(box.clipped(Box(0, 0, *size)) == box for box in boxes)
    assert not any(a.touches(b) for at, a in enumerate(boxes) for b in boxes[:at])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [each for each in states.STATES if each.startswith("tv ")])
@pytest.mark.parametrize("size", [(960, 1400), (2560, 700)])
def test_no_word_is_cut_off_in_an_odd_window(
    state: str, language: str, size: tuple[int, int]
) -> None:
    scene, now = states.scene(state, language, size)
    scene.paint(pygame.Surface(size), now)
    assert scene.cut == []


def test_it_tells_where_others_join() -> None:
    assert tv().join == FRIENDS.address
    assert tv("tv alone").join == ""
    assert not ALONE.for_others


def test_it_looks_again_until_it_is_known_where_others_join() -> None:
    found: list[Invitation] = []
    ready = tv()
    scene = TvScene(lambda: found[0] if found else None, ready.words, ready.type, ready.made)
    scene.resize((960, 600))
    surface = pygame.Surface((960, 600))
    scene.paint(surface, NOW)
    assert scene.join is None
    assert scene.due(NOW) < NOW + 1
    found.append(FRIENDS)
    assert scene.paint(surface, NOW) == [TvLayout.of((960, 600)).join]
    assert scene.due(NOW) > NOW + 1


def test_a_long_address_is_told_in_full() -> None:
    far = Invitation("2001:db8:1111:2222:3333:4444:5555:6666", 65535)
    ready = tv()
    scene = TvScene(lambda: far, ready.words, ready.type, ready.made)
    scene.resize((960, 600))
    canvas = Recorder(pygame.Surface((960, 600)), 0.75, scene.type, scene.made)
    join = next(panel for panel in scene.panels() if isinstance(panel, Join))
    join.draw(canvas, scene.frame(NOW))
    assert far.address in "".join(text for text, _ in canvas.lines)
    assert far.host in "".join(text for text, _ in canvas.lines[3:])
    boxes = [box for _, box in canvas.lines]
    assert not any(a.touches(b) for at, a in enumerate(boxes) for b in boxes[:at])


def test_a_screen_that_comes_later_does_not_say_that_nothing_has_come() -> None:
    scene = tv("tv first")
    surface = pygame.Surface((960, 600))
    scene.paint(surface, NOW)
    (panel,) = (each for each in scene.panels() if isinstance(each, Result))
    for results, said in (((), "The wheel is yet to turn"), ((22,), "The next number")):
        before = panel.face(scene.frame(NOW))
        scene.show_table(replace(scene.known, results=results), NOW)
        assert (panel.face(scene.frame(NOW)) != before) == bool(results)
        canvas = Recorder(surface, 0.75, scene.type, scene.made)
        panel.draw(canvas, scene.frame(NOW))
        assert " ".join(text for text, _ in canvas.lines).startswith(said)


# --- hands ----------------------------------------------------------------------------------------


def key(scene: TvScene, scancode: int) -> list[ask.Intent]:
    event = pygame.event.Event(pygame.KEYDOWN, key=0, scancode=scancode, mod=0, unicode="")
    return scene.handle(event, NOW)


def test_there_is_nothing_to_press() -> None:
    scene = tv()
    assert scene.hits(NOW) == scene.spot_hits(NOW) == {}
    for event in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        assert scene.handle(pygame.event.Event(event, pos=(700, 300), button=1), NOW) == []
    assert key(scene, pygame.KSCAN_SPACE) == []
    assert scene.frame(NOW).lit == frozenset()


def test_escape_leaves_the_full_screen_and_then_the_table() -> None:
    scene = tv()
    assert key(scene, pygame.KSCAN_F) == [ask.SetFullscreen(True)]
    assert key(scene, pygame.KSCAN_ESCAPE) == [ask.SetFullscreen(False)]
    assert key(scene, pygame.KSCAN_ESCAPE) == [ask.Leave()]


def test_a_key_changes_the_language() -> None:
    assert key(tv(), pygame.KSCAN_L) == [ask.SetLanguage("ru")]


# --- the command line -----------------------------------------------------------------------------


def test_a_screen_for_the_room_watches() -> None:
    for said in (["annas-pc", "--tv"], ["annas-pc", "--watch", "--tv"]):
        options = read(said)
        assert (options.tv, options.role) == (True, "watcher")
    assert not read(["annas-pc", "--watch"]).tv


def refused(said: Callable[[], object]) -> str:
    words = io.StringIO()
    with redirect_stderr(words), pytest.raises(SystemExit):
        said()
    return words.getvalue()


def test_what_a_screen_cannot_be_is_said_in_words() -> None:
    assert "only watches" in refused(lambda: read(["--tv", "--croupier"]))
    assert "classic" in refused(lambda: read(["--tv", "--classic"]))


def test_the_encoder_is_loaded_only_for_the_screen() -> None:
    """It would cost every window a tenth of a second."""
    seen = "import sys, client_gui.app, client_gui.session; print('segno' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "False"
