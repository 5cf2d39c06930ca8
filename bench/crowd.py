"""The sockets of all players of a load, on one epoll and one thread."""

import select
import socket
import time
from collections.abc import Mapping, Sequence

from bench.tongues import Fact, Frame, Tongue, Trouble

ADDRESSES = 32
"""So many addresses of this machine the players come from: 127.0.0.2 and up."""
RECEIVE_BYTES = 65536
EVENTS_AT_ONCE = 1024
COARSE = 0.002
"""Epoll waits in whole milliseconds; shorter waits are made with `select`."""

now = time.perf_counter


class Crowd:
    """So many clients of one server, by number."""

    def __init__(self, tongue: type[Tongue], names: list[str], port: int) -> None:
        self._port = port
        self._epoll = select.epoll()
        self._sockets: list[socket.socket | None] = [None] * len(names)
        self._who: dict[int, int] = {}
        """By descriptor."""
        self._rests: dict[int, bytes] = {}
        self._buffer = bytearray(RECEIVE_BYTES)
        self._view = memoryview(self._buffer)
        self.tongue = tongue(names, self.write)

    def connect(self, who: int) -> None:
        """Always from the same address: by that a classic server knows who comes back."""
        sock = socket.create_connection(
            ("127.0.0.1", self._port),
            timeout=30,
            source_address=(f"127.0.0.{2 + who % ADDRESSES}", 0),
        )
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sockets[who] = sock
        self._who[sock.fileno()] = who
        self._epoll.register(sock, select.EPOLLIN)

    def cut(self, who: int) -> None:
        """End a connection without a word."""
        sock = self._sockets[who]
        if sock:
            del self._who[sock.fileno()]
            self._rests.pop(who, None)
            sock.close()
            self._sockets[who] = None

    def close(self) -> None:
        for who in range(len(self._sockets)):
            self.cut(who)
        self._epoll.close()

    def write(self, who: int, frame: Frame) -> None:
        sock = self._sockets[who]
        assert sock
        try:
            whole = sock.send(frame) == len(frame)
        except BlockingIOError:
            whole = False
        except OSError as error:
            raise Trouble(f"{self.tongue.names[who]} is cut off: {error}") from None
        if not whole:
            raise Trouble(f"the server does not read what {self.tongue.names[who]} says")

    def write_all(self, crowd: Sequence[int], said: Sequence[bytes]) -> None:
        for who, frame in zip(crowd, said, strict=True):
            self.write(who, frame)

    def hear(self, timeout: float) -> None:
        """Take in what has come; wait so long for something."""
        if 0 < timeout < COARSE:
            select.select([self._epoll], [], [], timeout)
            timeout = 0
        for fd, _ in self._epoll.poll(timeout, EVENTS_AT_ONCE):
            who = self._who[fd]
            sock = self._sockets[who]
            assert sock
            try:
                size = sock.recv_into(self._buffer)
            except BlockingIOError:
                continue
            except OSError as error:
                raise Trouble(f"{self.tongue.names[who]} is cut off: {error}") from None
            if not size:
                raise Trouble(f"the server hung up on {self.tongue.names[who]}")
            data = bytes(self._view[:size])
            if who in self._rests:
                data = self._rests.pop(who) + data
            rest = self.tongue.hear(who, data, now())
            if rest:
                self._rests[who] = rest

    def tally(self, facts: Mapping[Fact, int]) -> dict[Fact, int]:
        """What the counts will be when so much more has been heard."""
        return {fact: self.tongue.heard[fact] + more for fact, more in facts.items()}

    def reached(self, until: Mapping[Fact, int]) -> bool:
        heard = self.tongue.heard
        return all(heard[fact] >= count for fact, count in until.items())

    def listen(self, until: Mapping[Fact, int], patience: float) -> float:
        """Hear until the counts are there; the moment of the last fact that was waited for."""
        heard = self.tongue.heard
        end = now() + patience
        while not self.reached(until):
            left = end - now()
            if left <= 0:
                missing = {fact.name: count - heard[fact] for fact, count in until.items()}
                raise Trouble(f"the server fell silent; still to come: {missing}")
            self.hear(left)
        return max(self.tongue.last[fact] for fact in until)
