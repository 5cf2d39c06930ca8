"""One connection's outbox: in order, in as few pieces as its dialect allows, and bounded."""

import socket
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import cast

import pytest

from protocol.framing import Decoder, Dialect
from protocol.house.door import Goodbye, Greeting, Ping
from protocol.house.lists import Farewell
from protocol.limits import CLIENT_FRAME_BYTES
from protocol.wire import encode
from server.limits import Limits
from server.net.io_thread import IoThread
from server.net.session import Item, Session
from server.people.places import Standing

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
def io_thread() -> Iterator[IoThread]:
    made = IoThread("io", Shelf(), Limits(outbox_bytes=1000), lambda *_: None, lambda _: None)
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


def session_of(io_thread: IoThread, sock: socket.socket, hello: bytes) -> Session:
    session = Session(sock, "10.0.0.1", io_thread, io_thread.now())
    assert list(session.decoder.feed(hello))
    return session


def test_what_a_batch_has_to_say_leaves_in_one_piece(
    pair: tuple[socket.socket, socket.socket], io_thread: IoThread
) -> None:
    session = session_of(io_thread, pair[0], GREETING)
    session.unsaid += (b"one", b"two")
    session.speak()
    session.say(b"three")
    assert [pair[1].recv(100), pair[1].recv(100)] == [b"onetwo", b"three"]


def test_who_overflows_the_outbox_is_dropped_and_nothing_more_is_kept(
    pair: tuple[socket.socket, socket.socket], io_thread: IoThread
) -> None:
    session = session_of(io_thread, pair[0], GREETING)
    for _ in range(FILLING):
        session.say(b"x" * 100)
    assert session.over
    farewell = encode(Goodbye(Farewell.SLOW, "you did not read what the table sent"))
    assert session.pending == len(farewell)
    session.say(b"more")
    assert session.pending == len(farewell)
    io_thread.adopt(session)
    heard = [pair[1].recv(1000)]
    while heard[-1] == b"x" * 100:
        heard.append(pair[1].recv(1000))
    assert heard[-1] == farewell
    assert len(heard) < FILLING


def test_who_has_greeted_sends_small_frames_and_who_has_signed_in_larger_ones(
    pair: tuple[socket.socket, socket.socket], io_thread: IoThread
) -> None:
    session = session_of(io_thread, pair[0], GREETING)
    moves: list[Standing] = []
    io_thread.moved = lambda _, standing: moves.append(standing)
    for standing in (Standing.GREETED, Standing.SPARE, Standing.SPARE, Standing.KEPT):
        session.stand(standing)
        large = session.decoder.frame_limit == CLIENT_FRAME_BYTES
        assert (session.admitted, large) == (standing >= Standing.SPARE,) * 2
    assert moves == [Standing.GREETED, Standing.SPARE, Standing.KEPT]


def test_a_farewell_comes_last_and_once(
    pair: tuple[socket.socket, socket.socket], io_thread: IoThread
) -> None:
    session = session_of(io_thread, pair[0], GREETING)
    io_thread.adopt(session)
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
    busy = IoThread("io", Shelf(), limits, lambda *_: None, lambda _: None)
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


# --- what a socket does not take at once ----------------------------------------------------------


class Sink:
    """A socket that takes so many bytes at a time, as a full one does, and keeps them in order."""

    def __init__(self, room: int = 0) -> None:
        self.room = room
        self.took: list[bytes] = []

    def send(self, data: bytes | memoryview) -> int:
        if not self.room:
            raise BlockingIOError
        part = bytes(data[: self.room])
        self.room -= len(part)
        self.took.append(part)
        return len(part)


class Idle:
    """An I/O thread of which nothing is wanted but its limits and its clock."""

    def __init__(self) -> None:
        self.limits = Limits(outbox_bytes=1000)
        self.time = 0.0
        self.woken = 0
        self.resumed = 0
        self.closing = 0

    def now(self) -> float:
        return self.time

    def wake(self, _: Session) -> None:
        self.woken += 1

    def resume(self, _: Session) -> None:
        self.resumed += 1

    def close_soon(self, _: Session) -> None:
        self.closing += 1


