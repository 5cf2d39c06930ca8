"""What has been: asked for in pages."""

from typing import Annotated

from protocol import limits
from protocol.games.roulette.fields import Payout, PocketNumber, RoundNumber
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.rules import DOUBLE_ZERO, ROULETTE, SPOTS
from protocol.house.fields import (
    Amount,
    Count,
    Flag,
    Moment,
    Net,
    RequestNumber,
)
from protocol.kinds import Choice, Number
from protocol.layout import Many, Record, Series, record
from protocol.wire import Message, Party, Request, Side, message


@record
class RoundEntry(Record):
    """A round that is over."""

    round_number: RoundNumber
    state: Annotated[RoundState, Choice(RoundState), "settled or void"]
    pocket: Annotated[PocketNumber, "the number that fell; 0 in a voided round"]
    at: Moment
    players: Count
    staked: Amount
    returned: Annotated[Amount, "all chips that went back to players"]


@record
class OwnRoundEntry(Record):
    """One's own part in a round that is over."""

    round_number: RoundNumber
    state: Annotated[RoundState, Choice(RoundState), "settled or void"]
    pocket: Annotated[PocketNumber, "the number that fell; 0 in a voided round"]
    at: Moment
    net: Net
    payouts: Annotated[tuple[Payout, ...], Many(Payout, len(SPOTS)), "each bet, by ascending spot"]


@message(ROULETTE, 0x33, Side.CLIENT, Party.SEATED, question=2)
class ListRounds(Request):
    """Ask for the table's rounds, newest first, a page at a time."""

    number: RequestNumber
    before_round: Annotated[RoundNumber, "only rounds before this one; 0: from the newest"]


@message(ROULETTE, 0x34, Side.SERVER)
class RoundsListed(Message):
    """Answer to `ListRounds`."""

    number: RequestNumber
    rounds: Annotated[tuple[RoundEntry, ...], Many(RoundEntry, limits.ROUNDS_A_PAGE), "the page"]
    more: Annotated[Flag, "whether another page follows"]


@message(ROULETTE, 0x35, Side.CLIENT, Party.SEATED, question=8)
class ListOwnRounds(Request):
    """Ask for the rounds in which one had bets, in full, newest first, a page at a time."""

    number: RequestNumber
    before_round: Annotated[RoundNumber, "only rounds before this one; 0: from the newest"]


@message(ROULETTE, 0x36, Side.SERVER)
class OwnRoundsListed(Message):
    """Answer to `ListOwnRounds`."""

    number: RequestNumber
    rounds: Annotated[
        tuple[OwnRoundEntry, ...], Many(OwnRoundEntry, limits.OWN_ROUNDS_A_PAGE), "the page"
    ]
    more: Annotated[Flag, "whether another page follows"]


@message(ROULETTE, 0x37, Side.CLIENT, Party.SEATED, question=1)
class ListResults(Request):
    """Ask for the numbers that fell last: what every statistic of the table is made from."""

    number: RequestNumber


@message(ROULETTE, 0x38, Side.SERVER)
class ResultsListed(Message):
    """Answer to `ListResults`."""

    number: RequestNumber
    last_round: Annotated[RoundNumber, "the round of the newest; 0: none yet"]
    rounds: Annotated[int, Number(8), "how many rounds the table has settled"]
    staked: Annotated[Amount, "all chips ever bet in them"]
    returned: Annotated[Amount, "all chips of them that went back to players"]
    pockets: Annotated[
        tuple[int, ...],
        Series(Number(1, most=DOUBLE_ZERO), limits.RESULTS_KEPT),
        "the numbers, newest first",
    ]
