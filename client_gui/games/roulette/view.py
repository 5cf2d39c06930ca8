"""What the scene of a roulette shows, besides what any table does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from client.fair.witness import Judged
from client.games.roulette.locked import free
from client.games.roulette.night.night import NO_NIGHT, Night
from client.games.roulette.numbers import NO_NUMBERS, Numbers
from client_gui.shell.view import Line, Role, TableView
from protocol.games.roulette.lists import Zero
from protocol.games.roulette.rules import SPOTS, ZEROS, Group, Pocket, Spot, Wheel
from protocol.games.roulette.zero import PLAIN, WHEELS, Law, halves, locks, payout
from protocol.house.fields import Chips

NO_CHIPS: Mapping[Spot, Chips] = MappingProxyType({})


def _nothing() -> Mapping[int, Any]:
    return MappingProxyType({})


def _no_chips() -> Mapping[Spot, Chips]:
    return NO_CHIPS


class Phase(StrEnum):
    WAITING = "waiting"
    """Nothing of the table is known yet."""
    BETTING = "betting"
    CLOSED = "closed"
    SPINNING = "spinning"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Bet:
    name: str
    spot: Spot
    amount: Chips
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A settled round."""

    round: int
    pocket: Pocket
    net: int | None = None
    """What I won or lost; nothing when I had no bet."""
    bets: Mapping[Spot, Chips] = field(default_factory=_no_chips)
    """My chips in that round."""
    nets: tuple[tuple[str, int], ...] = ()
    """Everybody's, the best first."""
    house: int | None = None
    mine: str = ""
    """My name, to find me among them."""
    zero: Zero = Zero.NOTHING

    @property
    def won(self) -> dict[Spot, Chips]:
        """What my chips bring back."""
        paid = {
            spot: payout(self.zero, spot, chips, self.pocket)[0]
            for spot, chips in self.bets.items()
        }
        return {spot: chips for spot, chips in paid.items() if chips}


@dataclass(frozen=True, slots=True)
class Past:
    """A round of the history."""

    round: int
    pocket: Pocket
    net: int | None = None


Plaque = tuple[tuple[Group, Chips, Chips], ...]
"""The least and the most on one spot, by kind of spot."""


@dataclass(frozen=True, slots=True)
class RouletteView(TableView):
    round: int = 0
    phase: Phase = Phase.WAITING
    phase_length: float = 0.0
    auto: int | None = None
    """Seconds between spins when the table runs itself."""
    my_bets: Mapping[Spot, Chips] = field(default_factory=_no_chips)
    pending: Mapping[Spot, Chips] = field(default_factory=_no_chips)
    """Chips that the server has not answered for yet."""
    totals: Mapping[Spot, Chips] = field(default_factory=_no_chips)
    """Everybody's chips."""
    bets: tuple[Bet, ...] = ()
    bet_count: int = 0
    bettors: int = 0
    results: tuple[Pocket, ...] = ()
    """The newest first."""
    outcome: Outcome | None = None
    verified: bool | None = None
    proof: str = ""
    """The last round's freeze, where the evidence against it was saved, or why it is grey."""
    verdicts: Mapping[int, Judged] = field(default_factory=_nothing)
    """The rounds that were checked here, by number."""
    names: Mapping[int, str] = field(default_factory=_nothing)
    """What to call an account."""
    night: Night = NO_NIGHT
    """My rounds; of the others at the table, the table's."""
    history: tuple[Past, ...] = ()
    """The newest first."""
    numbers: Numbers = NO_NUMBERS
    """The last 500 numbers, as far as they are known."""
    limits: Plaque = ()
    law: Law = PLAIN
    """By what rules the table plays."""

    @property
    def wheel(self) -> Wheel:
        return WHEELS[self.law.wheel]

    @property
    def free(self) -> dict[Spot, Chips]:
        """My chips that zero has not locked."""
        return free(self.my_bets)

    @property
    def laid(self) -> dict[Spot, Chips]:
        """My chips, answered for or not."""
        both = dict(self.my_bets)
        for spot, chips in self.pending.items():
            both[spot] = both.get(spot, 0) + chips
        return both

    @property
    def at_stake(self) -> Chips:
        if self.role is Role.CROUPIER:
            return sum(self.totals.values())
        return sum(self.my_bets.values()) + sum(self.pending.values())

    @property
    def net(self) -> int:
        """What I have won or lost tonight, at whichever table."""
        return self.elsewhere + (0 if self.night.house else self.night.net)

    @property
    def awaited(self) -> str:
        """Who turns the wheel where no clock does: a key of the words; empty where one does, or
        where it is not known, or who looks turns it himself.
        """
        if self.deadline is not None or self.auto is not None or self.classic:
            return ""
        if self.line is not Line.UP or self.phase is not Phase.BETTING or not self.people:
            return ""
        if self.role is Role.CROUPIER:
            return ""
        seated = any(each.role is Role.CROUPIER and each.online for each in self.people)
        return "croupier" if seated else "no_croupier"

    @property
    def may_bet(self) -> bool:
        return self.role is Role.PLAYER and self.phase is Phase.BETTING and self.line is Line.UP


def outcome_by_pocket(bets: Mapping[Spot, Chips], law: Law = PLAIN) -> list[int]:
    """What the player of these bets wins or loses, for each pocket."""
    staked = sum(bets.values())
    pockets = WHEELS[law.wheel].pockets
    nets = [-staked] * len(pockets)
    for spot, chips in bets.items():
        info = SPOTS[spot]
        for pocket in info.covers:
            if pocket in pockets:
                nets[pocket] += chips * (info.pays + 1)
    for pocket in ZEROS.intersection(pockets):
        stays, halved = locks(law.zero, pocket), halves(law.zero, pocket)
        nets[pocket] += sum(chips for spot, chips in bets.items() if spot in stays)
        nets[pocket] += sum(chips for spot, chips in bets.items() if spot in halved) // 2
    return nets


CLASSIC_SPOTS = frozenset((*range(37), *(i.spot for i in SPOTS if i.name in ("even", "odd"))))
"""What the assignment's protocol has bets for."""
