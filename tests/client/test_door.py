"""Coming in, being refused, being cut off and coming back: the dialogue, fed by hand."""

from dataclasses import replace

import pytest

from client.dialogue import Ending
from client.house.bounds import UNANSWERED_KEPT
from client.house.events import Trouble
from client.house.state import Line
from client.modern import GREETING_SECONDS, SILENT_SECONDS, VERSION, ModernDialogue
from client.requests import Enter, digest, list_bets, place, start_spin, take_seat, why_not
from protocol import limits
from protocol.framing import Decoder, Dialect
from protocol.messages import bets, desk, door, records, rounds, talk
from protocol.messages.fields import NO_SPOT, PlacedBet
from protocol.messages.lists import Farewell, Phase, Reason, Seat
from protocol.wire import Message, encode
from tests.client.fake_table import TABLE
from tests.client.test_reduce import SEATED, entry, shown
from tests.client.things import Things


class Alone:
    """A dialogue whose table is the test itself."""

    def __init__(self, enter: Enter | None = None) -> None:
        self.things = Things()
        self.dialogue = ModernDialogue(self.things.means(), enter)
        self.now = 0.0
        self.dialogue.connecting("there", 1234, self.now)
        self.open()

    def open(self) -> None:
        self.reader = Decoder(Dialect.MODERN)
        self.reader.frame_limit = limits.CLIENT_FRAME_BYTES
        self.dialogue.up(self.now)

    def cut(self) -> None:
        self.dialogue.cut(Ending(Trouble.CUT), self.now, self.now)

    def hear(self, *said: Message) -> None:
        for each in said:
            self.dialogue.hear(each, self.now)

    @property
    def sent(self) -> list[Message]:
        frames, self.dialogue.frames = self.dialogue.frames, []
        said = [each for frame in frames for each in self.reader.feed(frame)]
        return [each for each in said if isinstance(each, Message)]

    def answer(self, kind: type[Message]) -> int:
        """The number of the one request of this kind that was sent."""
        (asked,) = [each for each in self.sent if isinstance(each, kind)]
        return int(getattr(asked, "number"))  # noqa: B009 (not every message has one)


GREETING = door.Greeting(VERSION, VERSION, "house")
INTRODUCED = door.TableIntroduced(TABLE, "Salon", True, False, True, 0, 500, 10_000, bytes(32), ())


def signed(number: int, name: str = "Ann", next_number: int = 1) -> door.SignedIn:
    return door.SignedIn(number, 5, name, b"t" * 32, 500, next_number)


def refused(number: int, reason: Reason, figure: int = 0) -> door.Refused:
    return door.Refused(number, reason, NO_SPOT, figure, "no")


def at_the_door(enter: Enter | None = None) -> Alone:
    alone = Alone(enter)
    alone.hear(GREETING, INTRODUCED)
    return alone


def at_the_table(seat: Seat = Seat.PLAYER, number: int = 1) -> Alone:
    alone = at_the_door(Enter("Ann", seat, "croupier's"))
    alone.hear(signed(alone.answer(door.SignIn)))
    alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), seat), shown(number))
    return alone


def test_the_greeting_goes_first() -> None:
    assert Alone().sent == [door.Greeting(VERSION, VERSION, "croupier")]


def test_without_a_name_one_waits_at_the_door_and_sees_whose_it_is() -> None:
    alone = at_the_door()
    assert not [each for each in alone.sent if isinstance(each, door.SignIn)]
    assert alone.dialogue.state.status.line is Line.DOOR
    assert alone.dialogue.state.table == INTRODUCED
    alone.dialogue.want(Enter("Ann", table_password="sesam"), 0.0)
    (asked,) = alone.sent
    assert isinstance(asked, door.SignIn)
    assert (asked.name, asked.table_password) == ("Ann", digest("sesam"))


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
    alone.hear(door.SeatTaken(seat.number, Seat.WATCHER), shown())
    assert alone.dialogue.state.live
    assert not [each for each in alone.sent if isinstance(each, rounds.CommitSecret)]
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


def test_who_never_introduces_himself_is_no_table() -> None:
    alone = Alone(Enter("Ann"))
    assert alone.dialogue.tick(0.0) == GREETING_SECONDS
    alone.dialogue.tick(GREETING_SECONDS)
    assert alone.dialogue.ending == Ending(Trouble.NOT_MODERN)


def test_pings_measure_the_line_and_silence_ends_it() -> None:
    alone = at_the_table()
    alone.dialogue.tick(0.0)
    (ping,) = [each for each in alone.sent if isinstance(each, door.Ping)]
    alone.now = 0.25
    measured = []
    for nonce in (ping.nonce + 1, ping.nonce):
        alone.hear(door.Pong(nonce))
        measured.append(alone.dialogue.state.status.latency)
    assert measured == [None, 0.25]
    endings = []
    for now in (0.25 + SILENT_SECONDS - 0.1, 0.25 + SILENT_SECONDS):
        alone.dialogue.tick(now)
        endings.append(alone.dialogue.ending)
    assert endings == [None, Ending(Trouble.SILENT)]


