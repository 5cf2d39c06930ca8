from itertools import combinations, pairwise
from random import Random

import pytest

from protocol import classic, limits
from protocol.errors import Fault, ProtocolError
from protocol.framing import Decoder, Dialect
from protocol.games.roulette.bets import PlaceBets
from protocol.house.door import Goodbye, Greeting, Ping, Pong
from protocol.house.lists import Farewell
from protocol.kinds import Counted
from protocol.messages import FROM_CLIENT, FROM_SERVER, MESSAGES
from protocol.wire import DOOR, HEADER, Message, Side, encode
from tests.protocol.streams import (
    BROKEN,
    CLASSIC_REPLIES,
    CLASSIC_REQUESTS,
    GREETING,
    VALID,
    Stream,
    cut,
    hear,
    refusal,
)

EVERY = [*VALID, *BROKEN]
SHORT = 250
"""Two cuts in every pair of places are made in streams, or parts of streams, of this size."""


def named(stream: Stream) -> str:
    return stream.name


def parts(stream: Stream) -> list[Stream]:
    """The stream, or, of a long one, every frame after a greeting."""
    if len(stream.data) <= SHORT:
        return [stream]
    if stream.data[0] != DOOR:
        said = CLASSIC_REPLIES if stream.from_server else CLASSIC_REQUESTS
        frames = [each.encode() for each in said]
        return [stream._replace(data=a + b) for a, b in pairwise(frames)]
    return [stream._replace(data=GREETING + frame[:SHORT]) for frame in frames_of(stream)]


def frames_of(stream: Stream) -> list[bytes]:
    """Each frame of a modern stream."""
    frames = []
    at = 0
    while at < len(stream.data):
        *_, size = HEADER.unpack_from(stream.data, at)
        frames.append(stream.data[at : at + HEADER.size + size])
        at += len(frames[-1])
    return frames


def pairs_of_frames(stream: Stream) -> list[Stream]:
    """The stream, or, of a long one, every two frames in a row after a greeting."""
    if len(stream.data) <= SHORT or stream.data[0] != DOOR:
        return [stream]
    frames = frames_of(stream)[1:]
    return [stream._replace(data=GREETING + a + b) for a, b in pairwise(frames)]


@pytest.mark.parametrize("stream", VALID, ids=named)
def test_a_valid_stream_is_heard_whole(stream: Stream) -> None:
    heard = hear([stream.data], from_server=stream.from_server)
    assert heard.fault is None
    if stream.data[0] == DOOR:
        known = FROM_SERVER if stream.from_server else FROM_CLIENT
        assert len(heard.messages) == len(known)
    else:
        said = CLASSIC_REPLIES if stream.from_server else CLASSIC_REQUESTS
        assert heard.messages[: len(said)] == list(said)


@pytest.mark.parametrize("stream", BROKEN, ids=named)
def test_a_broken_stream_is_heard_up_to_its_fault(stream: Stream) -> None:
    heard = hear([stream.data], from_server=stream.from_server)
    assert heard.fault is not None
    assert len(heard.messages) == (0 if stream.name == "no greeting" else 1)


def test_the_broken_streams_show_every_fault() -> None:
    faults = {hear([each.data], from_server=each.from_server).fault for each in BROKEN}
    assert faults == set(Fault)


def test_a_server_may_say_goodbye_instead_of_a_greeting() -> None:
    goodbye = Goodbye(Farewell.FULL, "too many at the door")
    assert hear([encode(goodbye)], from_server=True).messages == [goodbye]
    assert hear([encode(goodbye)], from_server=False).fault is Fault.NOT_GREETED


@pytest.mark.parametrize("stream", EVERY, ids=named)
def test_one_cut_anywhere_changes_nothing(stream: Stream) -> None:
    """Nor for the frame that comes behind the one with the cut."""
    for part in pairs_of_frames(stream):
        whole = hear([part.data], from_server=part.from_server)
        for place in range(1, len(part.data)):
            assert hear(cut(part.data, [place]), from_server=part.from_server) == whole


@pytest.mark.count(300, 1_000_000)
@pytest.mark.parametrize("stream", EVERY, ids=named)
def test_two_cuts_anywhere_change_nothing(stream: Stream, count: int) -> None:
    """Of each message at most so many pairs of places: the long run tries them all."""
    dice = Random("cuts")
    for part in parts(stream):
        whole = hear([part.data], from_server=part.from_server)
        pairs = list(combinations(range(1, len(part.data)), 2))
        for places in dice.sample(pairs, min(count, len(pairs))):
            assert hear(cut(part.data, places), from_server=part.from_server) == whole


