"""What a client keeps of one round until it is judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from client.games.roulette.fair import verdicts
from client.games.roulette.fair.verdicts import Drawn, Frozen, Own
from client.games.roulette.state import roulette
from client.house.state import HouseState
from protocol.fairness import Hash
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.rules import Spot
from protocol.games.roulette.zero import Law
from protocol.house.fields import Chips
from protocol.wire import Request

NOT_FROZEN = bytes(32)


@dataclass(slots=True)
class Say:
    """This client's part in the number of a round."""

    secret: Hash
    commitment: Hash
    request: int = 0
    """The number of the request that seals it."""
    taken: bool | None = None
    """Whether the house took it; None: it has not answered."""
    showing: int = 0
    """The number of the request that shows it; 0: it has not gone out."""
    shown: bool = False
    """The house said that it has the secret."""


@dataclass(slots=True)
class Watched:
    """What is known of one round for its proof."""

    number: int
    seed_before: Hash
    linked: bool
    """Whether the house's seeds lead back to the public end of its chain."""
    law: Law | None = None
    """By what it is played, as the table was introduced before it opened; None: of the past."""
    say: Say | None = None
    frozen: Frozen | None = None
    freeze: Hash = NOT_FROZEN
    """The freeze as it was shown first; a round that has one keeps it to its end."""
    taken_back: bool = False
    """The house showed another freeze later, or none."""
    drawn: Drawn | None = None
    rows: tuple[verdicts.Row, ...] | None = None
    """The whole list of bets."""
    listed: Mapping[Spot, Chips] | None = None
    """One's own bets as the house lists them."""
    bets: Mapping[Spot, Chips] | None = None
    """One's own bets, as far as the table was told of them last; None: an answer was lost."""
    paid: verdicts.Payouts | None = None
    """What one was told that came of them."""
    acknowledged: Mapping[Spot, Chips] | None = None
    """One's own bets, where the table contradicted later what it had acknowledged."""
    own: Own | None = None
    """What was known of one's own part when the round was judged before."""
    thorough: bool = False
    """Whether the whole list of bets is wanted, however long."""
    pages: list[verdicts.Row] = field(default_factory=list)
    """The list of bets, as far as it has come."""
    torn: bool = False
    """One was not there all the time: what one was paid may have been missed, so the house's
    record of it is asked for. A house that could tear a round and say nothing would pay nothing.
    """
    asking: dict[int, Request] = field(default_factory=dict)
    """What is missing and on its way."""

    def note(self, state: HouseState) -> None:
        """Keep what is known of one's own part: a round that two newer ones follow is forgotten by
        the state, and a house that answers late would be held to nothing.
        """
        found = roulette(state).find_round(self.number)
        if found is None:
            return
        self.bets = dict(found.own) if found.own_known else None
        if found.result is not None:
            self.paid = by_spot(found.result.payouts)


def by_spot(paid: Sequence[Payout]) -> verdicts.Payouts:
    return {each.spot: (each.stake, each.returned, each.end) for each in paid}
