"""What fell how often: the table's statistics, counted from the last numbers. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from protocol.games.roulette.rules import ANNOUNCED, SINGLE, SPOTS, Pocket, Spot, Wheel, sector

SECTORS: dict[str, frozenset[Pocket]] = {
    name: sector(ANNOUNCED[name]) for name in ("voisins", "orphelins", "tiers", "zero")
}
"""Jeu zéro is a part of the voisins; the other three make up the wheel."""
SHOWN = 6
"""So many numbers are called hot, and as many cold."""
TELLING = 37
"""Before so many spins no number is hot or cold."""


@dataclass(frozen=True)
class Numbers:
    """The last numbers, the newest first."""

    pockets: tuple[Pocket, ...] = ()
    wheel: Wheel = SINGLE
    """On which they fell."""

    @property
    def spins(self) -> int:
        return len(self.pockets)

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """How often each pocket came."""
        return tuple(self._counted[pocket] for pocket in self.wheel.pockets)

    @cached_property
    def _counted(self) -> Counter[Pocket]:
        return Counter(self.pockets)

    @cached_property
    def ago(self) -> tuple[int | None, ...]:
        """How many spins came after each pocket's last; None: it did not come."""
        last = {pocket: at for at, pocket in reversed(list(enumerate(self.pockets)))}
        return tuple(last.get(pocket) for pocket in self.wheel.pockets)

    def latest(self, most: int) -> "Numbers":
        """The same, of no more than so many spins."""
        return self if most >= self.spins else replace(self, pockets=self.pockets[:most])

    def of(self, pockets: Iterable[Pocket]) -> int:
        """How often one of these came."""
        return sum(self._counted[pocket] for pocket in pockets)

    def on(self, spot: Spot) -> int:
        """How often a chip on this spot would have won."""
        return self.of(SPOTS[spot].covers)

    def expected(self, covered: int) -> float:
        """How often so many pockets come on the average."""
        return self.spins * covered / len(self.wheel.pockets)

    def heat(self, pocket: Pocket) -> float:
        """How far a number is from the average, between the coldest (−1) and the hottest (1)."""
        mean = self.expected(1)
        away = self._counted[pocket] - mean
        most = max(self.counts) - mean if away > 0 else mean - min(self.counts)
        return away / most if most else 0.0

    @property
    def hot(self) -> tuple[Pocket, ...]:
        """What came most often, the most first; of equals the lower number."""
        return self._order[:SHOWN] if self.spins >= TELLING else ()

    @property
    def cold(self) -> tuple[Pocket, ...]:
        """What came least often, the least first."""
        last = self._order[-SHOWN:] if self.spins >= TELLING else ()
        return tuple(sorted(last, key=lambda pocket: (self.counts[pocket], pocket)))

    @cached_property
    def _order(self) -> tuple[Pocket, ...]:
        return tuple(sorted(self.wheel.pockets, key=lambda pocket: (-self.counts[pocket], pocket)))


NO_NUMBERS = Numbers()
