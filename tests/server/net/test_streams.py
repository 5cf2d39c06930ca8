"""Who is told what, in which order, and in how many pieces."""

import logging
from typing import TYPE_CHECKING

import pytest

from protocol import classic
from protocol.games.roulette.bets import BetsChanged
from protocol.games.roulette.rounds import AutoChanged
from protocol.house.door import (
    Done,
    Goodbye,
    SeatLost,
    SeatTaken,
    SignedIn,
    TablesChanged,
    TablesClosed,
    TablesOpened,
)
from protocol.house.lists import Farewell, Seat
from protocol.house.talk import Said
from protocol.wire import encode
from server.log.transcript import Line
from server.people.people import Client
from server.sayings import NO_TABLE, Drop, Shut, To, ToAll, ToClassic, ToEach, ToHost, Unseated
from tests.server.net.rooms import Room

if TYPE_CHECKING:
    pass

PLACED = classic.OrderAnswered(classic.Code.OK)
RESULTS = classic.ResultsShown(17, [classic.Result("Anna", 35)])
A, B, C, D = (AutoChanged(seconds) for seconds in range(4))


def test_whoever_is_behind_hears_all_of_it_in_order_and_in_one_piece() -> None:
    room = Room()
    anna = room.player()
    room.streams.say([ToAll(1, A)])
    room.streams.say([ToAll(1, B), ToAll(1, C)])
    room.tell()
    assert room.pieces(anna) == [[A, B, C]]
    room.tell()
    assert room.pieces(anna) == []


def test_whoever_is_answered_hears_first_what_was_said_before() -> None:
    room = Room()
    anna, boris = room.player(), room.player()
    room.streams.say([ToAll(1, A)])
    room.streams.say([To(anna, Done(7)), ToAll(1, B), To(anna, Done(8))])
    assert room.pieces(anna) == [[A, Done(7), B, Done(8)]]
    assert room.pieces(boris) == []
    room.tell()
    assert (room.pieces(anna), room.pieces(boris)) == ([], [[A, B]])


def test_ones_own_part_stands_in_the_middle_of_what_is_said_to_all() -> None:
    room = Room()
    anna, boris = room.player(), room.player()
    own = {anna: encode(Done(1)), room.guest(): encode(Done(2))}
    room.streams.say([ToAll(1, A), ToEach(1, own), ToAll(1, B)])
    room.tell()
    assert (room.pieces(anna), room.pieces(boris)) == ([[A, Done(1), B]], [[A, B]])
    assert all(not heard for heard in room.heard.values())


def test_two_rounds_that_end_in_one_batch_are_told_one_after_the_other() -> None:
    room = Room()
    anna, boris = room.player(), room.player()
    first, second = {anna: encode(Done(1))}, {boris: encode(Done(2)), anna: encode(Done(3))}
    room.streams.say([ToAll(1, A), ToEach(1, first), ToAll(1, B), ToEach(1, second), ToAll(1, C)])
    room.tell()
    assert room.pieces(anna) == [[A, Done(1), B, Done(3), C]]
    assert room.pieces(boris) == [[A, B, Done(2), C]]


def test_whoever_leaves_his_seat_hears_what_came_before_and_nothing_after() -> None:
    room = Room()
    anna = room.player()
    room.streams.say([ToAll(1, A)])
    anna.seats = {}
    room.streams.say([Unseated(1, anna), To(anna, Done(7)), ToAll(1, B)])
    room.streams.say([ToAll(1, C)])
    room.tell()
    assert room.pieces(anna) == [[A, Done(7)]]


def test_whoever_sits_down_hears_what_comes_after_his_seat() -> None:
    room = Room()
    room.player()
    anna = room.guest()
    room.streams.say([ToAll(1, A)])
    anna.seats = {1: Seat.PLAYER}
    room.streams.say([ToAll(1, B), To(anna, SeatTaken(1, Seat.PLAYER), 1), ToAll(1, C)])
    room.tell()
    assert room.pieces(anna) == [[SeatTaken(1, Seat.PLAYER), C]]


def test_nothing_is_kept_of_what_everybody_has_heard() -> None:
    room = Room()
    room.player()
    room.streams.say([ToAll(1, A)])
    room.tell()
    room.streams.say([ToAll(1, D)])
    (stream,) = room.streams._streams.values()
    assert len(stream._broadcasts) == 1
    room.tell()
    assert not stream._broadcasts


