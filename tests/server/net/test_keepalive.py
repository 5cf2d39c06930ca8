"""What the system is told of a peer who may vanish, and what it tells of one."""

import socket
import struct
import sys
from typing import cast

import pytest

from server.net.keepalive import probe, silence


class Options:
    """A socket that keeps what it is told, and tells what it was given."""

    def __init__(self, told: bytes | None = None) -> None:
        self.set: dict[tuple[int, int], int] = {}
        self._told = told
        self.controlled: tuple[int, tuple[int, int, int]] | None = None

    def setsockopt(self, level: int, name: int, value: int) -> None:
        self.set[level, name] = value

    def ioctl(self, control: int, values: tuple[int, int, int]) -> None:
        self.controlled = (control, values)

    def getsockopt(self, level: int, name: int, size: int) -> bytes:
        assert (level, name) == (socket.IPPROTO_TCP, socket.TCP_INFO)
        if self._told is None:
            raise OSError("it is gone")
        return self._told[:size]


def as_socket(options: Options) -> socket.socket:
    return cast("socket.socket", options)


@pytest.mark.parametrize(("patience", "each"), [(13.0, 4), (12.0, 4), (11.9, 3), (1.0, 1)])
def test_a_peer_is_asked_twice_within_the_patience(patience: float, each: int) -> None:
    if not hasattr(socket, "TCP_USER_TIMEOUT"):
        pytest.skip("this system has other options")
    options = Options()
    probe(as_socket(options), patience)
    tcp = socket.IPPROTO_TCP
    assert options.set == {
        (socket.SOL_SOCKET, socket.SO_KEEPALIVE): 1,
        (tcp, socket.TCP_KEEPIDLE): each,
        (tcp, socket.TCP_KEEPINTVL): each,
        (tcp, socket.TCP_KEEPCNT): 2,
        (tcp, socket.TCP_USER_TIMEOUT): 3 * each * 1000,
    }


@pytest.mark.parametrize(
    ("platform", "knows", "controlled"),
    [
        ("win32", False, (7, (1, 4000, 800))),  # Ten probes within as long as two elsewhere.
        ("win32", True, None),
        ("linux", False, None),
    ],
)
def test_an_older_windows_is_told_in_its_own_way(
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    *,
    knows: bool,
    controlled: tuple[int, tuple[int, int, int]] | None,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(socket, "SIO_KEEPALIVE_VALS", 7, raising=False)
    if not knows:
        monkeypatch.delattr(socket, "TCP_KEEPCNT", raising=False)
    options = Options()
    probe(as_socket(options), 13.0)
    assert options.controlled == controlled


def test_macos_is_told_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "TCP_KEEPALIVE", 70, raising=False)
    options = Options()
    probe(as_socket(options), 13.0)
    assert options.set[socket.IPPROTO_TCP, 70] == 4


def told(data: int, acknowledgement: int) -> bytes:
    """As Linux tells it: 52 bytes of something else before."""
    return b"\xff" * 52 + struct.pack("=II", data, acknowledgement) + b"\xff" * 100


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_silence_is_since_the_last_sign_of_whatever_kind() -> None:
    assert silence(as_socket(Options(told(5000, 3000)))) == 3.0
    assert silence(as_socket(Options(told(2500, 3000)))) == 2.5


def test_who_is_not_told_of_takes_nobody_for_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    assert silence(as_socket(Options())) == 0.0
    assert silence(as_socket(Options(told(5000, 3000)[:59]))) == 0.0
    monkeypatch.setattr(sys, "platform", "darwin")
    assert silence(as_socket(Options(told(5000, 3000)))) == 0.0
