"""Bytes in any pieces become messages of either dialect."""

from collections.abc import Generator, Iterator
from enum import Enum, auto
from typing import TypeAlias

from protocol import classic, messages
from protocol.errors import Fault, ProtocolError
from protocol.house.door import Goodbye, Greeting
from protocol.limits import SERVER_FRAME_BYTES, STRANGER_FRAME_BYTES
from protocol.wire import DOOR, HEADER, Message, decode

Spoken: TypeAlias = Message | classic.Classic


class Dialect(Enum):
    """Told apart by the first byte that a peer sends."""

    CLASSIC = auto()
    MODERN = auto()


class Decoder:
    """One direction of one connection: feed it what arrives, take the messages.

    However the stream is cut, the messages are the same, and so is the `ProtocolError` after them
    if it is broken; after one, every further feeding raises it again. Nothing is kept but the bytes
    of one unfinished frame, and a frame over its limit is refused before it is kept.
    """

    def __init__(self, reads: Dialect | None = None, *, from_server: bool = False) -> None:
        """Read what a client sends or, `from_server`, what a server does.

        Where the dialect is known already, the first byte cannot choose it.
        """
        self.dialect = reads
        self.from_server = from_server
        self.frame_limit = SERVER_FRAME_BYTES if from_server else STRANGER_FRAME_BYTES
        """The largest modern frame; a server raises it when the client has signed in."""
        self.frames = 0
        """How many were read so far, those of unknown types too, which give no message."""
        self._known = messages.FROM_SERVER if from_server else messages.FROM_CLIENT
        # A server that has no room, or was not greeted, has nothing else to say.
        self._openings = (Greeting.KIND, Goodbye.KIND) if from_server else (Greeting.KIND,)
        self._kept = bytearray()
        self._broken: tuple[Fault, str] | None = None
        self._reader: Generator[int, bytes, classic.Classic] | None = None
        """Within a classic frame; so many bytes more are wanted for it:"""
        self._wanted = 1

    def feed(self, data: bytes) -> Iterator[Spoken]:
        """Take bytes, and give the messages that they complete; it may give some, then raise."""
        if self._broken:
            raise ProtocolError(*self._broken)
        self._kept += data
        return self._complete()

    def _complete(self) -> Iterator[Spoken]:
        if self.dialect is None and self._kept:
            self.dialect = Dialect.MODERN if self._kept[0] == DOOR else Dialect.CLASSIC
        try:
            yield from self._modern() if self.dialect is Dialect.MODERN else self._classic()
        except ProtocolError as error:
            self._broken = error.fault, error.detail
            self._kept.clear()
            raise

    def _modern(self) -> Iterator[Message]:
        while len(self._kept) >= HEADER.size:
            door, kind, table, length = HEADER.unpack_from(self._kept)
            end = HEADER.size + length
            known = door == DOOR and kind in self._known
            if not (known and self.frames and end <= self.frame_limit):
                self._check_header(door, kind, end)
            if len(self._kept) < end:
                return
            body = bytes(self._kept[HEADER.size : end])
            del self._kept[:end]  # from the front, which moves nothing
            self.frames += 1
            said = decode(self._known, kind, table, body)
            if said is not None:
                yield said

    def _check_header(self, door: int, kind: int, size: int) -> None:
        if door != DOOR:
            fault = Fault.UNKNOWN_REPLY if self.from_server else Fault.UNKNOWN_REQUEST
            raise ProtocolError(fault, f"a frame begins with {door:#04x}, not {DOOR:#04x}")
        if not self.frames and kind not in self._openings:
            raise ProtocolError(Fault.NOT_GREETED, f"its game and type are {kind:#06x}")
        if kind not in self._known and kind in messages.MESSAGES:
            raise ProtocolError(Fault.WRONG_SIDE, messages.MESSAGES[kind].__name__)
        if size > self.frame_limit:
            detail = f"a frame of {size} bytes where {self.frame_limit} is the most"
            raise ProtocolError(Fault.TOO_LARGE, detail)

    def _classic(self) -> Iterator[classic.Classic]:
        while len(self._kept) >= self._wanted:
            piece = bytes(self._kept[: self._wanted])
            del self._kept[: self._wanted]
            try:
                if self._reader:
                    self._wanted = self._reader.send(piece)
                else:
                    read = classic.read_reply if self.from_server else classic.read_request
                    self._reader = read(piece[0])
                    self._wanted = next(self._reader)
            except StopIteration as done:
                self._reader, self._wanted = None, 1
                self.frames += 1
                yield done.value
