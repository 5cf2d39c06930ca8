"""An I/O thread at work: its loop, orders from others, and its end."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from protocol.house.lists import Farewell
from protocol.house.talk import Say
from protocol.wire import encode
from server.net.io_thread import AT_ONCE, READ, WRITE, IoThread
from server.net.session import Left, Session
from server.people.places import Standing
from tests.server.net.hands import GREETING, LIMITS, Hand, in_hand, run, run_until, watched

OPEN = Path("/proc/self/fd")


@pytest.fixture
def hand() -> Iterator[Hand]:
    with in_hand() as made:
        yield made


def test_what_came_together_is_handed_over_so_many_at_a_time(hand: Hand) -> None:
    """Who spoke first does not wait for all the others; nothing comes twice, and nothing empty."""
    crowd = [hand.another(Standing.KEPT) for _ in range(2 * AT_ONCE + 10)]
    for at, line in enumerate(crowd):
        list(line.session.decoder.feed(GREETING))
        line.peer.sendall(encode(Say(at, "a line"), 1))
    hand.shelf.puts.clear()
    run_until(hand, lambda: len(hand.shelf.items) >= len(crowd))
    assert hand.shelf.puts[:3] == [64, 64, 10]
    said = [each.number for _, each in hand.shelf.items if isinstance(each, Say)]
    assert sorted(said) == list(range(len(crowd)))
    assert AT_ONCE == 64


def test_however_often_it_is_rung_those_who_speak_are_heard(hand: Hand) -> None:
    hand.peer.sendall(encode(Say(1, "a line"), 1))

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
    hand.peer.sendall(encode(Say(1, "a line"), 1))
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
