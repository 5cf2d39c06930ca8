"""What a croupier types is asked of the house, at a table of any game."""

from dataclasses import replace

import pytest

from client.house.state import HouseState, Line, Status, TableState
from client.requests import Enter, Look, digest, take_seat
from client_text.intents import GoTo
from client_text.orders import lacks_password, way_to
from protocol.house.door import TakeSeat
from protocol.house.lists import Phrase, Seat
from protocol.house.people import Announce, HandOver, KickPlayer, MutePlayer, WarnPlayer
from tests.client.states import listed
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


CELLAR = replace(listed(3, "Cellar"), password_needed=True)
IN_HOUSE = HouseState(lobby={3: CELLAR}, status=Status(Line.LIVE), account=7)


def test_a_password_that_was_given_goes_along_where_one_is_taken() -> None:
    seat = way_to(GoTo("cellar", Seat.PLAYER), IN_HOUSE, "elm")
    assert seat == TakeSeat(0, Seat.PLAYER, b"", digest("elm"), table=3)
    open_to_all = replace(IN_HOUSE, lobby={3: listed(3, "Cellar")})
    assert way_to(GoTo("3", Seat.PLAYER), open_to_all, "elm") == take_seat(Seat.PLAYER).to(3)


def test_a_password_is_lacking_until_one_is_given_or_has_a_seat_there() -> None:
    seat = way_to(GoTo("3", Seat.PLAYER), IN_HOUSE, "")
    assert isinstance(seat, TakeSeat)
    assert lacks_password(seat, IN_HOUSE)
    assert not lacks_password(replace(seat, table_password=b"x"), IN_HOUSE)
    watching = replace(IN_HOUSE, tables={3: TableState(live=True, seat=Seat.WATCHER)})
    assert not lacks_password(seat, watching)
    assert way_to(GoTo("3", Seat.PLAYER), watching, "elm") == take_seat(Seat.PLAYER).to(3)
    assert way_to(GoTo("3", Seat.WATCHER), watching, "elm") == Look(3)
