from enum import IntEnum
from typing import Annotated, Any, TypeAlias

import pytest

from protocol.errors import Fault, ProtocolError
from protocol.kinds import Blob, Choice, Number, Raw, Text, YesNo
from protocol.layout import Many, Record, Series, record


class Suit(IntEnum):
    HEARTS = 1
    SPADES = 2


class Mood(IntEnum):
    OTHER = 0
    GLAD = 1


@record
class Pair(Record):
    first: Annotated[int, Number(1, most=9), "one"]
    second: Annotated[int, Number(2), "two"]


@record
class Named(Record):
    name: Annotated[str, Text(4), "a name"]


FAR: TypeAlias = Annotated[int, Number(8), "far"]


@record
class Nearest(Record):
    one: Annotated[FAR, Number(2), "near"]


@record
class Everything(Record):
    """One field of each kind, so that each way of reading and writing is taken."""

    number: Annotated[int, Number(4), "a number"]
    few: Annotated[int, Number(1, most=9), "a small number"]
    net: Annotated[int, Number(8, signed=True), "with a sign"]
    flag: Annotated[bool, YesNo(), "a flag"]
    suit: Annotated[Suit, Choice(Suit), "a closed list"]
    mood: Annotated[Mood, Choice(Mood), "a list that may grow"]
    raw: Annotated[bytes, Raw(2), "two bytes"]
    text: Annotated[str, Text(4), "a text"]
    blob: Annotated[bytes, Blob(3), "some bytes"]
    pairs: Annotated[tuple[Pair, ...], Many(Pair, 2), "records of fixed size"]
    names: Annotated[tuple[Named, ...], Many(Named, 2), "records of any size"]
    rest: Annotated[tuple[int, ...], Series(Number(1, most=36), 3), "numbers"]


WHOLE = Everything(
    70_000,
    9,
    -2,
    True,
    Suit.SPADES,
    Mood.GLAD,
    b"\xab\xcd",
    "жж",
    b"abc",
    (Pair(1, 2), Pair(9, 0xFFFF)),
    (Named("x"), Named("")),
    (0, 36, 7),
)
BYTES = bytes.fromhex(
    "00011170 09 fffffffffffffffe 01 02 01 abcd 0004 d0b6d0b6 0003 616263"
    "0002 010002 09ffff 0002 0001 78 0000 0003 002407"
)


def written(value: Any) -> bytes:
    into = bytearray()
    value.LAYOUT.write(value, into)
    return bytes(into)


def altered(**values: Any) -> Everything:
    each = {field.name: getattr(WHOLE, field.name) for field in Everything.LAYOUT.fields}
    return Everything(**{**each, **values})


def test_fields_lie_in_the_order_in_which_they_are_declared() -> None:
    assert written(WHOLE) == BYTES
    assert Everything.LAYOUT.read(BYTES, 0) == (WHOLE, len(BYTES))
    read, _ = Everything.LAYOUT.read(BYTES, 0)
    assert read.flag is True
    assert isinstance(read.suit, Suit)


