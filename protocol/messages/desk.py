"""The croupier's orders. No order carries an outcome. Each is answered with `Done` or refused."""

from typing import Annotated

from protocol.kinds import Choice
from protocol.messages.fields import AccountId, RequestNumber, RoundNumber, Seconds, Words
from protocol.messages.lists import Phase, Phrase, Reason
from protocol.roulette import ROULETTE
from protocol.wire import HOUSE, Party, Request, Side, message


@message(
    ROULETTE,
    0x40,
    Side.CLIENT,
    Party.CROUPIER,
    Phase.BETTING,
    Phase.CLOSED,
    refusals=(Reason.NOT_NOW, Reason.WRONG_ROUND, Reason.NO_BETS, Reason.NOT_ENOUGH_PLAYERS),
)
class StartSpin(Request):
    """Start the wheel. If bets are open, they close with it."""

    number: RequestNumber
    round_number: RoundNumber


@message(
    ROULETTE,
    0x41,
    Side.CLIENT,
    Party.CROUPIER,
    Phase.BETTING,
    refusals=(Reason.NOT_NOW, Reason.WRONG_ROUND, Reason.NO_BETS, Reason.NOT_ENOUGH_PLAYERS),
)
class CloseBetting(Request):
    """No more bets."""

    number: RequestNumber
    round_number: RoundNumber


@message(
    ROULETTE,
    0x42,
    Side.CLIENT,
    Party.CROUPIER,
    Phase.BETTING,
    refusals=(Reason.TOO_LATE, Reason.TEXT_UNFIT, Reason.WRONG_ROUND, Reason.DISK_FULL),
)
class VoidRound(Request):
    """Give every stake back and open the next round; only while bets are open."""

    number: RequestNumber
    round_number: RoundNumber
    words: Annotated[Words, "why; everybody reads it"]


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
    show the secret, and nothing else; `Goodbye` comes when the round is over.
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
    refusals=(Reason.NO_SUCH_PLAYER, Reason.NOT_NOW),
    at_table=True,
)
class HandOver(Request):
    """Give the croupier's seat to somebody at the table who has no chips on it.

    Both are told their new seats: `SeatTaken` with number 0, and `TableShown`.
    """

    number: RequestNumber
    account: AccountId


@message(ROULETTE, 0x46, Side.CLIENT, Party.CROUPIER)
class SetAuto(Request):
    """Let the table run itself, or take it back into one's hands."""

    number: RequestNumber
    seconds: Annotated[Seconds, "how long it takes bets by itself; 0: not at all"]


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
