"""One connection's outbox: in order, in as few pieces as its dialect allows, and bounded."""

import socket
from collections.abc import Iterable, Iterator
from contextlib import closing

import pytest

from protocol.framing import Decoder
from protocol.limits import CLIENT_FRAME_BYTES
from protocol.messages.door import Goodbye, Greeting, Ping
from protocol.messages.lists import Farewell
from protocol.wire import encode
from server.limits import Limits
from server.places import Standing
from server.pump import Pump
from server.session import Item, Session

GREETING = encode(Greeting(1, 1, "a test"))
FILLING = 10_000
"""More frames than a socket and an outbox take for somebody who does not read."""


class Shelf:
    """Takes what would go to the table."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def put(self, items: Iterable[Item]) -> None:
        self.items += items


@pytest.fixture
def pump() -> Iterator[Pump]:
    made = Pump("io", Shelf(), Limits(outbox_bytes=1000), lambda *_: None, lambda _: None)
    made.thread.start()
    yield made
    made.stop(0)
    made.thread.join()


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends that keep apart what was sent apart."""
    if not hasattr(socket, "SOCK_SEQPACKET"):
        pytest.skip("this system has no sockets that keep pieces apart")
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setblocking(False)
    theirs.settimeout(20)
    with closing(ours), closing(theirs):
        yield ours, theirs


def session_of(pump: Pump, sock: socket.socket, hello: bytes) -> Session:
    session = Session(sock, "10.0.0.1", pump, pump.now())
    assert list(session.decoder.feed(hello))
    return session


def test_what_a_batch_has_to_say_leaves_in_one_piece(
    pair: tuple[socket.socket, socket.socket], pump: Pump
) -> None:
    session = session_of(pump, pair[0], GREETING)
    session.unsaid += (b"one", b"two")
    session.speak()
    session.say(b"three")
    assert [pair[1].recv(100), pair[1].recv(100)] == [b"onetwo", b"three"]


def test_who_overflows_the_outbox_is_dropped_and_nothing_more_is_kept(
    pair: tuple[socket.socket, socket.socket], pump: Pump
) -> None:
    session = session_of(pump, pair[0], GREETING)
    for _ in range(FILLING):
        session.say(b"x" * 100)
    assert session.over
    farewell = encode(Goodbye(Farewell.SLOW, "you did not read what the table sent"))
    assert session.pending == len(farewell)
    session.say(b"more")
    assert session.pending == len(farewell)
    pump.adopt(session)
    heard = [pair[1].recv(1000)]
    while heard[-1] == b"x" * 100:
        heard.append(pair[1].recv(1000))
    assert heard[-1] == farewell
    assert len(heard) < FILLING


def test_who_has_greeted_sends_small_frames_and_who_has_signed_in_larger_ones(
    pair: tuple[socket.socket, socket.socket], pump: Pump
) -> None:
    session = session_of(pump, pair[0], GREETING)
    moves: list[Standing] = []
    pump.moved = lambda _, standing: moves.append(standing)
    for standing in (Standing.GREETED, Standing.SPARE, Standing.SPARE, Standing.SEATED):
        session.stand(standing)
        large = session.decoder.frame_limit == CLIENT_FRAME_BYTES
        assert (session.admitted, large) == (standing >= Standing.SPARE,) * 2
    assert moves == [Standing.GREETED, Standing.SPARE, Standing.SEATED]


def test_a_farewell_comes_last_and_once(
    pair: tuple[socket.socket, socket.socket], pump: Pump
) -> None:
    session = session_of(pump, pair[0], GREETING)
    pump.adopt(session)
    session.drop(Farewell.KICKED, "go")
    session.drop(Farewell.STOPPING, "too late")
    decoder = Decoder(from_server=True)
    list(decoder.feed(GREETING))
    assert list(decoder.feed(pair[1].recv(1000))) == [Goodbye(Farewell.KICKED, "go")]
    assert pair[1].recv(1000) == b""


def test_only_who_was_asked_and_does_not_answer_is_taken_for_dead(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    """However late a house comes to ask, because it has much to do."""
    limits = Limits()
    busy = Pump("io", Shelf(), limits, lambda *_: None, lambda _: None)
    busy.stop(0)
    session = session_of(busy, pair[0], GREETING)
    late = session.heard + 10 * limits.silent_seconds
    busy._see_whether_alive(session, late)
    assert (session.over, session.pinged) == (False, session.opened)
    busy._pings_left = 1
    busy._see_whether_alive(session, late)
    assert pair[1].recv(100) == encode(Ping(int(late * 1000)))
    answer_by = late + limits.silent_seconds - limits.ping_seconds
    over = []
    for moment in (answer_by, answer_by + 1):
        busy._see_whether_alive(session, moment)
        over.append(session.over)
    assert over == [False, True]
    busy.thread.run()  # It has no session left, and closes.
