"""A round that is over: what each player made of it. Pure."""

from protocol.fairness import Account
from protocol.messages.fields import Payout
from protocol.messages.rounds import PlayerSettled
from protocol.roulette import Pocket, returned
from server.books import Books, Round


class Ended:
    """A round that is over: what each player made of it. `pocket` is None if it was voided."""

    def __init__(self, play: Round, pocket: Pocket | None, books: Books) -> None:
        self.number = play.number
        self.bets = play.bets
        self.pocket = pocket
        self.withheld = () if pocket is None else sorted(play.commitments.keys() - play.reveals)
        """Who committed to a secret and did not show it; a voided round owes none."""
        self._books = books

    def net(self, account: Account) -> int:
        if self.pocket is None:
            return 0
        return sum(
            returned(spot, chips, self.pocket) - chips for spot, chips in self.bets[account].items()
        )

    def of(self, account: Account) -> PlayerSettled:
        """What one player is told."""
        payouts = [
            Payout(
                spot, chips, chips if self.pocket is None else returned(spot, chips, self.pocket)
            )
            for spot, chips in sorted(self.bets[account].items())
        ]
        net = sum(each.returned - each.stake for each in payouts)
        return PlayerSettled(self.number, net, self._books.holders[account].wallet, tuple(payouts))
