"""Our own clients in processes of their own, and what they cost."""

import os
import pty
import re
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from tests.forked import Forked

WHERE = b"\x1b[6n"
HERE = b"\x1b[1;1R"
TOLD = 4000
"""Of what a client says the last so many bytes are kept."""
WITHIN = 20.0


class Visitor:
    """One client, in a folder of its own."""

    def __init__(self, home: Path, script: str, arguments: Sequence[str], *, tty: bool) -> None:
        """Start it; with `tty` in a terminal of its own."""
        self._tail = bytearray()
        # A window without a screen draws all the same.
        surroundings = {
            "CROUPIER_HOME": str(home),
            "SDL_VIDEODRIVER": "dummy",
            "SDL_AUDIODRIVER": "dummy",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
        }
        read, write = pty.openpty() if tty else os.pipe()
        self._ear = read
        self._terminal = tty
        self.process = Forked(
            script,
            *arguments,
            env={key: each for key, each in os.environ.items() if "CROUPIER" not in key}
            | surroundings,
            stdin=write if tty else subprocess.DEVNULL,
            stdout=write,
            stderr=write,
            session=True,
        )
        os.close(write)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: object, __: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(WITHIN)
        self._reader.join(WITHIN)
        os.close(self._ear)

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    @property
    def told(self) -> str:
        """The last of what it said."""
        return bytes(self._tail).decode("utf-8", "replace")

    def peak(self) -> int:
        """The most memory that it ever had, in KiB; 0 when it has ended."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        except OSError:
            return 0
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) if found else 0

    def end(self, how: int = signal.SIGTERM) -> float:
        """Ask it to end; how many seconds it took, at most `WITHIN`."""
        began = monotonic()
        self.process.send_signal(how)
        try:
            self.process.wait(WITHIN)
        except subprocess.TimeoutExpired:
            return WITHIN
        return monotonic() - began

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._ear, 65536)
            except OSError:  # On Linux, how the end of a terminal is said.
                return
            if not data:
                return
            self._tail += data
            del self._tail[:-TOLD]
            if self._terminal and WHERE in data:
                os.write(self._ear, HERE)


def window(home: Path, port: int, *more: str) -> Visitor:
    address = ("127.0.0.1", str(port), "--name", "Anna", "--trace")
    return Visitor(home, "client_gui/main.py", (*address, *more), tty=False)


def terminal(home: Path, port: int, *more: str) -> Visitor:
    address = ("127.0.0.1", str(port), "--name", "Anna")
    return Visitor(home, "client_text/main.py", (*address, *more), tty=True)


def bot(home: Path, port: int, *more: str) -> Visitor:
    arguments = ("1", "--port", str(port), "--style", "chatter")
    return Visitor(home, "bots/main.py", (*arguments, *more), tty=False)
