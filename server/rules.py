"""What a spin does to the bets. Pure: bets and a pocket in, payouts out."""

from collections.abc import Mapping
from typing import NamedTuple

from protocol.fairness import Account
from protocol.roulette import Chips, Pocket, Spot, returned


class Payout(NamedTuple):
    """How one account ends a round: what lay on the table, and what comes back to the wallet."""

    account: Account
    staked: Chips
    returned: Chips


def settle(bets: Mapping[Account, Mapping[Spot, Chips]], pocket: Pocket) -> list[Payout]:
    """One payout for each account with chips on the table, ascending."""
    return [
        Payout(
            account,
            sum(chips.values()),
            sum(returned(spot, stake, pocket) for spot, stake in chips.items()),
        )
        for account, chips in sorted(bets.items())
        if chips
    ]
