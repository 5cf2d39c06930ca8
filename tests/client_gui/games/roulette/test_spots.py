"""What the spots of the layout are called."""

import pytest

from client_gui.games.roulette import spots
from client_gui.kit.words import LANGUAGES, Words
from protocol.games.roulette.rules import SPOTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_spot_has_a_name_and_a_title(language: str) -> None:
    words = Words(language)
    assert len({spots.name_of(words, info.spot) for info in SPOTS}) == len(SPOTS)
    assert all(spots.title_of(words, info.spot) for info in SPOTS)
