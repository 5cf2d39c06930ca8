"""An I/O thread that is not started, in the hand of a test: its clock, both ends of its lines."""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from protocol.framing import Decoder, Dialect, Spoken
from protocol.house.door import Greeting
from protocol.wire import encode
from server.limits import Limits
from server.net.io_thread import IoThread
from server.net.session import Item, Last, Left, Room, Session
from server.people.places import Standing

GREETING = encode(Greeting(1, 1, "a test"))
LIMITS = Limits(requests_a_second=4.0, request_burst=10.0, requests_ahead=100, read_bytes=1 << 16)
QUIET = 1000.0


class Shelf:
    """Takes what would go to the table."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.puts: list[int] = []
        """How much came together."""

    def put(self, items: Iterable[Item]) -> None:
        came = list(items)
        self.puts.append(len(came))
        self.items += came


class Line:
    """One client's connection, and the client at its far end."""

    def __init__(self, hand: "Hand", standing: Standing, dialect: Dialect) -> None:
        ours, self.peer = socket.socketpair()
        ours.setblocking(False)
        self.session = Session(ours, "10.0.0.1", hand.io_thread, hand.now)
        self.session.decoder.dialect = dialect
        self.session.standing = standing
        self._io_thread = hand.io_thread
        self._decoder = Decoder(dialect, from_server=True)
        list(self._decoder.feed(GREETING if dialect is Dialect.MODERN else b""))
        hand.io_thread.adopt(self.session)

    def heard(self) -> list[Spoken]:
        """What came to the client until now; of the modern dialect."""
        self._io_thread._take_orders()
        self.peer.setblocking(False)
        try:
            return list(self._decoder.feed(self.peer.recv(1 << 20)))
        except BlockingIOError:
            return []

    def fill(self) -> None:
        """Say to the client as much as the socket takes, and somewhat more."""
        while not self.session.waits:
            self.session.say(bytes(50_000))

    def drain(self) -> int:
        """The client takes all there is at this moment; how much."""
        self.peer.setblocking(False)
        taken = 0
        try:
            while data := self.peer.recv(1 << 20):
                taken += len(data)
        except BlockingIOError:
            pass
        return taken


class Hand:
    """The thread, and one client who has a seat and was quiet for long."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.now = QUIET
        self.shelf = Shelf()
        self.moved: list[tuple[Session, Standing]] = []
        self.gone: list[Session] = []
        self.io_thread = IoThread(
            "io",
            self.shelf,
            limits,
            lambda session, standing: self.moved.append((session, standing)),
            self.gone.append,
        )
        self.io_thread.now = lambda: self.now
        self._ended = False
        self.lines: list[Line] = []
        self.line = self.another()
        self.session, self.peer = self.line.session, self.line.peer
        self.say(GREETING)
        self.session.stand(Standing.KEPT)
        self.now += 60.0
        self.take()

    def another(
        self, standing: Standing = Standing.SILENT, dialect: Dialect = Dialect.MODERN
    ) -> Line:
        """Somebody else."""
        self.lines.append(Line(self, standing, dialect))
        self.io_thread._take_orders()
        return self.lines[-1]

    def say(self, data: bytes) -> None:
        """The client sends this, and the thread finds it."""
        self.peer.sendall(data)
        self.read()

    def read(self) -> None:
        arrived: list[Item] = []
        self.io_thread._read(self.session, arrived)
        self.shelf.put(arrived)

    def later(self, seconds: float) -> None:
        self.now += seconds
        self.io_thread._see_whether_late(self.session, self.now)

    def take(self, *, served: bool = True) -> list[Spoken | Last | Left | Room]:
        """What was handed over since the last time; the table is done with it, if `served`."""
        items, self.shelf.items = self.shelf.items, []
        self.session.served += len(items) if served else 0
        return [said for _, said in items]

    @property
    def reads(self) -> bool:
        return not self.session.paused

    def run(self) -> None:
        """The loop itself, in this thread, until it is told to stop."""
        self._ended = True
        self.io_thread.thread.run()

    def end(self) -> None:
        """All lines are closed."""
        if not self._ended:
            self.io_thread.stop(0)
            self.run()
        for line in self.lines:
            line.peer.close()


@contextmanager
def in_hand(limits: Limits = LIMITS) -> Iterator[Hand]:
    hand = Hand(limits)
    try:
        yield hand
    finally:
        hand.end()


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
