"""One side of a conversation with a table, without a socket, a clock or a thread inside.

A dialogue is told what happens (the line is up, something was heard, time has passed, a person
wants something) and answers with frames to send and with news, each one thing that happened. `link`
carries both between it and the world.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TypeAlias

from client.house.events import Connecting, LinkGone, LinkLost, LinkUp, Local, Trouble, Unsent
from client.house.state import HouseState
from client.means import Means
from client.reduce import reduce
from client.requests import Enter, Look
from protocol.framing import Decoder, Spoken
from protocol.house.lists import Farewell
from protocol.wire import Message, Request

Wish: TypeAlias = Request | Enter | Look
"""What a person can want: to come in, to check a round, to look at another table, or a request
without a number. A request that names no table is meant for the one that is looked at.
"""


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened. What is known after it, whoever takes it works out himself: a queue
    of news is as large as what was said, and not that many times everything that is known.
    """

    at: float
    said: Message | Local


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened, and what is known after it."""

    at: float
    said: Message | Local
    state: HouseState


@dataclass(frozen=True, slots=True)
class Ending:
    """Why the line is to be closed."""

    trouble: Trouble
    farewell: Farewell | None = None
    words: str = ""
    for_good: bool = False
    """Trying again would not help."""


class Dialogue(ABC):
    """What both dialects have in common."""

    def __init__(self, means: Means, state: HouseState) -> None:
        """Begin with what is known."""
        self.means = means
        self.state = state
        self.news: list[News] = []
        self.frames: list[bytes] = []
        self.ending: Ending | None = None
        """Set when the line is to be closed."""

    @abstractmethod
    def decoder(self) -> Decoder:
        """What reads a new line."""

    @abstractmethod
    def opened(self, now: float) -> None:
        """The line is there: say the first word."""

    @abstractmethod
    def hear(self, said: Spoken, now: float) -> None:
        """The table said something."""

    @abstractmethod
    def want(self, wish: Wish, now: float) -> None:
        """A person wants something, and the line is there."""

    @abstractmethod
    def tick(self, now: float) -> float:
        """Do what is due; say when something will be, at the latest."""

    @abstractmethod
    def goodbye(self) -> bytes:
        """The last frame, when a person leaves; nothing where the dialect has none."""

    @abstractmethod
    def unread(self) -> Trouble:
        """What it means that the table's bytes cannot be read, or that it hung up."""

    @property
    @abstractmethod
    def returns(self) -> bool:
        """Whether a lost line is to be tried again: the table had let one in."""

    def connecting(self, host: str, port: int, now: float) -> None:
        self.note(Connecting(host, port), now)

    def up(self, now: float) -> None:
        self.ending = None
        self.note(LinkUp(), now)
        self.opened(now)

    def cut(self, ending: Ending, retry_at: float | None, now: float) -> None:
        """The line is gone; it is tried again at the time given, if one is."""
        self.frames.clear()
        if retry_at is None:
            self.note(LinkGone(ending.trouble, ending.farewell, ending.words), now)
        else:
            self.note(LinkLost(ending.trouble, retry_at, ending.farewell, ending.words), now)

    @abstractmethod
    def unheeded(self, now: float) -> None:
        """Nobody listens to the table now, so that its silence says nothing."""

    def remember(self, wish: Wish, now: float) -> None:
        """A person wants something while there is no line."""
        if isinstance(wish, Request):
            self.note(Unsent(wish), now)

    def note(self, said: Message | Local, now: float) -> None:
        """Let the reducer know, and whoever watches."""
        self.state = reduce(self.state, said, now)
        self.news.append(News(now, said))

    def end(self, ending: Ending) -> None:
        if self.ending is None:
            self.ending = ending
