"""Own limits of a night: how long one has been here, and the limits that one sets for oneself.

Pure: the time is handed in, in seconds since 1970, because a night goes on when the window is
closed and opened again. It is over when nobody sat at a table for `BREAK`.

A limit is lowered at once. A higher one, or none, counts `PAUSE` after it was asked for, so that
nobody raises it in the heat of a loss; what is asked for meanwhile begins the pause anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any, TypeAlias

from protocol.house.fields import Chips

BREAK = 6 * 3600.0
PAUSE = 15 * 60.0
HOUR = 3600.0

Amount: TypeAlias = int | None
"""Of chips or of minutes; None: no limit."""

LOSSES: tuple[Amount, ...] = (50, 100, 200, 300, 500, 1000, 2000, 5000, 10_000, None)
MINUTES: tuple[Amount, ...] = (15, 30, 60, 90, 120, 180, 240, 360, None)


def _size(amount: Amount) -> float:
    return inf if amount is None else amount


@dataclass(frozen=True, slots=True)
class Limit:
    """What was set, and what will be."""

    set: Amount = None
    wish: Amount = None
    """What was asked for last: counts from `counts_from` on."""
    counts_from: float = 0.0

    def at(self, now: float) -> Amount:
        """What counts now."""
        return self.wish if now >= self.counts_from else self.set

    def waits(self, now: float) -> bool:
        """Whether a higher one has been asked for, and does not count yet."""
        return now < self.counts_from

    def ask(self, wish: Amount, now: float) -> "Limit":
        """Lower at once; higher after the pause."""
        here = self.at(now)
        if _size(wish) <= _size(here):
            return Limit(wish, wish, 0.0)
        return Limit(here, wish, now + PAUSE)

    def step(self, by: int, steps: tuple[Amount, ...], now: float) -> "Limit":
        """Ask for the next higher or lower one."""
        sizes = [_size(each) for each in steps]
        here = _size(self.wish)
        at = sum(size < here for size in sizes)
        if by > 0 and (at == len(sizes) or sizes[at] > here):
            at -= 1  # Between two steps: the next higher one is the one above.
        return self.ask(steps[max(0, min(len(steps) - 1, at + by))], now)

    def written(self) -> list[Any]:
        return [self.set, self.wish, self.counts_from]

    @classmethod
    def read(cls, kept: Any) -> "Limit":
        """From the file; what is not as we write it is no limit."""
        match kept:
            case [int() | None as set_, int() | None as wish, int() | float() as since]:
                return cls(set_, wish, float(since))
        return cls()


@dataclass(frozen=True, slots=True)
class OwnLimits:
    """A night and its limits."""

    began: float = 0.0
    seen: float = 0.0
    """When one was last seen at a table."""
    loss: Limit = field(default_factory=Limit)
    minutes: Limit = field(default_factory=Limit)
    told: int = 0
    """So many full hours of this night were told."""

    def sit(self, now: float) -> "OwnLimits":
        """At a table at this moment: the same night, or a new one. The limits stay as they are."""
        if self.seen <= now < self.seen + BREAK:
            return replace(self, seen=now)
        return replace(self, began=now, seen=now, told=0)

    def spent(self, now: float) -> float:
        """For how many seconds this night has gone on."""
        return max(0.0, now - self.began)

    def hours(self, now: float) -> int:
        """How many whole hours."""
        return int(self.spent(now) // HOUR)

    def time_is_up(self, now: float) -> bool:
        limit = self.minutes.at(now)
        return limit is not None and self.spent(now) >= 60 * limit

    def is_over(self, net: int, now: float) -> bool:
        """Whether one of the limits has been reached: no more bets."""
        return self.time_is_up(now) or self.left(net, 0, now) == 0

    def left(self, net: int, at_stake: Chips, now: float) -> Amount:
        """What may still be laid with this net of the night; None: as much as one likes."""
        limit = self.loss.at(now)
        return None if limit is None else max(0, limit + net - at_stake)

    def written(self) -> dict[str, Any]:
        """As it stands in the file."""
        return {
            "began": self.began,
            "seen": self.seen,
            "loss": self.loss.written(),
            "minutes": self.minutes.written(),
            "told": self.told,
        }

    @classmethod
    def read(cls, kept: Any) -> "OwnLimits":
        if not isinstance(kept, Mapping):
            return cls()
        began, seen, told = (kept.get(key) for key in ("began", "seen", "told"))
        if not (isinstance(began, int | float) and isinstance(seen, int | float)):
            began = seen = 0.0
        return cls(
            float(began),
            float(seen),
            Limit.read(kept.get("loss")),
            Limit.read(kept.get("minutes")),
            told if isinstance(told, int) else 0,
        )
