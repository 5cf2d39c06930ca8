"""The rounds of a night, one's own or the table's: the sums and the curve. Pure."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from protocol.games.roulette.fields import Payout
from protocol.games.roulette.rules import Pocket
from protocol.house.fields import Chips


@dataclass(frozen=True, slots=True)
class Played:
    """A round that is over."""

    round: int
    pocket: Pocket | None
    """None: the round was voided, and every stake went back."""
    staked: Chips
    returned: Chips
    """What the players got back: stakes and winnings."""
    net: int
    """Whose night it is won or lost this."""
    at: int = 0
    """Milliseconds since 1970; 0: it is not known."""
    bets: tuple[Payout, ...] = ()
    """One's own; of the table's rounds only the sums are kept."""
    players: int = 0
    """How many had chips on the table, in a round of the table's."""
    verified: bool | None = None
    """Whether it holds; None: it was not checked here."""


@dataclass(frozen=True)
class Night:
    """A night's rounds, the oldest first."""

    rounds: tuple[Played, ...] = ()
    house: bool = False
    """The table's rounds, and what the house made of them."""

    @cached_property
    def counted(self) -> tuple[Played, ...]:
        """Those that were not voided."""
        return tuple(each for each in self.rounds if each.pocket is not None)

    @cached_property
    def nets(self) -> tuple[int, ...]:
        return tuple(each.net for each in self.counted)

    @cached_property
    def curve(self) -> tuple[int, ...]:
        """How much had been won after each round, from 0."""
        return tuple(accumulate(self.nets, initial=0))

    @cached_property
    def net(self) -> int:
        return sum(self.nets)

    @cached_property
    def staked(self) -> Chips:
        return sum(each.staked for each in self.counted)

    @cached_property
    def returned(self) -> Chips:
        return sum(each.returned for each in self.counted)

    @cached_property
    def won(self) -> int:
        """How many rounds brought something in."""
        return sum(net > 0 for net in self.nets)

    @cached_property
    def best(self) -> Played | None:
        return max(self.counted, key=lambda each: each.net, default=None)

    @cached_property
    def worst(self) -> Played | None:
        return min(self.counted, key=lambda each: each.net, default=None)


NO_NIGHT = Night()
