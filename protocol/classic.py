"""The classic dialect: the assignment's protocol, bit for bit.

    request   D SS xxxxx    D: 1 the croupier asks; S: 0 register, 1 bet or start, 2 list, 3 confirm
    reply     T A RRR xxx   T: 0 confirmation, 1 list; A: the action; R: the result code

The readers here are generators: each says how many bytes it wants next and is sent exactly those,
so that they work the same however the bytes arrive (`framing.Decoder` drives them).
"""

import struct
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from protocol.errors import Fault, ProtocolError
from protocol.games.roulette.rules import Pocket
from protocol.house.fields import Chips
from protocol.kinds import decode_text
from protocol.limits import CLASSIC_NAME_BYTES, CLASSIC_REPLY_BYTES, CLASSIC_ROWS

EVEN, ODD = 37, 38
"""The two spots of this dialect that are not numbers."""

DIGEST_SIZE = 64
"""A password goes over as SHA-512 of its UTF-8; some clients send that in hex, twice as long."""

LENGTH_SIZE = 5
MOST_CHIPS = 0xFFFF
MOST_NET, LEAST_NET = 0x7FFF, -0x8000

_BET = struct.Struct(">BH")
_CHIPS_AND_SPOT = struct.Struct(">HB")
_NET = struct.Struct(">h")
_HEX_DIGITS = frozenset(b"0123456789abcdef")


class Code(IntEnum):
    """The result codes of a confirmation."""

    OK = 0
    CROUPIER_EXISTS = 1
    WRONG_PASSWORD = 2
    NAME_TAKEN = 3
    SECOND_BET = 4
    NOT_ENOUGH_PLAYERS = 5
    NOT_ENOUGH_CHIPS = 6
    REFUSED = 7


@dataclass(frozen=True, slots=True)
class RegisterPlayer:
    """Take part as a player. The name is as it came: judging it is the table's part."""

    name: bytes

    def encode(self) -> bytes:
        return b"\x00" + _length(len(self.name)) + self.name


@dataclass(frozen=True, slots=True)
class RegisterCroupier:
    """Take part as the croupier."""

    digest: bytes

    def encode(self) -> bytes:
        return b"\x80" + self.digest


@dataclass(frozen=True, slots=True)
class PlaceBet:
    """The one bet of a round: on a number, on even (37) or on odd (38)."""

    spot: int
    chips: Chips

    def encode(self) -> bytes:
        return b"\x20" + _BET.pack(self.spot, self.chips)


@dataclass(frozen=True, slots=True)
class StartSpin:
    """The croupier starts the wheel, and proves it again."""

    digest: bytes

    def encode(self) -> bytes:
        return b"\xa0" + self.digest


@dataclass(frozen=True, slots=True)
class ListBets:
    """Ask for the bets on the table."""

    as_croupier: bool = False

    def encode(self) -> bytes:
        return b"\xc0" if self.as_croupier else b"\x40"


@dataclass(frozen=True, slots=True)
class ConfirmResults:
    """The results have arrived."""

    as_croupier: bool = False

    def encode(self) -> bytes:
        return b"\xe0" if self.as_croupier else b"\x60"


@dataclass(frozen=True, slots=True)
class RegistrationAnswered:
    """The reply to a registration."""

    code: Code

    def encode(self) -> bytes:
        return bytes((self.code << 3,))


@dataclass(frozen=True, slots=True)
class OrderAnswered:
    """The reply to a bet or a start."""

    code: Code

    def encode(self) -> bytes:
        return bytes((0x40 | self.code << 3,))


@dataclass(frozen=True, slots=True)
class ListedBet:
    """A row of the list of bets."""

    name: str
    chips: Chips
    spot: int

    def encode(self) -> bytes:
        return _text(self.name) + _CHIPS_AND_SPOT.pack(min(self.chips, MOST_CHIPS), self.spot)


@dataclass(frozen=True, slots=True)
class BetsListed:
    """The bets on the table, as far as this dialect can say them."""

    bets: Sequence[ListedBet]

    def encode(self) -> bytes:
        return b"\x80" + _rows(self.bets)


@dataclass(frozen=True, slots=True)
class Result:
    """A row of the results: what one player won or lost. What two bytes cannot say is clamped."""

    name: str
    net: int

    def encode(self) -> bytes:
        return _text(self.name) + _NET.pack(max(LEAST_NET, min(self.net, MOST_NET)))


@dataclass(frozen=True, slots=True)
class ResultsShown:
    """The number, and what everybody made of it."""

    pocket: Pocket
    results: Sequence[Result]

    def encode(self) -> bytes:
        return b"\xc0" + bytes((self.pocket,)) + _rows(self.results)


