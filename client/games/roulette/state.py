"""What is known of a roulette: its rules, its rounds, and what fell there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from client.house.state import HouseState, Refusal, nothing
from protocol.fair.hashes import Account
from protocol.games.roulette.bets import PlaceBets, TakeBackBets
from protocol.games.roulette.fields import SpotTotal
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.games.roulette.rounds import (
    PlayerSettled,
    RoundSettled,
    TableIntroduced,
)
from protocol.games.roulette.rules import SPOTS, Pocket, Spot
from protocol.house.fields import Chips
from protocol.house.lists import Seat


@dataclass(frozen=True, slots=True)
class Round:
    """A round, while it is on the table and after."""

    number: int = 0
    phase: Phase = Phase.BETTING
    own: Mapping[Spot, Chips] = field(default_factory=nothing)
    """One's own chips, as far as the table acknowledged them."""
    own_known: bool = True
    """Whether `own` is certain; it is not while lost answers are asked for again."""
    bets: Mapping[tuple[Account, Spot], Chips] = field(default_factory=nothing)
    """Everybody's chips, as far as they were told."""
    bets_known: bool = True
    """Whether `bets` holds all of them; a list was not asked for, or a broadcast left some out."""
    totals: Mapping[Spot, SpotTotal] = field(default_factory=nothing)
    players: int = 0
    count: int = 0
    """How many bets: player and spot."""
    staked: Chips = 0
    revision: int = 0
    settled: RoundSettled | None = None
    result: PlayerSettled | None = None
    """One's own result."""
    voided: str | None = None
    """Why the round does not count."""

    @property
    def at_stake(self) -> Chips:
        return sum(self.own.values())

    @property
    def pocket(self) -> Pocket | None:
        return self.settled.pocket if self.settled else None

    @property
    def net(self) -> int | None:
        return self.result.net if self.result else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers that fell, and what the table has seen."""

    pockets: tuple[Pocket, ...] = ()
    """Newest first."""
    last_round: int = 0
    rounds: int = 0
    staked: Chips = 0
    returned: Chips = 0


@dataclass(frozen=True, slots=True)
class Roulette:
    """Everything that is known of one."""

    introduced: TableIntroduced | None = None
    """By which rules one plays there."""
    auto: int = 0
    """Seconds of betting at a table that runs itself; 0: a croupier runs it."""
    round: Round = Round()
    previous: Round | None = None
    """The round before, for what is still being shown of it."""
    phase_since: float = 0.0
    deadline: float | None = None
    """When the phase ends; None: when the croupier says so."""
    statistics: Statistics = Statistics()
    own_rounds: tuple[OwnRoundEntry, ...] = ()
    """One's own rounds in full, newest first, as far as they were asked for or seen."""
    own_rounds_more: bool = False
    rounds: tuple[RoundEntry, ...] = ()
    """The table's rounds, newest first, as far as they were asked for or seen."""
    rounds_more: bool = False

    def find_round(self, number: int) -> Round | None:
        if self.round.number == number:
            return self.round
        if self.previous is not None and self.previous.number == number:
            return self.previous
        return None

    def with_round(self, number: int, **changes: Any) -> Self:
        """With the round of this number changed, if it is still looked at."""
        if number == self.round.number:
            return replace(self, round=replace(self.round, **changes))
        if self.previous is not None and number == self.previous.number:
            return replace(self, previous=replace(self.previous, **changes))
        return self


UNKNOWN = Roulette()


def roulette(state: HouseState) -> Roulette:
    """The roulette at the table that is looked at."""
    game = state.table.game
    return game if isinstance(game, Roulette) else UNKNOWN


def with_roulette(state: HouseState, **changes: Any) -> HouseState:
    """With this of the roulette changed."""
    return state.with_table(game=replace(roulette(state), **changes))


def pending_chips(state: HouseState) -> dict[Spot, Chips]:
    """One's own chips that are not answered yet: laid, or negative where taken back."""
    now = roulette(state).round
    chips: dict[Spot, Chips] = {}
    for each in state.pending.values():
        request = each.request
        if not isinstance(request, PlaceBets | TakeBackBets) or request.table != state.here:
            continue
        if request.round_number != now.number:
            continue
        sign = 1 if isinstance(request, PlaceBets) else -1
        taken = request.bets
        if sign < 0 and not taken:
            for spot, lying in now.own.items():
                if not SPOTS[spot].locked:
                    chips[spot] = chips.get(spot, 0) - lying
        for bet in taken:
            chips[bet.spot] = chips.get(bet.spot, 0) + sign * bet.chips
    return chips


def awaits(state: HouseState) -> bool:
    """Whether a player could bet and has not, or the wheel waits for the croupier."""
    game, seat = roulette(state), state.table.seat
    if not state.live or game.round.phase is not Phase.BETTING:
        return False
    if seat is Seat.CROUPIER:
        return not game.auto and game.round.count > 0
    return seat is Seat.PLAYER and not game.round.own and not pending_chips(state)


def spot_of(refusal: Refusal) -> Spot | None:
    """The spot that it is about; a house may name one that is none."""
    spot = refusal.spot
    return spot if spot is not None and spot < len(SPOTS) else None
