"""What stands between a client and the house and breaks: stalls, resets, swallows everything."""

import selectors
import socket
import struct
import threading
from contextlib import suppress
from enum import Enum

CHUNK = 65536
SHARED = hasattr(socket, "SO_REUSEPORT")
NOW = struct.pack("ii", 1, 0)
"""`SO_LINGER`: close with a reset, at once."""


class Weather(Enum):
    """How the line is."""

    FINE = "fine"
    STALLED = "stalled"
    """Nothing goes through, and comes later."""
    HOLE = "black hole"
    """What is sent is lost, and so is the line: it is only found out by silence, or by a reset."""
    DOWN = "down"
    """Nobody answers; who tries is refused."""


class Proxy:
    """One port for one client, with a thread that carries bytes."""

    def __init__(self, to: int, source: str = "127.0.0.1") -> None:
        """Carry to this port of this machine, and come to it from this address."""
        self._to = to
        self._source = source
        self._selector = selectors.DefaultSelector()
        self._other: dict[socket.socket, socket.socket] = {}
        self._swallowed: set[socket.socket] = set()
        self._weather = Weather.FINE
        self._ear, self._mouth = socket.socketpair()
        self._door = self._listen(0)
        self.port: int = self._door.getsockname()[1]
        # While nobody listens, nobody else may come to listen on this port either.
        self._place = socket.socket()
        if SHARED:
            self._place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            self._place.bind(("127.0.0.1", self.port))
        self._selector.register(self._ear, selectors.EVENT_READ)
        self._orders: list[tuple[Weather, bool]] = []
        self._changed = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="proxy")
        self._thread.start()

    def be(self, weather: Weather, *, reset: bool = False) -> None:
        """Change the weather; with `reset`, cut every line first. It is so when this returns."""
        self._changed.clear()
        self._orders.append((weather, reset))
        self._mouth.send(b"!")
        self._changed.wait(10)

    def close(self) -> None:
        self._closing = True
        self._mouth.send(b"!")
        self._thread.join()
        # Not on the thread: it may see that it is to end before it is told.
        for end in (self._ear, self._mouth, self._place):
            end.close()

    # --- the thread -------------------------------------------------------------------------

    def _listen(self, port: int) -> socket.socket:
        door = socket.create_server(("127.0.0.1", port), reuse_port=SHARED)
        self._selector.register(door, selectors.EVENT_READ)
        return door

    def _run(self) -> None:
        while not self._closing:
            for key, _ in self._selector.select(1.0):
                each: socket.socket = key.fileobj  # type: ignore[assignment] # only sockets are here
                if each is self._ear:
                    self._ear.recv(64)
                    self._obey()
                elif each is self._door:
                    self._accept()
                elif each in self._other:
                    self._carry(each)
        self._cut()
        self._shut()
        self._selector.close()

    def _obey(self) -> None:
        while self._orders:
            weather, reset = self._orders.pop(0)
            if reset or weather is Weather.DOWN or self._weather is Weather.HOLE:
                self._cut()
            if weather is Weather.DOWN:
                self._shut()
            elif self._weather is Weather.DOWN:
                self._door = self._listen(self.port)
            for each in self._other:
                known = each in self._selector.get_map()
                if weather is Weather.STALLED and known:
                    self._selector.unregister(each)
                elif weather is not Weather.STALLED and not known:
                    self._selector.register(each, selectors.EVENT_READ)
            self._weather = weather
        self._changed.set()

    def _accept(self) -> None:
        if self._weather is Weather.DOWN:
            return  # Somebody came in the moment in which it was shut.
        line, _ = self._door.accept()
        try:
            far = socket.create_connection(("127.0.0.1", self._to), 5, (self._source, 0))
        except OSError:
            line.close()
            return
        for one, other in ((line, far), (far, line)):
            self._other[one] = other
            if self._weather is not Weather.STALLED:
                self._selector.register(one, selectors.EVENT_READ)

    def _carry(self, each: socket.socket) -> None:
        if self._weather is Weather.STALLED:
            return  # It was ready in the moment in which the weather changed.
        other = self._other[each]
        try:
            data = each.recv(CHUNK)
            if data and self._weather is Weather.FINE:
                other.sendall(data)
        except OSError:
            data = b""
        if not data:
            self._drop(each)

    def _drop(self, each: socket.socket) -> None:
        other = self._other.pop(each)
        self._other.pop(other, None)
        for end in (each, other):
            with suppress(KeyError):
                self._selector.unregister(end)
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)
            end.close()

    def _cut(self) -> None:
        while self._other:
            self._drop(next(iter(self._other)))

    def _shut(self) -> None:
        with suppress(KeyError, ValueError):  # It is down already.
            self._selector.unregister(self._door)
        self._door.close()
