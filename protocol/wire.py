"""A modern message: what is declared of it once, and its way to bytes and back.

From that one declaration come the encoder and the decoder (`layout`), the byte tables of the
protocol page and the Wireshark dissector (`docs/tables.py`).

Decoding promises a message or a `ProtocolError`, whatever the bytes. Encoding a value that the
layout cannot say is our own mistake and raises `ValueError`.
"""

import struct
from collections.abc import Callable, Mapping
from enum import Enum, Flag, IntEnum, auto
from functools import lru_cache, partial
from typing import ClassVar, TypeVar, dataclass_transform

from protocol.layout import Value, frozen

DOOR = 0x01
"""The first byte of every modern frame; no classic frame begins with it."""
HEADER = struct.Struct(">BBI")


class Party(Flag):
    """What a client can be to the table: who may send a request."""

    STRANGER = auto()
    VISITOR = auto()
    """Signed in, without a seat."""
    PLAYER = auto()
    CROUPIER = auto()
    WATCHER = auto()
    SEATED = PLAYER | CROUPIER | WATCHER
    SIGNED_IN = VISITOR | SEATED
    ANYONE = STRANGER | SIGNED_IN


class Side(Enum):
    """Who sends a message."""

    CLIENT = "client"
    SERVER = "server"
    BOTH = "client or server"


class Message(Value):
    """What a modern frame says."""

    __slots__ = ()
    TYPE: ClassVar[int]
    SENDER: ClassVar[Side]
    PARTY: ClassVar[Party]
    PHASES: ClassVar[tuple[IntEnum, ...]]
    REFUSALS: ClassVar[tuple[IntEnum, ...]]


class Request(Message):
    """What a client asks for; the answer carries its number back."""

    __slots__ = ()
    number: int


M = TypeVar("M", bound=Message)


@dataclass_transform(frozen_default=True)
def message(
    type_number: int,
    sender: Side,
    party: Party = Party.ANYONE,
    *phases: IntEnum,
    refusals: tuple[IntEnum, ...] = (),
) -> Callable[[type[M]], type[M]]:
    """Declare a message: its number, who sends it and, for a client's, who may and when.

    `phases` are those of a round in which it is lawful; none named: in every one. `refusals` are
    the reasons for which a table may refuse it to somebody whose request it is.
    """

    def declare(owner: type[M]) -> type[M]:
        owner = frozen(owner)
        owner.TYPE = type_number
        owner.SENDER = sender
        owner.PARTY = party
        owner.PHASES = phases
        owner.REFUSALS = refusals
        return owner

    return declare


def encode(said: Message) -> bytes:
    """The whole frame."""
    run = said.LAYOUT.run
    if run:
        body = run.pack(run.values(said))
        return HEADER.pack(DOOR, said.TYPE, len(body)) + body
    frame = bytearray(HEADER.size)
    said.LAYOUT.write(said, frame)
    HEADER.pack_into(frame, 0, DOOR, said.TYPE, len(frame) - HEADER.size)
    return bytes(frame)


@lru_cache(maxsize=256)
def packer(kind: type[Message], rows: int = 0) -> Callable[..., bytes]:
    """Packs such a message, with so many rows in its list, in one step: for what is said to
    thousands. It takes the values one by one as they lie on the wire, a list's length among them.
    """
    body = struct.Struct(">BBI" + kind.LAYOUT.codes(rows))
    return partial(body.pack, DOOR, kind.TYPE, body.size - HEADER.size)


def decode(known: Mapping[int, type[Message]], type_number: int, body: bytes) -> Message | None:
    """The message of a body; None for a type that a later version may know.

    What follows the last field that we know was appended by a later version and is passed over.
    """
    owner = known.get(type_number)
    if owner is None:
        return None
    said: Message
    said, _ = owner.LAYOUT.read(body, 0)
    return said
