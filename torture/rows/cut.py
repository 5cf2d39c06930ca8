"""Lines stall, break and swallow everything: who comes back sees what is in the books at once."""

import math
import select
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from time import monotonic
from typing import NamedTuple

from client.connect import connect
from client.dialogue import Step
from client.games.roulette.state import roulette
from client.house.events import LinkLost, Sent
from client.house.state import Line
from client.link import Link
from client.requests import Enter
from client.store import Store
from protocol.games.roulette.bets import BetsPlaced, BetsTakenBack, PlaceBets, TakeBackBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import SINGLE
from protocol.house.lists import Seat
from protocol.wire import Message
from torture.books_check import wrong_end
from torture.onlooker import Chips, Fact, Onlooker, answer_fact, as_deed, facts_in
from torture.program import Program
from torture.proxy import Proxy, Weather
from torture.punter import PASSWORD
from torture.report import Row, Run, scratch

WAVE = 100
"""So many cuts go on over one another, two to a player; then comes the next wave."""
SHORTEST, LONGEST = 0.1, 30.0
"""Seconds that a line is cut, spread evenly over all orders between."""
BACK_WITHIN = 2.0
"""Seconds that a client may mean to wait once the line is fine again: nobody hurries it."""
TURNS = 100
"""Beside that it may let so many of our steps go by. They are as slow as the machine is busy, and
take as long as it may wait on one that is not.
"""
GIVEN_UP = 40.0
FINE = (0.2, 1.0)
"""Seconds between the cuts of one player."""
SPIN_SECONDS = 0.8
STEP = 0.02
MOST_PENDING = 8


class Cut(NamedTuple):
    """One fault of a line."""

    weather: Weather
    reset: bool
    seconds: float


class Player:
    """A client as the window has one, on a line that breaks; and all that it was told."""

    def __init__(self, name: str, house: Program, store: Store, source: str, seed: int) -> None:
        """Come in over a proxy of one's own."""
        self.name = name
        self.dice = Random(f"{name} {seed}")
        self.proxy = Proxy(house.port, source)
        self.link = connect("127.0.0.1", self.proxy.port, Enter(name), store=store)
        self.cuts: list[Cut] = []
        self.asked: dict[int, Chips] = {}
        self.facts: list[Fact] = []
        self.took: list[float] = []
        self.wrong: list[str] = []
        self._under: Cut | None = None
        self._until = 0.0
        self._pauses: list[tuple[float, float]] = []
        """From when until when it meant to wait, since the cut."""
        self._turns = 0
        self._back: float | None = None
        """Since when the line is fine again, and everything has yet to be right."""

    @property
    def done(self) -> bool:
        return not self.cuts and self._under is None and self._back is None

    def begin(self, cuts: list[Cut], now: float) -> None:
        """These come over the line, one after the other."""
        self.cuts = cuts
        self._until = now + self.dice.uniform(*FINE)

    def step(self, now: float, onlooker: Onlooker) -> None:
        """What is due; bets in fine weather and foul, but none while it is looked at."""
        for step in self.link.take():
            self._note(step)
        if self._back is not None:
            self._look(now, onlooker)
            return
        if now >= self._until and self._under:
            self.proxy.be(Weather.FINE)
            self._under, self._back = None, now
        elif now >= self._until and self.cuts:
            self._under = self.cuts.pop()
            self._pauses.clear()
            self._turns = 0
            self.proxy.be(self._under.weather, reset=self._under.reset)
            self._until = now + self._under.seconds
        self._bet()

    def close(self) -> None:
        self.link.close()
        self.proxy.close()

    def _bet(self) -> None:
        state = self.link.state
        if not state.live or len(state.pending) >= MOST_PENDING or self.dice.random() > 0.2:
            return
        number = roulette(state).round.number
        if self.dice.random() < 0.2:
            self.link.want(TakeBackBets(0, number, ()))
        else:
            self.link.want(PlaceBets(0, number, (Bet(self.dice.choice(sorted(SINGLE.spots)), 1),)))

    def _look(self, now: float, onlooker: Onlooker) -> None:
        assert self._back is not None
        wrong = self._differs(onlooker)
        took = now - self._back
        self._turns += self.link.state.status.line is not Line.LOST
        if wrong and took < GIVEN_UP:
            return
        paused = sum(max(0.0, end - max(begin, self._back)) for begin, end in self._pauses)
        if wrong or paused > BACK_WITHIN or self._turns > TURNS:
            words = f"right again after pauses of {paused:.1f} s and {self._turns} turns"
            self.wrong.append(f"{self.name} {wrong or words}")
        self.took.append(took)
        self._back = None
        self._until = now + self.dice.uniform(*FINE)

    def _differs(self, onlooker: Onlooker) -> str:
        """What this client shows and the books say otherwise."""
        state = self.link.state
        if not state.live:
            return f"is not back: {state.status}"
        if state.pending:
            return f"waits for {len(state.pending)} answers"
        own = {spot: chips for spot, chips in roulette(state).round.own.items() if chips}
        shows = roulette(state).round.number, state.balance, own
        lying = onlooker.lying.get(state.account, {})
        held = onlooker.round, onlooker.wallets.get(state.account), lying
        return "" if shows == held else f"shows {shows}; the books: {held}"

    def _note(self, step: Step) -> None:
        account = step.state.account
        match step.said:
            case LinkLost(retry_at=retry_at):
                self._pauses.append((step.at, retry_at))
            case Sent(request=PlaceBets() | TakeBackBets() as request):
                self.asked[request.number] = request
            case BetsPlaced() | BetsTakenBack() as said:
                self.facts.append(answer_fact(self.asked[said.number], said, account))
            case Message() as said:
                self.facts.extend(facts_in(said, account))

    def wrong_notes(self, onlooker: Onlooker) -> Iterator[str]:
        """What was carried out that it did not ask for."""
        for request, deed, bets in onlooker.requests_of(self.link.state.account):
            asked = self.asked.get(request)
            if asked is None or (deed, bets) != as_deed(asked):
                yield f"{self.name} did not ask for {deed} {request}, {bets}"


