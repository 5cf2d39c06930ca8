"""The lines of an I/O thread: what each is watched for, and reading and writing on it."""

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from protocol.framing import Dialect
from protocol.house.door import Goodbye, Ping, Pong
from protocol.house.lists import Farewell
from protocol.house.talk import Say
from protocol.wire import encode
from server.net.io_thread import READ, WRITE
from server.net.session import Item, Last, Left, Room
from server.people.places import Standing
from tests.server.net.hands import GREETING, LIMITS, Hand, in_hand, run_until, watched


@pytest.fixture
def hand() -> Iterator[Hand]:
    with in_hand() as made:
        yield made


def test_a_line_is_watched_for_what_there_is_to_do(hand: Hand) -> None:
    assert watched(hand) == READ
    hand.session.paused = True
    hand.io_thread._watch(hand.session)
    assert watched(hand) == 0
    hand.line.fill()
    hand.io_thread._take_orders()
    assert watched(hand) == WRITE
    hand.session.paused = False
    hand.io_thread._watch(hand.session)
    assert watched(hand) == READ | WRITE
    hand.line.drain()
    hand.io_thread._write(hand.session)
    assert watched(hand) == READ
    hand.peer.shutdown(socket.SHUT_WR)
    hand.read()
    assert watched(hand) == 0
    hand.io_thread._end(hand.session, "gone")
    hand.io_thread.wake(hand.session)
    hand.io_thread.resume(hand.session)
    hand.io_thread.close_soon(hand.session)
    hand.io_thread.close_now(hand.session)
    hand.io_thread._take_orders()
    assert watched(hand) == 0
    assert hand.gone == [hand.session]


def test_who_has_more_to_say_than_his_pace_is_not_watched_until_it_allows(hand: Hand) -> None:
    hand.say(b"".join(encode(Say(number, "a line"), 1) for number in range(11)))
    assert watched(hand) == 0
    hand.later(0.25)  # The last is taken, and there may be more.
    assert watched(hand) == 0
    hand.later(0.25)
    assert watched(hand) == READ


def test_whoever_is_late_with_an_order_for_a_line_that_ended_does_no_harm(hand: Hand) -> None:
    hand.line.fill()
    hand.io_thread._take_orders()
    assert watched(hand) == READ | WRITE
    hand.io_thread._end(hand.session, "gone")
    hand.io_thread.wake(hand.session)
    hand.io_thread._take_orders()
    assert hand.gone == [hand.session]


def test_of_a_line_that_ended_nothing_more_is_taken_when_the_table_is_done(hand: Hand) -> None:
    hand.say(b"".join(encode(Say(number, "a line"), 1) for number in range(11)))
    hand.io_thread._end(hand.session, "gone")
    assert len(hand.take()) == 11
    hand.now += 60
    hand.io_thread.resume(hand.session)
    hand.io_thread._take_orders()
    assert hand.take() == []


def test_that_the_table_is_done_with_it_is_no_word_of_the_client(hand: Hand) -> None:
    heard = hand.session.heard
    hand.now += 1
    hand.io_thread.resume(hand.session)
    hand.io_thread._take_orders()
    assert hand.session.heard == heard


def test_a_line_that_ends_twice_is_gone_once(hand: Hand) -> None:
    hand.io_thread._end(hand.session, "first")
    hand.io_thread._end(hand.session, "second")
    assert hand.gone == [hand.session]
    assert hand.take() == [Left("first", True)]
    assert hand.session.why == "first"
    assert hand.session.sock.fileno() == -1


def test_what_was_read_by_somebody_else_before_is_no_end(hand: Hand) -> None:
    hand.read()
    assert (hand.take(), hand.gone) == ([], [])


class Reset:
    """A connection that its peer has reset."""

    def recv(self, _: int) -> bytes:
        raise ConnectionResetError

    def close(self) -> None:
        pass


def test_a_line_that_is_reset_is_over_at_once(hand: Hand) -> None:
    hand.io_thread._selector.unregister(hand.session.sock)
    hand.session.events = 0
    hand.session.sock.close()
    hand.session.sock = Reset()  # type: ignore[assignment]
    hand.read()
    assert hand.gone == [hand.session]
    assert hand.take() == [Left("the connection ended", True)]
    assert hand.session.why == "the connection ended"


def test_who_hung_up_may_still_read_and_is_closed_when_all_is_said(hand: Hand) -> None:
    hand.say(encode(Say(1, "a line"), 1))
    heard = hand.now
    hand.peer.shutdown(socket.SHUT_WR)
    hand.now += 1
    hand.read()
    assert hand.session.heard == heard  # An end is no word.
    assert hand.take() == [Say(1, "a line", table=1), Left("the connection ended", True)]
    assert (hand.session.hung_up, hand.gone, watched(hand)) == (True, [], 0)
    hand.session.unsaid = (encode(Pong(7)),)
    hand.session.finish()
    hand.io_thread._take_orders()
    assert hand.line.heard() == [Pong(7)]
    assert hand.gone == [hand.session]
    assert hand.take() == []


def test_who_hung_up_and_does_not_read_has_a_moment(hand: Hand) -> None:
    hand.peer.shutdown(socket.SHUT_WR)
    hand.read()
    hand.line.fill()
    hand.session.finish()
    hand.io_thread._take_orders()
    assert hand.gone == []
    hand.later(LIMITS.linger_seconds)
    assert hand.gone == [hand.session]


