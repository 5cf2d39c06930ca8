"""Roulette's deeds, each done in the books of one table. Pure."""

from collections.abc import Sequence

from protocol.fair.hashes import Account
from protocol.games.roulette.rules import Pocket
from protocol.games.roulette.zero import PLAIN, Law
from protocol.house.fields import Chips
from server.books.books import Books, Kept, Rest
from server.games.roulette.state import Bet, Locked, RouletteState


class Deeds:
    """What happens at one table, written down."""

    def __init__(self, books: Books, table: int) -> None:
        state = books.tills[table].state
        assert isinstance(state, RouletteState)
        self.books = books
        self.table = table
        self.till = books.tills[table]
        self.state = state

    def open(self, number: int, law: Law = PLAIN) -> None:
        self.books.play(self.table, "open", [number, *map(int, law)])

    def stake(
        self, number: int, account: Account, request: int, bets: list[Bet], total: Chips
    ) -> None:
        self.books.stake(self.table, account, request, total, [number, bets])

    def refund(
        self, number: int, account: Account, request: int, bets: list[Bet], total: Chips
    ) -> None:
        """No bets named means all of them."""
        self.books.refund(self.table, account, request, total, [number, bets])

    def freeze(self, number: int) -> None:
        self.books.play(self.table, "freeze", [number])

    def settle(
        self,
        number: int,
        pocket: Pocket,
        returned: Sequence[Chips],
        record: str,
        *,
        rest: Sequence[Rest] = (),
        locked: Sequence[Locked] = (),
    ) -> None:
        what = [pocket, locked]
        self.books.settle(self.table, number, returned, rest, record, what)

    def void(self, number: int, reason: str, record: str, kept: Sequence[Kept] = ()) -> None:
        self.books.give_back(self.table, number, kept, record, [reason])

    def clear(self) -> None:
        self.books.clear(self.table, [])
