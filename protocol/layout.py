"""The layout of a dataclass, read off its annotations: the declaration is the byte table.

A field's type says how it lies on the wire: `Annotated[int, Number(8), "what it means"]`.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain, starmap
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, dataclass_transform, get_type_hints

from protocol.errors import Fault, ProtocolError
from protocol.kinds import Counted, Fixed, Kind, Varying, end_of


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a byte table."""

    name: str
    kind: Kind
    meaning: str


class Run:
    """Neighbouring fixed fields, packed and unpacked in one go, once or row by row."""

    def __init__(self, members: Iterable[tuple[str, Fixed]]) -> None:
        """Read and write these fields, which follow each other."""
        names, kinds = zip(*members, strict=True)
        self.names: tuple[str, ...] = names
        self.struct = struct.Struct(">" + "".join(kind.code for kind in kinds))
        self.wary = [(at, kind) for at, kind in enumerate(kinds) if not kind.trusted]
        self.values = _values(names)
        """What these fields hold in one message or record, as a tuple."""

    def codes(self) -> str:
        """All fields as `struct` calls them."""
        return self.struct.format[1:]

    def pack(self, values: Sequence[Any]) -> bytes:
        try:
            for at, kind in self.wary:
                if not kind.check(values[at]):
                    raise ValueError(f"{self.names[at]} cannot be {values[at]!r}")
            return self.struct.pack(*values)
        except (struct.error, TypeError) as error:
            raise ValueError(f"{', '.join(self.names)}: {error}") from None

    def read(self, body: bytes, at: int) -> tuple[Sequence[Any], int]:
        """What each field holds, and where the next one begins."""
        end = end_of(body, at, self.struct.size)
        values = self.struct.unpack_from(body, at)
        return (self._restore(values) if self.wary else values), end

    def pack_rows(self, rows: Sequence[Any]) -> bytes:
        """These fields of each of these, in one step: half of what a long list costs is its rows
        one by one.
        """
        values = list(map(self.values, rows))
        try:
            for at, kind in self.wary:
                for row in values:
                    if not kind.check(row[at]):
                        raise ValueError(f"{self.names[at]} cannot be {row[at]!r}")
            return struct.pack(">" + self.codes() * len(rows), *chain.from_iterable(values))
        except (struct.error, TypeError) as error:
            raise ValueError(f"{', '.join(self.names)}: {error}") from None

    def pack_all(self, items: Sequence[Any]) -> bytes:
        """The one field of each of these, in one step."""
        try:
            for _, kind in self.wary:
                for item in items:
                    if not kind.check(item):
                        raise ValueError(f"{self.names[0]} cannot be {item!r}")
            return struct.pack(">" + self.codes() * len(items), *items)
        except (struct.error, TypeError) as error:
            raise ValueError(f"{', '.join(self.names)}: {error}") from None

    def read_rows(self, body: bytes, at: int, count: int) -> tuple[Iterable[Sequence[Any]], int]:
        """What each field holds row by row, and where the next part begins."""
        end = end_of(body, at, count * self.struct.size)
        rows = self.struct.iter_unpack(body[at:end])
        return (map(self._restore, rows) if self.wary else rows), end

    def _restore(self, raws: Sequence[Any]) -> Sequence[Any]:
        values = list(raws)
        for index, kind in self.wary:
            values[index] = kind.restore(raws[index])
            if values[index] is None:
                raise self._refusal(index, raws[index])
        return values

    def _refusal(self, index: int, raw: Any) -> ProtocolError:
        return ProtocolError(Fault.OUT_OF_RANGE, f"{self.names[index]} cannot be {raw!r}")


