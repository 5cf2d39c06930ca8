"""Cards and what they count: facts only.

A card's code is 13 times its suit (clubs, diamonds, hearts, spades) and its rank (ace, 2 to king).
A shoe is how many of each are left: a card that nobody has drawn does not exist yet.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from protocol.fair.drawing import Unlawful

Card: TypeAlias = int
Fits: TypeAlias = Callable[[Card], bool]

CARDS = range(52)
RANKS = "A23456789TJQK"
SUITS = "cdhs"
NAMES = tuple(f"{rank}{suit}" for suit in SUITS for rank in RANKS)
CODES = {name: code for code, name in enumerate(NAMES)}
CODES.update({f"10{suit}": CODES[f"T{suit}"] for suit in SUITS})
"""A ten may be written either way."""
TWENTY_ONE = 21


def any_card(_: Card) -> bool:
    return True


def points(card: Card) -> int:
    """1 for an ace, 10 for a ten and the faces."""
    return min(card % 13 + 1, 10)


def is_ace(card: Card) -> bool:
    return points(card) == 1


def is_ten(card: Card) -> bool:
    return points(card) == 10


def value(cards: Iterable[Card]) -> tuple[int, bool]:
    """What they count, and whether an ace of them counts 11."""
    each = [points(card) for card in cards]
    total = sum(each)
    soft = 1 in each and total + 10 <= TWENTY_ONE
    return total + 10 * soft, soft


def is_natural(cards: Sequence[Card]) -> bool:
    return len(cards) == 2 and value(cards)[0] == TWENTY_ONE


def dealer_draws(cards: Sequence[Card], *, hits_soft_17: bool) -> bool:
    """Whether the dealer takes another card."""
    total, soft = value(cards)
    return total < 17 or (hits_soft_17 and soft and total == 17)


class Shoe:
    """How many of each card are left."""

    def __init__(self, counts: Iterable[int]) -> None:
        self.counts = [*counts]

    def left(self, fits: Fits = any_card) -> int:
        """Of the cards that fit."""
        return sum(self.counts[card] for card in CARDS if fits(card))

    def find(self, index: int, fits: Fits = any_card) -> Card:
        """The card with this index, by ascending code, copies counted, of those that fit."""
        for card in CARDS:
            if fits(card):
                if index < self.counts[card]:
                    return card
                index -= self.counts[card]
        raise Unlawful("there are not so many cards")

    def remove(self, card: Card) -> None:
        if not self.counts[card]:
            raise Unlawful(f"there is no {NAMES[card]} left")
        self.counts[card] -= 1
