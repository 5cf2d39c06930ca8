"""Chips that belong together: whatever was made of them is in a wallet, in a pot or in the bank.

The sums are kept as chips move, so `check` costs the same however many wallets there are; `walk`
adds all wallets up, where somebody has the time for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from protocol.fair.hashes import Account
from protocol.house.fields import Chips


class BooksError(Exception):
    """A deed that the books cannot hold: the program is wrong, or the ledger is damaged."""


@dataclass(slots=True)
class Purse:
    """Purse 0 is the house's; a tournament has one of its own."""

    mint: Chips = 0
    """Below 0: so many were made."""
    bank: Chips = 0
    in_pots: Chips = 0
    in_wallets: Chips = 0
    wallets: dict[Account, Chips] = field(default_factory=dict)
    halves: set[Account] = field(default_factory=set)
    """To whom half a chip is owed: it lies in the bank until another half makes a chip of it."""

    def give(self, account: Account, chips: Chips) -> None:
        """To a wallet; from where, is for the caller to say."""
        self.wallets[account] = self.wallets.get(account, 0) + chips
        self.in_wallets += chips

    def check(self) -> None:
        """Chips are neither made nor destroyed; raises `BooksError`."""
        if self.mint + self.bank + self.in_pots + self.in_wallets != 0:
            raise BooksError("the sum of all balances is not 0")

    def walk(self, pots: Iterable[Chips]) -> None:
        """Add up every wallet, and these pots, which are all that the purse has."""
        if min(self.wallets.values(), default=0) < 0:
            raise BooksError("a wallet is below 0")
        if sum(self.wallets.values()) != self.in_wallets:
            raise BooksError("the wallets are not what was put into them")
        if sum(pots) != self.in_pots:
            raise BooksError("the chips on the tables are not the chips in the pots")
        if not self.halves <= self.wallets.keys():
            raise BooksError("half a chip is owed to somebody without a wallet")
        self.check()
