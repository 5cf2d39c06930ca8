"""The hands of a round: whose chips ride on each, and what they return.

A box has one hand, or several once it was split. Whoever bet on the box, on their own or behind,
has chips on its hands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from protocol.fair.drawing import Halves, Unlawful
from protocol.fair.hashes import Account
from protocol.games.blackjack.cards import TWENTY_ONE, Card, is_ace, is_natural, points, value

Chips = int
Added = Sequence[tuple[Account, Chips]]
"""Whose chips are put on top."""
MOST_BOXES = 7


class Rules(NamedTuple):
    """As the words of the freeze say them."""

    natural: tuple[int, int]
    """What it wins, for how much."""
    hits_soft_17: bool
    peek: bool
    double_after_split: bool
    surrender: bool
    early: bool
    """Surrender before the dealer has looked."""
    hands: int
    """That one box may be split into."""

    @classmethod
    def of(cls, words: Sequence[str]) -> "Rules":
        """Of the words that are known here."""
        figures = dict(word.split("=") for word in words if "=" in word)
        wins, of = figures.get("bj", "3:2").split(":")
        return cls(
            natural=(int(wins), int(of)),
            hits_soft_17="h17" in words,
            peek="peek" in words,
            double_after_split="das" in words,
            surrender="ls" in words or "es" in words,
            early="es" in words,
            hands=int(figures.get("hands", "4")),
        )


_PLAIN = frozenset(("s17", "h17", "peek", "das", "ls", "es"))
_COUNTED = frozenset(("decks", "cut", "hands"))


def known(word: str) -> bool:
    """Whether a word of the rules is one that payouts can be judged by."""
    name, _, figure = word.partition("=")
    if name == "bj":
        return figure in ("3:2", "6:5", "1:1", "2:1")
    if name in _COUNTED:
        return figure.isascii() and figure.isdecimal() and len(figure) <= 3
    return word in _PLAIN


@dataclass(slots=True)
class Hand:
    """One hand of a box."""

    cards: list[Card]
    bets: dict[Account, Chips]
    added: dict[Account, Chips] = field(default_factory=dict)
    """By a double."""
    split: bool = False
    over: bool = False
    """It takes no card any more."""
    surrendered: bool = False
    even: set[Account] = field(default_factory=set)
    """Who took even money on a natural."""

    @property
    def natural(self) -> bool:
        return not self.split and is_natural(self.cards)

    @property
    def total(self) -> int:
        return value(self.cards)[0]

    @property
    def bust(self) -> bool:
        return self.total > TWENTY_ONE

    def take(self, card: Card) -> None:
        self.cards.append(card)
        split_aces = self.split and is_ace(self.cards[0])
        self.over = self.over or self.total >= TWENTY_ONE or split_aces


@dataclass(slots=True)
class Hands:
    """Of all boxes, and the dealer's."""

    rules: Rules
    bets: Mapping[int, Mapping[Account, Chips]]
    """By box."""
    whole: bool
    """Whether these are everybody's."""
    boxes: dict[int, list[Hand]] = field(default_factory=dict)
    dealer: list[Card] = field(default_factory=list)
    insured: dict[tuple[Account, int], Chips] = field(default_factory=dict)

    def deal(self, cards: Mapping[int, Sequence[Card]], up: Card) -> None:
        """The first cards of each box, and the one of the dealer that everybody sees."""
        for box, pair in cards.items():
            hand = Hand([], dict(self.bets.get(box, {})))
            for card in pair:
                hand.take(card)
            self.boxes[box] = [hand]
        self.dealer.append(up)

    def verify_insurance(self, account: Account, box: int, chips: Chips) -> None:
        """Half of the bet at the most, and only where an ace is seen."""
        bet = self.find(box, 0).bets.get(account, 0)
        if not is_ace(self.dealer[0]) or (self.whole and not 0 < chips <= bet // 2):
            raise Unlawful(f"an insurance of {chips} on box {box}")

    def take_even_money(self, box: int, number: int, added: Added) -> None:
        """For a natural while the dealer may have one: of those named, or of all."""
        hand = self.find(box, number)
        if not (hand.natural and is_ace(self.dealer[0])):
            raise Unlawful(f"even money on box {box}")
        hand.even.update(account for account, _ in added or hand.bets.items())

    # --- what a hand does -------------------------------------------------------------------

    def find(self, box: int, number: int) -> Hand:
        """The hand with this number, in the order in which they arose."""
        hands = self.boxes.get(box, ())
        if number >= len(hands):
            raise Unlawful(f"box {box} has no hand {number}")
        return hands[number]

    def live(self, box: int, number: int, cards: int | None = None) -> Hand:
        """The same, of so many cards, if it may still do something."""
        hand = self.find(box, number)
        if hand.over or (len(hand.cards) < 2 if cards is None else len(hand.cards) != cards):
            raise Unlawful(f"hand {number} of box {box} does nothing now")
        return hand

    def stand(self, box: int, number: int) -> None:
        self.live(box, number).over = True

    def surrender(self, box: int, number: int) -> None:
        hand = self.live(box, number, 2)
        if hand.split or not self.rules.surrender:
            raise Unlawful(f"box {box} cannot be given up")
        hand.over = hand.surrendered = True

    def double(self, box: int, number: int, added: Added) -> Hand:
        """The hand that gets one card more and stands."""
        hand = self.live(box, number, 2)
        if hand.split and not self.rules.double_after_split:
            raise Unlawful("a split hand is not doubled here")
        for account, chips in added:
            if self.whole and not 0 < chips <= hand.bets.get(account, 0):
                raise Unlawful(f"{chips} more on hand {number} of box {box}")
            hand.added[account] = chips
        hand.over = True
        return hand

    def split(self, box: int, number: int, added: Added) -> Hand:
        """The hand that keeps the first card; the second lies beside it as a hand of its own."""
        hand = self.live(box, number, 2)
        first, second = hand.cards
        if points(first) != points(second) or len(self.boxes[box]) >= self.rules.hands:
            raise Unlawful(f"hand {number} of box {box} is not split")
        bets = dict(added)
        if self.whole and any(hand.bets.get(account) != chips for account, chips in bets.items()):
            raise Unlawful("a split hand has the same bet")
        hand.cards, hand.split = [first], True
        self.boxes[box].append(Hand([second], bets, split=True))
        return hand

    # --- the end ----------------------------------------------------------------------------

    def each(self) -> Iterator[tuple[int, Hand]]:
        for box, hands in self.boxes.items():
            for hand in hands:
                yield box, hand

    @property
    def settled(self) -> bool:
        """Whether no hand is open any more."""
        return all(hand.over for _, hand in self.each())

    def waiting(self, *, natural_possible: bool) -> bool:
        """Whether there is a hand that the dealer plays against; a natural is one while the dealer
        may have one as well.
        """
        return any(
            not (hand.bust or hand.surrendered or (hand.natural and not natural_possible))
            for _, hand in self.each()
            if not (hand.natural and hand.even >= hand.bets.keys())
        )

    def returned(self) -> Halves:
        """What each bet returned, in half chips."""
        back: Halves = {}
        for box, hand in self.each():
            for account, chips in hand.bets.items():
                back.setdefault(account, []).append(self._hand(box, hand, account, chips))
        natural = is_natural(self.dealer)
        for (account, _), chips in self.insured.items():
            back.setdefault(account, []).append(6 * chips if natural else 0)
        return back

    def _hand(self, box: int, hand: Hand, account: Account, bet: Chips) -> int:
        added = hand.added.get(account, 0)
        if account in hand.even:
            return 4 * bet
        if hand.surrendered:
            return bet
        if hand.bust:
            return 0
        if is_natural(self.dealer):
            if hand.natural:
                return 2 * bet
            # Where nobody looks at the hole card, what was put on top of the first bet comes back.
            return 2 * (added + (bet if hand is not self.boxes[box][0] else 0))
        if hand.natural:
            wins, of = self.rules.natural
            return 2 * bet + (wins * bet if of == 2 else 2 * (wins * bet // of))
        dealer = value(self.dealer)[0]
        if dealer > TWENTY_ONE or hand.total > dealer:
            return 4 * (bet + added)
        return 2 * (bet + added) if hand.total == dealer else 0
