"""The door: accepts, shares the sessions out among the I/O threads, and stops them all.

The accepting thread never waits for a peer. Where strangers crowd the door, the one who has stood
there longest gives way to the newcomer: who means to play signs in within milliseconds.
"""

import logging
import socket
import threading
from collections import defaultdict
from contextlib import suppress

from protocol.messages.lists import Farewell
from server.keepalive import probe
from server.limits import Limits
from server.pump import Pump
from server.session import Session, ToTable

log = logging.getLogger("server")

BACKLOG = 1024
IO_THREADS = 2
"""While one waits for the interpreter, the other does: more would only be woken in turn."""
FAREWELL_SECONDS = 1.0


class Listener:
    """One port and everybody who came through it."""

    def __init__(self, host: str, port: int, inbox: ToTable, limits: Limits) -> None:
        """Bind the port, or raise `OSError`. Nothing is accepted before `start`."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=BACKLOG)
        self.address: tuple[str, int] = self._socket.getsockname()[:2]
        self._limits = limits
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._strangers: dict[str, dict[Session, None]] = defaultdict(dict)
        """By address, who came first in front."""
        self._stranger_count = 0
        self._pumps = [
            Pump(f"io-{number}", inbox, limits, self._forget_stranger, self._forget_stranger)
            for number in range(1, IO_THREADS + 1)
        ]
        self._thread = threading.Thread(target=self._accept_all, name="accept")

    def start(self) -> None:
        for pump in self._pumps:
            pump.thread.start()
        self._thread.start()

    def stop(self) -> None:
        """Accept nobody, let the farewells out, close everything, and wait for every thread."""
        self._stopping.set()
        # `close` alone does not wake `accept` on Linux; elsewhere `shutdown` is not allowed here.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
        for pump in self._pumps:
            pump.stop(FAREWELL_SECONDS)
        for pump in self._pumps:
            pump.thread.join()

    def _accept_all(self) -> None:
        while not self._stopping.is_set():
            try:
                sock, peer = self._socket.accept()
            except OSError as error:
                if not self._stopping.is_set():
                    log.warning("! accept: %s", error)
                    self._stopping.wait(0.1)  # Out of descriptors: wait until some are back.
                continue
            self._welcome(sock, peer[0])

    def _welcome(self, sock: socket.socket, address: str) -> None:
        if sum(map(len, self._pumps)) >= self._limits.sessions:
            sock.close()
            return
        try:
            _set_options(sock, self._limits)
        except OSError:
            sock.close()
            return
        pump = min(self._pumps, key=len)
        session = Session(sock, address, pump, pump.now())
        for crowd in self._crowd(session):
            crowd.drop(Farewell.FULL, "too many at the door")
        pump.adopt(session)

    def _crowd(self, session: Session) -> list[Session]:
        """Let a stranger stand at the door; who must go for that."""
        with self._lock:
            here = self._strangers[session.address]
            here[session] = None
            self._stranger_count += 1
            crowded = None
            if len(here) > self._limits.strangers_an_address:
                crowded = here
            elif self._stranger_count > self._limits.strangers:
                crowded = max(self._strangers.values(), key=len)
            gone = [next(iter(crowded))] if crowded else []
        for each in gone:
            self._forget_stranger(each)
        return gone

    def _forget_stranger(self, session: Session) -> None:
        with self._lock:
            here = self._strangers.get(session.address, {})
            if session in here:
                del here[session]
                self._stranger_count -= 1
                if not here:
                    del self._strangers[session.address]


def _set_options(sock: socket.socket, limits: Limits) -> None:
    sock.setblocking(False)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Small, so that the kernel does not hide a reader who does not read.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, limits.send_buffer)
    probe(sock, limits.silent_seconds)
