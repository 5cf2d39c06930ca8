"""The frames that the load and the yardsticks say, built once with `protocol` and patched after.

Nothing here makes an object a bet: a frame is bytes, and what differs between two of them lies at a
known place. The yardsticks answer with the same bytes as our server, so these are theirs too.
"""

import struct
from collections.abc import Iterable, Iterator
from hashlib import sha512

from protocol import classic, messages
from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet, Payout, Result, SpotLimit
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import (
    BettingClosed,
    PlayerSettled,
    RoundOpened,
    RoundSettled,
    TableIntroduced,
    TableShown,
    WheelStarted,
)
from protocol.games.roulette.rules import ROULETTE, Group
from protocol.house.door import (
    Done,
    Greeting,
    HouseIntroduced,
    Pong,
    SeatTaken,
    SignedIn,
    SignIn,
    TableEntry,
    TakeSeat,
)
from protocol.house.draw import (
    DrawShown,
    EventAsked,
    EventDrawn,
    RoundFrozen,
    StakeRow,
    YourFreeze,
)
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Seat
from protocol.limits import TOP_RESULTS
from protocol.wire import HEADER, Message, encode

PASSWORD = "the load's croupier"
DIGEST = sha512(PASSWORD.encode()).digest()

SPOT = 17
CHIPS = 1
"""What every player of the load bets, each time."""

TABLE = 1
"""Where all of it is said."""
NUMBER_AT = HEADER.size
"""Where an answer or a request has its number; where a fact has its round."""
ROUND_AT = NUMBER_AT + 8
"""Where what has a number has its round, and `SignedIn` the account."""
NUMBER = struct.Struct(">Q")
NUMBER_AND_ROUND = struct.Struct(">QQ")

NAME_SIZE = 9
"""In bytes, of every name: then the length of a classic list follows from its count."""


def name(tag: str, index: int) -> str:
    """A player's name; the tag keeps two loads on one server apart."""
    return f"{tag:_>4.4}{index:05}"


# --- what a player says ---------------------------------------------------------------------------

GREETING = encode(Greeting(1, 1, "load"))
PLACE_BETS = encode(PlaceBets(0, 0, (Bet(SPOT, CHIPS),)), TABLE)
START = encode(StartSpin(0, 0), TABLE)
PONG = encode(Pong(0))
SIT = encode(TakeSeat(0, Seat.PLAYER, b""), TABLE)
PRESIDE = encode(TakeSeat(0, Seat.CROUPIER, DIGEST), TABLE)

CLASSIC_BET = classic.PlaceBet(SPOT, CHIPS).encode()
CLASSIC_PRESIDE = classic.RegisterCroupier(DIGEST).encode()
CLASSIC_START = classic.StartSpin(DIGEST).encode()
CLASSIC_CONFIRM = classic.ConfirmResults().encode()


def sign_in(number: int, player: str, token: bytes) -> bytes:
    return encode(SignIn(number, player, token, b""))


def classic_register(player: str) -> bytes:
    return classic.RegisterPlayer(player.encode()).encode()


# --- what a yardstick answers ---------------------------------------------------------------------

SIBLINGS = 10
"""Of a proof, among a thousand."""
_SHA = bytes(range(32))
_PLAQUE = tuple(SpotLimit(group, 1, 1000) for group in Group)
_TOP = tuple(Result(1, name("", 1), 35) for _ in range(TOP_RESULTS))

WELCOME = encode(Greeting(1, 1, "yardstick")) + encode(
    HouseIntroduced(
        *(_SHA[:16], _SHA, "yardstick", False, True, 500),
        (TableEntry(TABLE, ROULETTE, "yardstick", False, False, True, 0, False, 0, 0),),
        more=False,
    )
)
SIGNED_IN = encode(SignedIn(0, 0, name("", 1), _SHA, 500, 0))
SEATED = (
    encode(SeatTaken(0, Seat.PLAYER), TABLE)
    + encode(TableIntroduced(_SHA[:16], _SHA, "yardstick", 0, 20_000, _PLAQUE), TABLE)
    + encode(
        TableShown(*(1, Phase.BETTING, NO_DEADLINE, 0, 0, "", 0, 0, 0, 0, 500, 0, (), ())),
        TABLE,
    )
    + encode(DrawShown(0, _SHA, _SHA), TABLE)
)
DONE = encode(Done(0))
PLACED = encode(BetsPlaced(0, 0, 499, CHIPS), TABLE)

_CLOSED = encode(BettingClosed(0, 0), TABLE) + encode(
    RoundFrozen(0, 1, 1, _SHA, _SHA, "", b"", 0, _SHA, 0, _SHA, _SHA), TABLE
)
_MINE = encode(
    YourFreeze(*(0, False, 0, _SHA, (), True, 0, (StakeRow(SPOT, 0, CHIPS),), (_SHA,) * SIBLINGS)),
    TABLE,
)
_STARTED = encode(WheelStarted(0, 0), TABLE) + encode(EventAsked(1, 1, b"", _SHA, 0), TABLE)
_SETTLED = encode(EventDrawn(1, _SHA, 0, _SHA, _SHA, _SHA, 0), TABLE) + encode(
    RoundSettled(0, SPOT, 0, 0, 0, 0, _TOP), TABLE
)
_OWN = encode(PlayerSettled(0, 35, 535, (Payout(SPOT, CHIPS, 36),)), TABLE)
_OPENED = encode(RoundOpened(0, NO_DEADLINE), TABLE)

RESULTS = _CLOSED + _MINE + _STARTED + _SETTLED + _OWN + _OPENED
"""To who had bet, when the wheel has turned: in one piece."""
RESULTS_WITHOUT_BET = _CLOSED + _STARTED + _SETTLED + _OPENED


def split(frames: bytes) -> Iterator[tuple[int, type[Message]]]:
    """Where each frame begins, and what it is."""
    at = 0
    while at < len(frames):
        _, kind, _, length = HEADER.unpack_from(frames, at)
        yield at, messages.MESSAGES[kind]
        at += HEADER.size + length


def with_round(frames: bytes, number: int) -> bytes:
    """The results of a round, and the opening of the next."""
    patched = bytearray(frames)
    for at, kind in split(frames):
        NUMBER.pack_into(patched, at + NUMBER_AT, number + (kind is RoundOpened))
    return bytes(patched)


def c_header() -> str:
    """The same for the yardstick in C."""
    blobs = {
        "WELCOME": WELCOME,
        "SIGNED_IN": SIGNED_IN,
        "SEATED": SEATED,
        "DONE": DONE,
        "PLACED": PLACED,
        "RESULTS": RESULTS,
        "RESULTS_WITHOUT_BET": RESULTS_WITHOUT_BET,
    }
    numbers = {
        "NUMBER_AT": NUMBER_AT,
        "ROUND_AT": ROUND_AT,
        **{f"KIND_{each.__name__}": each.KIND for each in (Greeting, SignIn, TakeSeat, PlaceBets)},
        **{f"KIND_{each.__name__}": each.KIND for each in (StartSpin, RoundOpened)},
    }
    lines = [f"#define {key} {value}" for key, value in numbers.items()]
    lines += [
        f"static const unsigned char {key}[] = {{{_listed(blob)}}};" for key, blob in blobs.items()
    ]
    return "\n".join(lines) + "\n"


def _listed(values: Iterable[int]) -> str:
    return ",".join(map(str, values))
