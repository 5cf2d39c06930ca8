"""The fields that the messages of roulette share."""

from typing import Annotated, TypeAlias

from protocol.games.roulette.lists import End
from protocol.games.roulette.rules import DOUBLE_ZERO, SPOTS, Group
from protocol.house.fields import AccountId, Amount, Name, Net
from protocol.kinds import Choice, Number, YesNo
from protocol.layout import Record, record

HalfOwed: TypeAlias = Annotated[
    bool, YesNo(), "whether the house owes one half a chip; it is paid with the next half"
]
RoundNumber: TypeAlias = Annotated[int, Number(8), "the round, from 1"]
SpotNumber: TypeAlias = Annotated[int, Number(1, most=len(SPOTS) - 1), "the spot"]
PocketNumber: TypeAlias = Annotated[
    int, Number(1, most=DOUBLE_ZERO), f"the number that fell; {DOUBLE_ZERO}: the double zero"
]


@record
class Bet(Record):
    """Chips on a spot."""

    spot: SpotNumber
    chips: Amount


@record
class PlacedBet(Record):
    """What one player has on one spot now; no chips: he took them back."""

    account: AccountId
    spot: SpotNumber
    chips: Amount


@record
class SpotTotal(Record):
    """What everybody has on a spot now."""

    spot: SpotNumber
    chips: Amount
    players: Annotated[int, Number(4), "how many players have chips there"]


@record
class Payout(Record):
    """What became of one's bet on a spot."""

    spot: SpotNumber
    stake: Amount
    returned: Annotated[int, Number(8), "what came back: stake and winnings, or nothing"]
    end: Annotated[End, Choice(End), "what became of it"] = End.PAID


@record
class Result(Record):
    """What a player won or lost in a round."""

    account: AccountId
    name: Name
    net: Net


@record
class SpotLimit(Record):
    """One line of the plaque: what may lie on one spot of a group, from one player."""

    group: Annotated[Group, Choice(Group), "the kind of spot"]
    least: Amount
    most: Amount
