"""What a client does by itself at a table where something is drawn.

It has a say in every event, and tells what it found of each round.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from client.fair.part import OF_THE_DRAW, Part
from client.fair.witness import Judged as Seen
from client.house.events import Judged
from client.house.state import HouseState, Pending
from client.sitting import Sitting, Voice
from protocol.fair.document import write
from protocol.fair.hashes import Stake
from protocol.house.draw import RoundFrozen
from protocol.house.lists import Seat
from protocol.wire import Message

LOOKED_SECONDS = 0.5
"""How often the clocks of a round are looked at."""


class DrawnSitting(Sitting):
    """At one such table."""

    KINDS: ClassVar[Sequence[str]]
    """What may be drawn at it."""

    def __init__(self, table: int, voice: Voice, seat: Seat) -> None:
        self.part = Part(voice.means.secret, self.ask, self.KINDS)
        super().__init__(table, voice, seat)

    def stakes(self) -> Sequence[Stake] | None:
        """One's own chips, as they would be frozen; None where an answer is not there yet."""
        return ()

    @property
    def idle(self) -> bool:
        """Whether no round is frozen."""
        return False

    def is_ours(self, said: RoundFrozen) -> bool:  # noqa: ARG002 - some games have one way
        """Whether this is frozen by the wheel and the rules that the table says it has."""
        return True

    def hear(self, said: Message, before: HouseState) -> None:
        super().hear(said, before)
        if isinstance(said, RoundFrozen) and not self.is_ours(said):
            # Of the round that is played there is no freeze.
            self.judged(self.part.ended_unfrozen(said.round_number))
        elif type(said) in OF_THE_DRAW:
            now = self.voice.now
            self.judged(self.part.hear(said, now, self.stakes(), idle=self.idle))

    def answered(self, pending: Pending, said: Message) -> None:
        super().answered(pending, said)
        self.judged(self.part.answered(pending.request, said, self.voice.now))

    def cut(self) -> None:
        super().cut()
        self.part.cut()

    def lost(self) -> None:
        self.judged(self.part.lost())

    def work(self) -> bool:
        walks = self.part.is_walking
        if walks:
            self.judged(self.part.walk(self.voice.now))
        return walks

    def tick(self, now: float) -> float:
        self.judged(self.part.tick(now))
        due = super().tick(now)
        return min(due, now + LOOKED_SECONDS) if self.part.watches else due

    def judged(self, seen: Iterable[Seen]) -> None:
        """Tell these verdicts, and write down what is red."""
        for each in seen:
            saved = "" if each.holds else self.voice.means.save(write(each.document))
            self.voice.tell(Judged(each, saved, self.table))
