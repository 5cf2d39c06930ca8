"""The house's chain of seeds, followed back to the end that was published with the table."""

from dataclasses import dataclass

from protocol.fairness import CHAIN_LENGTH, Hash, previous_seed

AT_ONCE = 2_000
"""A gap of so many links takes a few milliseconds; a wider one is walked in such pieces."""


@dataclass(slots=True)
class _Walk:
    """On the way back from a seed to one that is known."""

    at: int
    seed: Hash
    goal: int
    known: Hash


class Chain:
    """Knows the latest seed that was shown, and whether it leads back to the first."""

    def __init__(self, table: bytes, anchor: Hash) -> None:
        """Begin with `anchor`, the seed of round 0."""
        self.table = table
        self._number = 0
        self._seed = anchor
        self._walks: list[_Walk] = []
        """Wide gaps still to be walked, one after the other: the chain is too short for many."""

    def reach(self, number: int, seed: Hash) -> bool:
        """Whether the seed of this round is linked to what is known; a wide gap counts as linked
        until it has been walked.
        """
        walk = _Walk(number, seed, self._number, self._seed)
        if number < self._number:
            return True
        if number > CHAIN_LENGTH:
            return False
        self._number, self._seed = number, seed
        if number - walk.goal > AT_ONCE:
            self._walks.append(walk)
            return True
        self._back(walk)
        return walk.seed == walk.known

    @property
    def walking(self) -> bool:
        return bool(self._walks)

    def step(self) -> bool:
        """Walk a piece of a wide gap; False: it leads elsewhere."""
        if not self._walks:
            return True
        walk = self._walks[0]
        self._back(walk)
        if walk.at > walk.goal:
            return True
        del self._walks[0]
        return walk.seed == walk.known

    def _back(self, walk: _Walk) -> None:
        for _ in range(min(walk.at - walk.goal, AT_ONCE)):
            walk.seed = previous_seed(self.table, walk.seed)
            walk.at -= 1