def test_who_hung_up_reads_all_of_a_long_answer(hand: Hand) -> None:
    hand.peer.shutdown(socket.SHUT_WR)
    hand.read()
    hand.line.fill()
    hand.session.say(bytes(150_000))
    hand.session.finish()
    waits, taken = hand.session.pending, [hand.line.drain()]

    def all_read() -> bool:
        taken.append(hand.line.drain())
        return bool(hand.gone)

    run_until(hand, all_read)
    taken.append(hand.line.drain())
    assert sum(taken) == taken[0] + waits
    assert taken[0]


def test_who_hangs_up_when_he_was_just_told_to_go_is_one_who_was_told_to_go(hand: Hand) -> None:
    hand.session.drop(Farewell.LEAVING, "go")
    hand.peer.shutdown(socket.SHUT_WR)
    hand.read()
    assert hand.take() == [Left("go", False)]
    hand.io_thread._take_orders()
    assert hand.gone == [hand.session]
    assert hand.take() == []


def test_who_reads_his_farewell_and_closes_is_gone_and_is_not_heard_any_more(hand: Hand) -> None:
    hand.session.drop(Farewell.KICKED, "go")
    hand.io_thread._take_orders()
    assert hand.line.heard() == [Goodbye(Farewell.KICKED, "go")]
    assert hand.peer.recv(10) == b""  # Nothing more comes, ...
    hand.say(encode(Say(1, "but"), 1))  # ... and what he says is read, so that no reset eats it.
    assert hand.take() == [Left("go", True)]
    assert hand.gone == []
    hand.peer.close()
    hand.read()
    assert hand.gone == [hand.session]
    assert hand.take() == []
    assert hand.session.why == "go"


def test_who_is_dropped_while_he_is_paused_is_read_again_so_that_he_can_close(hand: Hand) -> None:
    hand.say(b"".join(encode(Say(number, "a line"), 1) for number in range(11)))
    hand.line.fill()
    hand.session.drop(Farewell.KICKED, "go")
    hand.io_thread._take_orders()
    assert (hand.session.paused, watched(hand)) == (False, READ | WRITE)


def test_an_evicted_one_is_closed_whether_or_not_he_reads(hand: Hand) -> None:
    hand.line.fill()
    hand.session.evict("there are too many")
    hand.io_thread._take_orders()
    assert hand.gone == [hand.session]
    assert hand.session.why == "there are too many"


def test_who_is_over_the_pace_is_behind_until_all_is_taken_of_reads_that_are_bounded() -> None:
    line = encode(Say(1, "a line"), 1)
    with in_hand(replace(LIMITS, read_bytes=3 * len(line))) as hand:
        hand.say(line * 5)
        assert (len(hand.take()), hand.session.more, hand.session.behind) == (3, True, None)
        hand.read()
        assert (len(hand.take()), hand.session.more, hand.session.behind) == (2, False, None)
        since = hand.now
        hand.say(line * 7)
        hand.read()
        assert (len(hand.take()), hand.reads, hand.session.behind) == (5, False, since)
        for taken, behind in ((1, since), (1, since), (0, None)):  # Four a second.
            hand.later(0.25)
            if hand.reads:
                hand.read()
            assert (len(hand.take()), hand.session.behind) == (taken, behind)


def test_somebody_who_greets_is_told_once(hand: Hand) -> None:
    fresh = hand.another()
    arrived: list[Item] = []
    hand.moved.clear()
    for part in (GREETING, encode(Pong(1)), encode(Pong(2))):
        hand.io_thread._take(fresh.session, part, arrived)
    assert hand.moved == [(fresh.session, Standing.GREETED)]


def test_a_stranger_who_breaks_the_wire_is_told_so_by_the_table(hand: Hand) -> None:
    fresh = hand.another()
    arrived: list[Item] = []
    hand.io_thread._take(fresh.session, b"\x77" * 20, arrived)
    ((session, last),) = arrived
    assert session is fresh.session
    assert isinstance(last, Last)
    assert (last.reason, fresh.session.cut_off) == (Farewell.BROKEN, True)


def test_pings_of_a_stranger_wait_for_the_table_and_pongs_go_to_nobody(hand: Hand) -> None:
    hand.session.standing = Standing.GREETED
    hand.say(encode(Ping(7)) + encode(Pong(8)))
    assert hand.take() == [Ping(7)]
    assert hand.session.handed == hand.session.served


def test_whoever_waits_for_room_hears_of_it_before_the_end(hand: Hand) -> None:
    hand.line.fill()
    assert not hand.session.has_room()
    hand.line.drain()
    hand.io_thread._write(hand.session)
    assert hand.take(served=False) == [Room()]


def test_a_classic_line_is_closed_without_a_word(hand: Hand) -> None:
    line = hand.another(Standing.KEPT, Dialect.CLASSIC)
    line.session.drop(Farewell.KICKED, "go")
    hand.io_thread._take_orders()
    assert line.peer.recv(100) == b""
    assert hand.gone == []


def test_who_gives_up_his_place_is_told_so(hand: Hand) -> None:
    hand.session.evict("there are too many")
    assert hand.line.heard() == [Goodbye(Farewell.FULL, "there are too many")]
    assert hand.gone == [hand.session]
    assert hand.take() == [Left("there are too many", True)]
