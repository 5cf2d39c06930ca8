"""Coming in, sitting down, going: what every connection begins and ends with.

The shapes of `Greeting` and `Refused` never change, whatever the version.
"""

from typing import Annotated

from protocol import limits
from protocol.kinds import Choice, Number, Text
from protocol.layout import Many
from protocol.messages.fields import (
    AccountId,
    Amount,
    Balance,
    Digest,
    DrawId,
    Flag,
    Name,
    RequestNumber,
    Seconds,
    Sha,
    SpotLimit,
    Token,
    Words,
)
from protocol.messages.lists import Farewell, Reason, Seat
from protocol.roulette import ROULETTE, Group
from protocol.wire import HOUSE, Message, Party, Request, Side, message


@message(HOUSE, 0x00, Side.BOTH, Party.STRANGER)
class Greeting(Message):
    """The first frame each way. The lower of the two versions is spoken."""

    version: Annotated[int, Number(2), "the newest version that the sender speaks"]
    oldest: Annotated[int, Number(2), "the oldest version that the sender speaks"]
    software: Annotated[str, Text(limits.NAME_BYTES), "the sender's program, for the log"]


@message(HOUSE, 0x01, Side.SERVER)
class Refused(Message):
    """A request was not carried out; nothing has changed."""

    number: RequestNumber
    reason: Annotated[Reason, Choice(Reason), "why"]
    spot: Annotated[int, Number(1), "the spot that it is about; 255: none"]
    figure: Annotated[int, Number(8), "the figure that the reason speaks of, or 0"]
    words: Words


@message(ROULETTE, 0x02, Side.SERVER)
class TableIntroduced(Message):
    """What anybody may know of the table. It follows the server's greeting."""

    draw: DrawId
    name: Annotated[str, Text(limits.NAME_BYTES), "the table's name"]
    password_needed: Annotated[Flag, "whether signing in takes the table's password"]
    croupier_seated: Annotated[Flag, "whether the croupier's seat is taken"]
    chips_shown: Annotated[Flag, "whether players see each other's balances"]
    auto_seconds: Annotated[Seconds, "how long the table takes bets by itself; 0: a croupier does"]
    stack: Annotated[Amount, "the chips that a new player is given"]
    table_most: Annotated[Amount, "the most that a player may have on the table in a round"]
    anchor: Annotated[Sha, "the public end of the house's chain of seeds: S_0"]
    plaque: Annotated[tuple[SpotLimit, ...], Many(SpotLimit, len(Group)), "limits for each spot"]


@message(
    HOUSE,
    0x03,
    Side.CLIENT,
    Party.STRANGER,
    refusals=(
        Reason.WRONG_TABLE_PASSWORD,
        Reason.NAME_UNFIT,
        Reason.TOO_FAST,
        Reason.NAME_TAKEN,
        Reason.WRONG_TOKEN,
        Reason.SHUT_OUT,
        Reason.DISK_FULL,
    ),
)
class SignIn(Request):
    """Say who one is. A new name is given a token; a known one needs it. No name: a guest, who
    may only watch. The same name signing in again takes over from the connection before.
    """

    number: RequestNumber
    name: Annotated[Name, "a name; empty for a guest"]
    token: Token
    table_password: Digest


@message(HOUSE, 0x04, Side.SERVER)
class SignedIn(Message):
    """Answer to `SignIn`. A seat is still to be taken, also if one was kept."""

    number: RequestNumber
    account: Annotated[AccountId, "the account; 0 for a guest"]
    name: Annotated[Name, "the name as the table writes it"]
    token: Annotated[Token, "what proves the name from now on: keep it"]
    balance: Balance
    next_number: Annotated[int, Number(8), "the first that is free for a request that moves chips"]


@message(
    HOUSE,
    0x05,
    Side.CLIENT,
    Party.SIGNED_IN,
    refusals=(
        Reason.NOT_FOR_GUESTS,
        Reason.WRONG_CROUPIER_PASSWORD,
        Reason.TOO_FAST,
        Reason.SEAT_TAKEN,
        Reason.NOT_NOW,
        Reason.OTHER,
    ),
    at_table=True,
)
class TakeSeat(Request):
    """Sit down. Whoever has a seat already changes it. Chips on the table stay there."""

    number: RequestNumber
    seat: Annotated[Seat, Choice(Seat), "the seat wished for"]
    croupier_password: Digest


@message(HOUSE, 0x06, Side.SERVER, at_table=True)
class SeatTaken(Message):
    """Answer to `TakeSeat`. A `TableShown` follows at once."""

    number: RequestNumber
    seat: Annotated[Seat, Choice(Seat), "the seat"]


@message(HOUSE, 0x07, Side.CLIENT, Party.SEATED, at_table=True)
class LeaveSeat(Request):
    """Stand up. Bets stay on the table. Answered with `Done`."""

    number: RequestNumber


@message(HOUSE, 0x08, Side.BOTH)
class Ping(Message):
    """Are you there? Either side may ask, at any time after the greeting."""

    nonce: Annotated[int, Number(8), "anything; the answer carries it back"]


@message(HOUSE, 0x09, Side.BOTH)
class Pong(Message):
    """Answer to `Ping`."""

    nonce: Annotated[int, Number(8), "as it came"]


@message(HOUSE, 0x0A, Side.BOTH)
class Goodbye(Message):
    """The last frame of who sends it: nothing more is said, and nothing that comes is heeded."""

    reason: Annotated[Farewell, Choice(Farewell), "why"]
    words: Words


@message(HOUSE, 0x0B, Side.SERVER)
class Done(Message):
    """Answer to a request that has nothing more to say."""

    number: RequestNumber
