"""The end of a line and of a link, by hand: the goodbye, the thread, and what is left open."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from client.link import CLOSING_SECONDS, CONNECT_SECONDS, PARTING_SECONDS, Link, close_all
from tests.client.hands import Ends, Hand, a_line, in_hand
from tests.client.loopback import PATIENCE


@pytest.fixture
def link() -> Iterator[Hand]:
    with in_hand() as made:
        yield made


@pytest.fixture
def ends() -> Iterator[Ends]:
    with a_line() as made:
        yield made


def test_a_goodbye_waits_until_the_table_has_hung_up(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall(b"x" * 40_000)
    theirs.shutdown(socket.SHUT_WR)
    link._part(ours, bytearray(b"last "))
    assert theirs.recv(100) == b"last bye"
    assert theirs.recv(100) == b""
    assert ours.recv(1) == b"", "all that it said was read: a line closed before would be reset"


def test_a_goodbye_waits_so_long_and_no_longer(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall(b"x" * 100_000)
    link.step = 0.11
    before = link.now
    link._part(ours, bytearray())
    assert round((link.now - before) / link.step) == 4, "when it begins, and after 1/3, 2/3 and 3/3"
    assert ours.recv(1) == b"x"
    timeout = ours.gettimeout()
    assert timeout
    assert 0 < timeout < PARTING_SECONDS / 2


def test_a_goodbye_whose_time_is_over_to_the_moment_reads_nothing(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall(b"x" * 40_000)
    link.step = PARTING_SECONDS
    link._part(ours, bytearray())
    assert len(ours.recv(100_000)) == 40_000


def test_a_goodbye_waits_for_a_table_that_reads_slowly(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    got = bytearray()

    def read() -> None:
        while data := theirs.recv(1 << 16):
            got.extend(data)
        theirs.close()

    reader = threading.Thread(target=read)
    reader.start()
    link._part(ours, bytearray(b"x" * 8_000_000))
    ours.close()
    reader.join(PATIENCE)
    assert got[-4:] == b"xbye"


def test_all_that_waits_at_the_end_is_over_within_a_second() -> None:
    assert 0 < PARTING_SECONDS < CLOSING_SECONDS < 0.5
    assert 1 < CONNECT_SECONDS < 10


def test_its_thread_has_its_name_and_stops_no_program(link: Hand) -> None:
    assert (link._thread.name, link._thread.daemon) == ("link 127.0.0.1:1", True)


def test_a_link_that_is_closed_has_nothing_open(link: Hand) -> None:
    link.close()
    for each in (link._ear, link._mouth, link.wakeup):
        assert each.fileno() == -1
    link.close()
    link.hurry()


class Slow(Link):
    """A link whose thread takes so long to end."""

    def __init__(self, clock: list[float], seconds: float) -> None:
        self._now = clock
        self._seconds = seconds
        self.deeds: list[object] = []

    def part(self) -> None:
        self.deeds.append("part")

    def close(self, timeout: float = CLOSING_SECONDS) -> None:
        self.deeds.append(timeout)
        self._now[0] += min(self._seconds, timeout)


def test_all_links_together_have_so_long_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    links = [Slow(clock, seconds) for seconds in (0.25, 9.0, 1.0)]
    close_all(links, 1.0)
    assert [each.deeds for each in links] == [["part", 1.0], ["part", 0.75], ["part", 0.0]]
    monkeypatch.setattr(time, "monotonic", iter((100.0, 105.0)).__next__)
    late = Slow(clock, 1.0)
    close_all([late], 1.0)
    assert late.deeds == ["part", 0.0]
