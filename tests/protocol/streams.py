"""Streams of both dialects and both sides, valid and broken, and what a decoder makes of them."""

import tracemalloc
from collections.abc import Iterable
from itertools import pairwise
from random import Random
from typing import NamedTuple

from protocol import classic
from protocol.errors import Fault, ProtocolError
from protocol.framing import Decoder, Spoken
from protocol.house.door import Greeting
from protocol.limits import SERVER_FRAME_BYTES
from protocol.messages import FROM_CLIENT, FROM_SERVER
from protocol.wire import encode
from tests.protocol.making import make

GREETING = encode(Greeting(1, 1, "a test"))


class Heard(NamedTuple):
    """The messages of a stream, and the fault after them."""

    messages: list[Spoken]
    fault: Fault | None = None
    detail: str = ""


def hear(pieces: Iterable[bytes], *, from_server: bool) -> Heard:
    decoder = Decoder(from_server=from_server)
    decoder.frame_limit = SERVER_FRAME_BYTES
    messages: list[Spoken] = []
    try:
        for piece in pieces:
            messages.extend(decoder.feed(piece))
    except ProtocolError as error:
        return Heard(messages, error.fault, error.detail)
    return Heard(messages)


def refusal(decoder: Decoder, data: bytes) -> tuple[ProtocolError, int]:
    """The error that the bytes cause, and the most that was allocated on the way to it."""
    tracemalloc.start()
    try:
        list(decoder.feed(data))
    except ProtocolError as error:
        return error, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    raise AssertionError("the bytes were not refused")


def cut(stream: bytes, places: Iterable[int]) -> list[bytes]:
    """The stream in pieces, cut in these places."""
    edges = [0, *places, len(stream)]
    return [stream[begin:end] for begin, end in pairwise(edges)]


def _modern(from_server: bool) -> bytes:
    known = FROM_SERVER if from_server else FROM_CLIENT
    chance = Random("streams")
    said = [make(owner.LAYOUT, chance, most_items=2) for owner in known.values()]
    return GREETING + b"".join(encode(each) for each in said if not isinstance(each, Greeting))


_DIGEST = bytes(range(0x80, 0xC0))
CLASSIC_REQUESTS: tuple[classic.Request, ...] = (
    classic.RegisterPlayer(b"alice"),
    classic.RegisterPlayer(b""),
    classic.PlaceBet(37, 100),
    classic.ListBets(),
    classic.ConfirmResults(),
    classic.RegisterCroupier(_DIGEST),
    classic.StartSpin(_DIGEST),
    classic.ListBets(as_croupier=True),
    classic.ConfirmResults(as_croupier=True),
)
CLASSIC_REPLIES: tuple[classic.Reply, ...] = (
    *(classic.RegistrationAnswered(code) for code in classic.Code),
    *(classic.OrderAnswered(code) for code in classic.Code),
    classic.BetsListed(()),
    classic.BetsListed((classic.ListedBet("alice", 100, 37), classic.ListedBet("Боб", 1, 0))),
    classic.ResultsShown(30, (classic.Result("alice", 100), classic.Result("Боб", -50))),
    classic.ResultsShown(0, ()),
)


class Stream(NamedTuple):
    """All the frames that one side can send."""

    name: str
    data: bytes
    from_server: bool


VALID = (
    Stream(
        "classic requests",
        b"".join(said.encode() for said in CLASSIC_REQUESTS)
        + b"\xa0"
        + _DIGEST.hex().encode()
        + CLASSIC_REQUESTS[2].encode(),
        from_server=False,
    ),
    Stream(
        "classic replies", b"".join(said.encode() for said in CLASSIC_REPLIES), from_server=True
    ),
    Stream("modern requests", _modern(from_server=False), from_server=False),
    Stream("modern facts", _modern(from_server=True), from_server=True),
)


def _broken() -> Iterable[Stream]:
    """After some valid frames: every kind of fault."""
    classic_request, classic_reply = CLASSIC_REQUESTS[2].encode(), CLASSIC_REPLIES[0].encode()
    ends = {
        "unknown request": (classic_request, "7f", False),
        "a modern frame among classic ones": (classic_request, "01 00 00 00000000 00000000", False),
        "a name that is too long": (classic_request, "00 0000010000", False),
        "unknown reply": (classic_reply, "01", True),
        "a spot that is none": (classic_reply, "80 0000000001 0000000000 0001 27", True),
        "a number that is none": (classic_reply, "c0 25", True),
        "a name that is no text": (classic_reply, "80 0000000001 0000000001 ff 0001 00", True),
        "no door": (GREETING, "00 00 00 00000000 00000000", False),
        "no door from a server": (GREETING, "02 00 00 00000000 00000000", True),
        "no greeting": (b"", "01 00 08 00000000 00000008 0000000000000000", False),
        "a frame that is too large": (GREETING, "01 00 08 00000000 00010000", False),
        "a body that is too short": (GREETING, "01 00 08 00000000 00000007 00000000000000", False),
        "a fact from a client": (GREETING, "01 00 0b 00000000 00000008 0000000000000000", False),
        "a request from a server": (GREETING, "01 00 07 00000000 00000008 0000000000000000", True),
        "a choice that is none": (GREETING, "01 00 06 00000000 00000009 0000000000000001 09", True),
        "a text that is none": (GREETING, "01 00 0a 00000000 00000004 00 0001 ff", True),
    }
    for name, (before, end, from_server) in ends.items():
        yield Stream(name, before + bytes.fromhex(end) + before, from_server)


BROKEN = tuple(_broken())
