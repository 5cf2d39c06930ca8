"""The small games in a terminal: what is printed, and what is typed."""

import pytest

from client.games.form.reduce import STEPS
from client.games.form.state import FormState
from client_text.games.form.sheets import printed
from client_text.games.form.typed import said, typed
from protocol.house.form import Act, FormIntroduced, FormShown
from protocol.house.lists import Reason, Seat
from server.games import GAMES
from server.people.people import Client
from tests.server.games.form_house import FormHouse
from tests.server.games.toy import TOY


def form_of(house: FormHouse, client: Client) -> FormState:
    form = STEPS[FormIntroduced](FormState(), house.introduced, 0.0)
    return STEPS[FormShown](form, house.form(client), 0.0)


@pytest.fixture
def toy() -> FormState:
    house = FormHouse(TOY)
    return form_of(house, house.player("Anna"))


def test_a_form_is_printed_with_a_letter_for_each_action(toy: FormState) -> None:
    assert printed(toy, "en", 0.0) == [
        *("A toy", "2 did 0"),
        *("  a  Press", "  b  Choose: 1 Press · 2 1 did 2", "  c  Count (3–5)", "  d  Write"),
        "  e  Stake (1–50)",
    ]
    assert printed(toy, "ru", 0.0)[:3] == ["Игрушка", "2: 0", "  a  Нажать"]


def test_the_clock_stands_behind_the_title() -> None:
    house = FormHouse(GAMES["rps"])
    anna, bert = house.player("Anna"), house.player("Bert")
    house.act(anna, "challenge", 0)
    house.act(bert, "accept")
    form = form_of(house, anna)
    assert printed(form, "en", 0.0) == [
        *("Rock-paper-scissors · 0:30", "Anna 0 : 0 Bert", "Throw now! Who does not, loses."),
        "  a  Throw: 1 Rock · 2 Paper · 3 Scissors",
    ]
    assert printed(form, "en", 29.5)[0] == "Rock-paper-scissors · 0:01"
    assert typed(form, "2") == Act(0, 2, 4, 1, "")


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        *(("a", Act(0, 0, 1, 0, "")), (" A ", Act(0, 0, 1, 0, "")), ("a 5", None)),
        *(("b 1", Act(0, 0, 2, 0, "")), ("b 2", Act(0, 0, 2, 1, "")), ("b", None)),
        *(("b 0", (Reason.UNDER_LEAST, 1)), ("b 3", (Reason.OVER_MOST, 2)), ("b x", None)),
        *(("c 3", Act(0, 0, 3, 3, "")), ("c 2", (Reason.UNDER_LEAST, 3)), ("c three", None)),
        *(("c 6", (Reason.OVER_MOST, 5)), ("c -1", (Reason.UNDER_LEAST, 3)), ("c 3.5", None)),
        *(("d some words", Act(0, 0, 4, 0, "some words")), ("d", (Reason.TEXT_UNFIT, 0))),
        *(("2", Act(0, 0, 2, 1, "")), ("9", (Reason.OVER_MOST, 2)), ("2 3", None)),
        *(("f", None), ("", None), ("ab", None), ("help", None), ("c " + "9" * 40, None)),
        *(("c ٣", None), ("٣", None)),
    ],
)
def test_what_is_typed_asks_for_what_is_offered(toy: FormState, line: str, asked: object) -> None:
    assert typed(toy, line) == asked


def test_who_watches_asks_for_nothing() -> None:
    house = FormHouse(TOY)
    form = form_of(house, house.player("Anna", Seat.WATCHER))
    assert printed(form, "en", 0.0) == ["A toy", "2 did 0"]
    assert typed(form, "a") is typed(form, "1") is None


def test_a_number_is_guessed_by_typing_numbers() -> None:
    house = FormHouse(GAMES["guess"])
    anna = house.player("Anna")
    form = form_of(house, anna)
    assert printed(form, "ru", 0.0)[-1] == (
        "  a  Новое число: 1 от 1 до 10 · 2 от 1 до 100 · 3 от 1 до 1000"
    )
    house.act(anna, "new", 1)
    form = form_of(house, anna)
    assert printed(form, "en", 0.0)[-2:] == ["  a  Guess (1–100)", "  b  Show me the number"]
    assert typed(form, "50") == Act(0, 1, 2, 50, "")


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        *(("press", Act(0, 0, 1, 0, "")), (" НАЖАТЬ ", Act(0, 0, 1, 0, "")), ("press 5", None)),
        *(("choose 2", Act(0, 0, 2, 1, "")), ("choose press", Act(0, 0, 2, 0, ""))),
        *(("count 4", Act(0, 0, 3, 4, "")), ("count 9", (Reason.OVER_MOST, 5)), ("count", None)),
        *(("Write Some  Words", Act(0, 0, 4, 0, "Some  Words")), ("1 did 2", Act(0, 0, 2, 1, ""))),
        *(("counting 4", None), ("pres", None), ("did", None), ("", None)),
    ],
)
def test_a_label_or_a_choice_says_what_its_letter_does(
    toy: FormState, line: str, asked: object
) -> None:
    assert said(toy, line) == asked


@pytest.mark.parametrize("line", ["scissors", "Ножницы", "throw scissors", "throw 3", "бросить 3"])
def test_a_throw_is_said_in_words(line: str) -> None:
    house = FormHouse(GAMES["rps"])
    anna, bert = house.player("Anna"), house.player("Bert")
    house.act(anna, "challenge", 0)
    house.act(bert, "accept")
    assert said(form_of(house, anna), line) == Act(0, 2, 4, 2, "")
