"""Every small game, drawn: all of it is in its place, nothing is cut, what is drawn can be hit."""

from collections.abc import Iterator
from itertools import combinations

import pygame
import pytest

from client.games.form.reduce import STEPS
from client.games.form.state import FormState
from client_gui.games.form import panel
from client_gui.games.form.hand import Hand, controls
from client_gui.games.form.layout import GAP, PAD, arrange
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.writing import Writing
from protocol.house.fields import NO_DEADLINE
from protocol.house.form import FormIntroduced, FormLine, FormShown, Part
from protocol.house.lists import Seat
from server.games import GAMES
from server.people.people import Client
from tests.server.games.form_house import FormHouse
from tests.server.games.toy import TOY

pytestmark = pytest.mark.usefixtures("display")
SIZES = ((960, 600), (1280, 800), (2560, 1440))


def form_of(house: FormHouse, client: Client) -> FormState:
    form = STEPS[FormIntroduced](FormState(), house.introduced, 0.0)
    return STEPS[FormShown](form, house.form(client), 0.0)


def a_guess() -> FormState:
    house = FormHouse(GAMES["guess"])
    anna = house.player("Anna")
    house.act(anna, "new", 2)
    for number in (9, 1):
        house.act(anna, "guess", number)
    house.act(anna, "new", 2)
    house.act(anna, "guess", 9)
    return form_of(house, anna)


def a_match() -> FormState:
    house = FormHouse(GAMES["rps"])
    anna, bert = house.player("Anna"), house.player("Bert")
    house.act(anna, "challenge", 100)
    house.act(bert, "accept")
    for client, throw in ((anna, 0), (bert, 0)):
        house.act(client, "throw", throw)
    return form_of(house, anna)


def a_poll() -> FormState:
    house = FormHouse(GAMES["poll"])
    boss = house.player("Boss", Seat.CROUPIER)
    house.act(boss, "ask", words="Во что играем дальше? | " + " | ".join("абвгдежзик"))
    house.act(boss, "vote", 3)
    return form_of(house, boss)


def a_toy() -> FormState:
    house = FormHouse(TOY)
    return form_of(house, house.player("Anna"))


FORMS = {"guess": a_guess(), "rps": a_match(), "poll": a_poll(), "toy": a_toy()}


def canvases() -> Iterator[tuple[Canvas, Box]]:
    """Windows of all sizes; the form has two thirds of one."""
    for wide, high in SIZES:
        scale = min(wide / 1280, high / 800)
        canvas = Canvas(pygame.Surface((wide, high)), scale, Typesetter(), Cache(500))
        yield canvas, Box(8, 60, wide * 2 // 3, high - 68)


def rgb(canvas: Canvas, at: tuple[int, int]) -> tuple[int, int, int]:
    colour = canvas.surface.get_at(at)
    return colour.r, colour.g, colour.b


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", FORMS)
def test_all_of_a_form_is_in_its_box_and_nothing_lies_on_anything(name: str, language: str) -> None:
    form = FORMS[name]
    for canvas, box in canvases():
        places = panel.placed(canvas, form, language, box)
        lines, labels = ([place for place, _ in each] for each in (places.lines, places.labels))
        all_of_it = [places.title, *lines, *labels, *places.controls.values()]
        for place in all_of_it:
            assert place.clipped(box) == place
            assert place.w > 20
        for one, other in combinations(all_of_it, 2):
            assert not one.touches(other), (one, other)
        assert tuple(places.controls) == controls(form)
        said = [piece for line in form.lines(language) for piece in line.split()]
        shown = " ".join(piece for _, piece in places.lines)
        assert all(word in shown for word in said), "every word is to be seen"


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_drawn_in_its_box_alone_and_no_word_is_cut(name: str) -> None:
    for canvas, box in canvases():
        canvas.surface.fill((1, 2, 3))
        hand = Hand(controls(FORMS[name])[0], typed={3: Writing.end_of("42")})
        panel.draw(canvas, FORMS[name], "ru", box, hand, 0.0)
        assert canvas.cut == []
        outside = [(x, y) for x in range(0, canvas.surface.get_width(), 7) for y in (0, 55)]
        assert {rgb(canvas, at) for at in outside} == {(1, 2, 3)}
        assert rgb(canvas, (box.x + box.w // 2, box.y + 4)) == theme.PANEL


def picture(hand: Hand, now: float = 0.0, language: str = "en", name: str = "toy") -> bytes:
    canvas, box = next(canvases())
    panel.draw(canvas, FORMS[name], language, box, hand, now)
    return pygame.image.tobytes(canvas.surface, "RGB")


def test_what_mouse_keys_and_time_do_is_seen() -> None:
    plain = picture(Hand())
    for hand in (
        *(Hand("press:1"), Hand(over="press:1"), Hand(over="press:1", pressed="press:1")),
        *(Hand(typed={3: Writing.end_of("4")}), Hand("field:3"), Hand("choice:2:1")),
    ):
        assert picture(hand) != plain
    assert picture(Hand(), language="ru") != plain
    assert picture(Hand(), 5.0) == plain, "it has no clock"
    assert picture(Hand(), 5.0, name="rps") != picture(Hand(), name="rps")


def test_what_is_drawn_can_be_hit() -> None:
    canvas, box = next(canvases())
    hits = panel.hits(canvas, FORMS["toy"], "en", box)
    assert tuple(hits) == controls(FORMS["toy"])
    assert hits["field:3"].w > 2 * hits["send:3"].w
    below = box.bottom - max(place.bottom for place in hits.values())
    assert canvas.px(PAD) <= below <= canvas.px(PAD + GAP)


def test_more_lines_than_fit_end_in_a_sign_that_there_are_more() -> None:
    lines = tuple(FormLine(1, (Part(str(n)), Part("x"))) for n in range(32))
    shown = FormShown(0, NO_DEADLINE, 0, lines, ())
    form = STEPS[FormShown](FORMS["toy"], shown, 0.0)
    places = arrange(form, "en", Box(0, 0, 600, 300), 1.0, lambda text, _: [text])
    pieces = [piece for _, piece in places.lines]
    assert pieces[:2] == ["0 did x", "1 did x"]
    assert pieces[-1] == "…"
    assert 5 < len(pieces) < 32
    whole = arrange(form, "en", Box(0, 0, 600, 36 + 40 + 32 * 23), 1.0, lambda text, _: [text])
    assert [piece for _, piece in whole.lines][-1] == "31 did x"
    short = arrange(form, "en", Box(0, 0, 600, 35 + 40 + 32 * 23), 1.0, lambda text, _: [text])
    assert [piece for _, piece in short.lines][-2:] == ["29 did x", "…"]
    tiny = arrange(form, "en", Box(0, 0, 600, 10), 1.0, lambda text, _: [text])
    assert tiny.lines == ()


def test_a_long_line_is_broken() -> None:
    canvas, _ = next(canvases())
    box = Box(0, 0, 300, 500)
    form = FORMS["guess"]
    places = panel.placed(canvas, form, "en", box)
    assert len(places.lines) > len(form.lines("en"))
