"""What a client knows of a small game: its lines in any language, and what one may ask for."""

import pytest

from client.games.form.reduce import STEPS
from client.games.form.requests import act, why_not
from client.games.form.state import FormState
from protocol.house.fields import NO_DEADLINE
from protocol.house.form import (
    Act,
    FormAction,
    FormIntroduced,
    FormLine,
    FormShown,
    Part,
    Sentence,
    Wording,
)
from protocol.house.lists import ActionKind, Reason

ENGLISH = ("A game", "{1} beats {0}", "Go", "Some {0} of {7}")
RUSSIAN = ("Игра", "{0} проигрывает {1}", "Вперёд", "{0}")


def introduced(*wordings: tuple[str, tuple[str, ...]]) -> FormIntroduced:
    return FormIntroduced(
        "Table",
        "game",
        tuple(Wording(language, tuple(map(Sentence, texts))) for language, texts in wordings),
    )


BOTH = introduced(("en", ENGLISH), ("ru", RUSSIAN))


def line(sentence: int, *parts: str) -> FormLine:
    return FormLine(sentence, tuple(map(Part, parts)))


def action(
    number: int, kind: ActionKind, least: int = 0, most: int = 0, *choices: FormLine
) -> FormAction:
    return FormAction(number, kind, 2, False, least, most, choices)


def known(
    *lines: FormLine,
    actions: tuple[FormAction, ...] = (),
    words: FormIntroduced | None = BOTH,
    ms_left: int = NO_DEADLINE,
) -> FormState:
    form, now = FormState(), 100.0
    if words:
        form = STEPS[FormIntroduced](form, words, now)
    return STEPS[FormShown](form, FormShown(7, ms_left, 0, lines, actions), now)


def test_a_sentence_is_read_in_the_language_with_its_gaps_filled_in_its_order() -> None:
    form = known(line(1, "Anna", "Bert"))
    assert (form.title("en"), form.title("ru")) == ("A game", "Игра")
    assert form.lines("en") == ("Bert beats Anna",)
    assert form.lines("ru") == ("Anna проигрывает Bert",)
    assert form.lines("fr") == form.lines("en"), "the first is for whoever has another"


def test_nothing_is_shown_before_it_was_told() -> None:
    assert (FormState().title("en"), FormState().lines("en"), FormState().offered("en")) == (
        *("", (), ()),
    )
    assert known(line(1, "a", "b"), words=None).lines("en") == ("",)
    assert known(line(1, "a", "b"), words=introduced()).lines("en") == ("",)


def test_what_a_part_says_is_no_sentence_and_what_is_missing_is_nothing() -> None:
    form = known(line(1, "{1}", "{0.__class__}"), line(3, "few"), line(200), line(3))
    assert form.lines("en") == ("{0.__class__} beats {1}", "Some few of ", "", "Some  of ")


def test_whatever_a_house_says_is_shown_and_not_obeyed() -> None:
    words = introduced(("en", ("\x1b[2J{0}", "\u202e{0}")))
    form = known(line(0, "a\nb\x00"), line(1, "שלום"), words=words)
    assert form.lines("en") == ("�[2Ja�b�", "�\u2068שלום\u2069")


def test_what_is_offered_has_its_words_and_what_nobody_knows_is_left_out() -> None:
    choice = action(2, ActionKind.CHOICE, 0, 1, line(2), line(1, "x", "y"))
    form = known(actions=(action(1, ActionKind.OTHER), choice, action(9, ActionKind.PRESS)))
    assert [tuple(each) for each in form.offered("en")] == [
        (choice, "Go", ("Go", "y beats x")),
        (form.shown.actions[2], "Go", ()),  # type: ignore[union-attr]
    ]
    assert [each.label for each in form.offered("ru")] == ["Вперёд", "Вперёд"]


@pytest.mark.parametrize(
    ("ms_left", "now", "seconds"),
    [
        *((NO_DEADLINE, 100.0, None), (7_250, 100.0, 8), (7_250, 100.25, 7), (7_250, 107.2, 1)),
        *((7_250, 107.25, 0), (7_250, 200.0, 0), (0, 100.0, 0)),
    ],
)
def test_the_clock_runs_by_the_local_one(ms_left: int, now: float, seconds: int | None) -> None:
    assert known(ms_left=ms_left).seconds_left(now) == seconds


def test_a_later_form_takes_the_place_of_the_one_before_and_words_stay() -> None:
    form = known(line(2), ms_left=5)
    form = STEPS[FormShown](form, FormShown(8, NO_DEADLINE, 0, (), ()), 200.0)
    assert (form.lines("en"), form.ends_at, form.title("ru")) == ((), None, "Игра")


def test_an_act_is_for_the_turn_that_was_looked_at() -> None:
    offered = action(4, ActionKind.NUMBER, 1, 9)
    assert act(known(), offered, 5) == Act(0, 7, 4, 5, "")
    assert act(known(), action(3, ActionKind.TEXT), words="hi") == Act(0, 7, 3, 0, "hi")


def test_what_the_house_would_refuse_is_known_before() -> None:
    number, text = action(1, ActionKind.NUMBER, 1, 9), action(1, ActionKind.TEXT)
    assert [why_not(number, value) for value in (0, 1, 9, 10)] == [
        *((Reason.UNDER_LEAST, 1), None, None, (Reason.OVER_MOST, 9)),
    ]
    choice = action(1, ActionKind.CHOICE, 0, 1)
    assert why_not(choice, 2) == (Reason.OVER_MOST, 1)
    assert why_not(text, words="\n") == why_not(text) == (Reason.TEXT_UNFIT, 0)
    assert why_not(text, words="a line") is None
    assert why_not(action(1, ActionKind.PRESS), 5) is None