def do(run: Run) -> None:
    with scratch() as folder:
        data, settings = folder / "data", folder / "quick.toml"
        settings.write_text("[[table]]\nreveal_seconds = 1.5\n")
        onlooker = Onlooker(data)
        options = ("--config", str(settings), "--stack", "1000000")
        with Program(data, *options) as house:
            with ExitStack() as open_lines:
                players = []
                for n in range(min(run.count, WAVE) // 2):
                    player = Player(
                        f"P{n}", house, Store(folder / f"{n}"), f"127.0.1.{n + 1}", run.seed
                    )
                    open_lines.callback(player.close)
                    players.append(player)
                boss = lead(house, folder / "boss")
                open_lines.callback(boss.close)
                evening(run, players, boss, onlooker)
            run.check(house.stop() == 0, "the house did not close as it should")
        judge(run, data, players, onlooker)


def lead(house: Program, folder: Path) -> Link:
    """The croupier, on a line that holds."""
    enter = Enter("Boss", Seat.CROUPIER, PASSWORD)
    return connect("127.0.0.1", house.port, enter, store=Store(folder))


def evening(run: Run, players: Sequence[Player], boss: Link, onlooker: Onlooker) -> None:
    """Wave after wave."""
    dice = Random(run.seed)
    spin = monotonic()
    at_door = spin + GIVEN_UP
    while not all(player.link.state.live for player in players):
        select.select([], [], [], STEP)
        if not run.check(monotonic() < at_door, "not everybody could sit down"):
            return
    cuts = run.each("cuts")
    while dealt := [cut for cut, _ in zip(deal(WAVE, dice), cuts, strict=False)]:
        dealt.sort(key=lambda cut: cut.seconds)
        half = len(dealt) // 2  # A long cut and a short one for each player.
        for player, short, long in zip(players, dealt[:half], dealt[half:][::-1], strict=False):
            player.begin([long, short], monotonic())
        for cut in dealt:
            run.tried[
                f"of them {'reset' if cut.weather is Weather.FINE else cut.weather.value}"
            ] += 1
        while not all(player.done for player in players):
            now = monotonic()
            onlooker.look()
            for player in players:
                player.step(now, onlooker)
            if now >= spin and roulette(boss.state).round.phase is Phase.BETTING:
                spin = now + SPIN_SECONDS
                boss.want(StartSpin(0, roulette(boss.state).round.number))
            boss.skip()
            select.select([], [], [], STEP)


def deal(count: int, dice: Random) -> list[Cut]:
    """Every length and every kind, in any order."""
    lengths = [
        SHORTEST * math.exp(math.log(LONGEST / SHORTEST) * at / (count - 1)) for at in range(count)
    ]
    kinds = [list(Weather)[at % len(Weather)] for at in range(count)]
    dice.shuffle(lengths)
    return [
        Cut(kind, kind is Weather.FINE or dice.random() < 0.3, seconds)
        for kind, seconds in zip(kinds, lengths, strict=True)
    ]


def judge(run: Run, data: Path, players: Sequence[Player], onlooker: Onlooker) -> None:
    took = sorted(each for player in players for each in player.took)
    median, most = took[len(took) // 2], took[-1]
    run.notes.append(f"right again after {median:.2f} s (half of them), {most:.2f} s at the most")
    run.tried["rounds meanwhile"] = onlooker.round
    run.tried["answers"] = sum(f[0] in ("stake", "refund") for p in players for f in p.facts)
    for player in players:
        run.wrong += player.wrong
        run.wrong += player.wrong_notes(onlooker)
    run.wrong += onlooker.look()
    onlooker.away()
    run.wrong += wrong_end(data, (fact for player in players for fact in player.facts))


ROW = Row("cut", "lines that stall, break and swallow everything", do, 8, 100, 10_000)