def full(dialect: Dialect) -> tuple[Session, Sink, Idle]:
    sink, idle = Sink(), Idle()
    session = Session(cast("socket.socket", sink), "10.0.0.1", cast("IoThread", idle), 0.0)
    session.decoder.dialect = dialect
    return session, sink, idle


def drain(session: Session, sink: Sink, steps: int) -> bytes:
    """So many bytes at a time, until nothing waits."""
    for _ in range(10_000):
        if not session.waits:
            break
        sink.room = steps
        session.flush()
    return b"".join(sink.took)


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize("steps", [1, 2, 3, 7, 1000])
def test_a_full_socket_gets_every_byte_once_and_in_order(dialect: Dialect, steps: int) -> None:
    session, sink, idle = full(dialect)
    sink.room = 2
    pieces = [b"first", b"second", b"third"]
    for piece in pieces:
        session.say(piece)
    assert (sink.took, session.pending, idle.woken) == ([b"fi"], 14, 1)
    sink.room = 1
    session.flush()
    session.say(b"fourth")
    assert drain(session, sink, steps) == b"firstsecondthirdfourth"
    assert (session.waits, session.pending) == (False, 0)


def test_a_classic_client_gets_each_frame_by_itself_after_a_rest() -> None:
    session, sink, _ = full(Dialect.CLASSIC)
    sink.room = 2
    for piece in (b"first", b"second", b"third"):
        session.say(piece)
    sink.room = 1 << 20
    session.flush()
    assert sink.took == [b"fi", b"rst", b"second", b"third"]


def test_a_reader_who_catches_up_is_not_slow_and_one_who_takes_nothing_is() -> None:
    session, sink, idle = full(Dialect.MODERN)
    session.say(b"x" * 900)
    for moment in range(1, 10):
        idle.time = float(moment)
        sink.room = 100
        session.flush()
        assert session.progress == moment
        assert session.pending == 900 - 100 * moment
    session.say(b"y" * 900)
    assert not session.over
    idle.time = 20.0
    session.flush()
    assert session.progress == 9.0


def test_nothing_overtakes_what_waits_though_there_is_room_again() -> None:
    session, sink, _ = full(Dialect.MODERN)
    session.say(b"first")
    sink.room = 100
    session.say(b"second")
    assert sink.took == []
    session.flush()
    assert b"".join(sink.took) == b"firstsecond"


def test_an_outbox_holds_exactly_what_it_may() -> None:
    session, _, idle = full(Dialect.MODERN)
    session.say(bytes(idle.limits.outbox_bytes))
    assert (session.over, session.pending) == (False, 1000)
    session.say(b"x")
    assert (session.over, idle.closing) == (True, 1)


SLOW = "you did not read what the table sent"


@pytest.mark.parametrize("tried_again", [False, True])
@pytest.mark.parametrize("behind", [(), (b"second", b"third")])
def test_of_what_a_slow_one_did_not_read_only_a_frame_that_was_begun_is_ended(
    behind: tuple[bytes, ...], *, tried_again: bool
) -> None:
    session, sink, _ = full(Dialect.MODERN)
    sink.room = 2
    for piece in (b"first", *behind):
        session.say(piece)
    if tried_again:  # A system may say that there is room, and have none.
        session.flush()
    session.drop(Farewell.SLOW, SLOW)
    end = encode(Goodbye(Farewell.SLOW, SLOW))
    waits = session.pending
    sent = drain(session, sink, 1000)
    assert sent.startswith(b"first")
    assert sent.endswith(end)
    assert waits == len(sent) - 2
    if not tried_again:
        assert sent == b"first" + end


