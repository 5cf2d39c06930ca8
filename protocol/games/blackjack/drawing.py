"""How a round of blackjack draws its cards: each when it is wanted, by all who have a say in it.

The dealer's hole card is drawn last. Where an ace or a ten lies open, a peek draws only whether it
makes a natural; if not, it is *owed*: it will be one of the cards that do not make one. Until then
a card for a player is drawn as if one of those lay face down: a stand-in is taken out first and put
back after.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum

from protocol.fair.drawing import Halves, Kind, Misread, Result, Stakes, Unlawful, same
from protocol.fair.hashes import Account, What
from protocol.fair.words import Words
from protocol.games.blackjack.cards import (
    CARDS,
    CODES,
    NAMES,
    Card,
    Fits,
    Shoe,
    dealer_draws,
    is_ace,
    is_ten,
)
from protocol.games.blackjack.hands import MOST_BOXES, Added, Hands, Rules, known


class Act(IntEnum):
    """What a hand does, as a step or a note says it."""

    HIT = 1
    DOUBLE = 2
    SPLIT = 3
    SECOND = 4
    """The second card of the hand that a split made."""
    STAND = 5
    SURRENDER = 6
    STOOD = 7
    """By the clock."""
    EVEN_MONEY = 8


MAIN, BEHIND = 0, 1
"""The kinds of bet that follow the hands; the others pay by another page."""


class Table:
    """One round."""

    def __init__(self, rules: Sequence[str], state: bytes, stakes: Stakes, whole: bool) -> None:
        if len(state) != 2 * len(CARDS):
            raise Misread("a shoe is how many there are of each of 52 cards")
        counts = [int.from_bytes(state[at : at + 2], "big") for at in range(0, len(state), 2)]
        self.rules = Rules.of([word for word in rules if known(word)])
        self._shoe = Shoe(counts)
        bets: dict[int, dict[Account, int]] = {}
        self._aside: set[Account] = set()
        for account, rows in stakes.items():
            for box, kind, chips in rows:
                if kind in (MAIN, BEHIND):
                    mine = bets.setdefault(box, {})
                    mine[account] = mine.get(account, 0) + chips
                else:
                    self._aside.add(account)
        self.hands = Hands(self.rules, bets, whole)
        self._looked: bool | None = None
        """Whether the peek found a natural."""
        self._over = False

    # --- steps ------------------------------------------------------------------------------

    def draw(self, what: int, detail: bytes, words: Words) -> Result:
        if self._over or (what == What.DEAL) == bool(self.hands.dealer):
            raise Unlawful("the cards are dealt once, and before all others")
        match what:
            case What.DEAL:
                return self._deal(_boxes(detail), words)
            case What.PEEK:
                return self._peek(detail, words)
            case What.CARD | What.DEALER if self._peek_due:
                raise Unlawful("the dealer looks at the hole card first")
            case What.CARD:
                self._verify_card(detail)
                return {"card": NAMES[self._card(words)]}
            case What.DEALER if not detail:
                return self._dealer(words)
            case What.DEALER:
                raise Misread("the dealer's turn has no detail")
        raise Unlawful(f"blackjack has no step {what}")

    def _deal(self, boxes: Sequence[int], words: Words) -> Result:
        if self.hands.whole and {*boxes} != self.hands.bets.keys():
            raise Unlawful("these are not the boxes with a bet")
        shoe = Shoe(self._shoe.counts)
        first = [_take(shoe, words) for _ in boxes]
        up = _take(shoe, words)
        second = [_take(shoe, words) for _ in boxes]
        pairs = zip(boxes, first, second, strict=True)
        return {"boxes": {str(b): [NAMES[x], NAMES[y]] for b, x, y in pairs}, "up": NAMES[up]}

    def _peek(self, detail: bytes, words: Words) -> Result:
        for account, box, chips in _insurances(detail):
            self.hands.verify_insurance(account, box, chips)
        completes = self._completes()
        if completes is None or not self._peek_due:
            raise Unlawful("there is nothing to look for")
        index = words.below(self._shoe.left())
        natural = index < self._shoe.left(completes)
        return {"natural": NAMES[self._shoe.find(index, completes)] if natural else None}

    @property
    def _natural_possible(self) -> bool:
        return self._looked is None and self._completes() is not None

    @property
    def _peek_due(self) -> bool:
        """Before anything else is done: whoever goes on does not play against a natural."""
        return self.rules.peek and self._natural_possible

    def _completes(self) -> Fits | None:
        """Which cards make a natural with the one that lies open."""
        up = self.hands.dealer[0]
        return is_ten if is_ace(up) else is_ace if is_ten(up) else None

    def _fits_hole(self, card: Card) -> bool:
        """Whether the hole card may be this one: after a peek, none that makes a natural."""
        completes = self._completes() if self._looked is False else None
        return completes is None or not completes(card)

    def _card(self, words: Words) -> Card:
        shoe = Shoe(self._shoe.counts)
        if self._looked is False:
            shoe.remove(shoe.find(words.below(shoe.left(self._fits_hole)), self._fits_hole))
        return _take(shoe, words)

    def _dealer(self, words: Words) -> Result:
        if not self.hands.settled:
            raise Unlawful("a hand is open yet")
        shoe, cards = Shoe(self._shoe.counts), [*self.hands.dealer]
        hole = shoe.find(words.below(shoe.left(self._fits_hole)), self._fits_hole)
        shoe.remove(hole)
        cards.append(hole)
        while dealer_draws(cards, hits_soft_17=self.rules.hits_soft_17):
            cards.append(_take(shoe, words))
        return {"dealer": [NAMES[card] for card in cards]}

    def fits(self, what: int, detail: bytes, words: Words, told: object) -> bool:
        return same(self.draw(what, detail, words), _spelled(told))

    # --- going on ---------------------------------------------------------------------------

    def _verify_card(self, detail: bytes) -> None:
        box, number, act, _ = _decision(detail)
        if act == Act.SECOND:
            hand = self.hands.live(box, number, 1)
            if not hand.split:
                raise Unlawful("only a split hand has one card")
        elif act in (Act.HIT, Act.DOUBLE, Act.SPLIT):
            self.hands.live(box, number, None if act == Act.HIT else 2)
        else:
            raise Unlawful(f"{act} takes no card")

    def keep(self, what: int, detail: bytes, result: Result) -> None:
        hands = self.hands
        match what:
            case What.DEAL:
                boxes = {int(box): _codes(pair) for box, pair in result["boxes"].items()}
                up = _code(result["up"])
                for card in (*(card for pair in boxes.values() for card in pair), up):
                    self._shoe.remove(card)
                hands.deal(boxes, up)
            case What.PEEK:
                for account, box, chips in _insurances(detail):
                    hands.insured[account, box] = chips
                self._looked = result["natural"] is not None
                if self._looked:
                    self._over = True
                    hands.dealer.append(_code(result["natural"]))
            case What.CARD:
                box, number, act, added = _decision(detail)
                card = _code(result["card"])
                self._shoe.remove(card)
                if act == Act.DOUBLE:
                    hands.double(box, number, added).take(card)
                elif act == Act.SPLIT:
                    hands.split(box, number, added).take(card)
                else:
                    hands.find(box, number).take(card)
            case What.DEALER:
                hands.dealer[:] = _codes(result["dealer"])
                self._over = True

    def note(self, detail: bytes) -> None:
        box, number, act, added = _decision(detail)
        if self._over or not self.hands.dealer:
            raise Unlawful("there is nothing to decide")
        match act:
            case Act.EVEN_MONEY if self._looked is None:
                self.hands.take_even_money(box, number, added)
            case Act.SURRENDER if self.rules.early or not self._peek_due:
                self.hands.surrender(box, number)
            case Act.STAND | Act.STOOD if not self._peek_due:
                self.hands.stand(box, number)
            case _:
                raise Unlawful(f"{act} is not decided now")

    def payouts(self) -> Halves | None:
        if not self._over and (
            not self.hands.dealer or self.hands.waiting(natural_possible=self._natural_possible)
        ):
            raise Unlawful("the hands are not played out yet")
        return {
            account: halves
            for account, halves in self.hands.returned().items()
            if account not in self._aside
        }


BLACKJACK = Kind(3, Table, known)


def _take(shoe: Shoe, words: Words) -> Card:
    card = shoe.find(words.below(shoe.left()))
    shoe.remove(card)
    return card


def _spelled(told: object, depth: int = 3) -> object:
    """The same with each card's name as we write it: a ten may be written in two ways. What lies
    deeper than the cards of a box is no result of ours.
    """
    if isinstance(told, dict) and depth:
        return {key: _spelled(each, depth - 1) for key, each in told.items()}
    if isinstance(told, list) and depth:
        return [_spelled(each, depth - 1) for each in told]
    return NAMES[CODES[told]] if isinstance(told, str) and told in CODES else told


def _codes(names: object) -> list[Card]:
    if not isinstance(names, list):
        raise Unlawful("cards are told in a list")
    return [*map(_code, names)]


def _code(name: object) -> Card:
    if not isinstance(name, str) or name not in CODES:
        raise Unlawful("there is no such card")
    return CODES[name]


# --- details ------------------------------------------------------------------------------------


def _boxes(detail: bytes) -> Sequence[int]:
    boxes = detail[1:]
    if not detail or detail[0] != len(boxes) or [*boxes] != sorted({*boxes}):
        raise Misread("the boxes are counted, and ascending")
    if not boxes or not 1 <= boxes[0] <= boxes[-1] <= MOST_BOXES:
        raise Unlawful("there are boxes 1 to 7")
    return boxes


def _insurances(detail: bytes) -> Iterator[tuple[Account, int, int]]:
    if len(detail) % 17:
        raise Misread("an insurance is account, box and chips")
    rows = [detail[at : at + 17] for at in range(0, len(detail), 17)]
    keys = [row[:9] for row in rows]
    if keys != sorted({*keys}):
        raise Misread("insurances are ascending")
    for row in rows:
        yield int.from_bytes(row[:8], "big"), row[8], int.from_bytes(row[9:], "big")


def _decision(detail: bytes) -> tuple[int, int, int, Added]:
    """Box, hand, act, and whose chips are put on top."""
    if len(detail) < 5 or len(detail) != 5 + 16 * int.from_bytes(detail[3:5], "big"):
        raise Misread("a decision is box, hand, act, and the chips added")
    rows = [detail[at : at + 16] for at in range(5, len(detail), 16)]
    added = [(int.from_bytes(row[:8], "big"), int.from_bytes(row[8:], "big")) for row in rows]
    accounts = [account for account, _ in added]
    if accounts != sorted({*accounts}):
        raise Misread("whose chips are added is ascending")
    return detail[0], detail[1], detail[2], added
