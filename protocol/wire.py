"""A modern message: what is declared of it once, and its way to bytes and back.

From that one declaration come the encoder and the decoder (`layout`), the byte tables of the
protocol page and the Wireshark dissector (`docs/tables.py`).

Decoding promises a message or a `ProtocolError`, whatever the bytes. Encoding a value that the
layout cannot say is our own mistake and raises `ValueError`.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, Flag, IntEnum, auto
from functools import lru_cache, partial
from typing import ClassVar, Self, TypeVar, dataclass_transform

from protocol.layout import Value, frozen

DOOR = 0x01
"""The first byte of every modern frame; no classic frame begins with it."""
HEADER = struct.Struct(">BHII")
"""The door, game and type in one number, the table, and how many bytes follow."""
HOUSE = 0
"""The game of what belongs to none, and the table of what is said at none."""


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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Message(Value):
    """What a modern frame says."""

    table: int = field(default=HOUSE, kw_only=True)
    """Where it is said. It lies in the header, and is no part of the layout."""

    def __repr__(self) -> str:
        shown = Value.__repr__(self)
        return f"{shown[:-1]}, table={self.table})" if self.table else shown

    def to(self, table: int) -> Self:
        """The same, said at this table."""
        return self if table == self.table else replace(self, table=table)

    GAME: ClassVar[int]
    TYPE: ClassVar[int]
    KIND: ClassVar[int]
    """Game and type, as they lie in a header."""
    AT_TABLE: ClassVar[bool]
    """Whether it is said at a table."""
    SENDER: ClassVar[Side]
    PARTY: ClassVar[Party]
    PHASES: ClassVar[tuple[IntEnum, ...]]
    REFUSALS: ClassVar[tuple[IntEnum, ...]]
    QUESTION: ClassVar[int]
    """What it costs of its client's pace if it asks for a list or a picture; else 0."""
    LONG: ClassVar[str]
    """The list that costs more where it is long; mostly none."""
    AT_ONCE: ClassVar[bool]
    """Whether a round waits for it, or chips: then it goes before what only asks or talks."""
    OFTEN: ClassVar[bool]
    """Whether it is told so often that nobody wants to read of it."""


class Request(Message):
    """What a client asks for; the answer carries its number back."""

    __slots__ = ()
    number: int


M = TypeVar("M", bound=Message)


@dataclass_transform(frozen_default=True)
def message(
    game: int,
    type_number: int,
    sender: Side,
    party: Party = Party.ANYONE,
    *phases: IntEnum,
    refusals: tuple[IntEnum, ...] = (),
    at_table: bool | None = None,
    question: int = 0,
    long: str = "",
    at_once: bool | None = None,
    often: bool = False,
) -> Callable[[type[M]], type[M]]:
    """Declare a message: its game, its number there, who sends it and, for a client's, who may and
    when. What is of a game is said at a table, and of the house's what says so.

    `phases` are those of a round in which it is lawful; none named: in every one. `refusals` are
    the reasons for which a table may refuse it to somebody whose request it is. What only players
    or the croupier may say is done at once, unless it is a `question`.
    """

    def declare(owner: type[M]) -> type[M]:
        owner = frozen(owner)
        owner.GAME = game
        owner.TYPE = type_number
        owner.KIND = game << 8 | type_number
        owner.AT_TABLE = game != HOUSE if at_table is None else at_table
        owner.SENDER = sender
        owner.PARTY = party
        owner.PHASES = phases
        owner.REFUSALS = refusals
        owner.QUESTION = question
        owner.LONG = long
        owner.AT_ONCE = _moves(party) and not question if at_once is None else at_once
        owner.OFTEN = often
        return owner

    return declare


def _moves(party: Party) -> bool:
    """Whether only those may who play, or run a round."""
    return party in Party.PLAYER | Party.CROUPIER


def encode(said: Message, table: int | None = None) -> bytes:
    """The whole frame, said where the message says it is; what is said at a table, at this one."""
    if table is None or not said.AT_TABLE:
        table = said.table
    run = said.LAYOUT.run
    if run:
        body = run.pack(run.values(said))
        return HEADER.pack(DOOR, said.KIND, table, len(body)) + body
    frame = bytearray(HEADER.size)
    said.LAYOUT.write(said, frame)
    HEADER.pack_into(frame, 0, DOOR, said.KIND, table, len(frame) - HEADER.size)
    return bytes(frame)


@lru_cache(maxsize=256)
def packer(kind: type[Message], table: int, *rows: int) -> Callable[..., bytes]:
    """Packs such a message, with so many rows in each of its lists, in one step: for what is said
    to thousands. It takes the values one by one as they lie on the wire, a list's length among
    them.
    """
    body = struct.Struct(HEADER.format + kind.LAYOUT.codes(*rows))
    return partial(body.pack, DOOR, kind.KIND, table, body.size - HEADER.size)


def decode(
    known: Mapping[int, type[Message]], kind: int, table: int, body: bytes
) -> Message | None:
    """The message of a body; None for a type that a later version may know.

    What follows the last field that we know was appended by a later version and is passed over.
    """
    owner = known.get(kind)
    if owner is None:
        return None
    said: Message
    said, _ = owner.LAYOUT.read(body, 0, table=table)
    return said