def test_ones_own_part_that_came_alone_comes_before_the_answer_behind_it() -> None:
    room = Room()
    anna = room.player()
    room.streams.say([ToEach(1, {anna: encode(Done(1))}), To(anna, Done(8))])
    assert room.pieces(anna) == [[Done(1), Done(8)]]


def test_who_has_gone_is_answered_nothing_and_is_in_nobodys_way() -> None:
    room = Room()
    anna = room.player()
    room.streams.say([To(Client("10.0.0.9"), Done(1)), To(anna, Done(2))])
    assert room.pieces(anna) == [[Done(2)]]
    room.streams.forget(anna)
    room.streams.say([To(anna, Done(3)), ToAll(1, A), Drop(anna, Farewell.KICKED, "go")])
    room.tell()
    assert (room.pieces(anna), anna in room.streams.sessions) == ([], False)


def test_whoever_is_told_to_go_hears_first_what_was_said_to_all() -> None:
    room = Room()
    anna, boris = room.player(), room.player()
    own = {anna: encode(Done(1))}
    end = Drop(anna, Farewell.KICKED, "go")
    room.streams.say(
        [ToAll(1, A), ToEach(1, own), ToAll(1, B), end, ToAll(1, C), To(anna, Done(2))]
    )
    room.streams.sessions[anna].flush()
    assert room.pieces(anna) == [[A, Done(1), B], [Goodbye(Farewell.KICKED, "go")]]
    room.tell()
    assert (room.pieces(anna), room.pieces(boris)) == ([], [[A, B, C]])


def test_a_batch_that_was_answered_is_not_answered_again() -> None:
    room = Room()
    anna = room.player()
    room.streams.say([To(anna, Done(1))])
    room.streams.sessions[anna].unsaid = (encode(Done(2)),)  # Not answered in this one.
    room.streams.say([ToAll(1, A)])
    assert room.pieces(anna) == [[Done(1)]]


# --- the classic dialect --------------------------------------------------------------------------


def test_a_classic_client_gets_each_reply_by_itself() -> None:
    room = Room()
    anna, boris = room.registered(), room.registered()
    room.streams.say([To(anna, PLACED), To(anna, PLACED), ToClassic(1, RESULTS)])
    assert room.heard[anna] == [PLACED.encode(), PLACED.encode(), RESULTS.encode()]
    assert room.heard[boris] == []  # He waits for nothing, and has his turn.
    room.tell()
    room.tell()
    assert len(room.heard[anna]) == 3
    assert room.heard[boris] == [RESULTS.encode()]


def test_the_results_are_for_those_of_the_classic_dialect_who_have_a_seat() -> None:
    room = Room()
    anna, boris, carl, modern = (room.registered(), room.registered(), room.guest(), room.player())
    carl.classic = True
    room.streams.say([To(carl, classic.RegistrationAnswered(classic.Code.REFUSED), 1)])
    room.heard[carl].clear()
    room.streams.say([Unseated(1, boris)])
    room.streams.say([ToClassic(1, RESULTS)])
    room.tell()
    assert room.heard == {anna: [RESULTS.encode()], boris: [], carl: [], modern: []}


def test_so_many_are_told_at_a_time_and_those_who_wait_are_counted() -> None:
    room = Room()
    modern = [room.player() for _ in range(3)]
    old = [room.registered() for _ in range(2)]
    room.streams.say([ToAll(1, A), ToClassic(1, RESULTS)])
    counts = []
    while room.streams.waiting:
        counts.append(room.streams.waiting)
        room.streams.tell(1)
    assert counts == [5, 3, 1]
    assert [room.pieces(client) for client in modern] == [[[A]]] * 3
    assert [room.heard[client] for client in old] == [[RESULTS.encode()]] * 2


def test_the_results_are_told_to_who_sat_down_first_first() -> None:
    room = Room()
    anna, boris = room.registered(), room.registered()
    room.streams.say([ToClassic(1, RESULTS)])
    room.streams.tell(1)
    assert (room.heard[anna], room.heard[boris]) == ([RESULTS.encode()], [])


