"""A round that is over: what everybody is told of it, and each player of his part. Pure."""

from bisect import bisect_left
from collections.abc import Collection, Mapping
from heapq import nsmallest
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
        """Who had chips on the table, ascending."""
        self.nets = outcome.nets
        self.contributors = tuple(contributors)
        """Who had a say in the number."""
        self.withheld = sorted(withheld)
        """Those of them who kept it back."""
        self._table = table
        self._outcome = outcome
        self._holders = holders
        self._wallets = [*map(purse.wallets.__getitem__, outcome.accounts)]
        """What they have now: they may have bet again before they are told."""
        self._halves = frozenset(purse.halves)

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

    def frame(self, account: Account) -> bytes | None:
        """What a player is told: a `PlayerSettled`, packed in one step."""
        accounts, first = self.accounts, self._outcome.first
        at = bisect_left(accounts, account)
        if accounts[at : at + 1] != [account]:
            return None
        begin, end = first[at], first[at + 1]
        count, mine = end - begin, self._outcome.bets[BET * begin : BET * end]
        pack = packer(PlayerSettled, self._table, count)
        return pack(
            self.number, self.nets[at], self._wallets[at], count, *mine, account in self._halves
        )
