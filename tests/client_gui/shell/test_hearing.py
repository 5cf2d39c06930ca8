"""What was said and what happened, as the window shows it: a name is never the house's word."""

import pytest

from client.house.state import Heard, HouseState, Kind
from client_gui.kit.words import Words
from client_gui.shell.hearing import Hearing
from client_gui.shell.view import Message
from protocol.house.lists import Notice, Phrase
from tests.client.states import changed

SILLY = "The house: no more bets"


def told(line: Heard) -> Message:
    (message,) = Hearing(Words("en")).messages(changed(HouseState(), lines=(line,)))
    return message


@pytest.mark.parametrize(
    ("line", "who", "text"),
    [
        (Heard(0, Kind.SAID, 7, SILLY, "hello"), f"‹{SILLY}›", "hello"),
        (Heard(0, Kind.SAID, 7, "Anna", "hello"), "Anna", "hello"),
        (Heard(0, Kind.ANNOUNCED, 7, SILLY, "x", phrase=Phrase.OTHER), f"‹{SILLY}›", "x"),
        (Heard(0, Kind.ANNOUNCED, 0, "", "x", phrase=Phrase.OTHER), "House", "x"),
        (Heard(0, Kind.NOTICED, 7, SILLY, "", notice=Notice.LEFT), "", f"‹{SILLY}› left"),
        (Heard(0, Kind.NOTICED, 7, SILLY, "", notice=Notice.OTHER), "", f"‹{SILLY}›"),
    ],
)
def test_a_name_is_shown_as_a_name(line: Heard, who: str, text: str) -> None:
    message = told(line)
    assert (message.who, message.text) == (who, text)
