"""How often something is told to everybody. Pure: the time is passed in.

A thousand tables of ten are as many ears as one of ten thousand. So all tables of the house take
their turns (`Turns`), and in a busy house a change at one of them waits for those that follow it.
"""


class Turns:
    """Of all that tell something of one kind, one after the other."""

    def __init__(self) -> None:
        self._taken = float("-inf")
        """The moment up to which the time is taken."""

    def take(self, seconds: float, now: float) -> float:
        """Take so much time behind all the others; when it is over."""
        self._taken = max(self._taken, now) + seconds
        return self._taken


class Pace:
    """Every so many seconds at most, and so that no more than so many deliveries come of it.

    At a table so full that the deliveries count, a first change waits for those that follow it: to
    tell ten thousand of each would take all the time there is. It waits by itself: of the turns it
    takes no more than others do who are told as often as may be, or a full table would keep small
    ones waiting.
    """

    def __init__(self, seconds: float, deliveries_a_second: float, turns: Turns) -> None:
        self._seconds = seconds
        self._rate = deliveries_a_second
        self._turns = turns
        self._before = float("-inf")
        self.moment: float | None = None
        """When what there is to tell is due."""

    def is_due(self, now: float, heads: int) -> bool:
        """Whether to tell now what there is to tell to so many."""
        if self.moment is None:
            gap, seconds = heads / self._rate, self._seconds
            crowded = gap > seconds
            turn = self._turns.take(seconds if crowded else gap, now) - seconds
            self.moment = max(now + gap if crowded else self._before + seconds, turn, now)
        return now >= self.moment

    def told(self, now: float) -> None:
        """Everything was told."""
        self._before, self.moment = now, None
