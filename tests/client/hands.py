"""A link by hand: its thread is not started, and the test holds the other end of its line."""

import itertools
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from client.dialogue import Dialogue, Ending, Wish
from client.house.events import Local, Trouble
from client.house.state import HouseState
from client.link import Link
from client.requests import Look
from protocol.framing import Decoder, Dialect, Spoken
from protocol.house import door
from protocol.wire import Message
from tests.client.loopback import PATIENCE
from tests.client.things import Things

WORD = door.Greeting(1, 1, "a table")
PING = door.Ping(7)
WISH = Look(3)
ENDING = Ending(Trouble.SILENT, words="so")
Ends = tuple[socket.socket, socket.socket]


class Told(Dialogue):
    """Keeps what it is told, and does at each turn what the test has put there for it."""

    def __init__(self) -> None:
        super().__init__(Things().means(), HouseState())
        self.heard: list[Spoken] = []
        self.wanted: list[Wish] = []
        self.remembered: list[Wish] = []
        self.unheeded_at: list[float] = []
        self.turns: Iterator[Callable[[], object]] = iter(())
        self.trouble = Trouble.NOT_MODERN
        self.goes_on = True
        self.due = 0.0

    def decoder(self) -> Decoder:
        return Decoder(Dialect.MODERN)

    def opened(self, _now: float) -> None:
        self.frames.append(b"hello")

    def hear(self, said: Spoken, _now: float) -> None:
        self.heard.append(said)

    def want(self, wish: Wish, _now: float) -> None:
        self.wanted.append(wish)

    def remember(self, wish: Wish, _now: float) -> None:
        self.remembered.append(wish)

    def tick(self, _now: float) -> float:
        turn = next(self.turns, None)
        if turn:
            turn()
        else:
            self.end(ENDING)
        return self.due

    def goodbye(self) -> bytes:
        return b"bye"

    def unread(self) -> Trouble:
        return self.trouble

    @property
    def returns(self) -> bool:
        return self.goes_on

    def unheeded(self, now: float) -> None:
        self.unheeded_at.append(now)

    @property
    def said(self) -> list[Message | Local]:
        return [each.said for each in self.news]


class Hand(Link):
    """A link whose clock is the test's, and which says on its line only what the test lets it."""

    def __init__(self, dialogue: Told, host: str = "127.0.0.1", port: int = 1) -> None:
        self.now = 100.0
        self.step = 0.0
        """So much passes with every look at the clock."""
        self.told = 0
        """How often it rang for somebody who takes."""
        super().__init__(
            *(host, port, dialogue),
            clock=self._look,
            pauses=lambda: itertools.count(1.0),
            on_news=self._count,
        )
        self.dialogue = dialogue

    def _look(self) -> float:
        self.now += self.step
        return self.now

    def _count(self) -> None:
        self.told += 1

    @property
    def known(self) -> list[Message | Local]:
        """What it handed over."""
        return [step.said for step in self.take()]


def turns(link: Hand, *deeds: Callable[[], object]) -> None:
    link.dialogue.turns = iter(deeds)


def nothing() -> None:
    """A turn in which nothing is new."""


@contextmanager
def in_hand() -> Iterator[Hand]:
    made = Hand(Told())
    try:
        yield made
    finally:
        made.close()


@contextmanager
def a_line() -> Iterator[Ends]:
    """The link's end of a line, and the table's."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.settimeout(PATIENCE)
    with ours, theirs:
        yield ours, theirs
