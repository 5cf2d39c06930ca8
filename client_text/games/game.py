"""What the terminal asks of a game. A game knows the terminal, and the terminal no game."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from client.house.state import HouseState
from client_text.commands import COMMANDS, Command
from client_text.intents import Intent
from client_text.lines import Line
from client_text.lists import Topic
from client_text.reading import Word
from client_text.speech import Speech
from client_text.telling import Refused, Tell
from client_text.vocabulary import Said, said
from protocol.wire import Request


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that was typed."""

    line: str
    words: Sequence[Word]
    """Without the slash."""
    command: int
    """So many of the words are a command; 0: it begins with none."""
    slash: bool

    @property
    def text(self) -> str:
        """The line as it was written, without the slash."""
        text = self.line.strip()
        return text[1:] if self.slash else text


class Game(ABC):
    """One of them, as one person plays it: what it keeps, it keeps for all its tables."""

    STATE: ClassVar[type]
    """What is known of a table at which it is played is one of these."""
    COMMANDS: ClassVar[Mapping[str, Command]] = {}
    """Its commands, beside those of the house."""
    HELP: ClassVar[Mapping[str, Iterable[Said]]] = {}
    """The parts of its help; beside each, the words that are no commands and explained there."""

    def __init__(self) -> None:
        self.commands = {**COMMANDS, **self.COMMANDS}
        self.heads = said({key: command.said for key, command in self.commands.items()})

    # --- what is typed ----------------------------------------------------------------------------

    @abstractmethod
    def typed(self, typed: Typed, state: HouseState) -> Intent | None:
        """What a line wants of it that is no command; None: nothing."""

    @abstractmethod
    def order(self, intent: Intent, state: HouseState) -> Request:
        """The request for an intent of its own; a `CannotError` says why there is none."""

    def offers(self, _: HouseState, __: str) -> Iterator[str]:
        """What can be typed beside commands, in a language."""
        yield from ()

    def waits(self, until: str, state: HouseState) -> Callable[[HouseState], bool]:
        """Whether what a script waits for has happened, seen from this state."""
        raise NotImplementedError(until)

    def busy(self, _: int, __: float) -> bool:
        """Whether what one did at this table is still to be shown at this time: what a script types
        next is meant for that.
        """
        return False

    # --- what is told -----------------------------------------------------------------------------

    @property
    @abstractmethod
    def topics(self) -> Mapping[str, Topic]:
        """What it shows on request."""

    @property
    @abstractmethod
    def tells(self) -> Mapping[type, Tell]:
        """How it tells what happens."""

    @property
    def refusals(self) -> Mapping[type[Request], Refused]:
        """How it tells why its requests were refused, where there is more to say."""
        return {}

    @abstractmethod
    def status(self, speech: Speech, state: HouseState, now: float) -> Iterator[str]:
        """The line below, in parts."""

    def late(self, _: Speech, __: float) -> Mapping[int, list[Line]]:
        """By the table, what was held back and has waited long enough."""
        return {}

    @property
    def holds(self) -> bool:
        """Whether something is held back."""
        return False
