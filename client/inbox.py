"""What happened at a table and was not looked at yet, between the link's thread and the window's.

A table may say what it likes and as much of it as it likes; what that costs here has an end. What
waits are news and not states: what was known after each of them is worked out, by the same pure
reducer, when it is taken, and only the last one is the state that the dialogue has. And who takes
nothing hears nothing: when `AHEAD` bytes wait, the box is full and the link does not read its line,
so that whoever fills it waits in his own `send`.
"""

import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from client.dialogue import News, Step
from client.house.state import HouseState
from client.reduce import reduce

AHEAD = 256 << 10
"""So many bytes wait to be taken, and one read more. The shortest frames have 14 bytes and are some
200 in memory, the longest lists grow about as much: 4 MiB at the most.
"""
STEPS_AT_ONCE = 500
"""So many are taken at a time, and then it is the turn of eyes and hands."""


class Inbox:
    """News, oldest first; one thread puts them in, another takes them out."""

    def __init__(self, state: HouseState, on_room: Callable[[], None]) -> None:
        """Begin with what is known; `on_room` is called when a full box has been emptied."""
        self.state = state
        """What is known after everything in it; frozen, so that any thread may read it."""
        self.wakeup, self._bell = pair()
        """Readable while there is something to take."""
        self._on_room = on_room
        self._news: deque[News] = deque()
        self._taken = state
        """What was known after what was taken last."""
        self._ahead = 0
        """So many bytes of the line are in it."""
        self._lock = threading.Lock()

    @property
    def full(self) -> bool:
        return self._ahead >= AHEAD

    def put(self, news: Sequence[News], size: int, state: HouseState) -> None:
        """Add what was made of so many bytes, and ring once for all of it."""
        with self._lock:
            silent = not self._news
            self._news.extend(news)
            self.state = state
            # What is no news, as a ping is none, is taken by nobody, and is not waited for.
            self._ahead = self._ahead + size if self._news else 0
            if news and silent:
                with suppress(BlockingIOError):
                    self._bell.send(b"!")

    def take(self, most: int = STEPS_AT_ONCE) -> Iterator[Step]:
        """What happened since the last time, oldest first; what is more waits for the next time."""
        for _ in range(most):
            with self._lock:
                if not self._news:
                    return
                news = self._news.popleft()
                last = None if self._news else self._emptied()
            state = reduce(self._taken, news.said, news.at) if last is None else last
            self._taken = state
            yield Step(news.at, news.said, state)

    def skip(self) -> None:
        """Take everything, and look at none of it: what counts is what is known now."""
        with self._lock:
            self._news.clear()
            self._taken = self._emptied()

    @property
    def behind(self) -> bool:
        """Whether there is something to take."""
        return bool(self._news)

    def close(self) -> None:
        for each in (self.wakeup, self._bell):
            each.close()

    def _emptied(self) -> HouseState:
        """Be silent until there is more; what is known after all of it."""
        assert self._lock.locked()
        with suppress(OSError):  # Nothing to read, or it has been closed.
            self.wakeup.recv(64)
        full, self._ahead = self.full, 0
        if full:
            self._on_room()
        return self.state


def pair() -> tuple[socket.socket, socket.socket]:
    """What is sent into the second can be read from the first; neither ever waits."""
    one, other = socket.socketpair()
    one.setblocking(False)
    other.setblocking(False)
    return one, other
