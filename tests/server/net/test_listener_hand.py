"""The door by itself: who is taken in, by which thread, with which options, and how it closes."""

import errno
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from server.limits import Limits
from server.net.listener import IO_THREADS, LEAVING, Listener, open_port
from server.net.session import Session
from server.people.places import Standing
from tests.server.net.hands import GREETING, Shelf

PATIENCE = 20.0
LIMITS = Limits(strangers_an_address=50)


class Door:
    """An open door, and those who knock."""

    def __init__(self, limits: Limits = LIMITS, host: str = "127.0.0.1") -> None:
        self.stack = ExitStack()
        self.shelf = Shelf()
        self.listener = Listener(open_port(host, 0), self.shelf, limits)
        self.came: list[Session] = []
        self._seen = threading.Condition()
        adopt = [(io_thread, io_thread.adopt) for io_thread in self.listener._io_threads]
        for io_thread, do in adopt:
            io_thread.adopt = self._noting(do)  # type: ignore[method-assign, assignment]
        self.listener.start()

    def _noting(self, adopt: Callable[[Session], None]) -> Callable[[Session], None]:
        def noting(session: Session) -> None:
            adopt(session)
            with self._seen:
                self.came.append(session)
                self._seen.notify_all()

        return noting

    def knock(self) -> socket.socket:
        address = self.listener.address
        sock = socket.create_connection(address, PATIENCE)
        return self.stack.enter_context(sock)

    def session(self) -> Session:
        """Somebody who has never been here."""
        ours, theirs = socket.socketpair()
        self.stack.enter_context(theirs)
        self.stack.enter_context(ours)
        return Session(ours, "10.0.0.1", self.listener._io_threads[0], 0.0)

    def wait(self, count: int) -> list[Session]:
        """Until so many were let in."""
        with self._seen:
            assert self._seen.wait_for(lambda: len(self.came) >= count, PATIENCE)
        return self.came

    def close(self) -> None:
        self.listener.stop()
        self.stack.close()


@pytest.fixture
def door() -> Iterator[Door]:
    made = Door()
    yield made
    made.close()


def ended(sock: socket.socket) -> bool:
    try:
        while sock.recv(4096):
            pass
    except ConnectionResetError:
        pass
    return True


def test_connections_are_shared_among_the_threads(door: Door) -> None:
    for count in range(1, 6 * IO_THREADS + 1):
        door.knock()
        door.wait(count)
        for io_thread in door.listener._io_threads:
            io_thread._ring()
        while sum(map(len, door.listener._io_threads)) < count:
            threading.Event().wait(0.001)
    assert [len(io_thread) for io_thread in door.listener._io_threads] == [6] * IO_THREADS
    names = [io_thread.thread.name for io_thread in door.listener._io_threads]
    assert names == ["io-1", "io-2"]
    assert door.listener._thread.name == "accept"


def test_a_connection_has_the_options_of_the_house(door: Door) -> None:
    door.knock()
    (session,) = door.wait(1)
    sock = session.sock
    assert not sock.getblocking()
    assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    buffer = sock.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
    assert LIMITS.send_buffer <= buffer <= 2 * LIMITS.send_buffer  # Linux doubles it.
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 12_000
    assert session.address == "127.0.0.1"


def test_the_first_of_too_many_strangers_is_closed_for_the_next() -> None:
    door = Door(replace(LIMITS, strangers_an_address=2))
    first = door.knock()
    door.wait(1)
    for count in (2, 3):
        last = door.knock()
        door.wait(count)
    assert ended(first)
    last.sendall(GREETING)
    while door.came[2].standing is not Standing.GREETED:
        threading.Event().wait(0.001)
    assert len(door.listener._places) == 2
    door.close()


def test_who_is_one_too_many_himself_is_closed_without_a_word() -> None:
    door = Door(replace(LIMITS, sessions=1))
    door.knock()
    (session,) = door.wait(1)
    door.listener._move(session, Standing.KEPT)
    assert ended(door.knock())
    assert (len(door.came), door.listener._leaving) == (1, set())
    assert not session.over
    door.close()


def test_who_moves_on_may_cost_another_his_place() -> None:
    door = Door(replace(LIMITS, strangers_an_address=1, sessions=9))
    first = door.knock()
    (one,) = door.wait(1)
    door.listener._move(one, Standing.GREETED)
    door.knock()
    door.wait(2)
    door.listener._move(door.came[1], Standing.GREETED)
    assert ended(first)
    door.close()


def test_when_it_closes_nobody_is_left_inside_and_the_port_is_free() -> None:
    before = set(threading.enumerate())
    door = Door()
    knocking = door.knock()
    door.wait(1)
    address = door.listener.address
    assert len(set(threading.enumerate()) - before) == IO_THREADS + 1
    door.listener.stop()
    assert ended(knocking)
    assert set(threading.enumerate()) == before
    with socket.create_server(address):
        pass
    door.stack.close()


class Failing:
    """A socket that cannot accept at first."""

    def __init__(self, sock: socket.socket, times: int) -> None:
        self._sock = sock
        self.times = times

    def accept(self) -> tuple[socket.socket, tuple[str, int]]:
        if self.times:
            self.times -= 1
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return self._sock.accept()

    def shutdown(self, how: int) -> None:
        self._sock.shutdown(how)

    def close(self) -> None:
        self._sock.close()


def test_without_a_descriptor_it_says_so_and_tries_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    listener = Listener(open_port("127.0.0.1", 0), Shelf(), LIMITS)
    failing = Failing(listener._socket, 2)
    listener._socket = failing  # type: ignore[assignment]
    with socket.create_connection(listener.address, PATIENCE) as sock:
        listener.start()
        while failing.times or not len(listener._places):
            threading.Event().wait(0.001)
        listener.stop()
        assert ended(sock)
    assert caplog.messages == [f"! accept: [Errno {errno.EMFILE}] Too many open files"] * 2


class Waiting(threading.Condition):
    """Says that somebody waits."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = threading.Semaphore(0)

    def wait(self, timeout: float | None = None) -> bool:
        self.begun.release()
        return super().wait(timeout)


def test_nobody_is_let_in_while_too_many_are_on_their_way_out(door: Door) -> None:
    door.listener._changed = waiting = Waiting()
    ghosts = [door.session() for _ in range(LEAVING)]
    door.listener._leaving.update(ghosts[1:])
    for count in (1, 2):  # There may be one more.
        door.knock()
        door.wait(count)
    with waiting:
        door.listener._leaving.add(ghosts[0])
    door.knock()
    door.wait(3)  # He had knocked before anybody looked.
    assert waiting.begun.acquire(timeout=PATIENCE)
    door.knock()
    assert waiting.begun.acquire(timeout=PATIENCE)
    assert len(door.came) == 3
    door.listener._forget(ghosts[0])
    door.wait(4)
    assert LEAVING == 16


@pytest.mark.skipif(not socket.has_ipv6, reason="this system has no IPv6")
def test_it_opens_on_ipv6_too() -> None:
    try:
        door = Door(host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    door.knock()
    (session,) = door.wait(1)
    assert session.address == "::1"
    door.close()
