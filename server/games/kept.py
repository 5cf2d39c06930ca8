"""What a small game has in the books: nothing, or the stakes of a game that is not over. Pure."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from protocol.fair.hashes import Account
from protocol.house.fields import Chips
from server.books.books import Deed
from server.books.purse import BooksError
from server.books.till import Till, numbered
from server.tables.game import Record


class NothingKept:
    """Of a game that is played for nothing, and forgotten when the house closes."""

    OWN: ClassVar[frozenset[str]] = frozenset()

    def stake(self, *_: Any) -> None:
        raise BooksError("no chips lie at this game")

    refund = settle = give_back = clear = stake

    def check(self, stakes: Mapping[Account, Chips]) -> None:
        if stakes:
            raise BooksError("chips lie at a game that takes none")

    def snapshot(self) -> Any:
        return None

    @classmethod
    def of_snapshot(cls, _: Any) -> Self:
        return cls()


def settles_never(_: Till, __: Record, ___: Deed, ____: Collection[Account]) -> None:
    """For the audit: a game without chips has nothing to settle."""
    raise BooksError("no chips lie at this game")


class Escrow:
    """Of a game in which each of so many stakes the same. What was staked stays until all is over:
    then it goes from some of them to others, and not one chip to the house or from it.
    """

    OWN: ClassVar[frozenset[str]] = frozenset()
    PLAYERS: ClassVar[int]

    def __init__(self) -> None:
        self.stakes: dict[Account, Chips] = {}

    def stake(self, account: Account, chips: Chips, *_: Any) -> None:
        if account in self.stakes or len(self.stakes) >= self.PLAYERS:
            raise BooksError(f"account {account} stakes where nobody can")
        if any(each != chips for each in self.stakes.values()):
            raise BooksError(f"{chips} are not what the others staked")
        self.stakes[account] = chips

    def refund(self, account: Account, *_: Any) -> None:
        raise BooksError(f"account {account} takes back what stays until the end")

    def settle(self, number: int, staked: Chips, returned: Chips, *_: Any) -> None:
        if len(self.stakes) != self.PLAYERS or staked != returned:
            raise BooksError(f"game {number}: {returned} of {staked} chips came back")
        self.stakes = {}

    def give_back(self, *_: Any) -> None:
        self.stakes = {}

    def clear(self) -> None:
        raise BooksError("nothing stays on the table")

    def check(self, stakes: Mapping[Account, Chips]) -> None:
        if self.stakes != stakes:
            raise BooksError("the stakes of the game are not the chips in the pot")

    def snapshot(self) -> dict[Account, Chips]:
        return self.stakes

    @classmethod
    def of_snapshot(cls, kept: dict[str, Chips]) -> Self:
        state = cls()
        state.stakes = numbered(kept)
        return state
