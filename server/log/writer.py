"""A thread that writes lines for others: to a screen that somebody paused, a pipe that nobody
reads, or a slow disk. Whoever has something to say never waits for it.
"""

import io
import threading
import time
from collections import deque
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TextIO

KEPT = 10_000
"""Lines that wait to be written; then the oldest make room, and are counted."""
CHUNK = 64
"""So many are put together and written at one time, and the other threads have their turn."""
GATHER_SECONDS = 0.05
"""So long it lets lines gather: to wake it for each would cost the table more than the line."""


class Writer:
    """Takes lines from any thread. A line is anything that `str` makes text of, and that only when
    it is written.
    """

    def __init__(
        self,
        name: str,
        write: Callable[[str], object],
        end: Callable[[], object] = lambda: None,
        *,
        on_trouble: Callable[[OSError | None], object] = lambda _: None,
        kept: int = KEPT,
    ) -> None:
        """`end` is called when the last line was written; `on_trouble` once when lines cannot be
        written, and with None when they can again.
        """
        self._write = write
        self._end = end
        self._on_trouble = on_trouble
        self._kept = kept
        self._lines: deque[object] = deque()
        self._lost = 0
        self._changed = threading.Condition()
        self._idle = False
        self._closed = False
        # A write that never ends cannot be ended: at the end this thread is not waited for.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, line: object) -> None:
        """Have this written, sooner or later; if there is no end of it, not at all."""
        with self._changed:
            if self._closed:
                return
            if len(self._lines) == self._kept:
                self._lines.popleft()
                self._lost += 1
            self._lines.append(line)
            if self._idle:
                self._idle = False
                self._changed.notify()

    def close(self) -> None:
        """Take no more, and write what waits."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def wait(self, seconds: float) -> bool:
        """Whether everything is written, or is in so many seconds."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        fails = False
        while text := self._next_text():
            trouble = None
            try:
                self._write(text)
            except OSError as error:  # The screen is gone, or the disk is full: the table goes on.
                trouble = error
            if fails is not bool(trouble):
                fails = not fails
                self._on_trouble(trouble)
        with suppress(OSError):
            self._end()

    def _next_text(self) -> str:
        with self._changed:
            if not self._closed and len(self._lines) < CHUNK:
                self._changed.wait(GATHER_SECONDS)
            while not self._lines and not self._closed:
                self._idle = True
                self._changed.wait()
            lost, self._lost = self._lost, 0
            lines = [self._lines.popleft() for _ in range(min(CHUNK, len(self._lines)))]
        were = "1 line was" if lost == 1 else f"{lost} lines were"
        words = f"! {were} lost here: not read in time\n" if lost else ""
        return words + "".join(f"{line}\n" for line in lines)


def close_all(writers: Collection[Writer], within: float) -> None:
    """Write what waits, as far as anybody takes it in so many seconds."""
    end = time.monotonic() + within
    for writer in writers:
        writer.close()
    for writer in writers:
        writer.wait(max(0.0, end - time.monotonic()))


def to(stream: TextIO) -> Callable[[str], object]:
    """To a stream, past its buffer: one that is stuck would not let the program end."""
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if not isinstance(raw, io.IOBase):
        return stream.write
    encoding = stream.encoding

    def write(text: str) -> None:
        rest = memoryview(text.encode(encoding, "backslashreplace"))
        while rest:
            rest = rest[raw.write(rest) or 0 :]

    return write
