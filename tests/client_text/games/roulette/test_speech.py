"""What the terminal calls a spot can be typed back, in both languages."""

import pytest

from client.wording import LANGUAGES
from client_text.games.roulette.intents import Lay
from client_text.games.roulette.speech import (
    SPOTS_SHOWN,
    bets_in_words,
    pocket_in_words,
    spot_in_words,
)
from client_text.here import speech_in
from protocol.games.roulette.rules import LOCKED, SPOTS
from tests.client_text.games.roulette.test_commands import read


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_spot_is_called_what_can_be_typed_back(language: str) -> None:
    said = speech_in(language)
    for info in SPOTS[:LOCKED]:
        assert read(f"{spot_in_words(said, info.spot)} 5") == Lay({info.spot: 5})


def test_what_zero_locked_and_the_double_zero_have_names() -> None:
    english, russian = speech_in("en"), speech_in("ru")
    assert [spot_in_words(english, spot) for spot in (157, 158, 159, 163, 166, 173)] == [
        *("00", "0-00", "00-2", "top line", "red, locked", "black, locked again"),
    ]
    assert [spot_in_words(russian, spot) for spot in (166, 173)] == [
        *("красное в тюрьме", "черное в тюрьме снова"),
    ]
    assert [pocket_in_words(english, each) for each in (0, 37)] == ["0 zero", "00 double zero"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_of_bets_can_be_typed_back(language: str) -> None:
    chips = {SPOTS[17].spot: 25, 155: 10, 97: 3}
    assert read(bets_in_words(speech_in(language), chips.items())) == Lay(chips)


def test_a_long_list_of_bets_ends_in_a_count() -> None:
    line = bets_in_words(speech_in("en"), ((spot, 1) for spot in range(157)))
    assert line.count(" on ") == SPOTS_SHOWN - 1
    assert line.endswith("150 more places")
