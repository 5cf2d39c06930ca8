"""Plain lines, in and out: for scripts, pipes, and a terminal where nothing edits the line."""

import queue
import sys
import threading
import time
from collections.abc import Sequence
from typing import TextIO

from client_text.lines import Line, shown
from client_text.visit import Visit

LONGEST_LINE = 10_000
"""What is longer is no line that somebody typed, and is cut there."""
PULSE = 0.5
"""So long a wait lasts at most: on Windows Ctrl-C does not end one."""
UNREAD = 1000
"""So many lines may wait to be read; the pipe holds the others back."""


class Paper:
    """Reads lines from one stream and writes lines to another."""

    def __init__(self, lines_in: TextIO = sys.stdin, lines_out: TextIO = sys.stdout) -> None:
        """Scripts are read and written as UTF-8, whatever the system thinks of itself."""
        self._in = lines_in
        self._out = lines_out
        self._typed: queue.Queue[str | None] = queue.Queue(UNREAD)
        self._happened = threading.Semaphore(0)

    def on_news(self) -> None:
        """The link has something; called on its thread."""
        self._happened.release()

    def put(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self._out.write(shown(line.text) + "\n")
        self._out.flush()

    def run(self, visit: Visit) -> int:
        """From the door to the goodbye; the exit code."""
        # A read from a terminal cannot be woken, so this thread is not waited for at the end.
        threading.Thread(target=self._read, name="input", daemon=True).start()
        visit.begin()
        self._prompt(visit)
        while visit.over is None:
            self._happened.acquire(timeout=0 if visit.behind else PULSE)
            self._take(visit)
            visit.news()
            visit.tick(time.monotonic())
        return visit.over

    def _take(self, visit: Visit) -> None:
        try:
            line = self._typed.get_nowait()
        except queue.Empty:
            return
        if line is None:
            visit.input_ended()
        else:
            visit.typed(line)
        self._prompt(visit)

    def _prompt(self, visit: Visit) -> None:
        if visit.over is None and visit.manner.interactive:
            self._out.write(shown(visit.prompt))
            self._out.flush()

    def _read(self) -> None:
        while line := self._in.readline(LONGEST_LINE):
            self._typed.put(line.rstrip("\r\n"))
            self._happened.release()
        self._typed.put(None)
        self._happened.release()