@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_a_number_reaches_as_far_as_its_bytes(size: int) -> None:
    plain, signed, few = Number(size), Number(size, signed=True), Number(size, most=9)
    assert (plain.least, plain.most) == (0, 256**size - 1)
    assert (signed.least, signed.most) == (-(256**size) // 2, 256**size // 2 - 1)
    assert (few.least, few.most) == (0, 9)
    for kind in (plain, signed, few):
        assert kind.least_size == kind.most_size == size
        judged = [kind.check(each) for each in (kind.least, kind.most)]
        beyond = [kind.check(each) for each in (kind.least - 1, kind.most + 1)]
        assert (judged, beyond) == ([True, True], [False, False])


def test_of_what_is_said_twice_of_a_field_the_nearest_counts() -> None:
    (field,) = Nearest.LAYOUT.fields
    assert (field.name, field.kind.describe(), field.meaning) == ("one", ("2", "u16"), "near")


def test_a_list_that_cannot_end_in_its_body_is_not_begun() -> None:
    with pytest.raises(ProtocolError, match="3 bytes where 7 are needed") as caught:
        Many(Named, 2).read(b"-\0\2", 1)
    assert caught.value.fault is Fault.TOO_SHORT


def test_a_list_may_come_from_anything_that_gives_its_items() -> None:
    values = {name: iter(getattr(WHOLE, name)) for name in ("pairs", "names", "rest")}
    assert written(altered(**values)) == BYTES


def test_a_layout_knows_its_least_and_its_most_bytes() -> None:
    empty = altered(text="", blob=b"", pairs=(), names=(), rest=())
    assert len(written(empty)) == Everything.LAYOUT.least_size
    full = altered(names=(Named("abcd"), Named("efgh")))
    assert len(written(full)) == Everything.LAYOUT.most_size


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"number": -1}, "number, few"),
        ({"number": 2**32}, "number, few"),
        ({"number": 1.5}, "number, few"),
        ({"few": 10}, "few cannot be 10"),
        ({"few": "no"}, "number, few"),
        ({"net": 2**63}, "number, few"),
        ({"flag": 2}, "flag cannot be 2"),
        ({"suit": 0}, "suit cannot be 0"),
        ({"mood": 2}, "mood cannot be 2"),
        ({"raw": b"abc"}, "raw cannot be b'abc'"),
        ({"text": "ab\u0436\u0436"}, "6 is over the limit of 4"),
        ({"text": "\ud800"}, "surrogates not allowed"),
        ({"blob": bytes(4)}, "4 is over the limit of 3"),
        ({"pairs": (Pair(0, 0),) * 3}, "3 is over the limit of 2"),
        ({"pairs": (Pair(10, 0),)}, "first cannot be 10"),
        ({"pairs": (Pair(1, 2**16),)}, "first, second"),
        ({"names": (Named("abcde"),)}, "5 is over the limit of 4"),
        ({"rest": (37,)}, "an item cannot be 37"),
        ({"rest": (1,) * 4}, "4 is over the limit of 3"),
    ],
)
def test_a_value_that_the_layout_cannot_say_is_our_mistake(
    values: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        written(altered(**values))


@pytest.mark.parametrize(
    ("at", "byte", "fault", "words"),
    [
        (4, 10, Fault.OUT_OF_RANGE, "few cannot be 10"),
        (13, 2, Fault.OUT_OF_RANGE, "flag cannot be 2"),
        (14, 0, Fault.OUT_OF_RANGE, "suit cannot be 0"),
        (19, 5, Fault.TOO_LARGE, "5 where 4 is the most"),
        (20, 0xFF, Fault.NOT_TEXT, "at byte 0"),
        (30, 3, Fault.TOO_LARGE, "3 where 2 is the most"),
        (34, 10, Fault.OUT_OF_RANGE, "first cannot be 10"),
        (47, 37, Fault.OUT_OF_RANGE, "an item cannot be 37"),
    ],
)
def test_bytes_that_the_layout_does_not_know_are_a_fault(
    at: int, byte: int, fault: Fault, words: str
) -> None:
    body = bytearray(BYTES)
    body[at] = byte
    with pytest.raises(ProtocolError, match=words) as caught:
        Everything.LAYOUT.read(bytes(body), 0)
    assert caught.value.fault is fault


def test_a_list_that_may_grow_reads_what_it_does_not_know_as_other() -> None:
    body = bytearray(BYTES)
    body[15] = 99
    read, _ = Everything.LAYOUT.read(bytes(body), 0)
    assert read.mood is Mood.OTHER


def test_a_body_that_ends_anywhere_before_its_end_is_a_fault() -> None:
    for size in range(len(BYTES)):
        with pytest.raises(ProtocolError) as caught:
            Everything.LAYOUT.read(BYTES[:size], 0)
        assert caught.value.fault is Fault.TOO_SHORT


def test_every_kind_says_its_size_and_its_meaning() -> None:
    described = [field.kind.describe() for field in Everything.LAYOUT.fields]
    assert described == [
        ("4", "u32"),
        ("1", "u8 ≤ 9"),
        ("8", "i64"),
        ("1", "bool"),
        ("1", "*Suit*"),
        ("1", "*Mood*"),
        ("2", "bytes"),
        ("2 + n", "text ≤ 4"),
        ("2 + n", "blob ≤ 3"),
        ("2 + 3n", "list ≤ 2 of *Pair*"),
        ("2 + …", "list ≤ 2 of *Named*"),
        ("2 + 1n", "list ≤ 3 of u8 ≤ 36"),
    ]