@pytest.mark.parametrize("tried_again", [False, True])
def test_a_frame_that_was_not_begun_is_not_sent_to_a_slow_one(*, tried_again: bool) -> None:
    session, sink, _ = full(Dialect.MODERN)
    for piece in (b"first", b"second"):
        session.say(piece)
    if tried_again:
        session.flush()
    session.drop(Farewell.SLOW, SLOW)
    end = encode(Goodbye(Farewell.SLOW, SLOW))
    assert session.pending == len(end)
    assert drain(session, sink, 1000) == end


def test_a_slow_classic_client_gets_the_end_of_its_frame_and_no_word() -> None:
    session, sink, _ = full(Dialect.CLASSIC)
    sink.room = 2
    for piece in (b"first", b"second"):
        session.say(piece)
    session.drop(Farewell.SLOW, SLOW)
    assert session.pending == 3
    assert drain(session, sink, 1000) == b"first"
    untouched, sink, _ = full(Dialect.CLASSIC)
    untouched.say(b"first")
    untouched.drop(Farewell.SLOW, SLOW)
    assert (untouched.waits, untouched.pending) == (False, 0)


def test_whoever_else_is_dropped_is_told_before_what_waits_for_him() -> None:
    session, sink, _ = full(Dialect.MODERN)
    session.say(b"first")
    session.drop(Farewell.KICKED, "go")
    end = encode(Goodbye(Farewell.KICKED, "go"))
    assert drain(session, sink, 1000) == b"first" + end
    assert (session.why, session.cut_off) == ("go", True)
    left, _, _ = full(Dialect.MODERN)
    left.drop(Farewell.LEAVING, "goodbye")
    assert not left.cut_off


def test_a_paused_one_is_taken_up_when_all_it_asked_is_done_and_no_other() -> None:
    session, _, idle = full(Dialect.MODERN)
    session.handed = 3
    session.serve()
    session.paused = True
    session.serve()
    assert idle.resumed == 0
    session.serve()
    assert (session.served, idle.resumed) == (3, 1)
    session.paused = False
    session.handed += 1
    session.serve()
    assert (session.served, idle.resumed) == (4, 1)


def test_who_has_just_come_is_nobody_yet() -> None:
    session, _, _ = full(Dialect.MODERN)
    assert (session.standing, session.admitted, session.over) == (Standing.SILENT, False, False)
    assert (session.waits, session.pending, session.has_room()) == (False, 0, True)


def test_who_hung_up_is_told_the_rest_and_no_more() -> None:
    session, sink, idle = full(Dialect.MODERN)
    sink.room = 100
    session.unsaid = (b"an answer",)
    session.finish()
    session.finish()
    session.say(b"more")
    assert (sink.took, session.over, idle.closing) == ([b"an answer"], True, 1)


class Gone(Sink):
    """A socket whose peer is not there any more."""

    def send(self, _: bytes | memoryview) -> int:
        raise BrokenPipeError

    def close(self) -> None:
        self.took.append(b"closed")


def test_what_is_said_to_a_peer_who_is_gone_is_let_go() -> None:
    session, _, idle = full(Dialect.MODERN)
    session.say(b"first")
    assert session.waits
    session.sock = cast("socket.socket", gone := Gone())
    session.flush()
    session.say(b"second")
    assert (session.has_room(), session.pending, idle.woken) == (True, 0, 1)
    session.end("gone")
    session.end("again")
    assert (session.over, session.why, gone.took) == (True, "gone", [b"closed", b"closed"])


def test_what_waits_for_one_who_ends_is_let_go() -> None:
    session, _, _ = full(Dialect.MODERN)
    session.say(b"first")
    session.sock = cast("socket.socket", Gone())
    session.end("gone")
    assert (session.over, session.has_room(), session.pending) == (True, True, 0)
    session.say(b"second")
    assert (session.over, session.has_room(), session.pending) == (True, True, 0)
