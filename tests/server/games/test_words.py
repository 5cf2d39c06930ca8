"""Every small game has its words in every language, and they fit the wire."""

from string import Formatter

import pytest

from protocol import limits
from protocol.house.form import FORM, FormIntroduced, FormLine, Part
from protocol.wire import encode
from server.games import GAMES
from server.games.forms import SmallGame
from server.games.words import Words
from tests.server.games.toy import Toy

SMALL = [Toy, *(game.open for game in GAMES.values() if game.number == FORM)]


def gaps(text: str) -> list[str]:
    return sorted(name or "" for _, name, __, ___ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("game", SMALL, ids=lambda game: str(game.service))
def test_the_sentences_of_all_languages_have_the_same_gaps_and_fit(game: type[SmallGame]) -> None:
    introduced = FormIntroduced("x" * limits.NAME_BYTES, game.service, game.words.wordings)
    assert len(encode(introduced, 7)) < limits.SERVER_FRAME_BYTES
    assert [wording.language for wording in introduced.wordings] == ["en", "ru"]
    english, *others = [wording.sentences for wording in introduced.wordings]
    for other in others:
        for ours, theirs in zip(english, other, strict=True):
            assert gaps(ours.text) == gaps(theirs.text), (ours, theirs)
            assert gaps(ours.text) == [str(place) for place in range(len(gaps(ours.text)))]
            assert len(gaps(ours.text)) <= limits.PARTS
    for key in game.actions:
        assert gaps(english[game.words.number(key)].text) == [], "a label has no gaps"


@pytest.mark.parametrize("game", SMALL, ids=lambda game: str(game.service))
def test_a_line_of_text_says_each_action_in_its_own_way(game: type[SmallGame]) -> None:
    commands = [action.command for action in game.actions.values()]
    assert len(set(commands)) == len(commands)
    assert all(command == command.upper().strip() for command in commands)
    assert all(action.kept for action in game.actions.values() if action.chips)


def test_a_key_is_a_number_on_the_wire() -> None:
    words = Words({"one": ("one {0}", "раз {0}"), "two": ("two", "два")})
    assert [words.number(key) for key in ("one", "two")] == [0, 1]
    assert words.line("one", 5) == FormLine(0, (Part("5"),))
    assert [[each.text for each in wording.sentences] for wording in words.wordings] == [
        ["one {0}", "two"],
        ["раз {0}", "два"],
    ]
