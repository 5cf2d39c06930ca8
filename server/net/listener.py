"""The door: accepts, shares the sessions out among the I/O threads, and stops them all.

The accepting thread never waits for a peer. Who must go where there are too many, `places.py` says;
whoever is sent away for a newcomer is closed at once, so that the descriptor is free again.
"""

import logging
import socket
import threading
from contextlib import suppress

from server.limits import Limits
from server.net.io_thread import IoThread
from server.net.keepalive import probe
from server.net.session import Session, ToTable
from server.people.places import Places, Standing

log = logging.getLogger("server")

BACKLOG = 1024
IO_THREADS = 2
"""While one waits for the interpreter, the other does: more would only be woken in turn."""
FAREWELL_SECONDS = 1.0
LEAVING = 16
"""So many who were sent away may still have their descriptors; then nobody is accepted."""


def open_port(host: str, port: int) -> socket.socket:
    """The port for this house alone, or `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


class Listener:
    """One port and everybody who came through it."""

    def __init__(self, port: socket.socket, inbox: ToTable, limits: Limits) -> None:
        """The port is its own from now on. Nothing is accepted before `start`."""
        self._socket = port
        self.address: tuple[str, int] = port.getsockname()[:2]
        self._limits = limits
        self._stopping = threading.Event()
        self._changed = threading.Condition()
        self._places: Places[Session] = Places(limits)
        self._leaving: set[Session] = set()
        """Who was sent away, and is not closed yet."""
        self._io_threads = [
            IoThread(f"io-{number}", inbox, limits, self._move, self._forget)
            for number in range(1, IO_THREADS + 1)
        ]
        self._thread = threading.Thread(target=self._accept_all, name="accept")

    def start(self) -> None:
        for io_thread in self._io_threads:
            io_thread.thread.start()
        self._thread.start()

    def stop(self) -> None:
        """Accept nobody, let the farewells out, close everything, and wait for every thread."""
        self._stopping.set()
        # `close` alone does not wake `accept` on Linux; elsewhere `shutdown` is not allowed here.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
        for io_thread in self._io_threads:
            io_thread.stop(FAREWELL_SECONDS)
        for io_thread in self._io_threads:
            io_thread.thread.join()

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
            with self._changed:
                while len(self._leaving) >= LEAVING and not self._stopping.is_set():
                    self._changed.wait(0.1)

    def _welcome(self, sock: socket.socket, address: str) -> None:
        try:
            _set_options(sock, self._limits)
        except OSError:
            sock.close()
            return
        io_thread = min(self._io_threads, key=len)
        session = Session(sock, address, io_thread, io_thread.now())
        with self._changed:
            gone = self._places.come(session, address)
            self._leaving.update(gone)
            self._leaving.discard(session)
        if session in gone:
            sock.close()
            return
        _send_away(gone)
        io_thread.adopt(session)

    def _move(self, session: Session, standing: Standing) -> None:
        with self._changed:
            gone = self._places.move(session, standing)
            self._leaving.update(gone)
        _send_away(gone)

    def _forget(self, session: Session) -> None:
        with self._changed:
            self._places.leave(session)
            self._leaving.discard(session)
            self._changed.notify()


def _send_away(gone: list[Session]) -> None:
    for session in gone:
        session.evict("there are too many: your place is somebody else's now")


def _set_options(sock: socket.socket, limits: Limits) -> None:
    sock.setblocking(False)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Small, so that the kernel does not hide a reader who does not read.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, limits.send_buffer)
    probe(sock, limits.silent_seconds)
