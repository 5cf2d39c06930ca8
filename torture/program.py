"""The real house in a process of its own, on loopback, in a folder of its own."""

import re
import signal
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.forked import Forked
from torture.chain import lay_seeds
from torture.punter import PASSWORD

WITHIN = 30.0


class Program:
    """One running house; killed when it is left, if it runs then."""

    def __init__(self, data: Path, *options: str) -> None:
        """Start it, and wait until it listens."""
        lay_seeds(data)
        self._forked = Forked(
            "server/main.py",
            *("--data", str(data), "--port", "0", "--croupier-password", PASSWORD),
            *("--no-console", "--log-level", "warning", *options),
        )
        self.pid = self._forked.pid
        assert self._forked.stdout
        said = self._forked.stdout.readline()
        found = re.match(r"listening on .*:(\d+)$", said)
        if not found:
            self._end(signal.SIGKILL)
            raise RuntimeError(f"the house does not listen: {said}")
        self.port = int(found[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: object, __: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """Kill -9, now."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As Ctrl-C does; the exit status."""
        return self._end(signal.SIGINT)

    def _end(self, number: int) -> int:
        self._forked.send_signal(number)
        self._forked.communicate(WITHIN)
        return self._forked.wait()
