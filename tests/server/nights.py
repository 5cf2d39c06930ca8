"""One table of roulette in its books, for tests that do the deeds by hand."""

from collections.abc import Sequence
from typing import TypeAlias

from protocol.fair.hashes import Account
from protocol.house.fields import Chips
from server.books.books import HOUSE, Books, Deed
from server.books.purse import Purse
from server.games import STATES
from server.games.roulette.deeds import Deeds
from server.games.roulette.state import Round

Bets: TypeAlias = Sequence[Sequence[int]]

TABLE = "00" * 16
HASH = "00" * 32


class Night(Deeds):
    """The deeds of a table, and those of the house around it."""

    def __init__(
        self, books: Books | None = None, draw: str = TABLE, anchor: str = HASH, table: int = 1
    ) -> None:
        books = Books(STATES) if books is None else books
        if not books.tills:
            books.open_till(1, "roulette", "", HOUSE, draw, anchor)
        super().__init__(books, table)

    def enroll(self, account: Account, name: str, token: str = "", address: str = "") -> None:
        self.books.enroll(account, name, token, address)

    def grant(self, account: Account, chips: Chips) -> None:
        self.books.grant(HOUSE, account, chips)

    def lay(
        self, number: int, account: Account, request: int, bets: Sequence[Sequence[int]]
    ) -> None:
        """Bets on the table."""
        chips = [[*bet] for bet in bets]
        self.stake(number, account, request, chips, sum(amount for _, amount in bets))

    def take(
        self, number: int, account: Account, request: int, bets: Sequence[Sequence[int]]
    ) -> None:
        """Bets from the table; none: all."""
        total = sum(chips for _, chips in bets) if bets else self.till.stakes.get(account, 0)
        self.refund(number, account, request, [[*bet] for bet in bets], total)

    def wallet(self, account: Account) -> Chips:
        return self.books.wallet(account)

    def take_journal(self) -> list[Deed]:
        return self.books.take_journal()

    @property
    def purse(self) -> Purse:
        return self.books.purses[HOUSE]

    @property
    def round(self) -> Round:
        return self.state.round

    @property
    def returned(self) -> Sequence[Chips]:
        """What comes to each, if all stakes come back."""
        return [chips for _, chips in sorted(self.till.stakes.items())]
