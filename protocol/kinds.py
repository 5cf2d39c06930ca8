"""The kinds of value that a field can be, and how each lies on the wire.

Reading promises a value or a `ProtocolError`, whatever the bytes. Writing a value that the kind
cannot say is our own mistake and raises `ValueError`.
"""

import struct
from abc import ABC, abstractmethod
from enum import IntEnum
from typing import Any, ClassVar

from protocol.errors import Fault, ProtocolError


class Kind(ABC):
    """How one value lies on the wire."""

    least_size: int
    """The fewest bytes that it takes."""
    most_size: int

    @abstractmethod
    def describe(self) -> tuple[str, str]:
        """Its size and its type, in the short words of the byte tables."""


class Fixed(Kind):
    """A value that always takes the same bytes; neighbours share one `struct` (`layout.Run`)."""

    code: str
    """What it is called in a `struct`."""
    trusted = False
    """Whether everything that `struct` reads and writes is lawful as it is."""

    def __init__(self, size: int, code: str) -> None:
        """Take `size` bytes, which `struct` reads as `code`."""
        self.least_size = self.most_size = size
        self.code = code

    @abstractmethod
    def check(self, value: Any) -> bool:
        """Whether a field may hold this value."""

    def restore(self, raw: Any) -> Any:
        """What a field holds, from what `struct` read; None if it may not hold it."""
        return raw if self.check(raw) else None


_INTEGERS = {1: "B", 2: "H", 4: "I", 8: "Q"}


class Number(Fixed):
    """An integer, unsigned unless said otherwise, most significant byte first."""

    def __init__(self, size: int, *, signed: bool = False, most: int | None = None) -> None:
        """Take `size` bytes and, where `most` is given, nothing above it."""
        super().__init__(size, _INTEGERS[size].lower() if signed else _INTEGERS[size])
        self.signed = signed
        self.trusted = most is None
        self.most = (1 << 8 * size - signed) - 1 if most is None else most
        self.least = -self.most - 1 if signed else 0

    def describe(self) -> tuple[str, str]:
        limit = "" if self.trusted else f" ≤ {self.most}"
        return str(self.most_size), f"{'i' if self.signed else 'u'}{8 * self.most_size}{limit}"

    def check(self, value: Any) -> bool:
        return bool(self.least <= value <= self.most)

    def restore(self, raw: Any) -> Any:
        return raw if raw <= self.most else None  # `struct` reads nothing below the least


class YesNo(Fixed):
    """One byte, 0 or 1."""

    def __init__(self) -> None:
        """Take one byte."""
        super().__init__(1, "B")

    def describe(self) -> tuple[str, str]:
        return "1", "bool"

    def check(self, value: Any) -> bool:
        return value in (0, 1)

    def restore(self, raw: Any) -> bool | None:
        return bool(raw) if self.check(raw) else None


class Choice(Fixed):
    """One byte from a closed list.

    A list whose 0 is `OTHER` may grow in a later version: who does not know a number reads `OTHER`.
    """

    def __init__(self, options: type[IntEnum]) -> None:
        """Take one of `options`."""
        super().__init__(1, "B")
        self.options = options
        self.known = {int(option): option for option in options}
        self.other = options.__members__.get("OTHER")

    def describe(self) -> tuple[str, str]:
        return "1", f"*{self.options.__name__}*"

    def check(self, value: Any) -> bool:
        return value in self.known

    def restore(self, raw: Any) -> IntEnum | None:
        return self.known.get(raw, self.other)


class Raw(Fixed):
    """A known number of bytes as they are: a hash, a seed, an identifier."""

    def __init__(self, size: int) -> None:
        """Take exactly `size` bytes."""
        super().__init__(size, f"{size}s")

    def describe(self) -> tuple[str, str]:
        return str(self.most_size), "bytes"

    def check(self, value: Any) -> bool:
        # `struct` would fill up a short one and cut a long one.
        return len(value) == self.most_size


class Varying(Kind):
    """A value that says its own length."""

    def codes(self, rows: int) -> str:
        """It as `struct` calls it, if it is a list of so many rows of a fixed size."""
        raise NotImplementedError(f"{self.describe()[1]} of {rows} has no fixed size")

    @abstractmethod
    def write(self, value: Any, into: bytearray) -> None: ...

    @abstractmethod
    def read(self, body: bytes, at: int) -> tuple[Any, int]:
        """The value that begins there, and where the next one does."""


class Counted(Varying):
    """A length of two bytes, checked against its limit before anything is taken, then the value."""

    LENGTH: ClassVar[struct.Struct] = struct.Struct(">H")

    def __init__(self, most: int, most_each: int) -> None:
        """Take up to `most` parts, each of up to `most_each` bytes."""
        self.most = most
        self.least_size = self.LENGTH.size
        self.most_size = self.LENGTH.size + most * most_each

    def put_length(self, length: int, into: bytearray) -> None:
        if length > self.most:
            raise ValueError(f"{length} is over the limit of {self.most}")
        into += self.LENGTH.pack(length)

    def take_length(self, body: bytes, at: int) -> tuple[int, int]:
        end = end_of(body, at, self.LENGTH.size)
        (length,) = self.LENGTH.unpack_from(body, at)
        if length > self.most:
            raise ProtocolError(Fault.TOO_LARGE, f"{length} where {self.most} is the most")
        return length, end


class Blob(Counted):
    """Bytes of any length up to a limit."""

    def __init__(self, most: int) -> None:
        """Take up to `most` bytes."""
        super().__init__(most, 1)

    def describe(self) -> tuple[str, str]:
        return "2 + n", f"blob ≤ {self.most}"

    def write(self, value: Any, into: bytearray) -> None:
        self.put_length(len(value), into)
        into += value

    def read(self, body: bytes, at: int) -> tuple[Any, int]:
        length, at = self.take_length(body, at)
        end = end_of(body, at, length)
        return body[at:end], end


class Text(Blob):
    """UTF-8; the limit counts its bytes."""

    def describe(self) -> tuple[str, str]:
        return "2 + n", f"text ≤ {self.most}"

    def write(self, value: Any, into: bytearray) -> None:
        super().write(value.encode(), into)

    def read(self, body: bytes, at: int) -> tuple[Any, int]:
        encoded, end = super().read(body, at)
        return decode_text(encoded), end


def end_of(body: bytes, at: int, size: int) -> int:
    """Where a part of `size` bytes ends that begins there, if the body goes so far."""
    end = at + size
    if end > len(body):
        raise ProtocolError(Fault.TOO_SHORT, f"{len(body)} bytes where {end} are needed")
    return end


def decode_text(encoded: bytes) -> str:
    try:
        return encoded.decode()
    except UnicodeDecodeError as error:
        raise ProtocolError(Fault.NOT_TEXT, f"at byte {error.start}") from None
