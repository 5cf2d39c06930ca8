"""What a spin does to the bets. Pure: bets and a pocket in, payouts out."""

from collections.abc import Mapping
from typing import NamedTuple

from protocol.fairness import Account
from protocol.roulette import TIMES, Chips, Pocket, Spot


class Payout(NamedTuple):
    """How one account ends a round: what lay on the table, and what comes back to the wallet."""

    account: Account
    staked: Chips
    returned: Chips


def settle(bets: Mapping[Account, Mapping[Spot, Chips]], pocket: Pocket) -> list[Payout]:
    """One payout for each account with chips on the table, ascending."""
    times = TIMES[pocket]
    return [
        Payout(
            account,
            sum(chips.values()),
            sum([stake * times[spot] for spot, stake in chips.items()]),
        )
        for account, chips in sorted(bets.items())
        if chips
    ]
