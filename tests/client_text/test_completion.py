"""A line that is begun can be gone on with, in the person's language, with the names there are."""

from collections.abc import Sequence

import pytest

from client.house.state import HouseState
from client_text import completion
from client_text.games.roulette.game import Roulette
from client_text.reading import MisreadError
from tests.client_text.games.form.test_game import at_the_attic
from tests.client_text.games.roulette.test_commands import read

NAMES = ("Anna", "Anna Maria", "Боб")


def completions(
    line: str, language: str, names: Sequence[str], *, in_private: bool = False
) -> list[tuple[str, int]]:
    return completion.completions(
        line, Roulette(), HouseState(), language, names, in_private=in_private
    )


@pytest.mark.parametrize(
    ("line", "language", "wanted"),
    [
        ("vois", "en", ["voisins"]),
        ("spl", "en", ["split"]),
        ("вуа", "ru", ["вуазен"]),
        ("КРАС", "ru", ["красное"]),
        ("/pri", "ru", ["/private"]),
        ("/us", "en", ["/users"]),
        ("kick Ann", "en", ["Anna", "Anna Maria"]),
        ("kick Anna M", "en", ["Anna Maria"]),
        ("выгнать б", "ru", ["Боб"]),
        ("hand over Б", "en", ["Боб"]),
        ("/session Anna M", "en", ["Anna Maria"]),
        ("announce no", "en", ["no more bets"]),
        ("sit cr", "en", ["croupier"]),
        ("save sh", "en", ["sheet"]),
        ("wait re", "en", ["result"]),
        ("help reb", "en", ["rebet"]),
        ("back vo", "en", ["voisins"]),
        ("", "en", []),
        ("red", "en", []),
        ("say An", "en", ["Anna", "Anna Maria"]),
        ("/private Боб ask an", "en", ["Anna", "Anna Maria"]),
        ("/слы", "en", ["/слышать"]),
    ],
)
def test_what_a_line_can_go_on_with(line: str, language: str, wanted: list[str]) -> None:
    assert [text for text, _ in completions(line, language, NAMES)] == wanted


def test_what_is_said_to_one_person_goes_on_with_names_only() -> None:
    assert completions("red An", "en", NAMES, in_private=True) == [("Anna", 2), ("Anna Maria", 2)]
    assert completions("vois", "en", NAMES, in_private=True) == []
    assert completions("/exi", "en", NAMES, in_private=True) == [("/exit", 4)]


def test_what_is_offered_replaces_what_was_begun() -> None:
    for line in ("kick anna m", "/priv", "vois"):
        for text, begun in completions(line, "en", NAMES):
            assert (line[: len(line) - begun] + text).casefold().startswith(line)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_first_word_that_is_offered_is_understood(language: str) -> None:
    letters = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщэюя/"
    offered = {text for letter in letters for text, _ in completions(letter, language, ())}
    assert len(offered) > 50
    rests = ("", " 1", " 1-2 5", " 5", " 17 5", " 17-21 5", " Anna 5 x", " player", " end")
    for text in offered:
        assert any(makes_sense(text + rest) for rest in rests), f"{text} leads nowhere"


def makes_sense(line: str) -> bool:
    try:
        return read(line, 1) is not None
    except MisreadError:
        return False


def test_at_a_small_game_its_labels_are_offered_and_no_bets() -> None:
    anna = at_the_attic()
    assert anna.visit.completions("co") == [("Count", 2)]
    assert anna.visit.completions("vois") == []
    assert anna.visit.completions("tabl") == [("tables", 4), ("table", 4)]
    assert ("Число", 1) in at_the_attic("ru").visit.completions("ч")


def test_a_question_is_answered_without_help() -> None:
    anna = at_the_attic()
    anna.type("sit croupier")
    assert anna.visit.question is not None
    assert anna.visit.completions("co") == []
