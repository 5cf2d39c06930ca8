"""A night on paper: whose it is, and how one speaks of it. `sheet` and `page` write it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from client.games.roulette.night.night import Night, Played
from client.wording import Wording
from protocol.games.roulette.rules import SPOTS, Spot, colour
from protocol.text import visible

MINUS, THIN = "−", "\u2009"
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Paper:
    """Whose night it is, and how one speaks of it."""

    night: Night
    name: str
    table: str
    words: Wording
    spot: Callable[[Spot], str]
    """What a spot is called."""
    when: Callable[[int], str]
    """Milliseconds since 1970 as a date with a time, where the person is."""

    def __post_init__(self) -> None:
        for each in ("name", "table"):  # A table of somebody else's may call itself anything.
            object.__setattr__(self, each, visible(getattr(self, each)[:LONGEST_NAME]))

    @property
    def title(self) -> str:
        return self.words("paper.table" if self.night.house else "paper.own", name=self.name)

    def number(self, played: Played) -> str:
        return "" if played.pocket is None else str(played.pocket)

    def colour(self, played: Played) -> str:
        if played.pocket is None:
            return self.words("paper.void")
        return self.words(f"paper.{colour(played.pocket).name.lower()}")

    def check(self, played: Played) -> str:
        return self.words(f"paper.{_CHECKED[played.verified]}")

    def covers(self, spot: Spot) -> str:
        return " ".join(SPOTS[spot].numbers)


_CHECKED = {True: "yes", False: "no", None: "not"}


def written(n: int) -> str:
    """1 284, with a true minus."""
    digits = f"{abs(n):,}".replace(",", THIN)
    return MINUS + digits if n < 0 else digits
