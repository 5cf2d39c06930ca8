"""A small game in the window: its form is pressed and typed into, the house goes on around it."""

from dataclasses import replace
from typing import Any

import pygame
import pytest

from client.games.form.state import FormState
from client_gui.games.form.orders import Do
from client_gui.games.form.panels import columns, place
from client_gui.games.form.scene import FormScene
from client_gui.games.form.view import FormView
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.words import LANGUAGES, Words
from client_gui.shell import intents as ask
from client_gui.shell.panels.notes import NoteBubble
from client_gui.shell.panels.tables import PASSWORD, TABLES
from client_gui.shell.view import Line, Refusal, Role
from protocol.house.form import Act
from tests.client_gui.games.form.test_panel import FORMS
from tests.client_gui.states import HALL, NOW, PLAYER

pytestmark = pytest.mark.usefixtures("display")
SIZES = ((960, 600), (1280, 800), (1920, 1080))
PEOPLE, LINES = PLAYER.people, PLAYER.messages


def view_of(form: FormState, role: Role = Role.PLAYER) -> FormView:
    return FormView(
        role=role, table="Attic", me="Anna", balance=500, people=PEOPLE, messages=LINES,
        account=7, hall=HALL, online=3, deadline=form.ends_at, form=form,
    )  # fmt: skip


def scene(
    name: str = "toy", language: str = "en", size: tuple[int, int] = (1280, 800)
) -> FormScene:
    made = FormScene(Words(language), Typesetter(), Cache(500))
    made.resize(size)
    made.show_table(view_of(FORMS[name]), NOW)
    return made


def event(made: FormScene, kind: int, **what: Any) -> list[ask.Intent]:
    return made.handle(pygame.event.Event(kind, **what), NOW)


def press(made: FormScene, name: str) -> list[ask.Intent]:
    at = made.hits(NOW)[name].middle
    down = event(made, pygame.MOUSEBUTTONDOWN, pos=at, button=1, touch=False)
    return down + event(made, pygame.MOUSEBUTTONUP, pos=at, button=1, touch=False)


def type_(made: FormScene, text: str) -> list[ask.Intent]:
    return [done for each in text for done in event(made, pygame.TEXTINPUT, text=each)]


def key(made: FormScene, code: int, scancode: int = 0) -> list[ask.Intent]:
    return event(made, pygame.KEYDOWN, key=code, scancode=scancode, mod=0, unicode="")


def test_what_is_pressed_is_asked_for_in_the_turn_that_is_shown() -> None:
    made = scene()
    assert press(made, "press:1") == [Do(Act(0, 0, 1, 0, ""))]
    assert press(made, "choice:2:1") == [Do(Act(0, 0, 2, 1, ""))]


def test_a_number_is_typed_and_sent_and_the_field_is_free_for_the_next() -> None:
    made = scene()
    press(made, "field:3")
    assert type_(made, "4") == []
    assert key(made, pygame.K_RETURN) == [Do(Act(0, 0, 3, 4, ""))]
    assert made.ui.focus == "field:3"
    assert type_(made, "5") == []
    assert press(made, "send:3") == [Do(Act(0, 0, 3, 5, ""))]


def test_what_is_out_of_range_is_said_and_stays_to_be_mended() -> None:
    made = scene()
    press(made, "field:3")
    type_(made, "9")
    assert key(made, pygame.K_RETURN) == []
    assert made.banner(NOW) == "At most 5 here"
    assert made.ui.lines["field:3"] == "9"


@pytest.mark.parametrize("size", SIZES)
def test_a_note_hangs_below_the_form_and_over_none_of_its_controls(size: tuple[int, int]) -> None:
    made = scene(size=size)
    made.note("At most 5 here", None, NOW)
    frame = made.frame(NOW)
    (note,) = (each for each in made._panels if isinstance(each, NoteBubble))
    bubble, form = note.box(frame), place(frame)
    assert bubble.clipped(frame.layout.room) == bubble
    assert bubble.y >= form.bottom
    assert abs(bubble.middle[0] - form.middle[0]) <= 1


def test_a_digit_needs_no_mouse_and_a_letter_is_its_key() -> None:
    made = scene("guess")
    assert type_(made, "42") == []
    assert key(made, pygame.K_RETURN) == [Do(Act(0, FORMS["guess"].shown.turn, 2, 42, ""))]  # type: ignore[union-attr]
    made = scene("rps")
    turn = FORMS["rps"].shown.turn  # type: ignore[union-attr]
    (asked,) = type_(made, "3")
    assert isinstance(asked, Do)
    assert (asked.act.turn, asked.act.value) == (turn, 2)
    assert type_(made, "o") == []
    assert key(made, 0, pygame.KSCAN_O) == [ask.AskTables()]


def test_return_begins_to_talk_where_nothing_else_has_the_keyboard() -> None:
    made = scene()
    key(made, pygame.K_RETURN, pygame.KSCAN_RETURN)
    assert made.ui.focus == "field:say"
    type_(made, "hi")
    assert key(made, pygame.K_RETURN) == [ask.Talk("hi", 0)]