@pytest.mark.parametrize("stream", EVERY, ids=named)
def test_a_stream_byte_by_byte_is_the_same(stream: Stream) -> None:
    bytewise = cut(stream.data, range(1, len(stream.data)))
    whole = hear([stream.data], from_server=stream.from_server)
    assert hear(bytewise, from_server=stream.from_server) == whole
    assert hear([b"", *bytewise, b""], from_server=stream.from_server) == whole


@pytest.mark.parametrize(
    ("data", "dialect"),
    [(b"", None), (b"\x40", Dialect.CLASSIC), (GREETING[:1], Dialect.MODERN)],
)
def test_the_first_byte_tells_the_dialects_apart(data: bytes, dialect: Dialect | None) -> None:
    decoder = Decoder()
    list(decoder.feed(data))
    assert decoder.dialect is dialect


def test_where_the_dialect_is_known_the_first_byte_does_not_choose_it() -> None:
    with pytest.raises(ProtocolError, match="0x01") as caught:
        list(Decoder(Dialect.CLASSIC).feed(GREETING))
    assert caught.value.fault is Fault.UNKNOWN_REQUEST
    with pytest.raises(ProtocolError, match="begins with 0x40") as caught:
        list(Decoder(Dialect.MODERN, from_server=True).feed(b"\x40" * HEADER.size))
    assert caught.value.fault is Fault.UNKNOWN_REPLY


def test_after_a_fault_every_feeding_raises_it_again() -> None:
    decoder = Decoder()
    with pytest.raises(ProtocolError) as first:
        list(decoder.feed(b"\x40\x41\x40"))
    with pytest.raises(ProtocolError) as second:
        decoder.feed(b"\x40")
    assert (second.value.fault, str(second.value)) == (first.value.fault, str(first.value))
    assert second.value is not first.value
    assert not decoder._kept


def test_messages_before_a_fault_are_given_first() -> None:
    heard = hear([b"\x40\xc0\x41"], from_server=False)
    assert heard.messages == [classic.ListBets(), classic.ListBets(as_croupier=True)]
    assert heard.fault is Fault.UNKNOWN_REQUEST


def test_what_is_not_taken_at_once_is_given_later() -> None:
    decoder = Decoder()
    decoder.feed(GREETING)
    taking = decoder.feed(encode(Ping(1)) + encode(Ping(2)))
    assert next(taking) == Greeting(1, 1, "a test")
    assert list(decoder.feed(encode(Ping(3)))) == [Ping(1), Ping(2), Ping(3)]
    assert list(taking) == []


def test_a_frame_of_unknown_type_is_skipped_by_its_length() -> None:
    unknown = HEADER.pack(DOOR, 0xEE, 7, 3) + b"new"
    decoder = Decoder(from_server=True)
    _, *after = decoder.feed(GREETING + unknown + encode(Pong(4)))
    assert after == [Pong(4)]
    assert decoder.frames == 3


@pytest.mark.parametrize(
    ("from_server", "most"),
    [(False, limits.STRANGER_FRAME_BYTES), (True, limits.SERVER_FRAME_BYTES)],
)
def test_a_frame_of_unknown_type_may_reach_the_limit(from_server: bool, most: int) -> None:
    decoder = Decoder(from_server=from_server)
    list(decoder.feed(GREETING))
    assert list(decoder.feed(HEADER.pack(DOOR, 0xEE, 7, most - HEADER.size))) == []
    assert list(decoder.feed(bytes(most - HEADER.size) + encode(Pong(4)))) == [Pong(4)]
    error, _ = refusal(decoder, HEADER.pack(DOOR, 0xEE, 7, most - HEADER.size + 1))
    assert error.detail == f"a frame of {most + 1} bytes where {most} is the most"


def test_the_frame_limit_is_that_of_a_stranger_until_it_is_raised() -> None:
    words = Goodbye(Farewell.LEAVING, "x" * limits.LINE_BYTES)
    decoder = Decoder()
    body = limits.STRANGER_FRAME_BYTES - HEADER.size
    fitting = encode(words) + b"+" * (body + HEADER.size - len(encode(words)))
    fitting = HEADER.pack(DOOR, Goodbye.KIND, 0, body) + fitting[HEADER.size :]
    assert list(decoder.feed(GREETING + fitting)) == [Greeting(1, 1, "a test"), words]
    error, _ = refusal(decoder, HEADER.pack(DOOR, PlaceBets.KIND, 0, body + 1))
    assert error.fault is Fault.TOO_LARGE
    assert error.detail == "a frame of 1025 bytes where 1024 is the most"
    decoder = Decoder()
    list(decoder.feed(GREETING))
    decoder.frame_limit = limits.CLIENT_FRAME_BYTES
    assert list(decoder.feed(HEADER.pack(DOOR, PlaceBets.KIND, 0, body + 1))) == []


