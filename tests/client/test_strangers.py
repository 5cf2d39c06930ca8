"""Another table at a known address, and a table that speaks out of turn: what it is told."""

from dataclasses import replace

import pytest

from client.dialogue import Ending
from client.games.roulette.state import roulette
from client.house.events import Trouble
from client.requests import Enter
from protocol.games.roulette import rounds
from protocol.house import door
from protocol.house.lists import Seat
from tests.client.alone import GREETING, INTRODUCED, Alone, at_the_door, at_the_table, signed
from tests.client.fake_table import TABLE


def test_what_a_table_may_not_send_does_no_harm() -> None:
    alone = at_the_table()
    for said in (door.SeatTaken(998, Seat.PLAYER), door.Done(997), GREETING):
        alone.hear(said)
    assert alone.dialogue.ending is None


SECRET = Enter("Ann", Seat.CROUPIER, "croupier's", "table's")
HARMLESS = (door.Greeting, door.Ping, door.Pong)


def strangers() -> list[door.HouseIntroduced]:
    return [
        replace(INTRODUCED, anchor=b"x" * 32),
        replace(INTRODUCED, house=b"x" * 16),
        replace(INTRODUCED, house=b"x" * 16, anchor=b"x" * 32),
    ]


@pytest.mark.parametrize("stranger", strangers())
def test_another_table_at_a_known_address_is_told_nothing_secret(
    stranger: door.HouseIntroduced,
) -> None:
    alone = Alone(SECRET)
    alone.things.keyring.trust(TABLE, INTRODUCED.anchor)
    alone.things.keyring.keep(TABLE, "Ann", b"t" * 32)
    alone.hear(GREETING, stranger)
    alone.dialogue.tick(0.0)
    assert alone.dialogue.ending == Ending(Trouble.ANOTHER_TABLE, for_good=True)
    assert all(isinstance(each, HARMLESS) for each in alone.sent)
    assert alone.things.keyring.known == (TABLE, INTRODUCED.anchor)


def test_the_first_table_of_an_address_is_known_from_then_on() -> None:
    alone = Alone()
    alone.hear(GREETING, INTRODUCED)
    assert alone.things.keyring.known is None
    alone.dialogue.want(Enter("Ann"), 0.0)
    assert alone.things.keyring.known == (TABLE, INTRODUCED.anchor)


def test_who_means_the_new_table_comes_in_and_knows_it_instead() -> None:
    alone = Alone(replace(SECRET, new_table=True))
    alone.things.keyring.trust(TABLE, b"x" * 32)
    alone.hear(GREETING, INTRODUCED)
    alone.answer(door.SignIn)
    assert alone.things.keyring.known == (TABLE, INTRODUCED.anchor)


@pytest.mark.parametrize("stranger", strangers())
@pytest.mark.parametrize("enter", [SECRET, replace(SECRET, new_table=True)])
def test_a_table_stays_the_one_that_one_came_to_whatever_the_line_does(
    stranger: door.HouseIntroduced, enter: Enter
) -> None:
    alone = at_the_door(enter)
    alone.hear(signed(alone.answer(door.SignIn)))
    before = alone.dialogue.state
    alone.cut()
    alone.open()
    alone.hear(GREETING, stranger)
    assert alone.dialogue.ending == Ending(Trouble.ANOTHER_TABLE, for_good=True)
    assert all(isinstance(each, HARMLESS) for each in alone.sent)
    assert alone.dialogue.state.table == before.table


def test_nobody_is_let_in_who_did_not_ask() -> None:
    alone = at_the_table()
    alone.hear(signed(999, "Eve"))
    assert alone.dialogue.ending == Ending(
        Trouble.BROKEN, words="it let somebody in who did not ask"
    )
    assert alone.dialogue.state.name == "Ann"


@pytest.mark.parametrize(("account", "name"), [(6, "Ann"), (5, "Eve")])
def test_a_table_knows_one_as_the_same_on_every_line(account: int, name: str) -> None:
    alone = at_the_table()
    alone.cut()
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    number = alone.answer(door.SignIn)
    alone.hear(door.SignedIn(number, account, name, b"u" * 32, 500, 1))
    assert alone.dialogue.ending is not None
    assert alone.dialogue.ending.words == "it takes one for somebody else"
    assert alone.things.keyring.token(TABLE, name) != b"u" * 32


def test_rounds_that_go_backwards_are_followed() -> None:
    alone = at_the_table(number=9)
    for number in (10, 11, 12, 3, 2):
        alone.hear(rounds.RoundOpened(number, 1000))
    assert roulette(alone.dialogue.state).round.number == 2
