"""Real clients at a real house in a glass, over lines that are slow and break: a pure simulation.

Nobody lies here, so whatever a client holds against the house is a fault of ours. Clock, chance and
lines are by hand: a second costs as much as what happens in it.
"""

from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from client.dialogue import Ending
from client.games.roulette.requests import place
from client.games.roulette.state import roulette
from client.house.events import Judged, Trouble
from client.means import Means
from client.modern import ModernDialogue
from client.requests import Enter
from protocol.fair.verdict import Colour
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import RoundSettled
from protocol.house.fields import Chips
from server.games.roulette.settings import Rules
from torture.stage import Killed, Line, Stage

RULES = Rules(auto_seconds=2, spin_seconds=0.0, least_seconds=1.0)
STEPS, SHORT = (0.02, 0.2, 0.7), (0.02, 0.1)
"""Seconds that pass at once: in a window fewer, or a moment would make a line slower than it is."""
LAGS = (0.0, 0.0, 0.02, 0.3, 1.1)
"""How long a line takes one way. There and back in less than the window: who is slower misses it,
and can only hold the house to have been unheard."""
CUT, AWAY, CLOSED = 0.002, 4.0, 0.2
"""How often a line is cut, for how long at the most, and how often the window is closed with it."""
CRASHES = 0.002
SPOTS = (5, 17, 30, 150, 152)


class Keys:
    """Keeps the tokens of one name."""

    def __init__(self) -> None:
        self._tokens: dict[tuple[bytes, str], bytes] = {}

    def knows(self, table: bytes, anchor: bytes) -> bool | None:  # noqa: ARG002 - nothing is known
        return None

    def trust(self, table: bytes, anchor: bytes) -> None:
        """It is the only one."""

    def token(self, table: bytes, name: str) -> bytes:
        return self._tokens.get((table, name), b"")

    def keep(self, table: bytes, name: str, token: bytes) -> None:
        self._tokens[table, name] = token


@dataclass
class Tally:
    """What all clients have found."""

    colours: Counter[str] = field(default_factory=Counter)
    """How many rounds are green, grey and red; each counts for each who was told of it."""
    greys: Counter[str] = field(default_factory=Counter)
    reds: list[str] = field(default_factory=list)
    """What is held against the house."""
    cuts: int = 0
    crashes: int = 0


class Guest:
    """Somebody with a window, on a line of their own."""

    def __init__(self, name: str, dice: Random, tally: Tally) -> None:
        self.name, self.dice, self.tally = name, dice, tally
        self._keys = Keys()
        self._line: Line | None = None
        self._back = 0.0
        self._begin()

    def _begin(self) -> None:
        dice = self.dice
        means = Means(lambda: dice.randbytes(32), lambda: 0, self._keys, self._saved)
        self.dialogue = ModernDialogue(means, Enter(self.name))

    @staticmethod
    def _saved(_: Any) -> str:
        return "saved"

    def move(self, stage: Stage) -> None:
        """A moment passes."""
        now = stage.clock
        if self._line is None:
            if now < self._back:
                return
            self._come(stage)
        line = self._line
        assert line is not None
        self._in.append((now + self._lag, line.drain()))
        while self._in and self._in[0][0] <= now:
            for said in self._decoder.feed(self._in.popleft()[1]):
                self.dialogue.hear(said, now)
        self.dialogue.tick(now)
        self._bet(now)
        self._read()
        self._out.append((now + self._lag, b"".join(self.dialogue.frames)))
        self.dialogue.frames.clear()
        while self._out and self._out[0][0] <= now:
            line.say(self._out.popleft()[1])
        if self.dialogue.ending is not None or not line.open or self.dice.random() < CUT:
            self.tally.cuts += 1
            self.cut(now)

    def cut(self, now: float) -> None:
        """The line breaks, and whatever is under way is lost."""
        if self._line is None:
            return
        self._line.cut()
        self._line = None
        self._back = now + self.dice.random() * AWAY
        self.dialogue.cut(self.dialogue.ending or Ending(Trouble.CUT), self._back, now)
        self._read()
        if self.dice.random() < CLOSED:
            self._begin()

    def _come(self, stage: Stage) -> None:
        self._line = Line(stage)
        self._lag = self.dice.choice(LAGS)
        self._in: deque[tuple[float, bytes]] = deque()
        self._out: deque[tuple[float, bytes]] = deque()
        self._decoder = self.dialogue.decoder()
        self.dialogue.up(stage.clock)

    def _bet(self, now: float) -> None:
        state = self.dialogue.state
        game = roulette(state)
        if state.table.live and game.round.phase is Phase.BETTING and self.dice.random() < 0.2:
            chips: Chips = self.dice.randrange(1, 9)
            self.dialogue.want(place(state, {self.dice.choice(SPOTS): chips}), now)

    def _read(self) -> None:
        heard = list(self.dialogue.news)
        self.dialogue.news.clear()
        for news in heard:
            if isinstance(news.said, Judged):
                judged = news.said.verdict
                if judged.colour is Colour.RED:
                    steps = ", ".join(
                        f"{step} {more}" for step, more in judged.verdict.reds.items()
                    )
                    self.tally.reds.append(f"{self.name}, round {judged.round_number}: {steps}")
                if judged.over:
                    self.tally.colours[judged.colour.name.lower()] += 1
                    self.tally.greys.update(judged.verdict.greys.keys())
            elif isinstance(news.said, RoundSettled):
                self.tally.colours["settled"] += 1


class Night:
    """A house and its guests, until so many rounds are over."""

    def __init__(self, folder: Path, seed: int, guests: int, tally: Tally) -> None:
        self._seed = seed
        self.dice = Random(f"night {seed}")
        self.tally = tally
        self.stage = Stage(folder, seed, rules=RULES)
        self.guests = [Guest(f"G{at}", Random(f"guest {at} {seed}"), tally) for at in range(guests)]

    @property
    def rounds(self) -> int:
        return self.stage.table.round.number

    def step(self) -> None:
        stage, dice = self.stage, self.dice
        stage.clock += dice.choice(SHORT if stage.table.draw.state.asked else STEPS)
        for guest in self.guests:
            guest.move(stage)
        if dice.random() < CRASHES:
            stage.ledger.dies = dice.choice(("before", "after"))
        try:
            stage.turn()
        except Killed:
            self._again()

    def _again(self) -> None:
        """The house starts anew, and everybody comes back."""
        self.tally.crashes += 1
        self._seed += 1
        self.stage = self.stage.again(self._seed)
        for guest in self.guests:
            guest.cut(self.stage.clock)

    def close(self) -> None:
        self.stage.close()
