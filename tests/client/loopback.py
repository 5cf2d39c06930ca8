"""The fake table behind a real socket on this machine."""

import select
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from client.dialogue import Step
from client.house.state import HouseState
from client.link import Link
from protocol import limits
from protocol.framing import Decoder
from protocol.wire import Message, encode
from tests.client.fake_table import FakeTable

PATIENCE = 60.0
"""Seconds for what comes soon, unless the machine is very busy."""


class Loopback:
    """Listens; one thread for each client, one lock for the table."""

    def __init__(self) -> None:
        self.table = FakeTable()
        self.lock = threading.Condition()
        """Held around the table, and notified when it was asked something."""
        self.frames_left: list[int] = []
        """For each coming connection: after how many frames, in either direction, it is cut."""
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lines: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._accepting = self._start(self._accept)

    def _start(self, work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=work)
        thread.start()
        return thread

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._lines.append(line)
            self.connections += 1
            left = self.frames_left.pop(0) if self.frames_left else -1
            self._threads.append(self._start(lambda line=line, left=left: self._serve(line, left)))  # type: ignore[misc]  # bound early

    def _serve(self, line: socket.socket, left: int) -> None:
        def spend() -> None:
            nonlocal left
            left -= 1
            if left == -1:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
                raise ConnectionAbortedError

        def say(said: Message) -> None:
            with suppress(OSError):
                spend()
                line.sendall(encode(said))

        decoder = Decoder()
        decoder.frame_limit = limits.CLIENT_FRAME_BYTES
        with self.lock:
            chair = self.table.arrive(say)
        with line, suppress(OSError):
            while data := line.recv(65536):
                for said in decoder.feed(data):
                    with self.lock:
                        spend()
                        self.table.hear(chair, said)
                        self.lock.notify_all()
        with self.lock:
            self.table.leave(chair)

    def send_all(self, raw: bytes) -> None:
        """Bytes that no message makes."""
        for line in tuple(self._lines):
            with suppress(OSError):
                line.sendall(raw)

    def cut_all(self) -> None:
        """Every line that there is now: who comes back meanwhile, and is let in, stays."""
        for line in tuple(self._lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join(PATIENCE)
        self.cut_all()
        for thread in self._threads:
            thread.join(PATIENCE)


@contextmanager
def listening(cut_after: Sequence[int] = ()) -> Iterator[Loopback]:
    house = Loopback()
    house.frames_left = list(cut_after)
    try:
        yield house
    finally:
        house.close()


def until(link: Link, holds: Callable[[HouseState], bool]) -> list[Step]:
    """Take steps until this holds of one of them."""
    steps: list[Step] = []
    late = time.monotonic() + PATIENCE
    while True:
        new = list(link.take())
        steps += new
        if any(holds(step.state) for step in new):
            return steps
        left = late - time.monotonic()
        if left <= 0 or not select.select([link.wakeup], [], [], left)[0]:
            last = [type(step.said).__name__ for step in steps[-12:]]
            raise AssertionError(f"it never came to that: {link.state.status}; {last}")
