"""Whether seeds lead back to the anchor of their table, walked as seldom as it can be.

From each seed only the gap to the last one is walked that is known to lead there. The seeds of a
forged file lead nowhere: where a walk meets one of those again, it ends.
"""

from bisect import bisect_right, insort

from protocol.fair.hashes import Hash, seed_before

MOST_STEPS = 2**24
"""Hashes for one file, some ten seconds; an honest chain of a million events has a sixteenth."""


class Trail:
    """The seeds of one table that are known."""

    def __init__(
        self, table: bytes, anchor: Hash, event: int = 0, at_once: int = MOST_STEPS
    ) -> None:
        """From the anchor on, or from the seed of a later event that is taken for known. `at_once`:
        so many steps are done in one go.
        """
        self._table = table
        self._at_once = at_once
        self._goal = self._here = (0, b"")
        """What is asked for, and how far back from it the walk has come."""
        self.is_walking = False
        """Whether that walk has not come to its end."""
        self._anchored = [(event, anchor)]
        """By event."""
        self._nowhere: dict[int, Hash] = {}
        """Seeds that lead to another anchor, or too far."""
        self._steps = MOST_STEPS

    def walk(self) -> bool | None:
        """Go on with the last walk."""
        return self.leads(*self._goal)

    def leads(self, event: int, seed: Hash) -> bool | None:
        """Whether this seed of an event leads to the anchor; None: that is not known before the
        walk has gone on.
        """
        if not self.is_walking or self._goal != (event, seed):
            self._goal = self._here = (event, seed)
        at = bisect_right(self._anchored, event, key=lambda point: point[0]) - 1
        known, good = self._anchored[at]
        here, there = self._here
        left = self._at_once
        while here > known and self._steps and self._nowhere.get(here) != there and left:
            here, there = here - 1, seed_before(self._table, there)
            self._steps -= 1
            left -= 1
        self._here = here, there
        self.is_walking = not left and here > known and self._steps > 0
        if self.is_walking:
            return None
        if here != known or there != good:
            self._nowhere[event] = seed
            return False
        if event != known:
            insort(self._anchored, (event, seed))
        return True
