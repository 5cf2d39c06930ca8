"""What goes over the line in a session, in hexadecimal with what each of its bytes says."""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from docs.session import Step
from protocol.kinds import Blob, Raw, Text
from protocol.layout import Field, Layout, Many, Record, Series
from protocol.wire import HEADER, Message, encode


class Line(NamedTuple):
    """Some bytes of a frame, and what they say."""

    data: bytes
    words: str


def lines_of(said: Message) -> Iterator[Line]:
    """A modern frame, field by field."""
    frame = encode(said)
    header = frame[: HEADER.size]
    yield Line(
        header, f"{type(said).__name__}: {where(said)}, {len(frame) - HEADER.size} bytes follow"
    )
    yield from field_lines(said, said.LAYOUT, "")


def where(said: Message) -> str:
    """Game, type and table, as the header says them."""
    place = f"table {said.table}" if said.table else "the house"
    return f"{said.GAME:02X} {said.TYPE:02X}, {place}"


def field_lines(owner: Message | Record, layout: Layout, indent: str) -> Iterator[Line]:
    for field in layout.fields:
        value = getattr(owner, field.name)
        name = indent + field.name
        if isinstance(field.kind, Many):
            yield Line(len(value).to_bytes(2, "big"), f"{name}: {len(value)}")
            for item in value:
                yield from field_lines(item, item.LAYOUT, indent + "  ")
        else:
            data = alone(field, value)
            yield Line(data, f"{name} = {shown(value)}")


def alone(field: Field, value: object) -> bytes:
    """The bytes of one field."""
    into = bytearray()
    if isinstance(field.kind, (Text, Blob, Series)):
        field.kind.write(value, into)
    elif isinstance(field.kind, Raw):
        assert isinstance(value, bytes)
        into += value
    else:
        assert isinstance(value, int)
        into += value.to_bytes(field.kind.most_size, "big", signed=value < 0)
    return bytes(into)


def shown(value: object) -> str:
    if isinstance(value, bytes):
        return f"{len(value)} bytes" if value else "nothing"
    if isinstance(value, tuple):
        return f"{len(value)} of them"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, IntEnum):
        return f"{value.value} {value.name}"
    return repr(value).replace("'", '"')


def hex_rows(data: bytes, width: int) -> list[str]:
    return [data[at : at + width].hex(" ") for at in range(0, len(data), width)] or [""]


def exchanged(step: Step) -> Iterator[str]:
    arrow = "server → client" if step.from_server else "client → server"
    yield f"{arrow}   {step.why}".rstrip()
    said = step.said
    if isinstance(said, Message):
        for line in lines_of(said):
            first, *rest = hex_rows(line.data, 16)
            yield f"    {first:48}{line.words}"
            yield from (f"    {more}" for more in rest)
    else:
        first, *rest = hex_rows(said.encode(), 16)
        yield f"    {first:48}{type(said).__name__}"
        yield from (f"    {more}" for more in rest)


def dump(steps: Iterable[Step]) -> Iterator[str]:
    """A session, frame by frame."""
    yield "```"
    for step in steps:
        yield from exchanged(step)
    yield "```"