def test_the_tables_pings_are_answered() -> None:
    alone = at_the_table()
    assert alone.sent
    alone.hear(door.Ping(77))
    assert alone.sent == [door.Pong(77)]


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


def test_the_line_comes_back_to_the_same_chair() -> None:
    alone = at_the_table(Seat.CROUPIER)
    alone.cut()
    assert alone.dialogue.returns
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn)))
    (asked,) = alone.sent
    assert isinstance(asked, door.TakeSeat)
    assert (asked.seat, asked.croupier_password) == (Seat.CROUPIER, digest("croupier's"))


def test_a_croupier_whose_chair_is_taken_meanwhile_sits_down_as_a_player() -> None:
    alone = at_the_table(Seat.CROUPIER)
    alone.cut()
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn)))
    alone.hear(refused(alone.answer(door.TakeSeat), Reason.SEAT_TAKEN))
    (asked,) = alone.sent
    assert isinstance(asked, door.TakeSeat)
    assert asked.seat is Seat.PLAYER


def test_who_was_given_the_croupiers_chair_has_it() -> None:
    alone = at_the_table()
    alone.hear(door.SeatTaken(0, Seat.CROUPIER), shown())
    assert alone.dialogue.state.seat is Seat.CROUPIER


def test_who_stands_up_is_not_seated_again_by_a_cut() -> None:
    alone = at_the_table()
    alone.dialogue.want(door.LeaveSeat(0), alone.now)
    alone.hear(door.Done(alone.answer(door.LeaveSeat)))
    assert alone.dialogue.state.seat is Seat.NONE
    alone.cut()
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn)))
    assert alone.sent == []
    alone.dialogue.want(take_seat(Seat.PLAYER), alone.now)
    assert [type(each) for each in alone.sent] == [door.TakeSeat]


def test_a_wish_without_a_line_is_told_and_not_kept() -> None:
    alone = Alone(Enter("Ann"))
    alone.dialogue.want(place(SEATED, {1: 1}), 0.0)
    alone.dialogue.remember(place(SEATED, {1: 1}), 0.0)
    assert [each.reason for each in alone.dialogue.state.refusals] == [None, None]
    assert not [each for each in alone.sent if isinstance(each, bets.PlaceBets)]


def test_a_name_typed_without_a_line_comes_in_when_there_is_one() -> None:
    alone = Alone()
    alone.dialogue.cut(Ending(Trouble.CUT), 1.0, 0.0)
    alone.dialogue.remember(Enter("Ann"), 0.0)
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    assert [each.name for each in alone.sent if isinstance(each, door.SignIn)] == ["Ann"]


def test_what_came_too_fast_waits_if_nobody_asked_for_it() -> None:
    alone = at_the_table()
    number = alone.answer(records.ListResults)
    alone.hear(refused(number, Reason.TOO_FAST, figure=400))
    alone.dialogue.tick(0.3)
    assert not [each for each in alone.sent if isinstance(each, records.ListResults)]
    alone.dialogue.tick(0.5)
    assert alone.answer(records.ListResults) == number
    assert alone.dialogue.state.refusals == ()


def test_the_way_in_waits_when_everybody_comes_at_once() -> None:
    alone = at_the_door(Enter("Ann"))
    number = alone.answer(door.SignIn)
    alone.hear(refused(number, Reason.TOO_FAST, figure=1000))
    alone.dialogue.tick(1.1)
    assert alone.answer(door.SignIn) == number


def test_a_known_table_that_keeps_silent_is_silent_and_nothing_else() -> None:
    alone = at_the_table()
    alone.cut()
    alone.open()
    alone.dialogue.tick(GREETING_SECONDS)
    assert alone.dialogue.ending == Ending(Trouble.SILENT)
    assert alone.dialogue.unread() is Trouble.BROKEN


def test_what_a_person_asked_for_too_fast_is_told() -> None:
    alone = at_the_table()
    assert alone.sent
    alone.dialogue.want(place(alone.dialogue.state, {1: 1}), 0.0)
    alone.hear(refused(alone.answer(bets.PlaceBets), Reason.TOO_FAST, figure=400))
    assert alone.dialogue.state.refusals[-1].reason is Reason.TOO_FAST


def test_lists_are_read_to_their_end() -> None:
    alone = at_the_table()
    assert alone.sent
    alone.dialogue.want(list_bets(alone.dialogue.state), 0.0)
    page = (PlacedBet(1, 1, 5), PlacedBet(2, 2, 5))
    alone.hear(bets.BetsListed(alone.answer(bets.ListBets), 1, 0, page, more=True))
    (following,) = alone.sent
    assert isinstance(following, bets.ListBets)
    assert (following.after_account, following.after_spot) == (2, 2)
    alone.hear(bets.BetsListed(following.number, 1, 0, (), more=False))
    assert alone.sent == []


