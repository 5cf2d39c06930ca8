"""An I/O thread at work: reading, writing, orders from others, and its end."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from protocol.framing import Dialect
from protocol.messages.door import Goodbye, Ping, Pong
from protocol.messages.lists import Farewell
from protocol.messages.talk import Say
from protocol.wire import encode
from server.net.io_thread import AT_ONCE, READ, WRITE, IoThread
from server.net.session import Item, Last, Left, Room, Session
from server.people.places import Standing
from tests.server.net.hands import GREETING, LIMITS, Hand, in_hand

OPEN = Path("/proc/self/fd")


@pytest.fixture
def hand() -> Iterator[Hand]:
    with in_hand() as made:
        yield made


def watched(hand: Hand) -> int:
    """What the thread watches the client's connection for."""
    keys = hand.io_thread._selector.get_map().values()
    events = [key.events for key in keys if key.data is hand.session]
    assert sum(events) == hand.session.events
    return sum(events)


def run(hand: Hand, see: Callable[[], object], step: float = 0.001) -> None:
    """The loop, with a clock that goes on at each look; `see` looks as well."""
    looks = 0

    def look() -> float:
        nonlocal looks
        looks += 1
        assert looks < 20_000, "it goes on for ever"
        hand.now += step
        see()
        return hand.now

    hand.io_thread.now = look
    hand.run()


def run_until(hand: Hand, done: Callable[[], object], step: float = 0.001) -> None:
    """The loop, until this is so."""
    stopped = False

    def see() -> None:
        nonlocal stopped
        if done() and not stopped:
            stopped = True
            hand.io_thread.stop(0)

    run(hand, see, step)


# --- the loop -------------------------------------------------------------------------------------


def test_what_came_together_is_handed_over_so_many_at_a_time(hand: Hand) -> None:
    """Who spoke first does not wait for all the others; nothing comes twice, and nothing empty."""
    crowd = [hand.another(Standing.KEPT) for _ in range(2 * AT_ONCE + 10)]
    for at, line in enumerate(crowd):
        list(line.session.decoder.feed(GREETING))
        line.peer.sendall(encode(Say(at, "a line")))
    hand.shelf.puts.clear()
    run_until(hand, lambda: len(hand.shelf.items) >= len(crowd))
    assert hand.shelf.puts[:3] == [64, 64, 10]
    said = [each.number for _, each in hand.shelf.items if isinstance(each, Say)]
    assert sorted(said) == list(range(len(crowd)))
    assert AT_ONCE == 64


def test_however_often_it_is_rung_those_who_speak_are_heard(hand: Hand) -> None:
    hand.peer.sendall(encode(Say(1, "a line")))

    def heard() -> bool:
        hand.io_thread._ring()
        return bool(hand.shelf.items)

    run_until(hand, heard)
    assert isinstance(hand.take()[0], Say)


def test_one_who_can_read_and_says_something_is_served_in_both_ways(hand: Hand) -> None:
    hand.line.fill()
    hand.io_thread._take_orders()
    assert watched(hand) == READ | WRITE
    filled, waits = hand.line.drain(), hand.session.pending
    hand.peer.sendall(encode(Say(1, "a line")))
    run_until(hand, lambda: hand.shelf.items)
    assert isinstance(hand.take()[0], Say)
    assert filled
    assert hand.line.drain() == waits


def test_the_loop_looks_for_who_is_late(hand: Hand) -> None:
    stranger = hand.another()
    run_until(hand, lambda: stranger.session.over, step=0.5)
    assert stranger.session.why == "you did not sign in"


class Broken:
    """A table that takes nothing."""

    def put(self, _: object) -> None:
        raise RuntimeError("no table")


def test_a_fault_in_the_thread_closes_its_lines_and_is_not_hidden(hand: Hand) -> None:
    gone: list[Session] = []
    io_thread = IoThread("io", hand.shelf, LIMITS, lambda *_: None, gone.append)
    io_thread.now = lambda: hand.now
    io_thread._sweep = Broken().put  # type: ignore[method-assign, assignment]
    ours, peer = socket.socketpair()
    with peer:
        session = Session(ours, "10.0.0.1", io_thread, hand.now)
        io_thread.adopt(session)
        with pytest.raises(RuntimeError, match="no table"):
            io_thread.thread.run()
        assert gone == [session]
        assert peer.recv(10) == b""


