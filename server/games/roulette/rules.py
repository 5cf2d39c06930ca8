"""What a spin does to the bets. Pure: bets, a pocket and the rules of the table in, an outcome out.

At a full table this is done to ten thousand bets at once, so they are worked on in columns: a step
that Python takes for all bets costs a tenth of one that it takes for each. Only where the stakes of
some spots end in their own way (a zero fell and the table has a rule for it, or the round is void)
those bets are looked at one by one besides.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, chain, pairwise, repeat
from operator import attrgetter, ne, sub
from typing import NamedTuple

from protocol.fair.hashes import Account
from protocol.games.roulette import zero as zeros
from protocol.games.roulette.lists import End, Zero
from protocol.games.roulette.rules import LOCKED, SPOTS, TIMES, Pocket, Spot
from protocol.house.fields import Chips
from server.games.roulette.packed_bets import Bet


class Fall(NamedTuple):
    """What a number that fell does to each spot; without a number, a round that is void."""

    times: Sequence[int]
    """How many times the stake comes back."""
    ends: Sequence[End]
    stays: Mapping[Spot, Spot]
    """The spots whose stakes stay on the table, and where they lie then."""
    halved: frozenset[Spot]
    """The spots of which half a stake comes back."""


@cache
def fall(zero: Zero, pocket: Pocket | None) -> Fall:
    if pocket is None:
        times = tuple([int(info.spot < LOCKED) for info in SPOTS])
        kept = {info.spot: info.spot for info in SPOTS[LOCKED:]}
        ends = tuple([End.KEPT if info.spot in kept else End.PAID for info in SPOTS])
        return Fall(times, ends, kept, frozenset())
    stays, halved = zeros.locks(zero, pocket), zeros.halves(zero, pocket)
    ends = tuple(
        End.LOCKED if info.spot in stays else End.HALVED if info.spot in halved else End.PAID
        for info in SPOTS
    )
    return Fall(TIMES[pocket], ends, stays, halved)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a round ends for each account with chips on the table. The columns belong together: the
    n-th of each is of the n-th account, ascending.
    """

    accounts: Sequence[Account]
    staked: Sequence[Chips]
    """The stakes that end; what stays on the table is none of them."""
    returned: Sequence[Chips]
    """What comes back to the wallet; two halves are a chip of it."""
    first: Sequence[int]
    """Where its bets begin in `bets`, and at last where all end."""
    bets: Sequence[int]
    """Spot, stake, what came back and how it ended, in turn, of one bet after the other."""
    locked: Sequence[Bet] = ()
    """What stays on the table, by ascending account and spot."""
    halves: Sequence[Account] = ()
    """Who has half a chip besides, ascending."""

    @property
    def nets(self) -> list[int]:
        return list(map(sub, self.returned, self.staked))

    def payouts(self) -> list[tuple[Account, Chips, Chips]]:
        """Row by row: whose, the stakes that ended, and what comes back to the wallet."""
        return list(zip(self.accounts, self.staked, self.returned, strict=True))

    @property
    def rest(self) -> list[list[int]]:
        """Account, chips that stay, and half chips, of those who have any."""
        stays: dict[Account, Chips] = {}
        for account, _, chips in self.locked:
            stays[account] = stays.get(account, 0) + chips
        halves = set(self.halves)
        return [
            [who, stays.get(who, 0), int(who in halves)] for who in sorted(stays.keys() | halves)
        ]


def in_order(bets: Mapping[Account, Mapping[Spot, Chips]]) -> list[Bet]:
    """All bets on a table, by ascending account and spot."""
    rows = [
        (account, spot, chips) for account, mine in bets.items() for spot, chips in mine.items()
    ]
    rows.sort()
    return rows


NOBODY = Outcome((), (), (), (0,), ())


def settle(
    bets: Sequence[Bet],
    pocket: Pocket | None,
    zero: Zero = Zero.NOTHING,
    owed: Collection[Account] = (),
) -> Outcome:
    """What comes back of these bets, which are ascending; without a pocket, every stake that is not
    locked. `owed`: to whom half a chip is owed from before.
    """
    if not bets:
        return NOBODY
    falls = fall(zero, pocket)
    times, ends, stays, halved = falls
    owners, spots, stakes = zip(*bets, strict=True)
    backs = [stake * times[spot] for spot, stake in zip(spots, stakes, strict=True)]
    others = map(ne, owners, owners[1:])
    first = [0, *(at for at, other in enumerate(others, 1) if other), len(bets)]
    accounts = [owners[at] for at in first[:-1]]
    ending: Sequence[Chips] = stakes
    locked: dict[tuple[Account, Spot], Chips] = {}
    odd: list[int] = []
    if stays:
        ending = [0 if spot in stays else stake for _, spot, stake in bets]
        for owner, spot, stake in bets:
            if spot in stays:
                where = owner, stays[spot]
                locked[where] = locked.get(where, 0) + stake
    if halved:
        odd = [stake % 2 if spot in halved else 0 for _, spot, stake in bets]
        for at, (_, spot, stake) in enumerate(bets):
            if spot in halved:
                backs[at] = stake // 2
    special = stays or halved
    how = [ends[spot] for spot in spots] if special else repeat(End.PAID, len(spots))
    returned = _sums(backs, first)
    halves = _sums(odd, first) if odd else ()
    for at, count in enumerate(halves):
        returned[at] += count // 2
    outcome = Outcome(
        accounts,
        _sums(ending, first),
        returned,
        first,
        list(chain.from_iterable(zip(spots, stakes, backs, how, strict=True))),
        [(*where, chips) for where, chips in sorted(locked.items())],
        [account for account, count in zip(accounts, halves, strict=False) if count % 2],
    )
    return make_whole(outcome, owed)


def make_whole(outcome: Outcome, owed: Collection[Account]) -> Outcome:
    """Two halves are a chip: who has one by this round and was owed another gets it."""
    again = [account for account in outcome.halves if account in owed]
    if not again:
        return outcome
    returned = [*outcome.returned]
    for account in again:
        returned[bisect_left(outcome.accounts, account)] += 1
    return replace(outcome, returned=returned)


def joined(parts: Sequence[Outcome]) -> Outcome:
    """One outcome of several, of accounts that ascend."""
    if not parts:
        return NOBODY
    if len(parts) == 1:
        return parts[0]
    first = [0]
    for part in parts:
        before = first.pop()
        first += [before + at for at in part.first]
    columns = attrgetter("accounts", "staked", "returned", "bets", "locked", "halves")
    whole = ([*chain.from_iterable(column)] for column in zip(*map(columns, parts), strict=True))
    accounts, staked, returned, bets, locked, halves = whole
    return Outcome(accounts, staked, returned, first, bets, locked, halves)


def _sums(column: Sequence[Chips], first: Sequence[int]) -> list[Chips]:
    """The sum of each part of a column, given where the parts begin and the last one ends."""
    sums = [0, *accumulate(column)]
    return [sums[end] - sums[begin] for begin, end in pairwise(first)]
