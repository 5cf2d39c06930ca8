"""What one player says, and when: little, at his own pace, and never into a storm."""

import re
from dataclasses import dataclass
from enum import Enum
from random import Random

from bots import phrases
from bots.games.game import Game
from bots.phrases import Occasion
from client.house.state import Heard, HouseState, Kind, Talk
from client.requests import UNNUMBERED
from protocol.fair.hashes import Account
from protocol.house.talk import AnswerSession, Say, SayPrivately
from protocol.wire import Request

NEVER = float("inf")
RESTS = 4.0
"""Seconds between two lines of his. They are never shortened: the house takes a line a second."""
TYPES = (1.2, 4.0)
"""Seconds from the thought to the line."""
ANSWERS = 0.8
"""How often he answers who speaks to him, whatever his temper."""
MOST_IN_MIND = 8
"""So much he has yet to say; who speaks to him then gets no answer."""
MANNERS = 0.5
"""How often even a silent one says good evening and good-bye."""
GREETINGS = (Occasion.CAME, Occasion.BACK, Occasion.LEAVES)
PRIVATELY = (Kind.WHISPERED, Kind.IN_SESSION)


@dataclass(frozen=True, slots=True)
class Saying:
    """A line or an answer, and when it comes out."""

    at: float
    wish: Request


class Speaker:
    """Looks at a state and a time, and says what to say. Its chance is its own: who talks bets as
    he would have bet in silence.
    """

    def __init__(
        self, name: str, game: Game, talkative: float, chance: Random, hurry: float = 1.0
    ) -> None:
        """Speak as `name` does; `talkative` is how likely something makes him speak."""
        self._name = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        self._game = game
        self._phrases = (
            {**phrases.RUSSIAN, **game.russian}
            if phrases.speaks_russian(name)
            else {**phrases.ENGLISH, **game.english}
        )
        self._talkative = talkative
        self._chance = chance
        self._hurry = hurry
        self._sayings: list[Saying] = []
        self._round = 0
        self._heard = 0
        self._free_at = 0.0
        self._was_here = False
        self._leaving = False
        self._answering: set[Account] = set()
        """Whose request for a private session he thinks about."""

    @property
    def due(self) -> float:
        """When he will say something next."""
        return self._sayings[0].at if self._sayings else NEVER

    def look(self, state: HouseState, now: float, *, leaves: bool = False) -> list[Request]:
        """What he says now; `leaves`: he gets up for a while."""
        if not state.live:
            self._sayings.clear()
            self._answering.clear()
            self._round = 0
            return []
        self._listen(state, now)
        number = self._game.round(state)
        if number != self._round:
            self._remark(state, now, new_here=not self._round)
            self._round = number
        if leaves and not self._leaving:
            self._perhaps(Occasion.LEAVES, state, now)
        self._leaving = leaves
        said = [saying.wish for saying in self._sayings if saying.at <= now]
        self._sayings = [saying for saying in self._sayings if saying.at > now]
        return said

    def _remark(self, state: HouseState, now: float, *, new_here: bool) -> None:
        """A word on the round that is over, or on nothing at all."""
        if new_here:
            self._perhaps(Occasion.BACK if self._was_here else Occasion.CAME, state, now)
            self._was_here = True
        elif (occasion := self._game.event(state)) is not None:
            self._perhaps(occasion, state, now)

    def _listen(self, state: HouseState, now: float) -> None:
        """What others said to him, by name or alone."""
        fresh = [line for line in state.heard if line.serial > self._heard]
        self._heard = state.serial
        if self._round:  # What was said before he came was not for him.
            for line in fresh:
                self._answer(line, state, now)
        asking = {who for who, each in state.sessions.items() if each.talk is Talk.ASKS}
        for account in sorted(asking - self._answering):
            self._later(AnswerSession(UNNUMBERED, account, True), now)
        self._answering = asking

    def _answer(self, line: Heard, state: HouseState, now: float) -> None:
        if line.account in (0, state.account) or self._chance.random() > ANSWERS:
            return
        if line.kind is Kind.SAID and self._name.search(line.text):
            self._say(Occasion.NAMED, state, now)
        elif line.kind in PRIVATELY and line.ended is None:
            words = self._words(Occasion.ASKED, state)
            in_session = line.kind is Kind.IN_SESSION
            self._later(SayPrivately(UNNUMBERED, line.account, in_session, words), now)

    def _perhaps(self, occasion: Enum, state: HouseState, now: float) -> None:
        """A word of his own accord: not while he speaks, or has only just spoken."""
        if now < self._free_at:
            return
        likely = max(self._talkative, MANNERS if occasion in GREETINGS else 0.0)
        if self._chance.random() < likely:
            self._say(occasion, state, now)

    def _say(self, occasion: Enum, state: HouseState, now: float) -> None:
        self._later(Say(UNNUMBERED, self._words(occasion, state)), now)

    def _later(self, wish: Request, now: float) -> None:
        if len(self._sayings) >= MOST_IN_MIND:
            return
        at = max(now + self._chance.uniform(*TYPES) / self._hurry, self._free_at)
        self._free_at = at + RESTS
        self._sayings.append(Saying(at, wish))

    def _words(self, occasion: Enum, state: HouseState) -> str:
        gaps = self._game.gaps(state, occasion, self._chance)
        return self._chance.choice(self._phrases[occasion]).format(**gaps)
