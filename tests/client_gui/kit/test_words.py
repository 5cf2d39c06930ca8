"""Both languages say the same things, and numbers as people write them."""

import re
import string
from pathlib import Path

import pytest

from client.wording import PLURALS, parsed
from client_gui.kit.words import ASSETS, LANGUAGES, Words, clock, messages, number, short, signed

FILES = {
    path: path.read_text("utf-8")
    for path in Path(__file__).parents[3].joinpath("client_gui").rglob("*.py")
}
CODE = "\n".join(FILES.values())
SHELL = "\n".join(text for path, text in FILES.items() if "games" not in path.parts)


def test_every_language_has_every_key() -> None:
    assert len({frozenset(messages(language)) for language in LANGUAGES}) == 1


def _filled(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_message_is_filled_with_the_same_in_every_language() -> None:
    for key in messages("en"):
        entries = [messages(language)[key] for language in LANGUAGES]
        texts = [entry if isinstance(entry, str) else " ".join(entry.values()) for entry in entries]
        assert len({frozenset(_filled(text)) for text in texts}) == 1, key
        assert all(text.strip() == text for text in texts), key
        assert len({isinstance(entry, str) for entry in entries}) == 1, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_has_all_forms_of_its_language(language: str) -> None:
    for key, entry in messages(language).items():
        if not isinstance(entry, str):
            assert set(entry) == PLURALS[language], key


def test_no_message_is_left_over() -> None:
    """Each is named in the code, or made there from its section and a value."""
    sections = {key.partition(".")[0] for key in messages("en")}
    made = {each for each in sections if re.search(rf'f"{each}\.[^"]*\{{', CODE)}
    for key in messages("en"):
        section, _, name = key.partition(".")
        assert section in made or f'"{key}"' in CODE or f'"{name}"' in CODE, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_shell_says_of_itself_is_in_its_own_file(language: str) -> None:
    """Every game has a name in a file of its own, and no file says what another does."""
    own = parsed((ASSETS / f"{language}.toml").read_text("utf-8"))
    assert {key for key in messages(language) if key.startswith("game.")}.isdisjoint(own)
    for folder in ("roulette", "form"):
        words = parsed((ASSETS / f"{folder}.{language}.toml").read_text("utf-8"))
        assert f"game.{folder}" in words
        assert own.keys().isdisjoint(words)


def test_the_shell_says_nothing_that_only_a_game_has_words_for() -> None:
    own = parsed((ASSETS / "en.toml").read_text("utf-8"))
    for key in messages("en").keys() - own.keys():
        assert f'"{key}"' not in SHELL, key


def test_russian_counts_as_russians_do() -> None:
    words = Words("ru")
    said = [words.count("lists.bet_count", n) for n in (1, 2, 5, 11, 21, 104, 112)]
    assert said == [
        "1 ставка", "2 ставки", "5 ставок", "11 ставок", "21 ставка", "104 ставки", "112 ставок",
    ]  # fmt: skip
    assert Words("en").count("lists.bet_count", 1) == "1 bet"
    assert Words("en").count("lists.bet_count", 0) == "0 bets"


def test_numbers_are_grouped_and_signed() -> None:
    thin = "\u2009"
    assert number(1284) == f"1{thin}284"
    assert number(-3335) == f"−3{thin}335"
    assert signed(240) == "+240"
    assert signed(0) == "0"


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (1, "1"),
        (999, "999"),
        (1000, "1k"),
        (1250, "1.2k"),
        (99_900, "99.9k"),
        (100_900, "100k"),
        (125_000, "125k"),
        (3_000_000, "3M"),
        (4 * 10**9, "4G"),
        (5 * 10**12, "5T"),
        (6 * 10**15, "6P"),
        (2**63 - 1, "9.2E"),
    ],
)
def test_a_sum_fits_on_a_chip(amount: int, said: str) -> None:
    assert short(amount) == said


def test_a_clock_ends_at_zero() -> None:
    assert [clock(t) for t in (65.0, 12.0, 0.2, 0.0, -3.0)] == [
        "1:05",
        "0:12",
        "0:01",
        "0:00",
        "0:00",
    ]


def test_an_unknown_language_is_english() -> None:
    assert Words("xx").language == "en"
