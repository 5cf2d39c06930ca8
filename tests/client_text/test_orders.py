"""What a croupier types is asked of the house, at a table of any game."""

import pytest

from client.requests import Enter
from protocol.house.lists import Phrase, Seat
from protocol.house.people import Announce, HandOver, KickPlayer, MutePlayer, WarnPlayer
from tests.client_text.fakes import BOB, Sitting, bob


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("kick Bob bye", KickPlayer(1, BOB, "bye")),
        ("kick bob", KickPlayer(1, BOB, "")),
        ("warn Bob hush", WarnPlayer(1, BOB, "hush")),
        ("mute Bob 60", MutePlayer(1, BOB, 60, "")),
        ("announce last call", Announce(1, Phrase.LAST_CALL, "")),
        ("announce tea!", Announce(1, Phrase.OTHER, "tea!")),
        ("hand over Bob", HandOver(1, BOB)),
    ],
)
def test_the_croupiers_words_are_orders(line: str, request_: object) -> None:
    carl = Sitting(Enter("Carl", Seat.CROUPIER, "secret")).sit(Seat.CROUPIER)
    carl.hear(bob())
    assert carl.type(line) == []
    assert carl.desk.asked() == request_


@pytest.mark.parametrize("line", ["announce tea", "hand over Bob"])
def test_a_player_gives_no_orders(line: str) -> None:
    anna = Sitting().sit()
    anna.hear(bob())
    assert "Your seat may not do that" in anna.type(line)[0]
    assert anna.desk.wishes == []


def test_the_seat_is_given_to_somebody_who_is_there() -> None:
    carl = Sitting(Enter("Carl", Seat.CROUPIER, "secret")).sit(Seat.CROUPIER)
    nobody = "✗ Nobody called Bob is at the table. `players` shows who is."
    assert carl.type("hand over Bob") == [nobody]
    carl.hear(bob())
    assert "Nobody called ‹Bob x›" in carl.type("hand over Bob x")[0]


def test_nobody_is_thrown_out_by_a_name_that_is_not_there() -> None:
    carl = Sitting(Enter("Carl", Seat.CROUPIER, "secret")).sit(Seat.CROUPIER)
    assert carl.type("kick Bob") == ["✗ Nobody called Bob is at the table. `players` shows who is."]
