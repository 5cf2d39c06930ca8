"""Coming in and being refused: the dialogue, fed by hand."""

import pytest

from client.dialogue import Ending
from client.house.events import Trouble
from client.house.state import Line
from client.modern import VERSION
from client.requests import Enter, digest, take_seat
from protocol import limits
from protocol.games.roulette import desk
from protocol.house import door, talk
from protocol.house.draw import RegisterChain
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Farewell, Reason, Seat
from protocol.wire import Message, encode
from tests.client.alone import GREETING, MET, Alone, at_the_door, at_the_table, refused, signed
from tests.client.alone import INTRODUCED as INTRODUCED
from tests.client.fake_table import TABLE
from tests.client.test_reduce import shown


def test_the_greeting_goes_first() -> None:
    assert Alone().sent == [door.Greeting(VERSION, VERSION, "croupier")]


def test_without_a_name_one_waits_at_the_door_and_sees_whose_it_is() -> None:
    alone = at_the_door()
    assert not [each for each in alone.sent if isinstance(each, door.SignIn)]
    assert alone.dialogue.state.status.line is Line.DOOR
    assert alone.dialogue.state.house == INTRODUCED
    alone.dialogue.want(Enter("Ann", table_password="sesam"), 0.0)
    (asked,) = alone.sent
    assert isinstance(asked, door.SignIn)
    assert (asked.name, asked.house_password) == ("Ann", digest("sesam"))


def test_a_new_name_proposes_its_token_and_keeps_it_first() -> None:
    alone = at_the_door(Enter("Ann"))
    (asked,) = [each for each in alone.sent if isinstance(each, door.SignIn)]
    assert asked.token == alone.things.keyring.token(TABLE, "Ann") != b""


def test_the_token_that_the_table_gives_is_kept_under_both_ways_to_write_the_name() -> None:
    alone = at_the_door(Enter("  Ann "))
    alone.hear(signed(alone.answer(door.SignIn)))
    assert alone.things.keyring.token(TABLE, "Ann") == b"t" * 32
    assert alone.things.keyring.token(TABLE, "  Ann ") == b"t" * 32


def test_a_guest_has_no_token_and_watches() -> None:
    alone = at_the_door(Enter("", Seat.WATCHER))
    (asked,) = [each for each in alone.sent if isinstance(each, door.SignIn)]
    assert (asked.name, asked.token) == ("", b"")
    alone.hear(door.SignedIn(asked.number, 0, "", b"", 0, 1))
    (seat,) = alone.sent
    assert isinstance(seat, door.TakeSeat)
    alone.hear(door.SeatTaken(seat.number, Seat.WATCHER), MET, shown())
    assert alone.dialogue.state.live
    assert not [each for each in alone.sent if isinstance(each, RegisterChain)]
    assert alone.things.keyring.tokens == {}


@pytest.mark.parametrize(
    "reason",
    [Reason.NAME_TAKEN, Reason.NAME_UNFIT, Reason.WRONG_TOKEN, Reason.WRONG_TABLE_PASSWORD],
)
def test_who_is_refused_at_the_door_may_try_again_and_is_not_tried_by_itself(
    reason: Reason,
) -> None:
    alone = at_the_door(Enter("Ann"))
    alone.hear(refused(alone.answer(door.SignIn), reason))
    assert alone.dialogue.state.refusals[-1].reason is reason
    assert alone.dialogue.state.status.line is Line.DOOR
    assert alone.dialogue.ending is None
    assert not alone.dialogue.returns
    alone.dialogue.want(Enter("Bob"), 0.0)
    assert [each.name for each in alone.sent if isinstance(each, door.SignIn)] == ["Bob"]


def test_a_wrong_croupiers_password_leaves_one_signed_in_for_another_try() -> None:
    alone = at_the_door(Enter("Ann", Seat.CROUPIER, "wrong"))
    alone.hear(signed(alone.answer(door.SignIn)))
    alone.hear(refused(alone.answer(door.TakeSeat), Reason.WRONG_CROUPIER_PASSWORD))
    assert alone.dialogue.state.refusals[-1].reason is Reason.WRONG_CROUPIER_PASSWORD
    alone.dialogue.want(Enter("Ann", Seat.CROUPIER, "right"), 0.0)
    (asked,) = alone.sent
    assert isinstance(asked, door.TakeSeat)
    assert asked.croupier_password == digest("right")


def test_numbers_begin_over_those_that_the_account_used() -> None:
    alone = at_the_door(Enter("Ann"))
    alone.hear(signed(alone.answer(door.SignIn), next_number=1000))
    assert alone.answer(door.TakeSeat) == 1000


@pytest.mark.parametrize(
    "greeting", [door.Greeting(0, 0, "old"), door.Greeting(9, VERSION + 1, "new")]
)
def test_a_table_of_another_version_is_told(greeting: door.Greeting) -> None:
    alone = Alone(Enter("Ann"))
    alone.hear(greeting)
    assert alone.dialogue.ending is not None
    assert (alone.dialogue.ending.trouble, alone.dialogue.ending.for_good) == (
        Trouble.VERSION,
        True,
    )


