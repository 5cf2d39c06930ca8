"""One client's connection: bytes in, messages to the inbox; frames out, never waiting.

It knows nothing of roulette. The thread that owns the table calls `speak`, `stand` and `drop`;
everything else belongs to the session's I/O thread (`io_thread.py`).
"""

import socket
import threading
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from protocol.framing import Decoder, Dialect, Spoken
from protocol.house.door import Goodbye
from protocol.house.lists import Farewell
from protocol.limits import CLIENT_FRAME_BYTES
from protocol.wire import encode
from server.people.places import Standing

if TYPE_CHECKING:
    from server.net.io_thread import IoThread
    from server.net.stream import Stream


class Left(NamedTuple):
    """The session is over; nothing more comes from it."""

    why: str
    cut_off: bool
    """Whether the peer did not mean to go."""


class Last(NamedTuple):
    """The peer has said its last, politely or not. What it asked before is answered first."""

    reason: Farewell
    words: str


class Room(NamedTuple):
    """Whoever was not answered because too much waited can be answered now."""


class Session:
    """One connection. Frames leave it in the order in which they were said."""

    __slots__ = (
        "_farewell",
        "_io_thread",
        "_lock",
        "_outbox",
        "_pending",
        "_thirsty",
        "address",
        "asked",
        "behind",
        "closing",
        "cut_off",
        "decoder",
        "events",
        "finished",
        "handed",
        "heard",
        "hung_up",
        "more",
        "opened",
        "paused",
        "pinged",
        "progress",
        "reported",
        "served",
        "sock",
        "standing",
        "streams",
        "unsaid",
        "used",
        "who",
        "why",
    )

    def __init__(
        self, sock: socket.socket, address: str, io_thread: "IoThread", now: float
    ) -> None:
        self.sock = sock
        self.address = address
        self.decoder = Decoder()
        self.who: Any = None
        """For the table: who this is."""
        self.asked: deque[Spoken | Last | Left] = deque()
        """For the table: a question that waits for its turn, and what came behind it."""
        self.handed = 0
        """How many requests the table was handed, ..."""
        self.served = 0
        """... and how many of them it is done with."""
        self.unsaid: tuple[bytes, ...] = ()
        """For the table: what it has to say to this one, in order."""
        self.streams: tuple[Stream, ...] = ()
        """For the table: what this one hears of what is said to all."""
        self.opened = self.heard = self.pinged = self.progress = now
        self.standing = Standing.SILENT
        self.closing: float | None = None
        """When the connection is cut, whatever is left to send."""
        self.why = ""
        self.cut_off = True
        self.used = 0.0
        """The moment up to which its requests are used up."""
        self.paused = False
        """Not read until its pace allows what it has sent."""
        self.behind: float | None = None
        """Since when it has sent more than its pace allows, and not all of it is taken."""
        self.more = False
        """Whether the last read found as much as it could take."""
        self.finished = False
        """Whether it has said its last: what follows is not looked at."""
        self.hung_up = False
        """Whether the peer says nothing more, though he may still read."""
        self.reported = False
        """Whether the table was told that this session is over."""
        self.events = 0
        """What its I/O thread watches it for."""
        self._farewell = False
        self._thirsty = False
        """Whether the table waits until the socket has taken everything."""
        self._io_thread = io_thread
        self._lock = threading.Lock()
        self._outbox: deque[bytes | memoryview] | None = None
        """What the socket did not take, if there is anything."""
        self._pending = 0

    @property
    def modern(self) -> bool:
        return self.decoder.dialect is Dialect.MODERN

    @property
    def admitted(self) -> bool:
        """Whether the peer has signed in."""
        return self.standing >= Standing.SPARE

    @property
    def mark(self) -> str:
        """For the log: who this is, in a word."""
        return self.who.title if self.who else self.address

    @property
    def over(self) -> bool:
        """Whether nothing more will be sent, or heard."""
        return self._farewell

    @property
    def waits(self) -> bool:
        """Whether there are frames that the socket did not take."""
        return self._outbox is not None

    @property
    def pending(self) -> int:
        """Bytes that wait to be sent."""
        return self._pending

    def speak(self) -> None:
        """Say what the table has to say, in one piece."""
        if self.unsaid:
            unsaid, self.unsaid = self.unsaid, ()
            self.say(b"".join(unsaid))

    def say(self, piece: bytes) -> None:
        """Send what the socket takes, without waiting; its I/O thread sends the rest."""
        with self._lock:
            if self._farewell:
                return
            waits = self._outbox is not None
            rest = piece if waits else self._send(piece)
            if not rest:
                return
            self._keep(rest)
            overflow = self._pending > self._io_thread.limits.outbox_bytes
        if overflow:
            self.drop(Farewell.SLOW, "you did not read what the table sent")
        elif not waits:
            self._io_thread.wake(self)

    def serve(self) -> None:
        """The table is done with one more of its requests."""
        self.served += 1
        if self.paused and self.served == self.handed:
            self._io_thread.resume(self)

    def has_room(self) -> bool:
        """Whether nothing waits to be sent. If something does, the table hears of it when it is
        gone (`Room`): who does not read is not answered, and nothing piles up for them.
        """
        with self._lock:
            self._thirsty = self._outbox is not None
            return not self._thirsty

    def stand(self, standing: Standing) -> None:
        """What this peer is to the house by now; who has signed in may send larger frames."""
        if standing is not self.standing:
            self.standing = standing
            if self.admitted:
                self.decoder.frame_limit = CLIENT_FRAME_BYTES
            self._io_thread.moved(self, standing)

    def drop(self, reason: Farewell, words: str) -> None:
        """Say goodbye, if the dialect can, and close once that is sent or a second has passed."""
        with self._lock:
            if self._farewell:
                return
            self._farewell = True
            self.why = words
            self.cut_off = reason is not Farewell.LEAVING
            if reason is Farewell.SLOW:
                # What waits here is not read. Only a frame that is partly sent must be ended; what
                # is left of one is a view.
                begun = self._outbox and isinstance(self._outbox[0], memoryview)
                self._outbox = deque([self._outbox[0]]) if self._outbox and begun else None
                self._pending = len(self._outbox[0]) if self._outbox else 0
            if self.modern:
                self._keep(encode(Goodbye(reason, words)))
        self._io_thread.close_soon(self)

    def evict(self, words: str) -> None:
        """Say goodbye so far as the socket takes it, and close at once: the place is needed."""
        self.drop(Farewell.FULL, words)
        self._io_thread.close_now(self)

    def finish(self) -> None:
        """Say what is left to say to a peer who hung up, and close."""
        self.speak()
        with self._lock:
            if self._farewell:
                return
            self._farewell = True
        self._io_thread.close_soon(self)

    # --- for the I/O thread -----------------------------------------------------------------

    def got_room(self) -> bool:
        """Whether the table waits for the room that there is now."""
        with self._lock:
            thirsty = self._thirsty and self._outbox is None
            self._thirsty = self._thirsty and not thirsty
            return thirsty

    def flush(self) -> None:
        """Send what waits, as far as the socket takes it."""
        with self._lock:
            while self._outbox:
                piece = self._next_piece(self._outbox)
                rest = self._send(piece)
                if len(rest) < len(piece):
                    self.progress = self._io_thread.now()
                    self._pending -= len(piece) - len(rest)
                if rest:
                    self._outbox.appendleft(rest)
                    return
            self._outbox = None

    def _keep(self, piece: bytes | memoryview) -> None:
        if self._outbox is None:
            self._outbox = deque()
            self.progress = self._io_thread.now()
        self._outbox.append(piece)
        self._pending += len(piece)

    def _send(self, piece: bytes | memoryview) -> bytes | memoryview:
        """What the socket does not take of this now."""
        try:
            sent = self.sock.send(piece)
        except (BlockingIOError, InterruptedError):
            return piece
        except OSError:
            return b""  # The connection is gone: reading tells the I/O thread so.
        return b"" if sent == len(piece) else memoryview(piece)[sent:]

    def _next_piece(self, outbox: deque[bytes | memoryview]) -> bytes | memoryview:
        if len(outbox) == 1 or not self.modern:
            return outbox.popleft()
        begun = isinstance(outbox[0], memoryview)
        piece = b"".join(outbox)
        outbox.clear()
        return memoryview(piece) if begun else piece  # Or who is dropped for it has a torn frame.

    def end(self, why: str) -> None:
        """Close the socket; nothing is sent any more."""
        with self._lock:
            self._farewell = True
            self.why = self.why or why
            self._outbox = None
            self._pending = 0
            self.sock.close()


Item: TypeAlias = tuple[Session, Spoken | Last | Left | Room]


class ToTable(Protocol):
    """Where the messages go."""

    def put(self, items: Iterable[Item]) -> None: ...
