"""What a spin does to all bets of a full table, worked out a part at a time. Pure.

Ten thousand bets in one go would keep every other table waiting. While this goes on, nothing of it
is in the books, and the bets stay as they were frozen: whoever starts the house anew begins again.
"""

from collections.abc import Collection, Sequence

from protocol.fair.hashes import Account
from protocol.games.roulette.lists import Zero
from protocol.games.roulette.rules import Pocket
from server.games.roulette.packed_bets import Bet, Packer
from server.games.roulette.rules import Outcome, joined, make_whole, settle


class Reckoning:
    """The outcome of a round, and its bets as they are kept."""

    def __init__(self, bets: Sequence[Bet], pocket: Pocket, zero: Zero) -> None:
        """`bets` are ascending."""
        self.pocket = pocket
        self._bets = bets
        self._zero = zero
        self._begin = 0
        """So many bets are worked out."""
        self._parts: list[Outcome] = []
        self._packer = Packer()

    @property
    def done(self) -> bool:
        return self._begin == len(self._bets)

    def go_on(self, most: int) -> None:
        """Work out so many bets more, and what else the owner of the last one has."""
        bets, begin = self._bets, self._begin
        end = min(begin + most, len(bets))
        while end < len(bets) and bets[end][0] == bets[end - 1][0]:
            end += 1
        part = bets[begin:end]
        self._parts.append(settle(part, self.pocket, self._zero))
        self._packer.add(part)
        self._begin = end

    def outcome(self, owed: Collection[Account]) -> Outcome:
        """Of all of them. `owed`: to whom half a chip is owed now; meanwhile another table may have
        paid it.
        """
        return make_whole(joined(self._parts), owed)

    def packed(self) -> bytes:
        """All bets."""
        return self._packer.packed()
