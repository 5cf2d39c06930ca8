"""A round that is over: what everybody is told of it, and each player of his part. Pure."""

from collections.abc import Collection, Iterator, Mapping
from heapq import nsmallest
from itertools import pairwise
from operator import neg

from protocol.fair.hashes import Account
from protocol.games.roulette.fields import Result
from protocol.games.roulette.rounds import PlayerSettled, RoundSettled
from protocol.games.roulette.rules import Pocket
from protocol.limits import TOP_RESULTS
from protocol.wire import packer
from server.books.books import Holder
from server.books.purse import Purse
from server.games.roulette.rules import Outcome
from server.games.roulette.state import Round

BET = 4
"""A bet is so many numbers in `Outcome.bets`."""


class Ended:
    """A round that is over. `pocket` is None if it was voided."""

    def __init__(
        self,
        table: int,
        play: Round,
        pocket: Pocket | None,
        outcome: Outcome,
        holders: Mapping[Account, Holder],
        purse: Purse,
        contributors: Collection[Account] = (),
        withheld: Collection[Account] = (),
    ) -> None:
        self.number = play.number
        self.pocket = pocket
        self.title = "" if pocket is None else f"round {play.number} settled {pocket}"
        self.accounts = outcome.accounts
        """Who had chips on the table."""
        self.nets = outcome.nets
        self.contributors = tuple(contributors)
        """Who had a say in the number."""
        self.withheld = sorted(withheld)
        """Those of them who kept it back."""
        self._table = table
        self._outcome = outcome
        self._holders = holders
        self._purse = purse

    def settled(self, at: int) -> RoundSettled:
        """What everybody is told of a round that was not voided."""
        outcome, nets, pocket = self._outcome, self.nets, self.pocket
        assert pocket is not None
        best = nsmallest(TOP_RESULTS, zip(map(neg, nets), outcome.accounts, strict=True))
        return RoundSettled(
            self.number,
            pocket,
            at,
            len(nets),
            sum(outcome.staked),
            sum(outcome.returned),
            tuple(Result(who, self._holders[who].name, -loss) for loss, who in best),
        )

    def frames(self) -> Iterator[tuple[Account, bytes]]:
        """What each player is told: a `PlayerSettled`, packed in one step."""
        number, bets = self.number, self._outcome.bets
        wallets, halves = self._purse.wallets, self._purse.halves
        parts = pairwise(self._outcome.first)
        for account, net, (begin, end) in zip(self.accounts, self.nets, parts, strict=True):
            count = end - begin
            pack = packer(PlayerSettled, self._table, count)
            mine = bets[BET * begin : BET * end]
            yield account, pack(number, net, wallets[account], count, *mine, account in halves)
