"""A short evening, written down beforehand: everything that the books can hold happens in it.

The same seed plays the same evening. What anybody is told is noted as it is told, by `tell`.
"""

import json
from collections.abc import Callable
from functools import partial
from random import Random

from torture.onlooker import Fact
from torture.punter import Boss, Punter
from torture.stage import Killed, Line, Script, Stage

PLAYERS = 3
AT_DOOR = 5
"""Steps until everybody has a seat."""


class Evening:
    """Some players and a croupier at one table, step by step."""

    def __init__(self, stage: Stage, seed: int, steps: int, tell: Callable[[Fact], None]) -> None:
        """Play so many steps."""
        self.stage = stage
        self.steps = steps
        self.at = 0
        self.dice = Random(f"evening {seed}")
        self.punters = [Punter(f"P{n}", seed, copies=2) for n in range(PLAYERS)]
        self.boss = Boss("Boss", seed)
        self.everybody = (*self.punters, self.boss)
        self._tell = tell
        self._told: set[str] = set()
        self._noted: dict[Punter, int] = {}
        self._seen = 0
        self.kill: tuple[int, str] | None = None
        """In which step the house is killed, and whether `before` or `after` the commit."""
        for punter in self.everybody:
            self._come(punter)

    def script(self) -> Script:
        """What comes into the owner's inbox, batch by batch."""
        for at in range(self.steps):
            self.at = at
            self.stage.clock += self.dice.choice((0.01, 0.05, 0.5, 4.0))
            if self.at > AT_DOOR:
                self._play()
            self._carry()
            if self.kill and at == self.kill[0]:
                self.stage.ledger.dies = self.kill[1]
            yield self.stage.items()
            self._look()
        for _ in range(3):
            self._carry()
            yield self.stage.items()
        self._look()

    def play(self) -> None:
        """To its end, and on with a new house where it is killed."""
        script = self.script()
        while True:
            try:
                self.stage.play(script)
            except Killed:
                self._go_on_with(self.stage.again(self.at))
            else:
                return

    def _go_on_with(self, stage: Stage) -> None:
        self.stage = stage
        for punter in self.everybody:
            self._come(punter)

    def _play(self) -> None:
        dice = self.dice
        for punter in self.punters:
            if punter.seated and not punter.open and dice.random() < 0.7:
                punter.bet()
        if self.boss.seated and dice.random() < 0.25:
            self.boss.lead()
        if dice.random() < 0.05:
            punter = dice.choice(self.punters)
            self.stage.lines[punter].cut()
            self._come(punter)

    def _come(self, punter: Punter) -> None:
        """A new line; what comes over it is heard, and told, in the same instant."""
        line = self.stage.lines[punter] = Line(self.stage)
        line.plug.tap = partial(self._hear, punter)
        punter.come()

    def _hear(self, punter: Punter, data: bytes) -> None:
        self.stage.trace.update(data)
        punter.hear(data)
        self._note(punter)

    def _carry(self) -> None:
        for punter, line in self.stage.lines.items():
            if line.open:
                line.say(punter.take())

    def _look(self) -> None:
        """The onlooker adds up what is in the books by now."""
        seen = self.stage.onlooker.look()
        for words in seen[self._seen :]:
            self._tell(["saw", 0, words])
        self._seen = len(seen)

    def _note(self, punter: Punter) -> None:
        """Tell every fact that is new."""
        facts = punter.log.facts
        for fact in facts[self._noted.get(punter, 0) :]:
            text = json.dumps(fact)
            if text not in self._told:
                self._told.add(text)
                self._tell(fact)
        self._noted[punter] = len(facts)
