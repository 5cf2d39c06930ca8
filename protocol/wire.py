"""A message's layout, declared once: the dataclass is the byte table.

A field's type says how it lies on the wire: `Annotated[int, Number(8), "what it means"]`. From that
one declaration come the encoder and the decoder (here), the byte tables of the protocol page and
the Wireshark dissector (`docs/tables.py`).

Decoding promises a message or a `ProtocolError`, whatever the bytes. Encoding a value that the
layout cannot say is our own mistake and raises `ValueError`.
"""

import struct
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import Enum, Flag, IntEnum, auto
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, dataclass_transform, get_type_hints

from protocol.errors import Fault, ProtocolError

DOOR = 0x01
"""The first byte of every modern frame; no classic frame begins with it."""
HEADER = struct.Struct(">BBI")


class Kind(ABC):
    """How one value lies on the wire."""

    @abstractmethod
    def describe(self) -> tuple[str, str]:
        """Its size and its meaning, for the byte tables."""

    @abstractmethod
    def write(self, value: Any, into: bytearray) -> None: ...

    @abstractmethod
    def read(self, body: bytes, at: int) -> tuple[Any, int]:
        """The value that begins there, and where the next one does."""


class Fixed(Kind):
    """A value that always takes the same bytes; neighbours share one `struct`."""

    code: str
    size: int

    @abstractmethod
    def check(self, value: Any) -> bool:
        """Whether a value that came out of `struct`, or is to go in, is one of ours."""

    def restore(self, raw: Any) -> Any:
        """What the field holds, from what `struct` read."""
        return raw

    @property
    def trusted(self) -> bool:
        """Whether everything that `struct` reads is lawful as it is."""
        return False

    def write(self, value: Any, into: bytearray) -> None:
        if not self.check(value):
            raise ValueError(f"{value!r} cannot be said as {self.describe()[1]}")
        into += struct.pack(">" + self.code, value)

    def read(self, body: bytes, at: int) -> tuple[Any, int]:
        end = _end(body, at, self.size)
        (raw,) = struct.unpack_from(">" + self.code, body, at)
        if not self.check(raw):
            raise ProtocolError(Fault.OUT_OF_RANGE, f"{raw!r} is not {self.describe()[1]}")
        return self.restore(raw), end


_INTEGERS = {1: "B", 2: "H", 4: "I", 8: "Q"}


class Number(Fixed):
    """An integer, unsigned unless said otherwise, most significant byte first."""

    def __init__(self, size: int, *, signed: bool = False, most: int | None = None) -> None:
        """Take `size` bytes and, where `most` is given, nothing above it."""
        self.size = size
        self.signed = signed
        self.most = (1 << 8 * size - signed) - 1 if most is None else most
        self.least = -self.most - 1 if signed else 0
        self.trusts = most is None
        self.code = _INTEGERS[size].lower() if signed else _INTEGERS[size]

    def describe(self) -> tuple[str, str]:
        limit = "" if self.trusts else f", at most {self.most}"
        return str(self.size), f"{'signed' if self.signed else 'unsigned'} integer{limit}"

    def check(self, value: Any) -> bool:
        return isinstance(value, int) and self.least <= value <= self.most

    @property
    def trusted(self) -> bool:
        return self.trusts


class YesNo(Fixed):
    """One byte, 0 or 1."""

    code = "B"
    size = 1

    def describe(self) -> tuple[str, str]:
        return "1", "0 no, 1 yes"

    def check(self, value: Any) -> bool:
        return value in (0, 1)

    def restore(self, raw: Any) -> bool:
        return bool(raw)


class Choice(Fixed):
    """One byte from a closed list.

    A list with an `OTHER` may grow in a later version: who does not know a number reads it as that.
    """

    code = "B"
    size = 1

    def __init__(self, options: type[IntEnum]) -> None:
        """Take one of `options`."""
        self.options = options
        self.known = {int(option): option for option in options}
        self.open = 0 if "OTHER" in options.__members__ else None

    def describe(self) -> tuple[str, str]:
        return "1", f"one of the list *{self.options.__name__}*"

    def check(self, value: Any) -> bool:
        return value in self.known or (self.open is not None and isinstance(value, int))

    def restore(self, raw: Any) -> IntEnum:
        return self.known[raw if raw in self.known else 0]


