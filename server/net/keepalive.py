"""Peers that vanish: their machine lost power, or its line. No byte says so, and the classic
dialect has no ping; but the systems at both ends acknowledge what they hear. That is watched here.
"""

import socket
import struct
import sys
from contextlib import suppress

PROBES = 3
"""A living peer may miss two of them."""
_SILENCE = struct.Struct("=52xII")
"""Of Linux's `tcp_info`: milliseconds since data came last, and since an acknowledgement did."""


def probe(sock: socket.socket, patience: float) -> None:
    """Have the system ask whether the peer is there, and give it up after about so many seconds."""
    each = max(1, int(patience / PROBES))
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    options = (
        ("TCP_KEEPIDLE", each),
        ("TCP_KEEPALIVE", each),  # So it is called on macOS.
        ("TCP_KEEPINTVL", each),
        ("TCP_KEEPCNT", PROBES - 1),
        ("TCP_USER_TIMEOUT", PROBES * each * 1000),
    )
    for name, value in options:
        if hasattr(socket, name):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
    if sys.platform == "win32" and not hasattr(socket, "TCP_KEEPCNT"):
        # An older Windows: always ten probes.
        sock.ioctl(socket.SIO_KEEPALIVE_VALS, (1, each * 1000, each * (PROBES - 1) * 100))


def silence(sock: socket.socket) -> float:
    """For how many seconds the peer's system has been silent; 0 where ours does not tell. (While it
    repeats what was not acknowledged it sends no probes, and counts from the repeating.)
    """
    if sys.platform == "linux":
        with suppress(OSError):
            told = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SILENCE.size)
            if len(told) == _SILENCE.size:
                data, acknowledgement = _SILENCE.unpack(told)
                return float(min(data, acknowledgement)) / 1000
    return 0.0
