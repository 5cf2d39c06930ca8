"""Who is there, what they have, and what the croupier may do to them, whatever is played."""

from typing import Annotated

from protocol import limits
from protocol.house.fields import (
    AccountId,
    Amount,
    Balance,
    Count,
    Flag,
    Name,
    RequestNumber,
    Seconds,
    Words,
)
from protocol.house.lists import Phrase, Presence, Reason, Seat
from protocol.kinds import Choice
from protocol.layout import Many, Record, record
from protocol.wire import HOUSE, Message, Party, Request, Side, message


@record
class PlayerEntry(Record):
    """Somebody at the table."""

    account: AccountId
    name: Name
    seat: Annotated[Seat, Choice(Seat), "what he does"]
    presence: Annotated[Presence, Choice(Presence), "whether he is there"]
    muted: Annotated[Flag, "whether he may not talk"]
    balance: Annotated[Balance, "his chips; 0 where the house does not show them"]


@message(HOUSE, 0x30, Side.CLIENT, Party.SEATED, at_table=True, question=5)
class ListPlayers(Request):
    """Ask who is there, or is `GONE` and left chips on the table; a page at a time, by ascending
    account.
    """

    number: RequestNumber
    after_account: Annotated[AccountId, "go on after this account; 0: from the beginning"]


@message(HOUSE, 0x31, Side.SERVER, at_table=True)
class PlayersListed(Message):
    """Answer to `ListPlayers`."""

    number: RequestNumber
    players: Annotated[
        tuple[PlayerEntry, ...], Many(PlayerEntry, limits.PLAYERS_A_PAGE), "the page"
    ]
    more: Annotated[Flag, "whether another page follows"]


@message(HOUSE, 0x32, Side.SERVER, at_table=True, often=True)
class RosterChanged(Message):
    """Who came, went or changed since the last of these; a fifth as often as `BetsChanged`."""

    seated: Annotated[Count, "players and croupier at the table"]
    watching: Annotated[Count, "watchers, guests among them"]
    changes: Annotated[
        tuple[PlayerEntry, ...],
        Many(PlayerEntry, limits.CHANGES_A_BROADCAST),
        "as they are now, oldest change first; who left is `GONE`",
    ]
    complete: Annotated[Flag, "whether `changes` holds every change"]


@message(HOUSE, 0x29, Side.SERVER)
class ChipsGranted(Message):
    """The house gave chips: the opening stack again, to one who signs in with nothing left.

    It follows `SignedIn`, which counts these chips already, as it counts a new player's.
    """

    amount: Amount
    balance: Balance


@message(
    HOUSE,
    0x43,
    Side.CLIENT,
    Party.CROUPIER,
    refusals=(Reason.NO_SUCH_PLAYER, Reason.TEXT_UNFIT),
    at_table=True,
)
class KickPlayer(Request):
    """Throw somebody out. Their bets stay on the table. Who has a say in a frozen round can still
    show the link, and nothing else; `Goodbye` comes when the round is over.
    """

    number: RequestNumber
    account: AccountId
    words: Annotated[Words, "why; he reads it"]


@message(HOUSE, 0x44, Side.CLIENT, Party.CROUPIER, refusals=(Reason.TEXT_UNFIT,), at_table=True)
class Announce(Request):
    """Call something to everybody: one of the list, or in one's own words."""

    number: RequestNumber
    phrase: Annotated[Phrase, Choice(Phrase), "the call"]
    words: Annotated[Words, "one's own words, if it is none of the list"]


@message(
    HOUSE,
    0x45,
    Side.CLIENT,
    Party.CROUPIER,
    refusals=(Reason.NO_SUCH_PLAYER, Reason.NOT_NOW, Reason.FULL),
    at_table=True,
)
class HandOver(Request):
    """Give the croupier's seat to somebody at the table who has no chips on it.

    Both are told their new seats: `SeatTaken` with number 0, `TableIntroduced` and `TableShown`.
    """

    number: RequestNumber
    account: AccountId


@message(
    HOUSE,
    0x47,
    Side.CLIENT,
    Party.CROUPIER,
    refusals=(Reason.NO_SUCH_PLAYER, Reason.TEXT_UNFIT),
    at_table=True,
)
class MutePlayer(Request):
    """Let somebody not talk for a while."""

    number: RequestNumber
    account: AccountId
    seconds: Annotated[Seconds, "for how long; 0: he may talk again"]
    words: Annotated[Words, "why; he reads it"]


@message(
    HOUSE,
    0x48,
    Side.CLIENT,
    Party.CROUPIER,
    refusals=(Reason.NO_SUCH_PLAYER, Reason.TEXT_UNFIT),
    at_table=True,
)
class WarnPlayer(Request):
    """Warn somebody."""

    number: RequestNumber
    account: AccountId
    words: Annotated[Words, "why; he reads it"]