class Raw(Fixed):
    """A known number of bytes as they are: a hash, a seed, an identifier."""

    def __init__(self, size: int) -> None:
        """Take exactly `size` bytes."""
        self.size = size
        self.code = f"{size}s"

    def describe(self) -> tuple[str, str]:
        return str(self.size), "bytes"

    def check(self, value: Any) -> bool:
        return isinstance(value, bytes) and len(value) == self.size


class Counted(Kind):
    """A length of two bytes, checked against its limit before anything is taken, then the value."""

    most: int
    LENGTH: ClassVar[struct.Struct] = struct.Struct(">H")

    def put_length(self, length: int, into: bytearray) -> None:
        if length > self.most:
            raise ValueError(f"{length} is over the limit of {self.most}")
        into += self.LENGTH.pack(length)

    def take_length(self, body: bytes, at: int) -> tuple[int, int]:
        end = _end(body, at, 2)
        (length,) = self.LENGTH.unpack_from(body, at)
        if length > self.most:
            raise ProtocolError(Fault.TOO_LARGE, f"{length} where {self.most} is the most")
        return length, end


class Blob(Counted):
    """Bytes of any length up to a limit."""

    def __init__(self, most: int) -> None:
        """Take up to `most` bytes."""
        self.most = most

    def describe(self) -> tuple[str, str]:
        return "2 + n", f"length n (at most {self.most}), then n bytes"

    def write(self, value: bytes, into: bytearray) -> None:
        self.put_length(len(value), into)
        into += value

    def read(self, body: bytes, at: int) -> tuple[bytes, int]:
        length, at = self.take_length(body, at)
        end = _end(body, at, length)
        return body[at:end], end


class Text(Blob):
    """UTF-8; the limit counts its bytes."""

    def describe(self) -> tuple[str, str]:
        return "2 + n", f"length n (at most {self.most}), then n bytes of UTF-8"

    def write(self, value: Any, into: bytearray) -> None:
        super().write(value.encode(), into)

    def read(self, body: bytes, at: int) -> tuple[Any, int]:
        encoded, end = super().read(body, at)
        return decode_text(encoded), end


class Many(Counted):
    """A list of records, or of plain values."""

    def __init__(self, item: "type[Record] | Fixed", most: int) -> None:
        """Take up to `most` of `item`."""
        self.item = item
        self.most = most
        self.layout = item if isinstance(item, Fixed) else item.LAYOUT

    def describe(self) -> tuple[str, str]:
        name = (
            self.item.describe()[1] if isinstance(self.item, Fixed) else f"*{self.item.__name__}*"
        )
        return "2 + …", f"count (at most {self.most}), then so many of {name}"

    def write(self, value: Iterable[Any], into: bytearray) -> None:
        items = tuple(value)
        self.put_length(len(items), into)
        for item in items:
            self.layout.write(item, into)

    def read(self, body: bytes, at: int) -> tuple[tuple[Any, ...], int]:
        count, at = self.take_length(body, at)
        # The smallest body that can hold them, before a list is begun.
        _end(body, at, count * self.layout.size)
        read = self.layout.read
        items = []
        for _ in range(count):
            item, at = read(body, at)
            items.append(item)
        return tuple(items), at


