"""Everybody changes his mind as often as he may, all over the table: the books grow by little."""

from collections.abc import Sequence
from random import Random

from protocol.games.roulette.bets import BetsPlaced, PlaceBets, TakeBackBets
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import SINGLE
from server.books.ledger import FILE
from server.limits import Limits
from torture.books_check import wrong_evening
from torture.punter import Boss, Punter
from torture.report import Row, Run, scratch
from torture.stage import Stage

PLAYERS = 4
LAYOUTS = 64
"""Of chips by dice, which are the hardest to compress, and more than that remembers."""
A_ROUND = 600
"""Changes of mind of each; then the wheel turns."""
MADE_BYTES = 300_000
"""What the books are before anybody changes his mind."""


class Moody(Punter):
    """Lays chips on every spot, and takes all of them back."""

    def __init__(self, name: str, seed: int, layouts: Sequence[tuple[Bet, ...]]) -> None:
        """Lay one of these at a time."""
        super().__init__(name, seed)
        self._layouts = layouts

    def bet(self) -> None:
        """One more change of mind, if the last one was answered."""
        if self.open or self.phase is not Phase.BETTING:
            return
        self.number += 1
        last = next(reversed(self.log.told.values()), None)
        if isinstance(last, BetsPlaced) and last.round_number == self.round:
            laid = self.log.asked[last.number].bets
            self.ask(TakeBackBets(self.number, self.round, laid))
        else:
            self.ask(PlaceBets(self.number, self.round, self.dice.choice(self._layouts)))


def do(run: Run) -> None:
    limits = Limits()
    dice = Random(run.seed)
    layouts = [
        tuple(Bet(spot, dice.randint(100, 600)) for spot in sorted(SINGLE.spots))
        for _ in range(LAYOUTS)
    ]
    with scratch() as folder:
        stage = Stage(folder, run.seed, limits=limits)
        punters = [Moody(f"P{n}", run.seed, layouts) for n in range(PLAYERS)]
        boss = Boss("Boss", run.seed)
        stage.seat([*punters, boss])
        stage.settle_down()
        begin = stage.clock
        for number in run.each("times that everybody may ask"):
            for punter in punters:
                punter.bet()
            stage.exchange()
            stage.turn()
            stage.clock += 1 / limits.requests_a_second
            if number % A_ROUND == A_ROUND - 1:
                boss.spin()
                stage.settle_down()
                stage.onlooker.look()
        allowed = limits.written_burst + (stage.clock - begin) * limits.written_a_second
        stage.settle_down()
        stage.close()
        run.tried["changes carried out"] = sum(len(each.log.told) for each in punters)
        run.wrong += wrong_evening(folder, [*punters, boss], stage.onlooker)
        size = (folder / FILE).stat().st_size
        run.notes.append(f"{size / 1e6:.1f} MB of books")
        run.check(run.tried["changes carried out"] > PLAYERS * 30, "hardly any mind was changed")
        run.check(size < MADE_BYTES + PLAYERS * allowed / 2, f"the books grew to {size} bytes")


ROW = Row("moods", "change one's mind all evening, all over the table", do, 300, 2_400, 20_000)
