"""No string from anywhere can break or stall the drawing."""

from functools import partial

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.kit.canvas import Canvas
from client_gui.kit.resources import LONGEST, PIXELS, WINDOWS, Cache, Typesetter, sanitize
from client_gui.kit.theme import Face, Style

HOSTILE = [
    "\0", "a\0b", "\ud800", "a" * 1_000_000, "\u202egnp.exe", "‮​", "\n" * 50, "e\u0301" * 500,
    "😀" * 10, "漢字かな", "שלום", "\ufeff", "\U0010ffff", "", " ",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_drawn(text: str) -> None:
    canvas = Canvas(pygame.Surface((300, 60)), 1.0, Typesetter(), Cache(50))
    canvas.text(text, Style.BODY, (255, 255, 255), (10, 30), room=200, foreign=True)
    assert canvas.cut == []
    assert all(line for line in canvas.wrapped(text, Style.BODY, 120))


@given(st.text(st.characters(codec=None)))
def test_any_text_is_made_fit_to_draw(text: str) -> None:
    clean = sanitize(text)
    assert len(clean) <= LONGEST * 4
    assert "\0" not in clean
    assert not any(0xD800 <= ord(c) <= 0xDFFF for c in clean)
    Typesetter().width(clean, Face.REGULAR, 14)


def test_direction_marks_and_line_breaks_do_not_reach_the_screen() -> None:
    assert sanitize("a\u202eb\u200bc\nd") == "abc d"


def test_own_words_that_do_not_fit_are_reported_and_names_are_not() -> None:
    canvas = Canvas(pygame.Surface((300, 60)), 1.0, Typesetter(), Cache(50))
    canvas.text("Own words that are long", Style.BODY, (9, 9, 9), (0, 30), room=40)
    canvas.text("A name that is long", Style.BODY, (9, 9, 9), (0, 30), room=40, foreign=True)
    assert canvas.cut == ["Own words that are long"]


def test_a_cache_forgets_the_oldest_when_it_is_full() -> None:
    cache = Cache(8)
    made: list[int] = []

    def make(n: int) -> int:
        made.append(n)
        return n

    for n in range(9):
        cache.get(n, partial(make, n))
    assert cache.get(8, lambda: make(8)) == 8
    assert made == list(range(9))
    cache.get(0, lambda: make(0))
    assert made[-1] == 0


@given(st.text(max_size=200), st.integers(20, 300))
def test_wrapped_lines_hold_every_word(text: str, room: int) -> None:
    canvas = Canvas(pygame.Surface((1, 1)), 1.0, Typesetter(), Cache(50))
    together = "".join(canvas.wrapped(text, Style.BODY, room))
    assert together.replace(" ", "") == sanitize(text).replace(" ", "")


@given(st.text("ab ", max_size=200), st.integers(20, 300), st.integers(1, 5))
def test_what_does_not_go_on_so_many_lines_ends_in_dots(text: str, room: int, most: int) -> None:
    canvas = Canvas(pygame.Surface((1, 1)), 1.0, Typesetter(), Cache(50))
    whole, lines = (canvas.wrapped(text, Style.BODY, room, each) for each in (None, most))
    if len(whole) <= most:
        assert lines == whole
        return
    assert (len(lines), lines[:-1]) == (most, whole[: most - 1])
    assert lines[-1].endswith("…")
    assert whole[most - 1].startswith(lines[-1][:-1])
    assert canvas.width(lines[-1], Style.BODY) <= room


def test_wide_lines_are_kept_as_long_as_there_is_room() -> None:
    cache = Cache(1000)
    wide = PIXELS // 8

    def make() -> tuple[pygame.Surface, int]:
        return pygame.Surface((wide, 1)), 7

    for number in range(100):
        made = cache.get(number, make)
        assert cache.get(number, make) is made
        assert cache._pixels == wide * len(cache._made)
        assert cache._pixels <= PIXELS + 2 * wide
    assert len(cache._made) > 4
    cache.clear((WINDOWS * PIXELS, 1))
    assert cache._pixels == 0
    for number in range(24):
        cache.get(number, make)
    assert len(cache._made) == 24, "a larger window has more room"
