"""How roulette draws: one spin a round, and what each bet returns."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from protocol.fair.drawing import Halves, Kind, Misread, Result, Stakes, Unlawful, same
from protocol.fair.hashes import What
from protocol.fair.words import Words
from protocol.games.roulette.rules import CHANCES, DOUBLE, SINGLE, TIMES, ZEROS, Pocket, Wheel

HALVED = frozenset(("partage", "surrender"))
"""Zero gives half of an even chance back."""
LOCKED = {"prison": 1, "prison2": 2}
"""Zero locks an even chance, so many times at the most."""


class Spin:
    """One round."""

    def __init__(
        self, wheel: Wheel, rules: Sequence[str], state: bytes, stakes: Stakes, _: bool
    ) -> None:
        if state:
            raise Misread("a wheel has no state")
        self._wheel = wheel
        self._halves = not HALVED.isdisjoint(rules)
        self._locks = max((LOCKED[word] for word in rules if word in LOCKED), default=0)
        self._stakes = stakes
        for account, bets in stakes.items():
            for spot, kind, _chips in bets:
                if not (spot in wheel.spots and (kind == 0 or 0 < kind <= self._locks)):
                    raise Unlawful(f"account {account} has chips where there is no spot")
                if kind and spot not in CHANCES:
                    raise Unlawful("only even chances are locked")
        self._pocket: Pocket | None = None

    def draw(self, what: int, detail: bytes, words: Words) -> Result:
        if detail:
            raise Misread("a spin has no detail")
        if what != What.SPIN or self._pocket is not None:
            raise Unlawful("a round has one spin")
        return {"pocket": words.below(len(self._wheel.pockets))}

    def fits(self, what: int, detail: bytes, words: Words, told: Any) -> bool:
        return same(self.draw(what, detail, words), told)

    def keep(self, _: int, __: bytes, result: Result) -> None:
        pocket = result["pocket"]
        if type(pocket) is not int or pocket not in self._wheel.pockets:
            raise Unlawful("there is no such pocket")
        self._pocket = pocket

    def note(self, _: bytes) -> None:
        raise Unlawful("nothing is decided at the wheel")

    def payouts(self) -> Halves | None:
        pocket = self._pocket
        if pocket is None:
            raise Unlawful("the ball has not fallen yet")
        return {
            account: [self._returned(pocket, *bet) for bet in bets]
            for account, bets in self._stakes.items()
        }

    def _returned(self, pocket: Pocket, spot: int, kind: int, chips: int) -> int:
        """In half chips. What stays locked returns nothing yet."""
        if kind:
            return 2 * chips if TIMES[pocket][spot] else 0
        if self._halves and pocket in ZEROS and spot in CHANCES:
            return chips
        return 2 * chips * TIMES[pocket][spot]


def known(word: str) -> bool:
    return word in HALVED or word in LOCKED


ROULETTE = Kind(1, partial(Spin, SINGLE), known)
ROULETTE_00 = Kind(2, partial(Spin, DOUBLE), known)
