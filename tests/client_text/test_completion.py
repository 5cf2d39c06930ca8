"""A line that is begun can be gone on with, in the person's language, with the names there are."""

import pytest

from client_text.completion import completions
from client_text.reading import MisreadError
from client_text.words import Setting, read

NAMES = ("Anna", "Anna Maria", "Боб")


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
        return read(line, Setting(usual_chip=1)) is not None
    except MisreadError:
        return False
