"""What came of checking one's number, in the window: never overlooked where it is red."""

from dataclasses import replace

import pygame
import pytest

from client_gui.games.form.panels import place
from client_gui.games.form.scene import FormScene
from client_gui.games.form.verdict import LOOKS, Verdict, words_of
from client_gui.games.form.view import Found, found_of
from client_gui.kit import theme
from client_gui.kit.words import LANGUAGES
from protocol.fair.verdict import Colour
from tests.client.states import judged
from tests.client_gui.games.form.test_panel import FORMS
from tests.client_gui.games.form.test_scene import SIZES, scene, view_of
from tests.client_gui.states import NOW

pytestmark = pytest.mark.usefixtures("display")
FOUND = {
    Colour.GREEN: Found(Colour.GREEN),
    Colour.GREY: Found(Colour.GREY, ("no chain",)),
    Colour.RED: Found(Colour.RED, ("own_link", "draw"), "evidence.json"),
}


def with_(found: Found | None, language: str = "en", size: tuple[int, int] = SIZES[0]) -> FormScene:
    made = scene("guess", language, size)
    made.show_table(replace(view_of(FORMS["guess"]), found=found), NOW)
    return made


def test_the_last_number_counts_and_a_red_one_stays() -> None:
    verdicts = {3: judged(3), 4: judged(4, greys=("missed",))}
    assert found_of({}, {}) is None
    assert found_of(verdicts, {}) == Found(Colour.GREY, ("missed",))
    red = {**verdicts, 2: judged(2, "late", greys=("open",)), 5: judged(5)}
    assert found_of(red, {2: "there", 5: "no"}) == Found(Colour.RED, ("late",), "there")
    assert found_of({3: judged(3)}, {}) == Found(Colour.GREEN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_colour_says_what_it_means(language: str) -> None:
    said = {
        colour: words_of(with_(found, language).frame(NOW), found)
        for colour, found in FOUND.items()
    }
    assert [len(lines) for lines in said.values()] == [1, 1, 2]
    assert "evidence.json" in said[Colour.RED][1]
    if language == LANGUAGES[0]:
        assert said[Colour.GREY] == [
            "The last number, checked as far as it can be: you have no say: no chain registered"
        ]
        assert said[Colour.RED][0] == (
            "This number does not add up: your own link is not among those shown;"
            " the result does not follow"
        )
    nowhere = words_of(with_(FOUND[Colour.RED]).frame(NOW), Found(Colour.RED, ("late",)))
    assert nowhere[1] == "Ask the host to explain before you play on."


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("colour", FOUND)
def test_it_stands_below_the_form_and_its_colour_is_painted(
    colour: Colour, size: tuple[int, int]
) -> None:
    made = with_(FOUND[colour], size=size)
    frame = made.frame(NOW)
    box, form = Verdict().box(frame), place(frame)
    assert form.bottom < box.y
    assert box.clipped(frame.layout.room) == box
    surface = pygame.Surface(size)
    made.paint(surface, NOW)
    painted = {
        tuple(surface.get_at((x, y)))[:3]
        for x in range(box.x, box.right)
        for y in range(box.y, box.bottom)
    }
    assert tuple(LOOKS[colour].ink) in painted
    assert (tuple(theme.BAD_SHADE) in painted) == (colour is Colour.RED)


def test_without_a_verdict_the_form_has_the_room() -> None:
    without, green = with_(None), with_(FOUND[Colour.GREEN])
    assert place(without.frame(NOW)).y >= place(green.frame(NOW)).y
    assert Verdict().face(without.frame(NOW)) is None
    assert Verdict().face(green.frame(NOW)) is not None
