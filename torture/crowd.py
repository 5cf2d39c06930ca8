"""Many players of one process on real sockets, moved by one selector: no thread, no sleep."""

import selectors
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic

from torture.punter import Punter

CHUNK = 65536
AT_THE_DOOR = 12


class Crowd:
    """Players and their lines to one port."""

    def __init__(self, port: int, punters: Iterable[Punter] = ()) -> None:
        """Everybody comes at once."""
        self.port = port
        self.lines: dict[Punter, socket.socket] = {}
        self.lost: set[Punter] = set()
        """Whose line has ended."""
        self._unsent: dict[Punter, bytes] = {}
        self._selector = selectors.DefaultSelector()
        for punter in punters:
            self.come(punter)

    def come(self, punter: Punter, source: str = "127.0.0.1", buffer: int = 0) -> None:
        """A new line for this player; the one before, if there is one, is dropped."""
        self.leave(punter)
        line = socket.socket()
        if buffer:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        line.settimeout(20)
        line.bind((source, 0))
        line.connect(("127.0.0.1", self.port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setblocking(False)
        self.lines[punter] = line
        self._selector.register(line, selectors.EVENT_READ, punter)
        self._unsent[punter] = b""
        punter.come()
        self.send(punter)

    def leave(self, punter: Punter) -> None:
        self.lost.discard(punter)
        line = self.lines.pop(punter, None)
        if line is not None:
            self._selector.unregister(line)
            line.close()

    def gather(self, punters: Iterable[Punter], buffer: int = 0) -> bool:
        """These come a few at a time, as the door lets them, and sit down."""
        waiting = list(punters)
        while waiting:
            some, waiting = waiting[:AT_THE_DOOR], waiting[AT_THE_DOOR:]
            for punter in some:
                self.come(punter, buffer=buffer)
            if not self.until(lambda: all(each.seated for each in some)):  # noqa: B023 - at once
                return False
        return True

    def forget(self, line: socket.socket) -> None:
        """Somebody else looks after this line from now on."""
        self._selector.unregister(line)

    def send(self, punter: Punter) -> None:
        """What the player has to say."""
        data = self._unsent.get(punter, b"") + punter.take()
        if punter not in self.lines:
            return
        with suppress(BlockingIOError):
            try:
                sent = self.lines[punter].send(data) if data else 0
                data = data[sent:]
            except OSError as error:
                if isinstance(error, BlockingIOError):
                    raise
                self._lose(punter)
        self._unsent[punter] = data

    def step(self, timeout: float = 0.05) -> None:
        """Hear what has come, and answer."""
        for key, _ in self._selector.select(timeout):
            punter: Punter = key.data
            try:
                data = self.lines[punter].recv(CHUNK)
            except BlockingIOError:
                continue
            except OSError:
                data = b""
            if not data:
                self._lose(punter)
            else:
                punter.hear(data)
                self.send(punter)

    def until(self, holds: Callable[[], object], within: float = 20.0) -> bool:
        """Go on until this holds; False if it does not in time."""
        end = monotonic() + within
        while not holds():
            if monotonic() > end:
                return False
            self.step(min(0.05, max(0.0, end - monotonic())))
        return True

    def for_seconds(self, seconds: float) -> None:
        self.until(lambda: False, seconds)

    def close(self) -> None:
        for punter in list(self.lines):
            self.leave(punter)
        self._selector.close()

    def _lose(self, punter: Punter) -> None:
        self.leave(punter)
        self.lost.add(punter)
