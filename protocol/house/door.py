"""Coming in, sitting down, going: what every connection begins and ends with.

The shapes of `Greeting` and `Refused` never change, whatever the version.
"""

from typing import Annotated

from protocol import limits
from protocol.house.fields import (
    AccountId,
    Amount,
    Balance,
    Count,
    Digest,
    Flag,
    Name,
    RequestNumber,
    Sha,
    Token,
    Words,
)
from protocol.house.lists import Farewell, Reason, Seat
from protocol.kinds import Choice, Number, Raw, Text
from protocol.layout import Many, Record, Series, record
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


@record
class TableEntry(Record):
    """A table of the house."""

    table: Annotated[int, Number(4), "its number"]
    game: Annotated[int, Number(1), "what is played there: the number of a game"]
    name: Annotated[str, Text(limits.NAME_BYTES), "what it is called"]
    automatic: Annotated[Flag, "whether it runs itself"]
    password_needed: Annotated[Flag, "whether a seat there takes the table's password"]
    watching_allowed: Annotated[Flag, "whether one may watch"]
    seats: Annotated[Count, "so many may be seated, the croupier not counted; 0: any number"]
    croupier_seated: Annotated[Flag, "whether the croupier's seat is taken"]
    seated: Annotated[Count, "players and croupier"]
    watching: Annotated[Count, "watchers, guests among them"]


@message(HOUSE, 0x02, Side.SERVER)
class HouseIntroduced(Message):
    """What anybody may know of the house. It follows the server's greeting."""

    house: Annotated[bytes, Raw(16), "the house: what its first table is called in the draw"]
    anchor: Annotated[Sha, "S_0 of that table: nobody else can go on with the chain behind it"]
    name: Annotated[str, Text(limits.NAME_BYTES), "what the house is called"]
    password_needed: Annotated[Flag, "whether signing in takes the house's password"]
    chips_shown: Annotated[Flag, "whether players see each other's balances"]
    stack: Annotated[Amount, "the chips that a new player is given"]
    tables: Annotated[
        tuple[TableEntry, ...], Many(TableEntry, limits.TABLES_A_PAGE), "its first tables"
    ]
    more: Annotated[Flag, "whether there are others: `ListTables`"]


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
    house_password: Digest


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
        Reason.NO_SUCH_SEAT,
        Reason.FULL,
        Reason.WRONG_TABLE_PASSWORD,
        Reason.WRONG_CROUPIER_PASSWORD,
        Reason.TOO_FAST,
        Reason.SEAT_TAKEN,
        Reason.NOT_NOW,
        Reason.OTHER,
    ),
    at_table=True,
    question=5,
)
class TakeSeat(Request):
    """Sit down at a table. Whoever has a seat there already changes it. Chips stay on the table."""

    number: RequestNumber
    seat: Annotated[Seat, Choice(Seat), "the seat wished for"]
    croupier_password: Digest
    table_password: Digest = b""


@message(HOUSE, 0x06, Side.SERVER, at_table=True)
class SeatTaken(Message):
    """Answer to `TakeSeat`. `TableIntroduced` and `TableShown` follow at once."""

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


@message(HOUSE, 0x0C, Side.CLIENT, Party.SIGNED_IN, question=2)
class ListTables(Request):
    """Ask for the tables of the house, a page at a time, by ascending number."""

    number: RequestNumber
    after_table: Annotated[int, Number(4), "go on after this table; 0: from the beginning"]


@message(HOUSE, 0x0D, Side.SERVER)
class TablesListed(Message):
    """Answer to `ListTables`."""

    number: RequestNumber
    tables: Annotated[tuple[TableEntry, ...], Many(TableEntry, limits.TABLES_A_PAGE), "the page"]
    more: Annotated[Flag, "whether another page follows"]


@message(HOUSE, 0x0E, Side.SERVER)
class TablesOpened(Message):
    """There are new tables. Everybody who has signed in is told, with a seat or without."""

    tables: Annotated[tuple[TableEntry, ...], Many(TableEntry, limits.TABLES_A_PAGE), "which"]


@message(HOUSE, 0x0F, Side.SERVER, often=True)
class TablesChanged(Message):
    """These tables are not as they were: one runs itself now, or has a croupier. Everybody who has
    signed in is told, once a second at most; of how many are there, nobody is: `ListTables`.
    """

    tables: Annotated[tuple[TableEntry, ...], Many(TableEntry, limits.TABLES_A_PAGE), "which"]


@message(HOUSE, 0x10, Side.SERVER)
class TablesClosed(Message):
    """These tables are there no more; their numbers never come again. Everybody who has signed in
    is told. Whoever sat there has heard `SeatLost` before.
    """

    tables: Annotated[tuple[int, ...], Series(Number(4), limits.TABLES_A_PAGE), "their numbers"]


@message(HOUSE, 0x11, Side.SERVER, at_table=True)
class SeatLost(Message):
    """The table is closed, and whoever hears this has no seat there any more: it is the last that
    is heard of it. No chips lie there.
    """

    to_table: Annotated[int, Number(4), "the table to which the house asks them; 0: none"]
    words: Words
