"""Both languages say everything, and what they call a spot can be typed back."""

import ast
import re
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import client_text
from client.games import GAMES
from client.games.roulette.fair.verdicts import Step
from client.house.events import Trouble
from client.house.state import Line
from client.talk import commands
from client.wording import LANGUAGES, parsed
from client_text import intents, vocabulary
from client_text.speech import SPOTS_SHOWN, Speech
from client_text.words import command_of, read
from protocol.games.roulette.lists import Phase, WheelKind, Zero
from protocol.games.roulette.rules import LOCKED, SPOTS, Colour, Group
from protocol.house.lists import Farewell, Notice, Phrase, Presence, Reason, Seat, SessionEnd

FOLDER = Path(client_text.__file__).parent


def text_of(language: str) -> str:
    return (FOLDER / f"{language}.toml").read_text("utf-8")


def speech(language: str) -> Speech:
    return Speech(language, parsed(text_of(language)))


EN, RU = speech("en"), speech("ru")

LISTS: dict[str, tuple[type[Enum], set[str]]] = {
    "reason": (Reason, set()),
    "trouble": (Trouble, set()),
    "farewell": (Farewell, set()),
    "phase": (Phase, set()),
    "status": (Line, set()),
    "role": (Seat, set()),
    "seated": (Seat, set()),
    "presence": (Presence, set()),
    "step": (Step, set()),
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
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
    sections = {key.split(".")[0] for key in EN.messages}
    wanted = {name for name in named if re.fullmatch(rf"({'|'.join(sections)})\.\w+", name)}
    assert wanted <= EN.messages.keys()
    made = {
        *LISTS,
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
    for file in FOLDER.glob("*.py"):
        source = file.read_text("utf-8")
        keys |= set(re.findall(r'misread\(\s*"(\w+)"', source))
        keys |= set(re.findall(r'_one_of\(\w+, rest, "(\w+)"\)', source))
        keys |= set(re.findall(r'rest\.number\([^"]*"(\w+)"', source))
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


def test_every_command_is_explained() -> None:
    for key in vocabulary.COMMANDS:
        assert EN.has(f"about.{key.replace(' ', '_')}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_are_shown_are_understood(language: str) -> None:
    said = speech(language)
    for key, command in vocabulary.COMMANDS.items():
        about = said(f"about.{key.replace(' ', '_')}")
        assert command_of(about.split(":")[0].split(",")[0])[0] == key, about
        assert command_of(command.said.ways(language)[0]) == (key, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_spot_is_called_what_can_be_typed_back(language: str) -> None:
    said = speech(language)
    for info in SPOTS[:LOCKED]:
        assert read(f"{said.spot(info.spot)} 5") == intents.Lay({info.spot: 5})


def test_what_zero_locked_and_the_double_zero_have_names() -> None:
    english, russian = speech("en"), speech("ru")
    assert [english.spot(spot) for spot in (157, 158, 159, 163, 166, 173)] == [
        *("00", "0-00", "00-2", "top line", "red, locked", "black, locked again"),
    ]
    assert [russian.spot(spot) for spot in (166, 173)] == [
        *("красное в тюрьме", "черное в тюрьме снова"),
    ]
    assert [english.pocket(each) for each in (0, 37)] == ["0 zero", "00 double zero"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_of_bets_can_be_typed_back(language: str) -> None:
    chips = {SPOTS[17].spot: 25, 155: 10, 97: 3}
    assert read(speech(language).bets(chips.items())) == intents.Lay(chips)


def test_a_long_list_of_bets_ends_in_a_count() -> None:
    line = EN.bets((spot, 1) for spot in range(157))
    assert line.count(" on ") == SPOTS_SHOWN - 1
    assert line.endswith("150 more places")


def test_the_help_fits_a_narrow_terminal() -> None:
    for said in (EN, RU):
        for key, entry in said.messages.items():
            if key.startswith(("help.", "about.", "misread.", "cannot.")):
                for row in str(entry).splitlines():
                    assert len(row) <= 96, row
