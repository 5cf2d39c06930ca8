"""Mouse and keys on a form: every control is reached, and asks for what it says."""

import pytest

from client.games.form.reduce import STEPS
from client.games.form.state import FormState
from client_gui.games.form.hand import Hand, controls, press, type_in
from client_gui.kit.writing import Writing
from protocol.house.form import Act, FormIntroduced, FormShown
from protocol.house.lists import Reason, Seat
from server.games import GAMES
from server.people.people import Client
from tests.server.games.form_house import FormHouse
from tests.server.games.toy import TOY

ALL = (
    *("choice:2:0", "choice:2:1", "field:3", "send:3", "field:4", "send:4", "field:5", "send:5"),
    "press:1",
)


def form_of(house: FormHouse, client: Client) -> FormState:
    form = STEPS[FormIntroduced](FormState(), house.introduced, 0.0)
    return STEPS[FormShown](form, house.form(client), 0.0)


@pytest.fixture
def toy() -> FormState:
    house = FormHouse(TOY)
    return form_of(house, house.player("Anna"))


def typing(form: FormState, hand: Hand, *texts: str) -> Hand:
    for text in texts:
        hand, came = type_in(form, hand, text)
        assert came is None
    return hand


def test_the_controls_are_in_the_order_of_the_form(toy: FormState) -> None:
    assert controls(toy) == ALL


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        *(("press:1", Act(0, 0, 1, 0, "")), ("choice:2:0", Act(0, 0, 2, 0, ""))),
        ("choice:2:1", Act(0, 0, 2, 1, "")),
    ],
)
def test_a_button_asks_for_what_it_says(toy: FormState, name: str, asked: Act) -> None:
    hand, came = press(toy, Hand(), name)
    assert came == asked
    assert hand.focus == name


def test_what_was_typed_is_sent_by_the_button_beside_it(toy: FormState) -> None:
    for number, typed, asked in (
        (3, "5", Act(0, 0, 3, 5, "")),
        (4, " some words ", Act(0, 0, 4, 0, "some words")),
    ):
        hand, came = press(toy, Hand(), f"field:{number}")
        assert (hand.focus, came) == (f"field:{number}", None)
        hand = typing(toy, hand, *typed)
        done, sent = press(toy, hand, f"send:{number}")
        assert sent == asked
        assert (done.focus, dict(done.typed)) == (f"field:{number}", {})


def test_what_the_house_would_refuse_stays_in_the_field(toy: FormState) -> None:
    hand = typing(toy, Hand("field:3"), "9")
    assert press(toy, hand, "send:3") == (Hand("send:3", typed=hand.typed), (Reason.OVER_MOST, 5))
    for text in ("", "x", "3.5", "٣", "9" * 19):
        hand = Hand("field:3", typed={3: Writing.end_of(text)})
        done, came = press(toy, hand, "send:3")
        assert came is None
        assert done.typed == hand.typed
    assert press(toy, Hand("field:4"), "send:4")[1] == (Reason.TEXT_UNFIT, 0)


def test_letters_go_into_the_field_that_has_the_focus_or_else_into_the_first(
    toy: FormState,
) -> None:
    hand = typing(toy, Hand(), "4", "2")
    assert (hand.focus, hand.typed[3].text) == ("field:3", "42")
    hand = typing(toy, Hand("field:4", typed=hand.typed), "h", "i", " ")
    assert (hand.typed[3].text, hand.typed[4].text) == ("42", "hi ")


def test_the_space_that_pressed_a_button_is_written_nowhere(toy: FormState) -> None:
    hand = Hand("press:1")
    assert type_in(toy, hand, " ") == (hand, None)
    assert typing(toy, Hand("field:4"), " ").typed[4].text == " "


def test_where_nothing_is_written_a_digit_takes_the_choice_of_that_place() -> None:
    house = FormHouse(GAMES["rps"])
    anna, bert = house.player("Anna"), house.player("Bert")
    house.act(anna, "challenge", 0)
    house.act(bert, "accept")
    form = form_of(house, anna)
    for text, value in (("1", 0), ("3", 2)):
        assert type_in(form, Hand(), text)[1] == Act(0, 2, 4, value, "")
    for text in ("0", "4", "x", "12", " "):
        assert type_in(form, Hand(), text) == (Hand(), None)


def test_where_nothing_is_offered_nothing_is_asked_for(toy: FormState) -> None:
    house = FormHouse(TOY)
    watching = form_of(house, house.player("Anna", Seat.WATCHER))
    assert controls(watching) == ()
    assert type_in(watching, Hand(), "1") == (Hand(), None)
    for form, name in ((watching, "press:1"), (toy, "choice:2:9"), (toy, "press:3")):
        assert press(form, Hand(), name) == (Hand(name), None)
