"""The server's terminal: the host's orders, and what the console does by itself."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from server.audit import audit
from server.croupier import Call, Croupier
from server.folder import BANS, write_bans
from server.orders import ORDERS, Order, obey

OWN = {"audit": "check the books", "stop": "close the house"}
HELP = "commands:\n" + "\n".join(
    f"  {words:<24}{about}"
    for words, about in (
        *((f"{word} {order.takes}".strip(), order.about) for word, order in ORDERS.items()),
        *OWN.items(),
    )
)


class Console:
    """Reads lines until the input ends. Each order is carried out by the croupier's thread."""

    def __init__(
        self, croupier: Croupier, stop: Callable[[], None], data: Path, *, until_eof: bool = False
    ) -> None:
        self._croupier = croupier
        self._stop = stop
        self._until_eof = until_eof
        self._data = data
        # A read from a terminal cannot be woken, so this thread is not waited for at the end.
        self.thread = threading.Thread(target=self._run, name="console", daemon=True)

    def _run(self) -> None:
        for line in sys.stdin:
            self.obey(line.strip())
        if self._until_eof:
            self._stop()

    def obey(self, line: str) -> None:
        """Carry out one command, or say what there is."""
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        order = ORDERS.get(word)
        if line == "audit":
            self._audit()
        elif line == "stop":
            self._stop()
        elif order is not None and bool(rest) == bool(order.takes):
            self._croupier.inbox.put(
                [Call(lambda croupier: self._carry_out(croupier, order, rest))]
            )
        elif line:
            show(HELP)

    def _carry_out(self, croupier: Croupier, order: Order, rest: str) -> None:
        bans = dict(croupier.house.shut_out.bans)
        for line in obey(croupier.house, order, rest):
            show(line)
        if croupier.house.shut_out.bans != bans:
            self._keep_bans(croupier.house.shut_out.bans)

    def _keep_bans(self, bans: dict[str, str]) -> None:
        try:
            write_bans(self._data / BANS, bans)
        except OSError as error:
            show(f"until the house closes only: {self._data / BANS}: {error.strerror}")

    def _audit(self) -> None:
        """On this thread, with eyes of its own: the table goes on meanwhile."""
        for line in audit(self._data).lines():
            show(line)


def show(text: str) -> None:
    """To the host's screen, not to the log."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
