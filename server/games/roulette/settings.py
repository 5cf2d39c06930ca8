"""How a table of roulette is played: all that a table's section in the file may set. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from protocol.games.roulette.lists import WheelKind, Zero
from protocol.games.roulette.rules import SPOTS, Group
from protocol.games.roulette.zero import LAWFUL, TOKENS, ZERO_OF, Law
from protocol.house.fields import Chips

HOUR = 3600
MOST_PLAYERS = 10**9
"""As every other number of the settings."""


class Stakes(NamedTuple):
    """What may lie on one spot, from one player."""

    least: Chips
    most: Chips


def _plaque() -> dict[Group, Stakes]:
    """So that the best win is some 35 000 on every kind of spot."""
    mosts = {
        Group.STRAIGHT: 1_000,
        Group.SPLIT: 2_000,
        Group.STREET: 3_000,
        Group.CORNER: 4_000,
        Group.LINE: 7_000,
        Group.COLUMN: 18_000,
        Group.DOZEN: 18_000,
        Group.CHANCE: 36_000,
    }
    return {group: Stakes(1, most) for group, most in mosts.items()}


WHEEL_KINDS = {kind.name.lower(): kind for kind in WheelKind}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)


@dataclass(frozen=True, slots=True)
class Rules:
    """How the table is played."""

    table_most: Chips = 100_000
    """The most that a player may have on the table in a round."""
    plaque: dict[Group, Stakes] = field(default_factory=_plaque)
    min_players: int = 1
    """So many must have chips on the table before the wheel turns."""
    auto_seconds: int = 0
    """How long the table takes bets by itself; 0: a croupier does."""
    spin_seconds: float = 12.0
    """In auto, what a round is given on top: the spin of the round before is still being shown."""
    least_seconds: float = 1.0
    """In auto, how long bets stay open at the least, though everybody is ready at once."""
    reveal_seconds: float = 3.0
    """For links to be shown when the wheel turns; a client takes much less or more for a cheat."""
    start_seconds: float = 60.0
    """After "no more bets" the wheel starts by itself, if the croupier does not start it."""
    wheel: str = "single"
    """How many zeros it has: "single" or "double"."""
    zero: str = ""
    """What a zero does to the stake of an even chance, which is lost where nothing is set: half of
    it comes back ("partage"; with two zeros "surrender"), or it is locked for the next spin
    ("prison"), or for as long as zero falls ("prison2")."""

    @property
    def law(self) -> Law:
        return Law(WHEEL_KINDS[self.wheel], ZERO_OF[self.zero])

    def stakes(self, spot: int) -> Stakes:
        return self.plaque[SPOTS[spot].group]

    @property
    def automatic(self) -> bool:
        return self.auto_seconds > 0

    def faults(self) -> Iterator[str]:
        """What of it cannot be played, each in one plain line."""
        kind, zero = WHEEL_KINDS.get(self.wheel), ZERO_OF.get(self.zero)
        lawful = frozenset(Zero) if kind is None else LAWFUL[kind]
        for is_wrong, words in (
            (kind is None, f"wheel is one of: {_listed(WHEEL_KINDS)}"),
            (zero is None, f"zero is one of: {_listed(ZERO_OF)}"),
            (
                zero is not None and zero not in lawful,
                f'with wheel = "{self.wheel}", zero is one of: '
                + _listed(TOKENS[each] for each in sorted(lawful)),
            ),
            (not 0 <= self.auto_seconds <= HOUR, "auto takes 0 to 3600 seconds"),
            (self.min_players < 1, "at least 1 player must have bet"),
            (self.min_players > MOST_PLAYERS, f"min_players must not be over {MOST_PLAYERS}"),
            (not 0 < self.table_most <= 2**48, "table_most must be over 0"),
            (
                any(not 0 < each.least <= each.most <= 2**40 for each in self.plaque.values()),
                "plaque: the least must be over 0 and not over the most",
            ),
            (not 0 <= self.spin_seconds <= HOUR, "spin_seconds takes 0 to 3600"),
            (not 0 <= self.least_seconds <= HOUR, "least_seconds takes 0 to 3600"),
            (not 0 < self.start_seconds <= HOUR, "start_seconds must be over 0, and not over 3600"),
            (not 1.5 <= self.reveal_seconds <= 30, "reveal_seconds takes 1.5 to 30"),
        ):
            if is_wrong:
                yield words


def _high() -> Rules:
    plaque = {group: Stakes(10 * each.least, 10 * each.most) for group, each in _plaque().items()}
    return Rules(table_most=1_000_000, plaque=plaque)


PRESETS: Mapping[str, Rules] = {
    "quick": Rules(auto_seconds=15),
    "high": _high(),
    "american": Rules(wheel="double"),
    "french": Rules(zero="partage"),
}
"""By a word of the command line: a table that runs itself in a hurry, one for the rich, and those
that are played elsewhere.
"""
