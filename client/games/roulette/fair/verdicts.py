"""What is known of a round that was checked, and whether it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from protocol import fairness
from protocol.fairness import Account, Hash
from protocol.games.roulette.lists import End
from protocol.games.roulette.rules import Pocket, Spot
from protocol.games.roulette.zero import PLAIN, WHEELS, Law
from protocol.house.fields import Chips

Row: TypeAlias = tuple[Account, Spot, Chips]
Payouts: TypeAlias = Mapping[Spot, tuple[Chips, Chips, End]]
"""For each spot: what lay there, what came back, and how it ended."""


class Step(Enum):
    """What is checked, in this order. The value says what is wrong if it does not hold."""

    CHAIN = "the house's seed is not the one that it was bound to"
    SECRETS = "a secret that was shown fits no commitment"
    FREEZE = "the freeze does not follow from the bets and the commitments"
    POCKET = "the number does not follow from the seeds and the frozen bets"
    BETS = "the list of bets is not the one that was frozen"
    OWN_SAY = "your commitment or your secret was left out"
    OWN_BETS = "the frozen bets are not those that you were told lie on the table"
    OWN_PAYOUT = "you were not paid what your bets are worth"


@dataclass(frozen=True, slots=True)
class Own:
    """What this client knows of its own part in the round."""

    account: Account = 0
    bets: Mapping[Spot, Chips] | None = None
    """What was acknowledged; None: not known, because an answer was lost."""
    listed: Mapping[Spot, Chips] | None = None
    """What the house's list of the frozen bets says of them; None: it was not asked for."""
    commitment: Hash | None = None
    """Acknowledged by the house; None: one takes no part in the draw."""
    secret: Hash | None = None
    """Acknowledged as shown."""
    payouts: Payouts | None = None
    """What one was paid; None: it is not known, because the line was lost."""
    linked: bool = True
    """Whether the house's seeds lead back to the end of its chain, as far as they were walked."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What the house said when it closed the bets."""

    commitments: Mapping[Account, Hash]
    bets_root: Hash
    freeze: Hash


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the house said when it settled."""

    seed: Hash
    reveals: Mapping[Account, Hash]
    """The secrets that were shown."""
    pocket: Pocket


@dataclass(frozen=True, slots=True)
class Round:
    """Everything that the house said of a round."""

    table: bytes
    anchor: Hash
    """The public end of the house's chain: S_0."""
    number: int
    seed_before: Hash
    frozen: Frozen
    drawn: Drawn
    bets: tuple[Row, ...] | None = None
    """None: the list was not asked for."""
    law: Law = PLAIN
    """By what the table played it."""

    @property
    def pockets(self) -> int:
        return len(WHEELS[self.law.wheel].pockets)

    @property
    def reveals_hash(self) -> Hash:
        frozen = self.frozen
        return fairness.reveals_hash(frozen.freeze, frozen.commitments, self.drawn.reveals)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a round holds."""

    round_number: int
    failed: Step | None
    """The first step that does not hold."""
    full: bool = True
    """Whether everything could be looked at; at a big table the bets come only on request."""
    round: Round | None = None
    own: Own = Own()

    @property
    def holds(self) -> bool:
        return self.failed is None
