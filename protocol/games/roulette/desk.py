"""The croupier's orders to the wheel. None carries an outcome; each is answered with `Done`."""

from typing import Annotated

from protocol.games.roulette.fields import RoundNumber
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import ROULETTE
from protocol.house.fields import RequestNumber, Seconds, Words
from protocol.house.lists import Reason
from protocol.wire import Party, Request, Side, message


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


@message(ROULETTE, 0x46, Side.CLIENT, Party.CROUPIER)
class SetAuto(Request):
    """Let the table run itself, or take it back into one's hands."""

    number: RequestNumber
    seconds: Annotated[Seconds, "how long it takes bets by itself; 0: not at all"]
