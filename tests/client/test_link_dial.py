"""The first try of a link, by hand: which address is taken, and why there is no line."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from client.dialogue import Ending, Wish
from client.house.events import Connecting, LinkUp, Measured, Trouble
from client.link import CONNECT_SECONDS
from tests.client.hands import ENDING, WISH, Ends, Hand, Told, a_line, in_hand


@pytest.fixture
def link() -> Iterator[Hand]:
    with in_hand() as made:
        yield made


@pytest.fixture
def ends() -> Iterator[Ends]:
    with a_line() as made:
        yield made


Addresses = list[tuple[int, int, int, str, tuple[str, int]]]


def addresses(*ports: int) -> Addresses:
    kind = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
    return [(*kind, ("127.0.0.1", port)) for port in ports]


@pytest.fixture
def open_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def looked_up(monkeypatch: pytest.MonkeyPatch, *ports: int) -> None:
    def look_up(host: str, port: int, **wanted: int) -> Addresses:
        assert (host, port, wanted) == ("127.0.0.1", 1, {"type": socket.SOCK_STREAM})
        return addresses(*ports)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def test_of_several_addresses_the_first_that_answers_is_taken(
    link: Hand, open_port: int, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up(monkeypatch, closed_port, open_port, closed_port)
    line = link._dial()
    assert line
    with line:
        assert line.getpeername() == ("127.0.0.1", open_port)
        assert not line.getblocking()
    looked_up(monkeypatch, closed_port, closed_port)
    with pytest.raises(ConnectionRefusedError):
        link._dial()
    looked_up(monkeypatch)
    with pytest.raises(TimeoutError):
        link._dial()


def test_all_addresses_together_have_so_long_to_answer(
    link: Hand, open_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up(monkeypatch, open_port)
    link.step = CONNECT_SECONDS
    with pytest.raises(TimeoutError):
        link._dial()
    link.step = CONNECT_SECONDS - 0.1
    line = link._dial()
    assert line
    line.close()


def test_what_is_wanted_meanwhile_is_remembered_and_told(
    link: Hand, ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    def remember(wish: Wish, now: float) -> None:
        link.dialogue.remembered.append(wish)
        link.dialogue.note(Measured(0.5), now)

    with suppress(BlockingIOError):
        while True:
            ends[0].send(b"x" * 100_000)  # So that it is not there yet.
    monkeypatch.setattr(link.dialogue, "remember", remember)
    link.want(WISH)
    link.step = 0.6
    with pytest.raises(TimeoutError):
        link._until_connected(ends[0], link.now + 1.0)
    assert link.dialogue.remembered == [WISH]
    assert link.known == [Measured(0.5)]


def test_who_leaves_meanwhile_has_no_line(
    link: Hand, open_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up(monkeypatch, open_port)
    link.part()
    assert link._dial() is None
    link.want(WISH)
    assert link._converse() == Ending(Trouble.LEFT)


def test_a_line_from_its_first_try_to_its_end(open_port: int) -> None:
    link = Hand(Told(), "127.0.0.1", open_port)
    kept: list[int] = []
    hold = link._hold

    def held(line: socket.socket) -> Ending:
        kept.append(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        return hold(line)

    link._hold = held  # type: ignore[method-assign]
    assert link._converse() is ENDING
    assert kept == [1]
    assert link.known == [Connecting("127.0.0.1", open_port), LinkUp()]
    link.close()


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        (socket.gaierror(), Ending(Trouble.NO_HOST)),
        (UnicodeError(), Ending(Trouble.NO_HOST)),
        (OverflowError(), Ending(Trouble.NO_HOST)),
        (ConnectionRefusedError(), Ending(Trouble.REFUSED)),
        (TimeoutError(), Ending(Trouble.TIMED_OUT)),
        (OSError("no way"), Ending(Trouble.UNREACHABLE, words="no way")),
    ],
)
def test_why_there_is_no_line_is_told(
    link: Hand, error: Exception, ending: Ending, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(link, "_dial", fail)
    assert link._converse() == ending
    assert link.known == [Connecting("127.0.0.1", 1)]
