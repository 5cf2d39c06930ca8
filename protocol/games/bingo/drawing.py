"""How bingo draws: every card from a stream of its own, then one ball after the other.

A card of 75 has five columns of fifteen numbers each, unsorted, and mostly a free centre. A ticket
of 90 has three rows of nine columns with five numbers each, no column without one, sorted down.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

from protocol.fair.drawing import Halves, Kind, Misread, Result, Stakes, Unlawful, same
from protocol.fair.hashes import Account, What, u16, u64
from protocol.fair.words import Words

Card: TypeAlias = list[list[int]]
"""By column of 75, by row of 90; 0 is an empty place."""
FREE = 0
MOST_CARDS = 255
"""Of an account: as many as one bet can say."""


def card_of_75(words: Words, *, free: bool) -> Card:
    """Five columns, top to bottom."""
    columns = []
    for column in range(5):
        pool = [*range(15 * column + 1, 15 * column + 16)]
        columns.append(
            [FREE if free and (column, row) == (2, 2) else words.take(pool) for row in range(5)]
        )
    return columns


def ticket_of_90(words: Words) -> Card:
    """Three rows."""
    while True:
        rows = []
        for _ in range(3):
            pool = [*range(9)]
            rows.append([words.take(pool) for _ in range(5)])
        if len({column for row in rows for column in row}) == 9:
            break
    ticket = [[FREE] * 9 for _ in rows]
    for column in range(9):
        here = [at for at, row in enumerate(rows) if column in row]
        pool = [*range(10 * column or 1, 91 if column == 8 else 10 * column + 10)]
        for at, number in zip(here, sorted(words.take(pool) for _ in here), strict=True):
            ticket[at][column] = number
    return ticket


class Hall:
    """One round."""

    def __init__(
        self, balls: int, rules: Sequence[str], state: bytes, stakes: Stakes, whole: bool
    ) -> None:
        if len(state) != 2:
            raise Misread("the state of a hall is how many balls there are")
        if int.from_bytes(state, "big") != balls:
            raise Unlawful(f"there are {balls} balls")
        if any(sum(cards for cards, _, _ in bets) > MOST_CARDS for bets in stakes.values()):
            raise Unlawful(f"nobody buys more than {MOST_CARDS} cards")
        self._tag = f"bingo{balls}"
        self._card: Callable[[Words], Card] = (
            partial(card_of_75, free="free" in rules) if balls == 75 else ticket_of_90
        )
        self._stakes = stakes
        self._whole = whole
        self._left = [*range(1, balls + 1)]
        self._called = 0
        self._dealt = False

    def draw(self, what: int, detail: bytes, words: Words) -> Result:
        match what:
            case What.CARDS if detail:
                raise Misread("the cards have no detail")
            case What.CARDS if not self._dealt:
                return {
                    "cards": {
                        f"{account}/{number}": self.card(words, account, number)
                        for account, number in self._bought(self._stakes)
                    }
                }
            case What.BALL if len(detail) != 2:
                raise Misread("a ball has the number of its call")
            case What.BALL if self._left and int.from_bytes(detail, "big") == self._called + 1:
                return {"ball": self._left[words.below(len(self._left))]}
        raise Unlawful(f"bingo has no step {what} now")

    def fits(self, what: int, detail: bytes, words: Words, told: Any) -> bool:
        result = self.draw(what, detail, words)
        if what != What.CARDS or self._whole:
            return same(result, told)
        # Who has which cards is not listed: each that was told has to be the one it is called.
        cards = told["cards"]
        return result["cards"].keys() <= cards.keys() and all(
            same(self.card(words, *_name(name)), card) for name, card in cards.items()
        )

    def card(self, words: Words, account: Account, number: int) -> Card:
        """This card of an account, counted from 0."""
        return self._card(words.apart(self._tag, u64(account) + u16(number)))

    @staticmethod
    def _bought(stakes: Stakes) -> Iterator[tuple[Account, int]]:
        for account in sorted(stakes):
            for number in range(sum(cards for cards, _, _ in stakes[account])):
                yield account, number

    def keep(self, what: int, detail: bytes, result: Result) -> None:  # noqa: ARG002
        if what == What.CARDS:
            self._dealt = True
        else:
            ball = result["ball"]
            if type(ball) is not int or ball not in self._left:
                raise Unlawful("there is no such ball left")
            self._left.remove(ball)
            self._called += 1

    def note(self, _: bytes) -> None:
        raise Unlawful("nothing is decided in bingo")

    def payouts(self) -> Halves | None:
        return None


def _name(name: str) -> tuple[Account, int]:
    """Written in one way only, so that no card has two."""
    account, number = map(int, name.split("/"))
    written = f"{account}/{number}" == name
    if not (written and 0 <= account < 2**64 and 0 <= number < MOST_CARDS):
        raise Unlawful("a card is called by its account and its number")
    return account, number


BINGO_75 = Kind(4, partial(Hall, 75), lambda _: True)
BINGO_90 = Kind(5, partial(Hall, 90), lambda _: True)
"""What is won is on another page: no word of the rules is judged here."""
