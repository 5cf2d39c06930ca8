"""The terminal client in a real pseudo-terminal, and what a person would see of it."""

import fcntl
import os
import pty
import re
import signal
import struct
import termios
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyte

from tests.forked import Forked

WITHIN = 60.0
"""So many seconds may pass in which nothing comes; who goes on writing is waited for."""
NOTHING: Mapping[str, str] = {}


class _Screen(pyte.HistoryScreen):
    """Keeps what scrolls off, and answers when it is asked where the cursor is."""

    def __init__(self, columns: int, rows: int, answer: Callable[[str], None]) -> None:
        """`answer` types for the terminal."""
        super().__init__(columns, rows, history=5000)
        self._answer = answer

    def write_process_input(self, data: str) -> None:
        self._answer(data)


class Terminal:
    """80 × 24 characters, a keyboard, and `client_text/main.py` between them."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        rows: int = 24,
        columns: int = 80,
        env: Mapping[str, str] = NOTHING,
    ) -> None:
        """Start it; `home` is where it keeps its tokens."""
        self.raw = bytearray()
        """Every byte that the terminal was sent."""
        self._screen = _Screen(columns, rows, self._answer)
        self._stream = pyte.ByteStream(self._screen)
        self._changed = threading.Condition()
        self._master, slave = pty.openpty()
        _set_size(slave, rows, columns)
        self.process = Forked(
            "client_text/main.py",
            *arguments,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            session=True,
            env={
                **{key: value for key, value in os.environ.items() if "CROUPIER" not in key},
                "CROUPIER_HOME": str(home),
                "LANG": "en_US.UTF-8",
                "TERM": "xterm-256color",
                **env,
            },
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(WITHIN)
        self._reader.join(WITHIN)
        os.close(self._master)

    # --- the keyboard -----------------------------------------------------------------------------

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def enter(self, line: str) -> None:
        self.press(line + "\r")

    def resize(self, rows: int, columns: int) -> None:
        with self._changed:
            self._screen.resize(rows, columns)
        _set_size(self._master, rows, columns)
        self.process.send_signal(signal.SIGWINCH)

    @property
    def modes(self) -> list[Any]:
        """How the terminal treats keys: `termios.tcgetattr`."""
        return termios.tcgetattr(self._master)

    # --- the screen -------------------------------------------------------------------------------

    @property
    def rows(self) -> list[str]:
        """What is on the screen now."""
        with self._changed:
            return [row.rstrip() for row in self._screen.display]

    @property
    def text(self) -> str:
        """What is on the screen, and what has scrolled off it."""
        with self._changed:
            return self._text()

    def _text(self) -> str:
        above = [
            "".join(row[column].data for column in range(self._screen.columns)).rstrip()
            for row in self._screen.history.top
        ]
        return "\n".join([*above, *(row.rstrip() for row in self._screen.display)])

    def wait_for(self, pattern: str, times: int = 1) -> None:
        """Wait until this was shown, so many times in all. It may be broken over lines."""
        wanted = re.compile(re.escape(pattern).replace(r"\ ", r"\s+"))
        self._wait(
            lambda: len(wanted.findall(self._text())) >= times,
            f"{pattern!r} is not there",
        )

    def wait_row(self, start: str) -> None:
        """Wait until a row of the screen begins like this."""
        self._wait(
            lambda: any(row.startswith(start) for row in self._screen.display),
            f"no row begins with {start!r}",
        )

    def wait_line(self, line: str) -> None:
        """Wait until this stands in the row of the cursor: the line that is being typed."""
        self._wait(lambda: self._line() == line, f"{line!r} is not being typed")

    def _wait(self, holds: Callable[[], bool], what: str) -> None:
        with self._changed:
            while not holds():
                assert not self._ended, f"it ended, and {what}:\n{self._text()}"
                assert self._changed.wait(WITHIN), f"{what}:\n{self._text()}"

    def _line(self) -> str:
        return self._screen.display[self._screen.cursor.y].rstrip()

    def wait_end(self) -> int:
        """The exit code, when the program ends by itself."""
        code = self.process.wait(WITHIN)
        self._reader.join(WITHIN)
        return code

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(WITHIN)

    # --- between them -----------------------------------------------------------------------------

    _ended = False

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # On Linux, how the end of a terminal is said.
                data = b""
            with self._changed:
                self.raw += data
                self._stream.feed(data)
                self._ended = not data
                self._changed.notify_all()
            if not data:
                return

    def _answer(self, data: str) -> None:
        """The terminal's own words: where the cursor is."""
        os.write(self._master, data.encode())


def _set_size(terminal: int, rows: int, columns: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