def test_who_waits_longest_is_told_first_though_more_is_said_meanwhile() -> None:
    room = Room()
    anna, boris, carl = (room.player() for _ in range(3))
    room.streams.say([ToAll(1, A)])
    room.streams.tell(1)
    room.streams.say([ToAll(1, B)])
    assert room.streams.waiting == 3
    room.streams.tell(2)
    heard = [room.pieces(each) for each in (anna, boris, carl)]
    assert heard == [[[A]], [[A, B]], [[A, B]]]
    room.streams.tell(9)
    assert room.pieces(anna) == [[B]]


# --- the log --------------------------------------------------------------------------------------


def test_what_is_told_again_and_again_is_logged_only_if_all_is(
    caplog: pytest.LogCaptureFixture,
) -> None:
    room = Room()
    room.player()
    caplog.set_level(logging.INFO, "server")
    changed = BetsChanged(1, 1, 1, 1, 1, (), (), complete=True)
    said = Said(1, 2, "Anna", "a line")
    room.streams.say([ToAll(1, changed), ToAll(1, said), ToAll(1, A), ToHost("look")])
    assert [record.getMessage().split("(")[0] for record in caplog.records] == [
        "> table 1 AutoChanged",
        "! look",
    ]


def test_what_somebody_brings_about_alone_is_noted_by_where_he_is(
    caplog: pytest.LogCaptureFixture,
) -> None:
    room = Room()
    room.player()
    caplog.set_level(logging.DEBUG, "server")
    room.streams.say([ToAll(1, A, "10.0.0.7")])
    ((by, words, table, line),) = room.noted
    assert (by, words, table, str(line)) == ("10.0.0.7", "> %s %s", "table 1", str(Line(A)))
    assert caplog.messages == []


@pytest.mark.parametrize("reason", list(Farewell))
def test_who_is_parted_with_for_what_he_did_is_logged_only_if_all_is(
    caplog: pytest.LogCaptureFixture, reason: Farewell
) -> None:
    """As often as he likes. That he left, and why, is noted besides."""
    room = Room()
    anna = room.player()
    caplog.set_level(logging.DEBUG, "server")
    room.streams.say([Drop(anna, reason, "go")])
    line, level = f"x {anna.title}: go", caplog.records[-1].levelno
    assert caplog.messages[-1] == line
    by_the_house = reason in (Farewell.KICKED, Farewell.STOPPING)
    assert level == (logging.INFO if by_the_house else logging.DEBUG)


def test_what_one_is_told_is_logged_only_if_all_is(caplog: pytest.LogCaptureFixture) -> None:
    room = Room()
    anna = room.player()
    for level, lines in ((logging.INFO, 0), (logging.DEBUG, 1)):
        caplog.set_level(level, "server")
        caplog.clear()
        room.streams.say([To(anna, Done(1))])
        assert len(caplog.records) == lines


# --- the house, and tables that are there no more -------------------------------------------------

OPENED, CLOSED = TablesOpened(()), TablesClosed((7,))


def test_who_has_signed_in_hears_the_house_from_then_on_and_without_a_seat() -> None:
    room = Room()
    anna, stranger = room.guest(), room.guest()
    welcome = SignedIn(1, 2, "Anna", b"", 3, 4)
    room.streams.say([ToAll(NO_TABLE, OPENED), To(anna, welcome), ToAll(NO_TABLE, CLOSED)])
    room.tell()
    assert room.pieces(anna) == [[welcome, CLOSED]]
    assert room.pieces(stranger) == []


def test_of_a_table_that_is_there_no_more_nothing_is_kept(
    caplog: pytest.LogCaptureFixture,
) -> None:
    room = Room()
    anna = room.player()
    caplog.set_level(logging.INFO, "server")
    lost = SeatLost(0, "")
    room.streams.say([ToAll(1, A), To(anna, lost, 1), Unseated(1, anna), ToAll(1, B), Shut(1)])
    room.tell()
    assert room.pieces(anna) == [[A, lost]]
    assert room.streams.waiting == 0
    assert 1 not in room.streams._streams
    assert "= table 1 is closed" in caplog.messages
    room.streams.say([Shut(9)])  # Where nobody ever sat.


def test_the_log_says_what_everybody_is_told_and_not_each_change(
    caplog: pytest.LogCaptureFixture,
) -> None:
    room = Room()
    caplog.set_level(logging.INFO, "server")
    room.streams.say([ToAll(NO_TABLE, CLOSED), ToAll(NO_TABLE, TablesChanged(()))])
    assert caplog.messages == ["> everybody TablesClosed([7])"]
