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
    payouts = []
    for account, chips in sorted(bets.items()):
        staked = back = 0
        for spot, stake in chips.items():
            staked += stake
            back += stake * times[spot]
        if staked:
            payouts.append(Payout(account, staked, back))
    return payouts
