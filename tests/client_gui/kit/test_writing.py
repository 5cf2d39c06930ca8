"""Text fields: the keys that everybody's hands know, and the mouse."""

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.door.connect import ConnectScene
from client_gui.games import DOOR
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.words import Words
from client_gui.kit.writing import KEYS, LONGEST, Writing, letter_at, shown
from client_gui.shell import intents as ask
from client_gui.shell.intents import Intent

NOW = 0.0
FIELD = "field:host"


def line(marked: str) -> Writing:
    """`ab[cd|ef` is chosen from the bracket to the caret, which may stand on either side of it."""
    caret = marked.replace("[", "").index("|")
    mark = marked.replace("|", "").find("[")
    return Writing(marked.replace("[", "").replace("|", ""), caret, caret if mark < 0 else mark)


@pytest.mark.parametrize(
    ("before", "key", "shift", "ctrl", "after"),
    [
        ("ab|c", "left", False, False, "a|bc"),
        ("ab|c", "right", False, False, "abc|"),
        ("abc|", "right", False, False, "abc|"),
        ("ab|c", "home", False, False, "|abc"),
        ("ab|c", "end", False, False, "abc|"),
        ("ab|c", "left", True, False, "a|b[c"),
        ("ab|c", "home", True, False, "|ab[c"),
        ("a[bc|d", "left", False, False, "a|bcd"),
        ("a|bc[d", "right", False, False, "abc|d"),
        ("one two  |three", "left", False, True, "one |two  three"),
        ("one tw|o  three", "right", False, True, "one two|  three"),
        ("one two| three", "right", True, True, "one two[ three|"),
        ("ab|c", "backspace", False, False, "a|c"),
        ("|abc", "backspace", False, False, "|abc"),
        ("ab|c", "delete", False, False, "ab|"),
        ("a[bc|d", "backspace", False, False, "a|d"),
        ("a|bc[d", "delete", False, False, "a|d"),
        ("one two|", "backspace", False, True, "one |"),
        ("|one two", "delete", False, True, "| two"),
    ],
)
def test_keys_do_what_they_do_everywhere(
    before: str, key: str, shift: bool, ctrl: bool, after: str
) -> None:
    assert KEYS[key](line(before), shift, ctrl) == line(after)


def test_what_is_typed_takes_the_place_of_what_is_chosen() -> None:
    assert line("a[bc|d").put("XY") == line("aXY|d")
    assert line("ab|").all().put("z") == line("z|")
    assert Writing.end_of("x" * LONGEST).put("y").text == "x" * LONGEST


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30), st.sampled_from(list(KEYS)))
def test_no_key_leads_out_of_the_line(text: str, at: int, mark: int, key: str) -> None:
    start = Writing(text, min(at, len(text)), min(mark, len(text)))
    for shift, ctrl in ((False, False), (True, False), (False, True), (True, True)):
        after = KEYS[key](start, shift, ctrl)
        assert 0 <= after.at <= len(after.text)
        assert 0 <= after.mark <= len(after.text)


@given(st.text(max_size=40), st.integers(0, 40), st.integers(10, 200))
def test_the_caret_is_always_to_be_seen(text: str, at: int, room: int) -> None:
    at = min(at, len(text))
    start, end = shown(_wide, text, at, room)
    assert start <= at <= end
    assert _wide(text[start:end]) <= room


def test_a_click_finds_the_letter() -> None:
    assert [letter_at(_wide, "abcd", 4, 100, x) for x in (-5, 0, 4, 6, 14, 99)] == [
        0, 0, 0, 1, 1, 4,
    ]  # fmt: skip


def _wide(text: str) -> int:
    return 10 * len(text)


# --- with a real keyboard's events ----------------------------------------------------------------


def door() -> ConnectScene:
    scene = ConnectScene(Words("en"), Typesetter(), Cache(500), DOOR)
    scene.resize((1280, 800))
    scene.fill("table.example", 1234, "Anna")
    scene.ui.focus = FIELD
    return scene


def press(scene: ConnectScene, key: int, scancode: int = 0, mod: int = 0) -> list[Intent]:
    event = pygame.event.Event(pygame.KEYDOWN, key=key, scancode=scancode, mod=mod, unicode="")
    return scene.handle(event, NOW)


def write(scene: ConnectScene, text: str) -> None:
    scene.handle(pygame.event.Event(pygame.TEXTINPUT, text=text), NOW)


def test_ctrl_a_takes_all_on_any_keyboard_and_typing_replaces_it() -> None:
    scene = door()
    press(scene, 0x444, pygame.KSCAN_A, pygame.KMOD_LCTRL)  # The key of a Russian layout.
    assert scene.ui.line(FIELD).chosen == "table.example"
    write(scene, "here")
    assert scene.ui.lines[FIELD] == "here"


def test_copy_cut_and_paste_are_asked_of_the_window() -> None:
    scene = door()
    press(scene, pygame.K_HOME, mod=pygame.KMOD_SHIFT)
    assert press(scene, 0, pygame.KSCAN_C, pygame.KMOD_LCTRL) == [ask.Copy("table.example")]
    assert press(scene, 0, pygame.KSCAN_X, pygame.KMOD_LCTRL) == [ask.Copy("table.example")]
    assert scene.ui.lines[FIELD] == ""
    assert press(scene, 0, pygame.KSCAN_V, pygame.KMOD_LCTRL) == [ask.Paste()]
    scene.pasted(" far\naway \n")
    assert scene.ui.lines[FIELD] == "far away"


def test_a_password_is_not_copied() -> None:
    scene = door()
    scene.ui.role = "croupier"
    scene.ui.focus = "field:password"
    write(scene, "secret")
    press(scene, pygame.K_HOME, mod=pygame.KMOD_SHIFT)
    assert press(scene, 0, pygame.KSCAN_C, pygame.KMOD_LCTRL) == []
    assert scene.ui.lines["field:password"] == "secret"


def test_the_tabulator_chooses_what_stands_in_a_field() -> None:
    scene = door()
    press(scene, pygame.K_TAB)
    assert scene.ui.focus == "field:port"
    write(scene, "99")
    assert scene.ui.lines["field:port"] == "99"


def test_the_mouse_sets_the_caret_and_chooses() -> None:
    scene = door()
    box = scene.hits(NOW)[FIELD]

    def mouse(kind: int, x: int) -> None:
        at = (box.x + x, box.middle[1])
        scene.handle(pygame.event.Event(kind, pos=at, button=1), NOW)

    mouse(pygame.MOUSEBUTTONDOWN, 1)
    assert scene.ui.line(FIELD).at == 0
    mouse(pygame.MOUSEMOTION, box.w - 1)
    assert scene.ui.line(FIELD).chosen == "table.example"
    mouse(pygame.MOUSEBUTTONUP, box.w - 1)
    mouse(pygame.MOUSEMOTION, 1)
    assert scene.ui.line(FIELD).chosen == "table.example"
    write(scene, "x")
    assert scene.ui.lines[FIELD] == "x"


def test_what_others_put_into_a_field_is_gone_on_with_at_its_end() -> None:
    scene = door()
    press(scene, pygame.K_HOME)
    scene.ui.lines[FIELD] = "elsewhere"
    write(scene, "!")
    assert scene.ui.lines[FIELD] == "elsewhere!"