class _Run(Kind):
    """Neighbouring fixed fields, packed and unpacked in one go."""

    def __init__(self, named: list[tuple[str, Fixed]]) -> None:
        self.kinds = [kind for _, kind in named]
        self.struct = struct.Struct(">" + "".join(kind.code for kind in self.kinds))
        self.size = self.struct.size
        self.names = [name for name, _ in named]
        self.wary = [(at, kind) for at, kind in enumerate(self.kinds) if not kind.trusted]
        self.get = attrgetter(*self.names) if len(self.names) > 1 else None

    def describe(self) -> tuple[str, str]:
        return str(self.size), ", ".join(self.names)

    def write(self, value: Any, into: bytearray) -> None:
        values = self.get(value) if self.get else (getattr(value, self.names[0]),)
        for at, kind in self.wary:
            if not kind.check(values[at]):
                raise ValueError(f"{self.names[at]}: {values[at]!r} is not {kind.describe()[1]}")
        try:
            into += self.struct.pack(*values)
        except struct.error as error:
            raise ValueError(f"{', '.join(self.names)}: {error}") from None

    def read(self, body: bytes, at: int) -> tuple[list[Any], int]:
        end = _end(body, at, self.size)
        values = list(self.struct.unpack_from(body, at))
        for index, kind in self.wary:
            raw = values[index]
            if not kind.check(raw):
                detail = f"{self.names[index]} is {raw!r}, not {kind.describe()[1]}"
                raise ProtocolError(Fault.OUT_OF_RANGE, detail)
            values[index] = kind.restore(raw)
        return values, end


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a byte table."""

    name: str
    kind: Kind
    meaning: str


class Layout:
    """The fields of one message or record in the order in which they lie on the wire."""

    def __init__(self, owner: type) -> None:
        """Read the layout off the annotations of a dataclass."""
        hints = get_type_hints(owner, include_extras=True)
        self.owner = owner
        self.fields = tuple(_field(each.name, hints[each.name]) for each in fields(owner))
        self.steps = tuple(_steps(self.fields))
        self.size = sum(_least_size(kind) for _, kind in self.steps)
        """The fewest bytes that it can take."""

    def write(self, value: Any, into: bytearray) -> None:
        for name, kind in self.steps:
            kind.write(value if name is None else getattr(value, name), into)

    def read(self, body: bytes, at: int) -> tuple[Any, int]:
        values: list[Any] = []
        for name, kind in self.steps:
            value, at = kind.read(body, at)
            if name is None:
                values += value
            else:
                values.append(value)
        return self.owner(*values), at


def _field(name: str, hint: Any) -> Field:
    kinds = [extra for extra in hint.__metadata__ if isinstance(extra, Kind)]
    meanings = [extra for extra in hint.__metadata__ if isinstance(extra, str)]
    return Field(name, kinds[-1], meanings[-1])


def _steps(layout: Iterable[Field]) -> Iterable[tuple[str | None, Kind]]:
    run: list[tuple[str, Fixed]] = []
    for field in layout:
        if isinstance(field.kind, Fixed):
            run.append((field.name, field.kind))
            continue
        if run:
            yield None, _Run(run)
            run = []
        yield field.name, field.kind
    if run:
        yield None, _Run(run)


def _least_size(kind: Kind) -> int:
    return kind.size if isinstance(kind, _Run) else Counted.LENGTH.size


def _end(body: bytes, at: int, size: int) -> int:
    end = at + size
    if end > len(body):
        raise ProtocolError(Fault.TOO_SHORT, f"{len(body)} bytes where {end} are needed")
    return end


def decode_text(encoded: bytes) -> str:
    try:
        return encoded.decode()
    except UnicodeDecodeError as error:
        raise ProtocolError(Fault.NOT_TEXT, f"at byte {error.start}") from None


class Record:
    """A row inside a message. Its layout never grows; a message's may, at its end."""

    __slots__ = ()
    LAYOUT: ClassVar[Layout]


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


class Message:
    """What a modern frame says."""

    __slots__ = ()
    TYPE: ClassVar[int]
    SENDER: ClassVar[Side]
    PARTY: ClassVar[Party]
    LAYOUT: ClassVar[Layout]


class Request(Message):
    """What a client asks for; the answer carries its number back."""

    __slots__ = ()
    number: int


M = TypeVar("M", bound=Message)
R = TypeVar("R", bound=Record)


@dataclass_transform(frozen_default=True)
def record(owner: type[R]) -> type[R]:
    """Declare a row."""
    owner = dataclass(frozen=True, slots=True)(owner)
    owner.LAYOUT = Layout(owner)
    return owner


@dataclass_transform(frozen_default=True)
def message(
    type_number: int, sender: Side, party: Party = Party.ANYONE
) -> Callable[[type[M]], type[M]]:
    """Declare a message: its number, who sends it and, for a client's, who may."""

    def declare(owner: type[M]) -> type[M]:
        owner = dataclass(frozen=True, slots=True)(owner)
        owner.TYPE = type_number
        owner.SENDER = sender
        owner.PARTY = party
        owner.LAYOUT = Layout(owner)
        return owner

    return declare


def encode(said: Message) -> bytes:
    """The whole frame."""
    frame = bytearray(HEADER.size)
    said.LAYOUT.write(said, frame)
    HEADER.pack_into(frame, 0, DOOR, said.TYPE, len(frame) - HEADER.size)
    return bytes(frame)


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
