"""Where the table is for the others, when this machine knows it only as itself.

The house may listen to this machine alone: an address is passed on only if somebody answers there.
That is tried in a thread, because the drawing waits for nobody.
"""

import socket
import threading
from collections.abc import Iterable
from contextlib import suppress

from client_gui.shell.invitation import Invitation, is_here

PATIENCE = 1.0
"""So many seconds an address of our own has to answer."""
ELSEWHERE = ("192.0.2.1", 9)
"""An address that nobody has: the way there is chosen, and nothing is sent."""


class Whereabouts:
    """Called, it tells the invitation to a table; nothing as long as it is not known."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._found = None if is_here(host) else Invitation(host, port)
        if self._found is None:
            threading.Thread(target=self._look, name="whereabouts", daemon=True).start()

    def __call__(self) -> Invitation | None:
        return self._found

    def _look(self) -> None:
        own = answering(own_addresses(), self._port)
        self._found = (
            Invitation(own, self._port) if own else Invitation(self._host, self._port, False)
        )


def own_addresses() -> list[str]:
    """This machine's in the network, the likeliest first."""
    found: dict[str, None] = {}
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        way_out.connect(ELSEWHERE)
        found[way_out.getsockname()[0]] = None
    with suppress(OSError):
        for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found[str(info[4][0])] = None
    return [address for address in found if not is_here(address)]


def answering(addresses: Iterable[str], port: int) -> str:
    """The first at which somebody listens; empty if nobody does."""
    for address in addresses:
        with suppress(OSError), socket.create_connection((address, port), PATIENCE):
            return address
    return ""