def test_a_table_that_refuses_our_version_is_told() -> None:
    alone = Alone(Enter("Ann"))
    alone.hear(GREETING, refused(0, Reason.VERSION))
    assert alone.dialogue.ending is not None
    assert alone.dialogue.ending.trouble is Trouble.VERSION


def test_a_table_without_room_is_understood_though_it_did_not_greet() -> None:
    alone = Alone()
    frame = encode(door.Goodbye(Farewell.FULL, "too many at the door"))
    for said in alone.dialogue.decoder().feed(frame):
        alone.dialogue.hear(said, alone.now)
    ending = alone.dialogue.ending
    assert ending is not None
    assert (ending.trouble, ending.farewell) == (Trouble.FAREWELL, Farewell.FULL)


@pytest.mark.parametrize("reason", Farewell)
def test_after_some_goodbyes_one_comes_back_and_after_some_not(reason: Farewell) -> None:
    alone = at_the_table()
    alone.hear(door.Goodbye(reason, "words"))
    ending = alone.dialogue.ending
    assert ending is not None
    assert (ending.trouble, ending.farewell, ending.words) == (Trouble.FAREWELL, reason, "words")
    comes_back = (Farewell.OTHER, Farewell.STOPPING, Farewell.SILENT, Farewell.SLOW, Farewell.FULL)
    assert ending.for_good is (reason not in comes_back)


def test_the_way_in_has_everything_that_was_typed() -> None:
    alone = Alone(Enter("Ann", Seat.CROUPIER, "croupier's", "table's"))
    alone.hear(GREETING, INTRODUCED)
    greeting, sign_in = alone.sent
    token = alone.things.keyring.token(TABLE, "Ann")
    assert greeting == door.Greeting(VERSION, VERSION, "croupier")
    assert sign_in == door.SignIn(1, "Ann", token, digest("table's"))
    alone.hear(signed(1, next_number=40))
    assert alone.sent == [door.TakeSeat(40, Seat.CROUPIER, digest("croupier's"))]
    alone.dialogue.want(take_seat(Seat.WATCHER), 0.0)
    assert alone.sent == [door.TakeSeat(41, Seat.WATCHER, b"")]


def test_only_the_croupiers_seat_is_asked_for_with_its_password() -> None:
    alone = Alone(Enter("Ann", Seat.PLAYER, "croupier's"))
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn)))
    assert alone.sent == [door.TakeSeat(2, Seat.PLAYER, b"")]


@pytest.mark.parametrize("early", [shown(), signed(1), door.Done(1), talk.Said(1, 2, "x", "y")])
def test_before_it_is_introduced_a_table_says_nothing_else(early: Message) -> None:
    alone = Alone(Enter("Ann"))
    alone.hear(GREETING, door.Pong(1), early)
    words = "it spoke before it introduced itself"
    assert alone.dialogue.ending == Ending(Trouble.BROKEN, words=words)
    assert alone.dialogue.state.status.line is Line.CONNECTING


def test_a_table_introduces_itself_once_and_lets_in_who_asked() -> None:
    twice = at_the_door()
    twice.hear(INTRODUCED)
    words = "it introduced itself twice"
    assert twice.dialogue.ending == Ending(Trouble.BROKEN, words=words)
    nobody = at_the_door()
    nobody.hear(signed(1))
    words = "it let somebody in who did not ask"
    assert nobody.dialogue.ending == Ending(Trouble.BROKEN, words=words)
    seated = at_the_table()
    seated.dialogue.want(desk.StartSpin(0, 1), 0.0)
    seated.hear(signed(seated.answer(desk.StartSpin)))
    assert seated.dialogue.ending == Ending(Trouble.BROKEN, words=words)


@pytest.mark.parametrize(
    ("number", "ends"),
    [(limits.REQUEST_NUMBERS - 1, False), (limits.REQUEST_NUMBERS, True)],
)
def test_a_table_must_leave_numbers(number: int, ends: bool) -> None:
    alone = at_the_door(Enter("Ann"))
    alone.hear(signed(alone.answer(door.SignIn), next_number=number))
    words = "it leaves no numbers for requests"
    assert alone.dialogue.ending == (Ending(Trouble.BROKEN, words=words) if ends else None)
    assert bool(alone.sent) is not ends


@pytest.mark.parametrize(
    ("oldest", "version", "fits"),
    [
        (VERSION, VERSION, True),
        (VERSION, VERSION + 1, True),
        (VERSION - 1, VERSION, True),
        (VERSION + 1, VERSION + 1, False),
        (VERSION - 1, VERSION - 1, False),
    ],
)
def test_a_version_in_common_is_enough(oldest: int, version: int, fits: bool) -> None:
    alone = Alone()
    alone.hear(door.Greeting(version, oldest, "house 2"))
    ending = Ending(Trouble.VERSION, words="house 2", for_good=True)
    assert alone.dialogue.ending == (None if fits else ending)


def test_only_a_refusal_of_the_version_ends_the_line() -> None:
    for number, reason, ends in (
        (0, Reason.VERSION, True),
        (0, Reason.OTHER, False),
        (3, Reason.VERSION, False),
    ):
        alone = Alone()
        alone.hear(door.Refused(number, reason, NO_SPOT, 0, "older"))
        ending = Ending(Trouble.VERSION, words="older", for_good=True)
        assert alone.dialogue.ending == (ending if ends else None)
