"""How often something is told to everybody. Pure: the time is passed in."""


class Pace:
    """Every so many seconds at most, and so that no more than so many deliveries come of it.

    At a table so full that the deliveries count, a first change waits for those that follow it: to
    tell ten thousand of each would take all the time there is.
    """

    def __init__(self, seconds: float, deliveries_a_second: float) -> None:
        self._seconds = seconds
        self._rate = deliveries_a_second
        self._before = float("-inf")
        self.moment: float | None = None
        """When what there is to tell is due."""

    def is_due(self, now: float, heads: int) -> bool:
        """Whether to tell now what there is to tell to so many."""
        if self.moment is None:
            gap = heads / self._rate
            crowded = gap > self._seconds
            self.moment = now + gap if crowded else max(now, self._before + self._seconds)
        return now >= self.moment

    def told(self, now: float) -> None:
        """Everything was told."""
        self._before, self.moment = now, None