def _values(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


class Layout:
    """The fields of one message or record in the order in which they lie on the wire."""

    def __init__(self, owner: type) -> None:
        """Read the layout off the annotations of a dataclass."""
        hints = get_type_hints(owner, include_extras=True)
        self.owner = owner
        self.fields = tuple(
            _field(each.name, hints[each.name]) for each in fields(owner) if not each.kw_only
        )
        self.values = _values([each.name for each in fields(owner)])
        """What the fields hold, as a tuple, and where it is said."""
        self.steps = tuple(_steps(self.fields))
        alone = self.steps[0] if len(self.steps) == 1 else None
        self.run = alone if isinstance(alone, Run) else None
        """All the fields, if each has a fixed size."""
        self.least_size = sum(field.kind.least_size for field in self.fields)
        self.most_size = sum(field.kind.most_size for field in self.fields)

    def write(self, value: Any, into: bytearray) -> None:
        for step in self.steps:
            if isinstance(step, Run):
                into += step.pack(step.values(value))
            else:
                name, kind = step
                kind.write(getattr(value, name), into)

    def codes(self, *rows: int) -> str:
        """All of it for one `struct`, with so many rows in each list, in their order."""
        counts = iter(rows)
        return "".join(
            step.codes() if isinstance(step, Run) else step[1].codes(next(counts, 0))
            for step in self.steps
        )

    def read(self, body: bytes, at: int, **header: int) -> tuple[Any, int]:
        """The message or record that begins there, and where the next part does."""
        values: list[Any] = []
        for step in self.steps:
            if isinstance(step, Run):
                some, at = step.read(body, at)
                values += some
            else:
                value, at = step[1].read(body, at)
                values.append(value)
        return self.owner(*values, **header), at


def _field(name: str, hint: Any) -> Field:
    kinds = [extra for extra in hint.__metadata__ if isinstance(extra, Kind)]
    meanings = [extra for extra in hint.__metadata__ if isinstance(extra, str)]
    return Field(name, kinds[-1], meanings[-1])


def _steps(layout: Iterable[Field]) -> Iterator[Run | tuple[str, Varying]]:
    """The fields, with neighbours of fixed size joined to runs."""
    neighbours: list[tuple[str, Fixed]] = []
    for field in layout:
        if isinstance(field.kind, Fixed):
            neighbours.append((field.name, field.kind))
            continue
        if neighbours:
            yield Run(neighbours)
            neighbours = []
        assert isinstance(field.kind, Varying)
        yield field.name, field.kind
    if neighbours:
        yield Run(neighbours)


V = TypeVar("V", bound="Value")


class Value:
    """What fields make: equal where they are, and shown by them. (Written here once, and not by
    `dataclass` for each of eighty: that took a tenth of the time in which a window opens.)
    """

    __slots__ = ()
    LAYOUT: ClassVar[Layout]

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.LAYOUT.values(self) == self.LAYOUT.values(other)

    def __hash__(self) -> int:
        return hash(self.LAYOUT.values(self))

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{each.name}={getattr(self, each.name)!r}" for each in self.LAYOUT.fields
        )
        return f"{type(self).__name__}({shown})"


def frozen(owner: type[V]) -> type[V]:
    """Make a dataclass of a value, with its layout."""
    owner = dataclass(frozen=True, slots=True, eq=False, repr=False)(owner)
    owner.LAYOUT = Layout(owner)
    return owner


class Record(Value):
    """A row inside a message. Its layout never grows; a message's may, at its end."""

    __slots__ = ()


R = TypeVar("R", bound=Record)


@dataclass_transform(frozen_default=True)
def record(owner: type[R]) -> type[R]:
    """Declare a row."""
    return frozen(owner)


class Many(Counted):
    """A list of records."""

    def __init__(self, item: type[Record], most: int) -> None:
        """Take up to `most` of `item`."""
        self.item = item
        super().__init__(most, item.LAYOUT.most_size)

    def describe(self) -> tuple[str, str]:
        layout = self.item.LAYOUT
        size = f"{layout.most_size}n" if layout.run else "…"
        return f"2 + {size}", f"list ≤ {self.most} of *{self.item.__name__}*"

    def codes(self, rows: int) -> str:
        return self.LENGTH.format[1:] + self.item.LAYOUT.codes() * rows

    def write(self, value: Any, into: bytearray) -> None:
        items = tuple(value)
        self.put_length(len(items), into)
        layout = self.item.LAYOUT
        if layout.run:
            into += layout.run.pack_rows(items)
            return
        for item in items:
            layout.write(item, into)

    def read(self, body: bytes, at: int) -> tuple[Any, int]:
        layout = self.item.LAYOUT
        count, at = self.take_length(body, at)
        end_of(body, at, count * layout.least_size)  # before a list is begun
        if layout.run:
            rows, end = layout.run.read_rows(body, at, count)
            return tuple(starmap(self.item, rows)), end
        items = []
        for _ in range(count):
            item, at = layout.read(body, at)
            items.append(item)
        return tuple(items), at


class Series(Counted):
    """A list of plain values."""

    def __init__(self, item: Fixed, most: int) -> None:
        """Take up to `most` of `item`."""
        self.item = item
        self._run = Run([("an item", item)])
        super().__init__(most, item.most_size)

    def codes(self, rows: int) -> str:
        return self.LENGTH.format[1:] + self.item.code * rows

    def describe(self) -> tuple[str, str]:
        size, kind = self.item.describe()
        one = f"{size} bytes" if kind == "bytes" else kind
        return f"2 + {size}n", f"list ≤ {self.most} of {one}"

    def write(self, value: Any, into: bytearray) -> None:
        items = tuple(value)
        self.put_length(len(items), into)
        into += self._run.pack_all(items)

    def read(self, body: bytes, at: int) -> tuple[Any, int]:
        count, at = self.take_length(body, at)
        rows, end = self._run.read_rows(body, at, count)
        return tuple(chain.from_iterable(rows)), end
