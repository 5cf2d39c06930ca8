"""A round that is over: what everybody is told of it, and each player of his part. Pure."""

from bisect import bisect_left
from collections.abc import Mapping
from heapq import nsmallest
from operator import neg

from protocol.fairness import Account, Hash
from protocol.games.roulette.fields import Result, Reveal
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
    ) -> None:
        self.number = play.number
        self.pocket = pocket
        self.title = "" if pocket is None else f"round {play.number} settled {pocket}"
        self.accounts = outcome.accounts
        """Who had chips on the table, ascending."""
        self.nets = outcome.nets
        self.contributors = tuple(play.commitments)
        """Who committed to a secret."""
        self.withheld = () if pocket is None else sorted(play.commitments.keys() - play.reveals)
        """Those of them who did not show it; a voided round owes none."""
        self._table = table
        self._play = play
        self._outcome = outcome
        self._holders = holders
        self._wallets = [*map(purse.wallets.__getitem__, outcome.accounts)]
        """What they have now: they may have bet again before they are told."""
        self._halves = frozenset(purse.halves)

    def settled(self, seed: Hash, at: int) -> RoundSettled:
        """What everybody is told of a round that was not voided."""
        outcome, nets, pocket = self._outcome, self.nets, self.pocket
        assert pocket is not None
        best = nsmallest(TOP_RESULTS, zip(map(neg, nets), outcome.accounts, strict=True))
        return RoundSettled(
            self.number,
            pocket,
            at,
            seed,
            len(nets),
            sum(outcome.staked),
            sum(outcome.returned),
            reveals_of(self._play),
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


def reveals_of(play: Round) -> tuple[Reveal, ...]:
    """What the committed players showed, by ascending account."""
    return tuple(
        Reveal(account, account in play.reveals, bytes.fromhex(shown))
        for account in sorted(play.commitments)
        for shown in (play.reveals.get(account, "00" * 32),)
    )
