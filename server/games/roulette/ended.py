"""A round that is over: what each player made of it. Pure."""

from collections.abc import Iterator
from itertools import pairwise

from protocol.fairness import Account
from protocol.messages.rounds import PlayerSettled
from protocol.roulette import Pocket
from protocol.wire import packer
from server.books.books import HOUSE, Books
from server.games.roulette.rules import Outcome
from server.games.roulette.state import Round

BET = 3
"""A bet is so many numbers in `Outcome.bets`."""


class Ended:
    """A round that is over. `pocket` is None if it was voided."""

    def __init__(self, play: Round, pocket: Pocket | None, outcome: Outcome, books: Books) -> None:
        self.number = play.number
        self.pocket = pocket
        self.accounts = outcome.accounts
        """Who had chips on the table."""
        self.nets = outcome.nets
        self.contributors = tuple(play.commitments)
        """Who committed to a secret."""
        self.withheld = () if pocket is None else sorted(play.commitments.keys() - play.reveals)
        """Those of them who did not show it; a voided round owes none."""
        self._outcome = outcome
        self._books = books

    def frames(self) -> Iterator[tuple[Account, bytes]]:
        """What each player is told: a `PlayerSettled`, packed in one step."""
        wallets, number, bets = self._books.purses[HOUSE].wallets, self.number, self._outcome.bets
        parts = pairwise(self._outcome.first)
        for account, net, (begin, end) in zip(self.accounts, self.nets, parts, strict=True):
            count = end - begin
            pack = packer(PlayerSettled, count)
            mine = bets[BET * begin : BET * end]
            yield account, pack(number, net, wallets[account], count, *mine)