def greeted(owner: type[Message]) -> Decoder:
    """A decoder that has had its greeting, of the side that reads this message."""
    decoder = Decoder(from_server=owner.SENDER is Side.SERVER)
    decoder.frame_limit = limits.SERVER_FRAME_BYTES
    list(decoder.feed(GREETING))
    return decoder


@pytest.mark.parametrize("from_server", [False, True])
def test_a_header_is_judged_by_its_door_its_turn_its_side_and_its_size(from_server: bool) -> None:
    """Where several are wrong, the first of these is told."""
    known, others = (FROM_SERVER, FROM_CLIENT) if from_server else (FROM_CLIENT, FROM_SERVER)
    unknown = Fault.UNKNOWN_REPLY if from_server else Fault.UNKNOWN_REQUEST
    huge = 2**32 - 1

    def fault(before: bytes, *header: int) -> tuple[Fault, str]:
        heard = hear([before + HEADER.pack(*header)], from_server=from_server)
        assert heard.fault
        return heard.fault, heard.detail

    for number, owner in MESSAGES.items():
        for door in (0, 2):
            words = f"a frame begins with {door:#04x}, not 0x01"
            assert fault(GREETING, door, number, 3, 8) == (unknown, words)
            assert fault(GREETING, door, number, 3, huge) == (unknown, words)
        if number not in (Greeting.KIND, *[Goodbye.KIND] * from_server):
            words = f"its game and type are {number:#06x}"
            assert fault(b"", DOOR, number, 3, huge) == (Fault.NOT_GREETED, words)
        if number not in known:
            assert number in others
            assert fault(GREETING, DOOR, number, 3, huge) == (Fault.WRONG_SIDE, owner.__name__)
        else:
            assert fault(GREETING, DOOR, number, 3, huge)[0] is Fault.TOO_LARGE


EVERY_MESSAGE = pytest.mark.parametrize(
    "owner", MESSAGES.values(), ids=lambda owner: str(owner.__name__)
)


@EVERY_MESSAGE
def test_the_size_of_a_frame_is_judged_before_it_comes(owner: type[Message]) -> None:
    most = limits.SERVER_FRAME_BYTES - HEADER.size
    assert list(greeted(owner).feed(HEADER.pack(DOOR, owner.KIND, 0, most))) == []
    for size, fault in (
        (0, Fault.TOO_SHORT),
        (most + 1, Fault.TOO_LARGE),
        (2**31, Fault.TOO_LARGE),
        (2**32 - 1, Fault.TOO_LARGE),
    ):
        error, allocated = refusal(greeted(owner), HEADER.pack(DOOR, owner.KIND, 0, size))
        assert error.fault is fault
        assert allocated <= 4096


@EVERY_MESSAGE
def test_a_length_inside_is_judged_before_a_list_is_begun(owner: type[Message]) -> None:
    at = 0
    for field in owner.LAYOUT.fields:
        if isinstance(field.kind, Counted):
            for length, fault in (
                (field.kind.most, Fault.TOO_SHORT),
                (field.kind.most + 1, Fault.TOO_LARGE),
                (2**16 - 1, Fault.TOO_LARGE),
            ):
                body = bytes(at) + length.to_bytes(2, "big")
                frame = HEADER.pack(DOOR, owner.KIND, 0, len(body)) + body
                error, allocated = refusal(greeted(owner), frame)
                assert error.fault is fault
                assert allocated <= 4096
        at += field.kind.least_size


def test_frames_of_the_classic_dialect_are_counted_too() -> None:
    decoder = Decoder()
    list(decoder.feed(CLASSIC_REQUESTS[2].encode() + b"\x40\x60\x20"))
    assert decoder.frames == 3


def test_only_an_unfinished_frame_is_kept() -> None:
    decoder = Decoder()
    for _ in range(100):
        assert len(list(decoder.feed(GREETING * 100))) == 100
        assert not decoder._kept
    list(decoder.feed(GREETING + GREETING[:5]))
    assert bytes(decoder._kept) == GREETING[:5]


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_said_in_words_with_what_was_found(fault: Fault) -> None:
    said = str(ProtocolError(fault, "a detail"))
    assert said == f"{fault.value}: a detail"
    assert len(fault.value.split()) > 4, "a stranger who writes a client reads this"
