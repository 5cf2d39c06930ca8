"""Strangers rush the door at so many a second, and honest people come from far away meanwhile.

One loop, by the clock: what an honest player says arrives after the line's delay, and what the
house says is heard after it. The strangers come from an address each, and stay.
"""

import selectors
import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from heapq import heappop, heappush
from itertools import count
from time import monotonic

from protocol.house.door import Greeting
from protocol.wire import encode
from torture.punter import Punter

DELAY = 0.05
"""Seconds that each word is under way."""
HELD = 3_000
"""So many of the rush hold their lines; then the oldest is given up for a new one."""
SILENT, GREETS = b"", encode(Greeting(1, 1, "rush"))
"""What a stranger of the rush says."""
CHUNK = 65536
AT_ONCE = 10
"""Strangers, before who is already on the way is looked after."""


class Rush:
    """Everybody who is on the way to one port."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._selector = selectors.DefaultSelector()
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        """What happens later, the next first."""
        self._order = count()
        self._held: deque[socket.socket] = deque()
        self._lines: dict[Punter, socket.socket] = {}
        self.strangers = 0

    def come(self, punter: Punter, source: str) -> None:
        """An honest player sets out."""
        line = self._line(source)
        self._lines[punter] = line
        self._selector.register(line, selectors.EVENT_READ, punter)
        punter.come()
        self._send(punter)

    def run(self, rate: int, seconds: float, says: bytes) -> None:
        """Let so many strangers a second rush past. On a busy machine they are fewer: what it was
        late with is not made up for, which would be a rush of another rate.
        """
        end = monotonic() + seconds
        due = monotonic()
        while (now := monotonic()) < end:
            due = max(due, now - AT_ONCE / rate)
            while due <= now:
                self._stranger(says)
                due += 1 / rate
            self._hear(self._next(now + 0.001) - now)

    def close(self) -> None:
        for line in (*self._held, *self._lines.values()):
            line.close()
        self._selector.close()

    def _stranger(self, says: bytes) -> None:
        self.strangers += 1
        at = self.strangers
        with suppress(OSError):  # The house may have thrown it out already.
            line = self._line(f"127.{10 + at // 62500 % 200}.{at // 250 % 250}.{1 + at % 250}")
            self._held.append(line)
            if says:
                line.send(says)
        if len(self._held) > HELD:
            self._held.popleft().close()

    def _line(self, source: str) -> socket.socket:
        line = socket.socket()
        line.bind((source, 0))
        line.setblocking(False)
        line.connect_ex(("127.0.0.1", self._port))
        return line

    def _next(self, most: float) -> float:
        """When the next thing is due; what is due by now is done."""
        while self._due and self._due[0][0] <= monotonic():
            heappop(self._due)[2]()
        return min(most, self._due[0][0]) if self._due else most

    def _later(self, do: Callable[[], None]) -> None:
        heappush(self._due, (monotonic() + DELAY, next(self._order), do))

    def _hear(self, timeout: float) -> None:
        for key, _ in self._selector.select(max(0.0, timeout)):
            punter: Punter = key.data
            data = b""
            with suppress(OSError):
                data = self._lines[punter].recv(CHUNK)
            if data:
                self._later(lambda punter=punter, data=data: self._arrive(punter, data))  # type: ignore[misc]
            else:
                self._selector.unregister(self._lines[punter])

    def _arrive(self, punter: Punter, data: bytes) -> None:
        punter.hear(data)
        self._send(punter)

    def _send(self, punter: Punter) -> None:
        if data := punter.take():
            self._later(lambda: self._deliver(punter, data))

    def _deliver(self, punter: Punter, data: bytes) -> None:
        with suppress(OSError):  # He was sent away: that he has no seat tells it.
            self._lines[punter].send(data)
