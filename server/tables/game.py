"""What a game is to the house. Pure: no socket, no clock, no file.

A *game* is one frozen value (`Game`): it opens *plays*, and says what each of its requests does. A
*play* is that game at one table: its rounds, its clocks, whose chips lie there. It touches the
house by its `Means` alone (`means.py`): what it says is told when its deeds are durable.

The house calls a play for three reasons: somebody asks for something (`Game.requests`), time brings
something (`advance`, `tick`), or somebody is to be shown the table. Time comes when the play said
that it is due (`next_moment`), and whenever something happened at the table (`hall.py`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import IntEnum
from typing import Any, ClassVar, NamedTuple, Protocol

from protocol.fair.hashes import Account
from protocol.house.fields import Chips
from protocol.house.lists import Reason
from protocol.wire import Message
from server.books.books import Deed
from server.books.finished import Finished
from server.books.till import GameState, Till
from server.draw.draw import Draw
from server.people.ascending import Ascending
from server.tables.means import Means


class Rule(NamedTuple):
    """What a request does, and what it meets outside its phases."""

    do: Callable[[Any, Account, Any], Message | None]
    """Takes the play."""
    otherwise: Reason = Reason.NOT_NOW
    words: str = "not now"
    again: Callable[[Any, Account, Any], Message | None] | None = None
    """The answer, if this request was carried out before: then it is not done again."""
    last_word: bool = False
    """It is still heard of who was thrown out and has a say."""


class Play(Protocol):
    """A game at a table, as the house sees it."""

    @property
    def phase(self) -> IntEnum:
        """Where it is: requests name the phases in which they are lawful."""

    @property
    def playing(self) -> Ascending:
        """Whose chips lie on the table."""

    @property
    def contributors(self) -> Collection[Account]:
        """Who has a part in a draw that is not over yet."""

    @property
    def auto(self) -> int:
        """After how many seconds it goes on by itself; 0: a croupier lets it."""

    @property
    def rules_to_come(self) -> Any:
        """Those of the next round."""

    @property
    def title(self) -> str:
        """What is on the table, in words for the host."""

    def advance(self, now: float) -> None:
        """Do what time alone brings; after every request at the table."""

    def tick(self, now: float) -> None:
        """Tell what is told so many times a second, and do the next step of what is too much for
        one batch; once, at the end of each.
        """

    def next_moment(self) -> float | None:
        """When `advance` or `tick` will have something to do."""

    def change_rules(self, rules: Any, now: float) -> None:
        """From the next round on play by these, and tell the table. A round without chips gives
        way at once.
        """

    def close(self, now: float, *, void: bool) -> None:
        """Begin no further round. The one in play comes to its end by itself, in a time that the
        rules of the game know; with `void` it counts for nothing, if its draw has not begun.
        """

    @property
    def closed(self) -> bool:
        """Whether nothing is in play any more, and nothing begins."""

    def introduced(self) -> Message:
        """The table and its rules, for who sits down or looks on."""

    def shown(self, account: Account) -> Message:
        """Everything on the table, for who sits down or looks on."""

    def at_stake(self, account: Account) -> Chips:
        """The chips that this account has on the table."""

    def draw_of(self, account: Account) -> Draw | None:
        """The draw in which this account, or 0 for a guest, has a say or sees what is drawn: the
        table's or one of their own; where nothing is drawn for them, none.
        """

    def has_say(self, account: Account) -> bool:
        """Whether what this account does can still change a draw: only a contributor's can."""


class Settings(Protocol):
    """What a table of a game may set, and how it is played by default: a frozen dataclass. Its
    fields are numbers, words, yes or no, and ranges (from the least to the most) by an enum.
    """

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def automatic(self) -> bool:
        """Whether such a table runs itself."""

    def faults(self) -> Iterable[str]:
        """What of it cannot be played, each in one plain line."""


class Record(Protocol):
    """Reads finished rounds from the books."""

    def finished_round(self, table: int, number: int) -> Finished: ...


class Game(NamedTuple):
    """A game: everything that the house knows of it."""

    name: str
    number: int
    """On the wire."""
    rules: type[Settings]
    presets: Mapping[str, Settings]
    """Some, by a word."""
    open: Callable[[Means, Any, float], Play]
    """With these means and rules, at this moment; the books say where it goes on."""
    requests: Mapping[type[Message], Rule]
    state: type[GameState]
    """What it has in the books."""
    check_settle: Callable[[Till, Record, Deed, Collection[Account]], None]
    """Raise `BooksError` if a till, as it was before this `settle`, cannot have come to it by the
    rules of the game: for the audit. Last come those to whom half a chip was owed before it."""
    draws: bool = False
    """Whether it draws by the draw of its table, in which everybody can have a say."""
    export: Callable[[Till, Finished], str | None] | None = None
    """A finished round as a document that `run.py verify` reads, where the game draws; none of a
    round in which nothing was drawn."""
