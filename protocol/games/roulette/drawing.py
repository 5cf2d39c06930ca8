"""How roulette draws: one spin a round, and what each bet returns."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from protocol.fair.drawing import Halves, Kind, Misread, Result, Stakes, Unlawful, same
from protocol.fair.hashes import Stake, What
from protocol.fair.words import Words
from protocol.games.roulette.lists import Zero
from protocol.games.roulette.rules import (
    CHANCES,
    DOUBLE,
    SINGLE,
    SPOT_OF,
    SPOTS,
    TIMES,
    ZEROS,
    Pocket,
    Spot,
    Wheel,
)
from protocol.games.roulette.zero import TOKENS
from protocol.house.fields import Chips

HALVED = frozenset(("partage", "surrender"))
"""Zero gives half of an even chance back."""
LOCKING = frozenset(("prison", "prison2"))
"""Zero locks an even chance."""
MOST_LOCKED = 2
"""Whatever the rules are: what was locked stays so though they change."""


def rules_of(zero: Zero) -> str:
    """The rules of a table as they are frozen. Where half a chip can come back it is carried."""
    token = TOKENS[zero]
    return f"{token};odd=carry" if token else ""


def stake_of(spot: Spot, chips: Chips) -> Stake:
    """Chips on a spot as they are frozen: a locked stake belongs to the chance it is on."""
    info = SPOTS[spot]
    return SPOT_OF[info.covers], info.locked, chips


class Spin:
    """One round."""

    def __init__(
        self, wheel: Wheel, rules: Sequence[str], state: bytes, stakes: Stakes, _: bool
    ) -> None:
        if state:
            raise Misread("a wheel has no state")
        self._wheel = wheel
        self._halves = not HALVED.isdisjoint(rules)
        self._stakes = stakes
        for account, bets in stakes.items():
            for spot, kind, _chips in bets:
                if not (spot in wheel.spots and kind <= MOST_LOCKED):
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
    return word in HALVED or word in LOCKING


ROULETTE = Kind(1, partial(Spin, SINGLE), known)
ROULETTE_00 = Kind(2, partial(Spin, DOUBLE), known)
