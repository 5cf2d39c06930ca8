"""Chips on the layout."""

from typing import Annotated

from protocol import limits
from protocol.games.roulette.fields import Bet, PlacedBet, RoundNumber, SpotNumber, SpotTotal
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import ROULETTE, SPOTS
from protocol.house.fields import AccountId, Amount, AtStake, Balance, Count, Flag, RequestNumber
from protocol.house.lists import Reason
from protocol.layout import Many
from protocol.wire import Message, Party, Request, Side, message


@message(
    ROULETTE,
    0x10,
    Side.CLIENT,
    Party.PLAYER,
    Phase.BETTING,
    refusals=(
        Reason.NUMBER_REUSED,
        Reason.BETTING_CLOSED,
        Reason.WRONG_ROUND,
        Reason.DISK_FULL,
        Reason.TOO_FAST,
        Reason.NO_SUCH_SPOT,
        Reason.UNDER_LEAST,
        Reason.OVER_MOST,
        Reason.OVER_TABLE_MOST,
        Reason.NOT_ENOUGH_CHIPS,
    ),
    long="bets",
)
class PlaceBets(Request):
    """Lay chips on spots: all of them, or none. The same number again is the same request."""

    number: RequestNumber
    round_number: RoundNumber
    bets: Annotated[
        tuple[Bet, ...], Many(Bet, limits.BETS_A_REQUEST), "chips to add; each spot once"
    ]


@message(ROULETTE, 0x11, Side.SERVER)
class BetsPlaced(Message):
    """Answer to `PlaceBets`: the chips lie, and it is in the books."""

    number: RequestNumber
    round_number: RoundNumber
    balance: Balance
    at_stake: AtStake


@message(
    ROULETTE,
    0x12,
    Side.CLIENT,
    Party.PLAYER,
    Phase.BETTING,
    refusals=(
        Reason.NUMBER_REUSED,
        Reason.BETTING_CLOSED,
        Reason.WRONG_ROUND,
        Reason.DISK_FULL,
        Reason.TOO_FAST,
        Reason.NOTHING_THERE,
        Reason.STAKE_LOCKED,
        Reason.UNDER_LEAST,
    ),
    long="bets",
)
class TakeBackBets(Request):
    """Take chips back while betting is open: all of these, or none."""

    number: RequestNumber
    round_number: RoundNumber
    bets: Annotated[
        tuple[Bet, ...],
        Many(Bet, limits.BETS_A_REQUEST),
        "chips to take; an empty list: all that is not locked",
    ]


@message(ROULETTE, 0x13, Side.SERVER)
class BetsTakenBack(Message):
    """Answer to `TakeBackBets`."""

    number: RequestNumber
    round_number: RoundNumber
    balance: Balance
    at_stake: AtStake


@message(ROULETTE, 0x14, Side.SERVER, often=True)
class BetsChanged(Message):
    """What changed on the layout since the last of these; at most `broadcasts_a_second`.

    Its size does not grow with the table. All figures are what is there now, not differences. Where
    `complete` is no, more single bets changed than fit, and who wants them asks for the list.
    """

    round_number: RoundNumber
    revision: Annotated[Count, "counts up by one in a round"]
    players: Annotated[Count, "how many players have chips on the table"]
    bets: Annotated[Count, "how many bets: player and spot"]
    staked: Annotated[Amount, "all chips on the table"]
    totals: Annotated[tuple[SpotTotal, ...], Many(SpotTotal, len(SPOTS)), "the spots that changed"]
    latest: Annotated[
        tuple[PlacedBet, ...],
        Many(PlacedBet, limits.CHANGES_A_BROADCAST),
        "the single bets that changed, oldest first",
    ]
    complete: Annotated[Flag, "whether `latest` holds every change"]


@message(ROULETTE, 0x15, Side.CLIENT, Party.SEATED, refusals=(Reason.NO_SUCH_ROUND,), question=5)
class ListBets(Request):
    """Ask for everybody's bets of a round, now or later, a page at a time, by account and spot."""

    number: RequestNumber
    round_number: RoundNumber
    after_account: Annotated[AccountId, "go on after this account ..."]
    after_spot: Annotated[SpotNumber, "... and this spot; 0 and 0: from the beginning"]


@message(ROULETTE, 0x16, Side.SERVER)
class BetsListed(Message):
    """Answer to `ListBets`."""

    number: RequestNumber
    round_number: RoundNumber
    revision: Annotated[Count, "the `BetsChanged` that this page is as new as; 0 for a past round"]
    bets: Annotated[
        tuple[PlacedBet, ...],
        Many(PlacedBet, limits.BETS_A_PAGE),
        "the page; nobody is in it without chips",
    ]
    more: Annotated[Flag, "whether another page follows"]


@message(
    ROULETTE,
    0x17,
    Side.CLIENT,
    Party.PLAYER,
    Phase.BETTING,
    refusals=(Reason.BETTING_CLOSED, Reason.WRONG_ROUND),
)
class SayReady(Request):
    """Say that one has bet enough. When everybody has, a table that runs itself does not wait."""

    number: RequestNumber
    round_number: RoundNumber