# --- the end --------------------------------------------------------------------------------------


def test_at_the_end_everybody_is_closed_and_no_descriptor_is_left() -> None:
    before = descriptors()
    hand = Hand()
    other = hand.another()
    hand.end()
    assert {session.why for session in hand.gone} == {"the house closed"}
    assert set(hand.gone) == {hand.session, other.session}
    assert hand.take() == [Left("the house closed", True)] * 2
    assert len(hand.io_thread) == 0
    assert descriptors() == before
    hand.io_thread.wake(hand.session)  # Whoever is late with an order is not in the way.


def test_who_has_just_come_when_it_ends_is_closed_too() -> None:
    hand = Hand()
    ours, peer = socket.socketpair()
    session = Session(ours, "10.0.0.1", hand.io_thread, hand.now)
    hand.io_thread.adopt(session)
    hand.end()
    with peer:
        assert peer.recv(10) == b""
    assert session in hand.gone


def test_whoever_stops_it_wakes_it(hand: Hand) -> None:
    hand.io_thread.stop(0)
    assert hand.io_thread._selector.select(0)
    hand.io_thread._take_orders()
    assert not hand.io_thread._selector.select(0)


def descriptors() -> int:
    if not OPEN.is_dir():
        pytest.skip("this system does not tell what is open")
    return len(list(OPEN.iterdir()))


def test_what_is_left_to_say_at_the_end_is_said_if_there_is_time(hand: Hand) -> None:
    hand.line.fill()
    waits = hand.session.pending
    hand.session.drop(Farewell.STOPPING, "the house closes for tonight")
    filled = hand.line.drain()
    heard: list[int] = []

    def read() -> None:
        if hand.session.closing is not None and not hand.session.waits and not heard:
            heard.append(hand.line.drain())
            hand.peer.close()

    hand.io_thread.stop(10)
    began = hand.now
    run(hand, read)
    assert filled
    assert heard[0] > waits
    assert hand.now - began < 5  # All had gone: it did not wait for the rest of the time.
    assert [session.why for session in hand.gone] == ["the house closes for tonight"]


def test_who_does_not_read_at_the_end_is_waited_for_no_longer_than_that(hand: Hand) -> None:
    hand.line.fill()
    began = hand.now
    hand.io_thread.stop(1)
    assert 0 < hand.io_thread._patience() <= 0.1
    run(hand, lambda: None, step=0.0625)
    assert 1 <= hand.now - began <= 1 + 4 * 0.0625


def test_orders_never_wait_however_many_there_are() -> None:
    with in_hand() as hand:
        ringing = threading.Thread(target=ring_often, args=(hand,), daemon=True)
        ringing.start()
        ringing.join(20)
        assert not ringing.is_alive()
        hand.io_thread._take_orders()
        assert not hand.io_thread._orders
        assert not hand.io_thread._selector.select(0)  # All of the ringing is heard at once.


def ring_often(hand: Hand) -> None:
    for _ in range(5_000):
        hand.io_thread.wake(hand.session)


def test_its_thread_has_its_name(hand: Hand) -> None:
    assert hand.io_thread.thread.name == "io"


# --- what is watched ------------------------------------------------------------------------------


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
    hand.say(b"".join(encode(Say(number, "a line")) for number in range(11)))
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
    hand.say(b"".join(encode(Say(number, "a line")) for number in range(11)))
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


# --- reading --------------------------------------------------------------------------------------


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
    hand.say(encode(Say(1, "a line")))
    heard = hand.now
    hand.peer.shutdown(socket.SHUT_WR)
    hand.now += 1
    hand.read()
    assert hand.session.heard == heard  # An end is no word.
    assert hand.take() == [Say(1, "a line"), Left("the connection ended", True)]
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
    hand.say(encode(Say(1, "but")))  # ... and what he says is read, so that no reset eats it.
    assert hand.take() == [Left("go", True)]
    assert hand.gone == []
    hand.peer.close()
    hand.read()
    assert hand.gone == [hand.session]
    assert hand.take() == []
    assert hand.session.why == "go"


def test_who_is_dropped_while_he_is_paused_is_read_again_so_that_he_can_close(hand: Hand) -> None:
    hand.say(b"".join(encode(Say(number, "a line")) for number in range(11)))
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
    line = encode(Say(1, "a line"))
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


# --- writing --------------------------------------------------------------------------------------


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
