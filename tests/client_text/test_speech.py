"""Both languages say everything, for the house and for every game."""

import ast
import re
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import client_text
from client.games import GAMES
from client.house.events import Trouble
from client.house.state import Line
from client.talk import commands
from client.wording import LANGUAGES, parsed
from client_text.games import GAMES as HERE
from client_text.games.game import Game
from client_text.here import speech_in
from client_text.words import command_of
from protocol.fair.verdict import GREY, RED
from protocol.games.roulette.lists import Phase, WheelKind, Zero
from protocol.games.roulette.rules import Colour, Group
from protocol.house.lists import Farewell, Notice, Phrase, Presence, Reason, Seat, SessionEnd

FOLDER = Path(client_text.__file__).parent


EN, RU = speech_in("en"), speech_in("ru")

GAMES_HERE = [begin() for begin in HERE.values()]

LISTS: dict[str, tuple[type[Enum], set[str]]] = {
    "reason": (Reason, set()),
    "trouble": (Trouble, set()),
    "farewell": (Farewell, set()),
    "phase": (Phase, set()),
    "status": (Line, set()),
    "role": (Seat, set()),
    "seated": (Seat, set()),
    "presence": (Presence, set()),
    "notice": (Notice, {"other"}),
    "phrase": (Phrase, {"other"}),
    "ended": (SessionEnd, set()),
    "group": (Group, set()),
    "pocket": (Colour, set()),
    "wheel": (WheelKind, set()),
    "zero": (Zero, set()),
}
"""The closed lists that the sections say, and what they say in the table's own words instead."""


def fields(entry: str | Any) -> set[str]:
    """What is filled in; counts may leave their number out."""
    texts = [entry] if isinstance(entry, str) else entry.values()
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)} - {"n"}


def test_no_message_is_said_in_two_files_and_a_game_has_its_own() -> None:
    for language in LANGUAGES:
        files = [parsed(file.read_text("utf-8")) for file in FOLDER.rglob(f"{language}.toml")]
        assert len(files) == 1 + len(HERE)
        assert sum(map(len, files)) == len(speech_in(language).messages)


def test_the_games_are_those_of_the_client() -> None:
    assert list(HERE) == list(GAMES)
    for number, game in zip(HERE, GAMES_HERE, strict=True):
        assert set(game.tells) & set(GAMES[number].steps)


def test_both_languages_have_every_message_with_the_same_fields() -> None:
    assert EN.messages.keys() == RU.messages.keys()
    for key, entry in EN.messages.items():
        assert isinstance(entry, str) == isinstance(RU.messages[key], str), key
        assert fields(entry) == fields(RU.messages[key]), key


def test_no_message_is_empty_or_left_in_the_other_language() -> None:
    same = {
        key
        for key, entry in EN.messages.items()
        if entry == RU.messages[key] and re.search(r"[A-Za-z]{3}", str(entry))
    }
    assert {key for key in same if not fields(EN.messages[key])} == set()


@pytest.mark.parametrize(("section", "words"), [("red", RED), ("grey", GREY)])
def test_everything_that_a_verdict_says_has_its_words(
    section: str, words: Mapping[str, str]
) -> None:
    said = {key for key in EN.messages if key.startswith(f"{section}.")}
    assert said == {f"{section}.{word.replace(' ', '_')}" for word in words}


@pytest.mark.parametrize("section", LISTS)
def test_every_value_of_a_closed_list_has_its_words(section: str) -> None:
    values, in_own_words = LISTS[section]
    for value in values:
        assert EN.has(f"{section}.{value.name.lower()}") != (value.name.lower() in in_own_words)


def test_every_game_that_is_known_has_a_name() -> None:
    named = {key for key in EN.messages if key.startswith("game.")}
    assert named == {"game.unknown", *(f"game.{game.name}" for game in GAMES.values())}


def test_every_message_that_the_code_names_is_there_and_none_is_idle() -> None:
    named = set()
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
    sections = {key.split(".")[0] for key in EN.messages}
    wanted = {name for name in named if re.fullmatch(rf"({'|'.join(sections)})\.\w+", name)}
    assert wanted <= EN.messages.keys()
    made = {
        *LISTS,
        "red",
        "grey",
        "misread",
        "help",
        "about",
        "classic_reason",
        "form_reason",
        "seated",
        "why",
        "house",
        "game",
    }
    idle = {key for key in EN.messages if key.split(".")[0] not in made} - wanted
    assert idle == set()


def test_every_misreading_has_its_words() -> None:
    keys = set()
    for file in FOLDER.rglob("*.py"):
        source = file.read_text("utf-8")
        keys |= set(re.findall(r'misread\(\s*"(\w+)"', source))
        keys |= set(re.findall(r'rest\.one_of\(\w+, "(\w+)"\)', source))
        keys |= set(re.findall(r'(?:rest\.number|_number_or_off)\([^"\n]*"(\w+)"', source))
    keys |= {f"which_{group.name.lower()}" for group in Group if group is not Group.CHANCE}
    ours = {key.split(".")[1] for key in EN.messages if key.startswith("misread.")}
    assert ours == keys


def test_every_reason_of_the_talk_has_its_words() -> None:
    code = Path(commands.__file__).read_text("utf-8")
    keys = {*re.findall(r'_No\("(\w+)"', code), *commands._WHY.values()}
    keys |= {
        "refused",
        "ask_later",
        "gone",
        "cut_off",
        "cannot_hear",
        "too_long",
        "unfit",
        "nothing",
    }
    keys |= {"nothing", "asked", "ignored", "not_ignored"}
    assert {key.split(".")[1] for key in EN.messages if key.startswith("why.")} == keys


@pytest.mark.parametrize("game", GAMES_HERE)
def test_every_command_is_explained(game: Game) -> None:
    for key in game.commands:
        assert EN.has(f"about.{key.replace(' ', '_')}")


@pytest.mark.parametrize("game", GAMES_HERE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_are_shown_are_understood(language: str, game: Game) -> None:
    said = speech_in(language)
    for key, command in game.commands.items():
        about = said(f"about.{key.replace(' ', '_')}")
        assert command_of(about.split(":")[0].split(",")[0], game)[0] == key, about
        assert command_of(command.said.ways(language)[0], game) == (key, "")


def test_the_help_fits_a_narrow_terminal() -> None:
    for said in (EN, RU):
        for key, entry in said.messages.items():
            if key.startswith(("help.", "about.", "misread.", "cannot.")):
                for row in str(entry).splitlines():
                    assert len(row) <= 96, row