Request: TypeAlias = (
    RegisterPlayer | RegisterCroupier | PlaceBet | StartSpin | ListBets | ConfirmResults
)
Reply: TypeAlias = RegistrationAnswered | OrderAnswered | BetsListed | ResultsShown
Classic: TypeAlias = Request | Reply
Reader: TypeAlias = Generator[int, bytes, Classic]


def read_request(head: int) -> Reader:
    """A request whose first byte is known."""
    if head not in _REQUESTS:
        raise ProtocolError(Fault.UNKNOWN_REQUEST, f"{head:#04x}")
    return (yield from _REQUESTS[head]())


def read_reply(head: int) -> Reader:
    """A reply whose first byte is known."""
    if head not in _REPLIES:
        raise ProtocolError(Fault.UNKNOWN_REPLY, f"{head:#04x}")
    return (yield from _REPLIES[head]())


def _read_register_player() -> Reader:
    length = yield from _read_length(CLASSIC_NAME_BYTES)
    return RegisterPlayer((yield length))


def _read_register_croupier() -> Reader:
    return RegisterCroupier((yield from _read_digest()))


def _read_bet() -> Reader:
    return PlaceBet(*_BET.unpack((yield _BET.size)))


def _read_start() -> Reader:
    return StartSpin((yield from _read_digest()))


def _read_digest() -> Generator[int, bytes, bytes]:
    """64 raw bytes; if all of them are hex digits, they are half of a digest in hex.

    A raw digest is all hex digits with a chance of 10**-68. Where the other half is not hex, the
    128 bytes stay as they came: no password has such a digest.
    """
    digest = yield DIGEST_SIZE
    if not _HEX_DIGITS.issuperset(digest):
        return digest
    digest += yield DIGEST_SIZE
    return bytes.fromhex(digest.decode("ascii")) if _HEX_DIGITS.issuperset(digest) else digest


def _read_bets() -> Reader:
    rows = _CHIPS_AND_SPOT.size
    room = CLASSIC_REPLY_BYTES - 1 - LENGTH_SIZE
    bets = []
    for _ in range((yield from _read_length(room // (LENGTH_SIZE + rows)))):
        name, room = yield from _read_text(room - rows)
        chips, spot = _CHIPS_AND_SPOT.unpack((yield rows))
        if spot > ODD:
            raise ProtocolError(Fault.OUT_OF_RANGE, f"spot {spot}, where {ODD} is the last")
        bets.append(ListedBet(name, chips, spot))
    return BetsListed(tuple(bets))


def _read_results() -> Reader:
    (pocket,) = yield 1
    if pocket > 36:
        raise ProtocolError(Fault.OUT_OF_RANGE, f"number {pocket}, where 36 is the last")
    room = CLASSIC_REPLY_BYTES - 2 - LENGTH_SIZE
    results = []
    for _ in range((yield from _read_length(room // (LENGTH_SIZE + _NET.size)))):
        name, room = yield from _read_text(room - _NET.size)
        (net,) = _NET.unpack((yield _NET.size))
        results.append(Result(name, net))
    return ResultsShown(pocket, tuple(results))


def _read_length(most: int) -> Generator[int, bytes, int]:
    length = int.from_bytes((yield LENGTH_SIZE), "big")
    if length > most:
        raise ProtocolError(Fault.TOO_LARGE, f"{length} where {most} is the most")
    return length


def _read_text(room: int) -> Generator[int, bytes, tuple[str, int]]:
    """A text, and the room that is left for the rest of the list."""
    length = yield from _read_length(min(CLASSIC_NAME_BYTES, room - LENGTH_SIZE))
    return decode_text((yield length)), room - LENGTH_SIZE - length


def _just(message: Classic) -> Callable[[], Reader]:
    def read() -> Reader:
        yield 0
        return message

    return read


_REQUESTS: dict[int, Callable[[], Reader]] = {
    0x00: _read_register_player,
    0x80: _read_register_croupier,
    0x20: _read_bet,
    0xA0: _read_start,
    0x40: _just(ListBets()),
    0xC0: _just(ListBets(as_croupier=True)),
    0x60: _just(ConfirmResults()),
    0xE0: _just(ConfirmResults(as_croupier=True)),
}

_REPLIES: dict[int, Callable[[], Reader]] = {
    **{code << 3: _just(RegistrationAnswered(code)) for code in Code},
    **{0x40 | code << 3: _just(OrderAnswered(code)) for code in Code},
    0x80: _read_bets,
    0xC0: _read_results,
}


def _length(length: int) -> bytes:
    return length.to_bytes(LENGTH_SIZE, "big")


def _text(text: str) -> bytes:
    encoded = text.encode()
    return _length(len(encoded)) + encoded


def _rows(rows: Sequence[ListedBet] | Sequence[Result]) -> bytes:
    """A list, as far as a reply has room for it."""
    rows = rows[:CLASSIC_ROWS]
    return _length(len(rows)) + b"".join(row.encode() for row in rows)