def test_the_tabulator_reaches_all_of_the_form_and_the_house() -> None:
    made = scene()
    reached = set()
    for _ in range(60):
        key(made, pygame.K_TAB)
        reached.add(made.ui.focus)
    form = {"press:1", "choice:2:0", "choice:2:1", "field:3", "send:3", "field:4", "send:4"}
    assert form | {TABLES, "field:say", "button:settings", "tab:players"} <= reached


def test_keys_of_the_roulette_do_nothing_here() -> None:
    made = scene()
    for code in (pygame.KSCAN_Z, pygame.KSCAN_D, pygame.KSCAN_A, pygame.KSCAN_R, pygame.KSCAN_LEFT):
        assert key(made, 0, code) == []
    assert (made.ui.focus, made.ui.bubble) == (None, None)


def test_the_list_has_one_tab_and_the_arrows_stay_on_it() -> None:
    made = scene()
    made.ui.focus = "tab:players"
    key(made, 0, pygame.KSCAN_RIGHT)
    assert made.ui.tab == "players"


def test_a_password_is_asked_in_the_row_and_a_refusal_is_said_there() -> None:
    made = scene()
    row = replace(HALL[2], role=None, here=False, game="form", password=True)
    made.show_table(replace(made.known, hall=(*HALL[:2], row)), NOW)
    press(made, TABLES)
    name = f"sit:{row.number}"
    assert press(made, name) == []
    assert made.ui.focus == PASSWORD
    type_(made, "elm")
    assert key(made, pygame.K_RETURN) == [ask.SitAt(row.number, False, "elm")]
    assert not made.ui.hall
    no = Refusal(9, "note.table_password", (("n", 0),), None, row.number)
    made.show_table(replace(made.known, refusal=no), NOW)
    assert (made.ui.hall, made.ui.hall_note) == (True, "That is not the table's password")
    assert (made.ui.focus, made.ui.lines.get(PASSWORD)) == (PASSWORD, None)
    key(made, pygame.K_ESCAPE)
    assert (made.ui.hall, made.ui.hall_asks) == (True, None)
    key(made, pygame.K_ESCAPE)
    assert (made.ui.hall, made.ui.hall_note) == (False, "")


def test_a_table_that_was_closed_is_said_in_the_open_list() -> None:
    made = scene(language="ru")
    made.table_closed("Attic")
    assert made.ui.hall
    assert made.ui.hall_note.startswith("Стол Attic закрыт")


def test_what_was_refused_at_another_table_is_no_news_here() -> None:
    made = FormScene(Words("en"), Typesetter(), Cache(500))
    made.resize((1280, 800))
    view = replace(view_of(FORMS["toy"]), refusal=Refusal(3, "note.table_full", (), None, 2))
    made.heard(view)
    made.show_table(view, NOW)
    assert not made.ui.hall


def focus_after(name: str, form: str) -> str | None:
    """Where the keyboard is when another form comes while it is on this."""
    made = scene()
    made.ui.focus = name
    made.show_table(view_of(FORMS[form]), NOW)
    return made.ui.focus


def test_a_field_that_is_gone_has_the_keyboard_no_longer() -> None:
    for name in ("field:3", "send:3", "press:1", "choice:2:0"):
        assert focus_after(name, "guess") is None, name
    for name in ("field:say", "button:settings"):
        assert focus_after(name, "guess") == name
    assert focus_after("send:4", "toy") == "send:4"


def test_a_clock_is_drawn_as_it_runs_and_a_form_without_one_rests() -> None:
    assert scene("guess").due(NOW) == float("inf")
    made = scene()
    made.show_table(view_of(replace(FORMS["toy"], ends_at=NOW + 9)), NOW)
    assert made.due(NOW) <= NOW + 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", FORMS)
def test_no_word_is_cut_in_any_window(name: str, size: tuple[int, int], language: str) -> None:
    made = scene(name, language, size)
    surface = pygame.Surface(size)
    made.paint(surface, NOW)
    assert made.cut == []
    for role in Role:
        made.show_table(view_of(FORMS[name], role), NOW)
        made.paint(surface, NOW)
        assert made.cut == []
    for opens in (pygame.KSCAN_H, pygame.KSCAN_H, pygame.KSCAN_S, pygame.KSCAN_S, pygame.KSCAN_O):
        key(made, 0, opens)
        made.paint(surface, NOW)
        assert made.cut == [], opens
    made.show_table(replace(made.known, line=Line.LOST), NOW)
    made.paint(surface, NOW)
    assert made.cut == []


@pytest.mark.parametrize("size", SIZES)
def test_the_form_lies_beside_the_lists_and_under_the_bar(size: tuple[int, int]) -> None:
    for name in FORMS:
        made = scene(name, size=size)
        frame = made.frame(NOW)
        controls = [
            box for hit, box in made.hits(NOW).items() if hit.startswith(("send:", "press:"))
        ]
        for box in controls:
            assert not box.touches(frame.layout.lists)
            assert not box.touches(frame.layout.messages)
            assert box.y > frame.layout.top.bottom
            assert box.bottom < size[1]


def test_the_keys_name_the_talk_for_who_leads_the_game() -> None:
    made = scene()
    for role, lines in ((Role.PLAYER, ["form_digit"]), (Role.CROUPIER, ["form_digit", "talk"])):
        made.show_table(view_of(FORMS["toy"], role), NOW)
        (_, own), _ = columns(made.frame(NOW))
        assert [line.key for line in own] == lines