def test_the_roster_is_read_to_its_end_and_kept_up() -> None:
    alone = at_the_table()
    alone.dialogue.tick(0.0)
    number = alone.answer(records.ListPlayers)
    alone.hear(records.PlayersListed(number, (entry(1, "A"),), more=True))
    number = alone.answer(records.ListPlayers)
    alone.hear(records.PlayersListed(number, (entry(2, "B"),), more=False))
    assert alone.dialogue.state.roster.keys() == {1, 2}
    alone.hear(records.RosterChanged(3, 0, (), complete=False))
    alone.dialogue.tick(0.5)
    assert not [each for each in alone.sent if isinstance(each, records.ListPlayers)]
    alone.dialogue.tick(1.5)
    assert alone.answer(records.ListPlayers)


def test_a_great_crowds_bets_are_not_followed_by_themselves() -> None:
    alone = at_the_table()
    alone.hear(replace(shown(), bets=100_000))
    alone.dialogue.tick(5.0)
    assert not [each for each in alone.sent if isinstance(each, bets.ListBets)]


def test_what_a_table_may_not_send_does_no_harm() -> None:
    alone = at_the_table()
    for said in (door.SeatTaken(998, Seat.PLAYER), door.Done(997), GREETING):
        alone.hear(said)
    assert alone.dialogue.ending is None


SECRET = Enter("Ann", Seat.CROUPIER, "croupier's", "table's")
HARMLESS = (door.Greeting, door.Ping, door.Pong)


def strangers() -> list[door.TableIntroduced]:
    return [
        replace(INTRODUCED, anchor=b"x" * 32),
        replace(INTRODUCED, table=b"x" * 16),
        replace(INTRODUCED, table=b"x" * 16, anchor=b"x" * 32),
    ]


@pytest.mark.parametrize("stranger", strangers())
def test_another_table_at_a_known_address_is_told_nothing_secret(
    stranger: door.TableIntroduced,
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
    stranger: door.TableIntroduced, enter: Enter
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


def test_a_house_that_makes_one_ask_without_end_is_left() -> None:
    alone = at_the_table()
    number = 1
    while alone.dialogue.ending is None:
        number += 1
        alone.hear(rounds.RoundOpened(number, 1000, bytes(32)))
        assert len(alone.dialogue.state.pending) < UNANSWERED_KEPT + 10
    assert alone.dialogue.ending == Ending(Trouble.TOO_MUCH, for_good=True)


def test_a_person_who_asks_without_end_is_told_to_wait() -> None:
    alone = at_the_table()
    for _ in range(UNANSWERED_KEPT + 5):
        alone.dialogue.want(place(alone.dialogue.state, {1: 1}), 0.0)
    assert alone.dialogue.ending is None
    assert len(alone.dialogue.state.pending) == UNANSWERED_KEPT
    assert alone.dialogue.state.refusals[-1].reason is Reason.TOO_FAST
    assert len(alone.sent) <= UNANSWERED_KEPT + 5


def test_a_table_that_nobody_listens_to_is_not_silent() -> None:
    alone = at_the_table()
    alone.dialogue.unheeded(SILENT_SECONDS)
    alone.dialogue.tick(SILENT_SECONDS + 1)
    assert alone.dialogue.ending is None
    alone.dialogue.tick(2 * SILENT_SECONDS)
    assert alone.dialogue.ending == Ending(Trouble.SILENT)


def test_buttons_know_why_they_are_not_to_be_pressed() -> None:
    assert why_not(SEATED, bets.PlaceBets) is None
    assert why_not(SEATED, talk.Say) is None
    assert why_not(SEATED, desk.StartSpin) is Reason.NOT_YOURS
    croupier = replace(SEATED, seat=Seat.CROUPIER)
    assert why_not(croupier, desk.StartSpin) is None
    assert why_not(croupier, bets.PlaceBets) is Reason.NOT_YOURS
    spinning = replace(SEATED.round, phase=Phase.SPINNING)
    assert why_not(replace(SEATED, round=spinning), bets.PlaceBets) is Reason.NOT_NOW
    apart = replace(SEATED, status=replace(SEATED.status, line=Line.LOST))
    assert why_not(apart, bets.PlaceBets) is Reason.NOT_NOW
    assert start_spin(SEATED).round_number == 1


def test_rounds_that_go_backwards_are_followed() -> None:
    alone = at_the_table(number=9)
    for number in (10, 11, 12, 3, 2):
        alone.hear(rounds.RoundOpened(number, 1000, bytes(32)))
    assert alone.dialogue.state.round.number == 2


def test_an_answer_to_something_else_leaves_a_round_to_be_asked_for_again() -> None:
    alone = at_the_table(number=9)
    alone.hear(rounds.RoundOpened(10, 1000, bytes(32)))
    alone.hear(door.Done(alone.answer(records.AskProof)))
    assert not alone.dialogue.state.verdicts
    alone.hear(rounds.RoundOpened(11, 1000, bytes(32)))
    assert 9 in [each.round_number for each in alone.sent if isinstance(each, records.AskProof)]
