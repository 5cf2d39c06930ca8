"""A hostile house before a window: spoilt frames, and lawful ones where they make no sense.

The window's side is whole: the decoder, the dialogue, and the scene that is painted of it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, replace
from random import Random
from typing import Any

from client.classic import ClassicDialogue
from client.dialogue import Dialogue, Ending, Wish
from client.games.roulette.state import roulette
from client.house.events import Trouble
from client.house.state import HouseState
from client.means import Means
from client.modern import ModernDialogue
from client.requests import Enter, Look
from protocol.errors import ProtocolError
from protocol.framing import Dialect
from protocol.games.roulette.bets import ListBets, PlaceBets, TakeBackBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet, SpotLimit
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import TableIntroduced, TableShown
from protocol.games.roulette.rules import ROULETTE, SPOTS, Group
from protocol.house.door import (
    Goodbye,
    Greeting,
    HouseIntroduced,
    SeatTaken,
    SignedIn,
    SignIn,
    TableEntry,
    TakeSeat,
)
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Seat
from protocol.messages import FROM_SERVER
from protocol.wire import HOUSE, Message, encode
from tests.protocol.fuzz import Sort, classic_reply, modern
from tests.protocol.making import make

SIZE = (960, 600)
SPOILT, STRANGE = 0.03, 0.15
"""The part of the frames that is spoilt, and that is lawful but has nothing to do with anything."""
WISHES = 0.1
LINE = 300
"""Frames after which the house hangs up, if the window has not."""
ANCHOR = bytes(32)
ENDS = (HouseIntroduced, TableIntroduced, Greeting, Goodbye)
LATER = tuple(each for each in FROM_SERVER.values() if each not in ENDS)
"""What does not end the line at once, so that what follows is followed."""

Paint = Callable[[HouseState, float], None]


class NoKeys:
    """Keeps nothing."""

    def knows(self, table: bytes, anchor: bytes) -> bool | None:  # noqa: ARG002 - nothing is known
        return None

    def trust(self, table: bytes, anchor: bytes) -> None:
        """Nothing is kept."""

    def token(self, table: bytes, name: str) -> bytes:  # noqa: ARG002 - there is none
        return b""

    def keep(self, table: bytes, name: str, token: bytes) -> None:
        """Nothing is kept."""


class Victim:
    """A window that came to the wrong house."""

    def __init__(self, dice: Random, spoilt: Sort) -> None:
        """Speak the dialect of these frames."""
        self.dice = dice
        self.spoilt = spoilt
        seat = Seat.CROUPIER if dice.random() < 0.3 else Seat.PLAYER
        means = Means(lambda: dice.randbytes(32), lambda: 0, NoKeys(), lambda _: "")
        enter = Enter("Anna", seat, "secret")
        old = spoilt.dialect is Dialect.CLASSIC
        self.dialogue: Dialogue = (ClassicDialogue if old else ModernDialogue)(means, enter)
        self.lines = 0
        self.now = 0.0
        self._heard = 0
        self._come()

    @property
    def state(self) -> HouseState:
        return self.dialogue.state

    def step(self) -> bytes:
        """One frame more; what it was."""
        self.now += self.dice.choice((0.0, 0.01, 0.2))
        data = self._frame()
        self._hear(data)
        if self.dice.random() < WISHES:
            self.dialogue.want(self._wish(), self.now)
        self.dialogue.tick(self.now)
        self._heard += 1
        if self.dialogue.ending or self._heard > LINE:
            self._come()
        return data

    # --- the line ---------------------------------------------------------------------------

    def _come(self) -> None:
        """A new line, on which the house is honest until the window sits."""
        dialogue = self.dialogue
        if self.lines:
            dialogue.cut(dialogue.ending or Ending(Trouble.CUT), self.now, self.now)
        self.lines += 1
        self._heard = 0
        self._decoder = dialogue.decoder()
        dialogue.connecting("there", 1, self.now)
        dialogue.up(self.now)
        dialogue.frames.clear()
        dialogue.news.clear()
        if self.spoilt.dialect is Dialect.MODERN:
            for said in self._way_in():
                self._hear(encode(said))

    def _way_in(self) -> Iterator[Message]:
        yield Greeting(1, 1, "hostile")
        table = TableEntry(HOUSE, ROULETTE, "hostile", False, False, True, 0, False, 0, 0)
        yield HouseIntroduced(bytes(16), ANCHOR, "hostile", False, True, 500, (table,), False)
        for number in self._asked(SignIn):
            yield SignedIn(number, 7, "Anna", b"t" * 32, 500, 1)
        for number in self._asked(TakeSeat):
            yield SeatTaken(number, self.dice.choice((Seat.PLAYER, Seat.CROUPIER)))
            plaque = tuple(SpotLimit(group, 1, 500) for group in Group)
            yield TableIntroduced(bytes(16), ANCHOR, "hostile", 0, 20_000, plaque)
            here = roulette(self.state).round.number, Phase.BETTING, NO_DEADLINE, 0, 0, ""
            yield TableShown(*here, 0, 0, 0, 0, 500, 0, (), ())

    def _asked(self, kind: type) -> list[int]:
        pending = self.state.pending.items()
        return [number for number, each in pending if isinstance(each.request, kind)]

    def _hear(self, data: bytes) -> None:
        dialogue = self.dialogue
        try:
            for said in self._decoder.feed(data):
                if dialogue.ending is None:
                    dialogue.hear(said, self.now)
        except ProtocolError:
            dialogue.end(Ending(dialogue.unread()))
        dialogue.frames.clear()
        dialogue.news.clear()

    # --- what is said -----------------------------------------------------------------------

    def _frame(self) -> bytes:
        some = self.dice.random()
        if self.spoilt.dialect is Dialect.CLASSIC:
            return self.spoilt.frame() if some < 0.5 else self.spoilt.pick()
        if some < SPOILT:
            return self.spoilt.frame()
        said = make(self.dice.choice(LATER).LAYOUT, self.dice)
        return encode(said if some < STRANGE else self._fitting(said))

    def _fitting(self, said: Message) -> Message:
        """With the numbers that there are, or nearly: so that it is taken for something."""
        state, dice = self.state, self.dice
        people = [state.account, 7, *state.names, 1]
        nearly = dice.choice((0, 0, 0, 0, 1, -1))
        known: dict[str, Any] = {
            "number": dice.choice([*state.pending, 1]),
            "round_number": max(0, roulette(state).round.number % 2**63 + nearly),
            "account": dice.choice(people),
            "name": "Anna",
            "seed_before": ANCHOR,
        }
        names = {each.name for each in fields(said)}
        some = {name: value for name, value in known.items() if name in names}
        return replace(said, **some)

    def _wish(self) -> Wish:
        """What a person does meanwhile."""
        number, dice = roulette(self.state).round.number, self.dice
        bet = Bet(dice.randrange(len(SPOTS)), dice.choice((1, 5, 2**40)))
        wishes: tuple[Wish, ...] = (
            PlaceBets(0, number, (bet,)),
            TakeBackBets(0, number, ()),
            Look(0),
            ListBets(0, number, 0, 0),
            StartSpin(0, number),
            TakeSeat(0, Seat.PLAYER, b""),
            Enter("Anna"),
        )
        return dice.choice(wishes)


def sorts(dice: Random) -> list[Sort]:
    """What a house of each dialect says; the modern one has more to say."""
    new = Sort(dice, Dialect.MODERN, True, modern(tuple(FROM_SERVER.values())))
    old = Sort(dice, Dialect.CLASSIC, True, classic_reply)
    return [new, new, new, old]


def painter(language: str) -> Paint | None:
    """Paints a table as the window does, on a surface of its own; None where it has no pygame."""
    with suppress(ImportError):
        os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        import pygame

        from client_gui.games.roulette.scene.table import TableScene
        from client_gui.games.roulette.scene.view_of import RouletteViewMaker
        from client_gui.kit.resources import Cache, Typesetter
        from client_gui.kit.words import Words

        pygame.display.init()
        pygame.display.set_mode((8, 8))
        words = Words(language)
        view_maker = RouletteViewMaker(words)
        scene = TableScene(words, Typesetter(), Cache(500))
        scene.resize(SIZE)
        surface = pygame.Surface(SIZE)

        def paint(state: HouseState, now: float) -> None:
            scene.show_table(view_maker.see(state), now)
            scene.paint(surface, now)

        return paint
    return None
