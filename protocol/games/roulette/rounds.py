"""A round from "place your bets" to the payout; what proves its number the house says (`draw`)."""

from typing import Annotated

from protocol import limits
from protocol.games.roulette.fields import (
    Bet,
    HalfOwed,
    Payout,
    PocketNumber,
    Result,
    RoundNumber,
    SpotLimit,
    SpotTotal,
)
from protocol.games.roulette.lists import Phase, WheelKind, Zero
from protocol.games.roulette.rules import ROULETTE, SPOTS, Group
from protocol.house.fields import (
    NO_DEADLINE,
    AccountId,
    Amount,
    AtStake,
    Balance,
    Count,
    DrawId,
    Millis,
    Moment,
    Name,
    Net,
    Seconds,
    Sha,
    Words,
)
from protocol.kinds import Choice, Text
from protocol.layout import Many
from protocol.wire import Message, Side, message


@message(ROULETTE, 0x02, Side.SERVER)
class TableIntroduced(Message):
    """The table, for who sits down or looks on: by these rules one plays."""

    draw: DrawId
    anchor: Annotated[Sha, "the public end of the table's chain of seeds: S_0"]
    name: Annotated[str, Text(limits.NAME_BYTES), "what it is called"]
    auto_seconds: Annotated[Seconds, "how long the table takes bets by itself; 0: a croupier does"]
    table_most: Annotated[Amount, "the most that a player may have on the table in a round"]
    plaque: Annotated[tuple[SpotLimit, ...], Many(SpotLimit, len(Group)), "limits for each spot"]
    wheel: Annotated[WheelKind, Choice(WheelKind), "the wheel, which says what spots there are"] = (
        WheelKind.SINGLE
    )
    zero: Annotated[Zero, Choice(Zero), "what a zero does to the stakes of even chances"] = (
        Zero.NOTHING
    )


@message(ROULETTE, 0x20, Side.SERVER)
class TableShown(Message):
    """Everything on the table at one instant: what follows builds on exactly this."""

    round_number: RoundNumber
    phase: Annotated[Phase, Choice(Phase), "where the round is"]
    ms_left: Annotated[Millis, f"until the phase ends; {NO_DEADLINE}: when the croupier says so"]
    auto_seconds: Annotated[Seconds, "how long the table takes bets by itself; 0: a croupier does"]
    croupier: Annotated[AccountId, "who has the croupier's seat; 0: nobody"]
    croupier_name: Annotated[Name, "the croupier's name"]
    players: Annotated[Count, "how many players have chips on the table"]
    bets: Annotated[Count, "how many bets: player and spot"]
    staked: Annotated[Amount, "all chips on the table"]
    revision: Annotated[Count, "the `BetsChanged` that this is as new as"]
    balance: Balance
    at_stake: AtStake
    totals: Annotated[tuple[SpotTotal, ...], Many(SpotTotal, len(SPOTS)), "every spot with chips"]
    own_bets: Annotated[tuple[Bet, ...], Many(Bet, len(SPOTS)), "one's own chips, locked ones too"]
    half_owed: HalfOwed = False


@message(ROULETTE, 0x21, Side.SERVER)
class RoundOpened(Message):
    """Place your bets."""

    round_number: RoundNumber
    ms_left: Millis


@message(ROULETTE, 0x22, Side.SERVER, often=True)
class DeadlineMoved(Message):
    """The phase ends sooner or later than was said."""

    round_number: RoundNumber
    ms_left: Millis


@message(ROULETTE, 0x23, Side.SERVER)
class AutoChanged(Message):
    """The table now runs itself, or waits for its croupier."""

    seconds: Annotated[Seconds, "how long it takes bets by itself; 0: a croupier does"]


@message(ROULETTE, 0x24, Side.SERVER)
class BettingClosed(Message):
    """No more bets. Everything that the number depends on is fixed: `RoundFrozen` follows."""

    round_number: RoundNumber
    ms_left: Annotated[Millis, "until the wheel turns by itself, at the latest"]


@message(ROULETTE, 0x25, Side.SERVER)
class WheelStarted(Message):
    """The wheel turns, and links are waited for: `EventAsked` follows."""

    round_number: RoundNumber
    ms_left: Annotated[Millis, "until the number is known, at the latest"]


@message(ROULETTE, 0x26, Side.SERVER)
class RoundSettled(Message):
    """The number, right behind the `EventDrawn` that it follows from. It is all in the books."""

    round_number: RoundNumber
    pocket: PocketNumber
    at: Moment
    players: Annotated[Count, "how many players had chips on the table"]
    staked: Annotated[Amount, "all stakes that ended; a locked one counts when it ends"]
    returned: Annotated[Amount, "all chips that went back to players"]
    top: Annotated[
        tuple[Result, ...], Many(Result, limits.TOP_RESULTS), "the best results, best first"
    ]


@message(ROULETTE, 0x27, Side.SERVER)
class PlayerSettled(Message):
    """One's own result of a round that was settled or voided; then every stake came back that was
    not locked before. What zero locked neither won nor lost.
    """

    round_number: RoundNumber
    net: Net
    balance: Balance
    payouts: Annotated[tuple[Payout, ...], Many(Payout, len(SPOTS)), "each bet, by ascending spot"]
    half_owed: HalfOwed = False


@message(ROULETTE, 0x28, Side.SERVER)
class RoundVoided(Message):
    """The round does not count; every stake went back. Nothing was drawn in it."""

    round_number: RoundNumber
    words: Annotated[Words, "why, as the croupier or the house says it"]
