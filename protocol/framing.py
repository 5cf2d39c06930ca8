"""Bytes in any pieces become messages of either dialect."""

from collections.abc import Generator, Iterator
from enum import Enum
from typing import TypeAlias

from protocol import classic, messages
from protocol.errors import Fault, ProtocolError
from protocol.limits import SERVER_FRAME_BYTES, STRANGER_FRAME_BYTES
from protocol.messages.door import Greeting
from protocol.wire import DOOR, HEADER, Message, decode

Spoken: TypeAlias = Message | classic.Classic
_Reader: TypeAlias = Generator[int, bytes, Spoken | None]


class Dialect(Enum):
    """Told apart by the first byte that a peer sends."""

    CLASSIC = "classic"
    MODERN = "modern"


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
        self._known = messages.FROM_SERVER if from_server else messages.FROM_CLIENT
        self._greeted = False
        self._kept = bytearray()
        self._fault: ProtocolError | None = None
        self._reader = self._read()
        self._wanted = next(self._reader)

    def feed(self, data: bytes) -> Iterator[Spoken]:
        """The messages that these bytes complete. The iterator is to be used up."""
        if self._fault:
            raise self._fault
        self._kept += data
        if len(self._kept) < self._wanted:
            return
        arrived = bytes(self._kept)
        at = 0
        try:
            while len(arrived) - at >= self._wanted:
                end = at + self._wanted
                piece = arrived[at:end]
                at = end
                try:
                    self._wanted = self._reader.send(piece)
                except StopIteration as done:
                    self._reader = self._read()
                    self._wanted = next(self._reader)
                    if done.value is not None:
                        yield done.value
        except ProtocolError as fault:
            self._fault = fault
            raise
        finally:
            del self._kept[:at]

    def _read(self) -> _Reader:
        if self.dialect is Dialect.MODERN:
            return (yield from self._read_modern((yield HEADER.size)))
        first = yield 1
        if self.dialect is None and first[0] == DOOR:
            self.dialect = Dialect.MODERN
            return (yield from self._read_modern(first + (yield HEADER.size - 1)))
        self.dialect = Dialect.CLASSIC
        read = classic.read_reply if self.from_server else classic.read_request
        return (yield from read(first[0]))

    def _read_modern(self, header: bytes) -> _Reader:
        door, type_number, length = HEADER.unpack(header)
        if door != DOOR:
            fault = Fault.UNKNOWN_REPLY if self.from_server else Fault.UNKNOWN_REQUEST
            raise ProtocolError(fault, f"a frame begins with {door:#04x}, not {DOOR:#04x}")
        if not self._greeted and type_number != Greeting.TYPE:
            raise ProtocolError(Fault.NOT_GREETED, f"its type is {type_number:#04x}")
        if type_number in messages.MESSAGES and type_number not in self._known:
            raise ProtocolError(Fault.WRONG_SIDE, messages.MESSAGES[type_number].__name__)
        if HEADER.size + length > self.frame_limit:
            detail = f"a frame of {HEADER.size + length} bytes where {self.frame_limit} is the most"
            raise ProtocolError(Fault.TOO_LARGE, detail)
        body = yield length
        self._greeted = True
        return decode(self._known, type_number, body)
