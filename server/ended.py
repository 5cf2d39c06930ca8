"""A round that is over: what each player made of it. Pure."""

from collections.abc import Iterator

from protocol.fairness import Account
from protocol.messages.rounds import PlayerSettled
from protocol.roulette import SPOTS, TIMES, Pocket, returned
from protocol.wire import packer
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

    def frames(self) -> Iterator[tuple[Account, bytes]]:
        """What each player is told: a `PlayerSettled`, packed in one step."""
        holders, number = self._books.holders, self.number
        times = [1] * len(SPOTS) if self.pocket is None else TIMES[self.pocket]
        for account, mine in self.bets.items():
            rows: list[int] = []
            net = 0
            for spot, stake in sorted(mine.items()):
                back = stake * times[spot]
                net += back - stake
                rows += (spot, stake, back)
            pack = packer(PlayerSettled, len(mine))
            yield account, pack(number, net, holders[account].wallet, len(mine), *rows)
