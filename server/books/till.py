"""What the books hold of one table: its game, its draw, the pot, and what was answered. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, ClassVar, NamedTuple, Protocol, Self, TypeAlias

from protocol.fair.hashes import Account
from protocol.house.fields import Chips
from protocol.limits import ANSWERS_KEPT
from server.books.drawing import DrawState

ROUNDS_ANSWERED = 2
"""So many rounds after its own the answer of a request with chips is still known: whoever lost the
line is back by then."""


What: TypeAlias = list[Any]
"""The game's part of a deed: numbers, texts and lists of them, as they come back from JSON."""


class GameState(Protocol):
    """What a game has in the books. Its deeds move no chip: the till's do. Each raises `BooksError`
    if it cannot be, and has changed nothing then.
    """

    OWN: ClassVar[frozenset[str]]
    """The names of its own deeds; each is a method."""

    @property
    def stake(self) -> Callable[..., None]:
        """Its part in this deed: whose chips, how many, and what else the game needs to know."""

    @property
    def refund(self) -> Callable[..., None]:
        """As above."""

    @property
    def settle(self) -> Callable[..., None]:
        """The round's number, the stakes that end in it, what came back, and what else."""

    @property
    def give_back(self) -> Callable[..., None]:
        """The round's number, and what else."""

    @property
    def clear(self) -> Callable[..., None]:
        """What else."""

    def check(self, stakes: Mapping[Account, Chips]) -> None:
        """Raise `BooksError` if these stakes are not what lies on the table."""

    def snapshot(self) -> Any:
        """Everything, as JSON can hold it."""

    @classmethod
    def of_snapshot(cls, kept: Any) -> Self: ...


class Answer(NamedTuple):
    """What a request with chips was, and what was answered."""

    request: int
    asked: str
    """As `digest_of` has it: of 157 bets, a hundredth of the memory."""
    balance: Chips
    at_stake: Chips


@dataclass(slots=True)
class Till:
    """Of one table, for ever: its number is never another's."""

    game: str
    name: str
    """What the host calls it: by that a file of settings knows it again."""
    purse: int
    """For life: no chip goes from one purse to another."""
    draw: str
    """The table's name in its draws, ..."""
    anchor: str
    """... and the public end of its chain of seeds."""
    state: GameState
    drawing: DrawState = field(default_factory=DrawState)
    ended: int = 0
    """The last round that did."""
    stakes: dict[Account, Chips] = field(default_factory=dict)
    """The pot: whose chips are in it."""
    pot: Chips = 0
    answers: list[dict[Account, list[Answer]]] = field(default_factory=lambda: [{}])
    """Of the round in play last, and of some before it."""
    closed: bool = False
    """For good; its rounds stay where they are kept."""

    def remember(self, account: Account, answer: Answer) -> None:
        """For when it is asked once more."""
        mine = self.answers[-1].setdefault(account, [])
        mine.append(answer)
        if len(mine) > ANSWERS_KEPT:
            del mine[0]

    def end(self, number: int) -> None:
        """A round is over, and what was answered in it grows old."""
        self.ended = number
        self.answers.append({})
        del self.answers[: -ROUNDS_ANSWERED - 1]

    def answered(self, account: Account, request: int) -> Answer | None:
        """The answer of a request that was done already."""
        for answers in self.answers:
            for answer in answers.get(account, ()):
                if answer.request == request:
                    return answer
        return None

    def snapshot(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        return {
            "game": self.game,
            "name": self.name,
            "purse": self.purse,
            "draw": self.draw,
            "anchor": self.anchor,
            "state": self.state.snapshot(),
            "drawing": self.drawing.snapshot(),
            "ended": self.ended,
            "stakes": self.stakes,
            "answers": self.answers,
            "closed": self.closed,
        }

    @classmethod
    def of_snapshot(cls, kept: dict[str, Any], states: Mapping[str, type[GameState]]) -> "Till":
        """The till that gave this snapshot, after it went through JSON."""
        state = states[kept["game"]].of_snapshot(kept["state"])
        head = kept["game"], kept["name"], kept["purse"], kept["draw"], kept["anchor"]
        drawing = DrawState.of_snapshot(kept["drawing"])
        till = cls(*head, state, drawing, kept["ended"], numbered(kept["stakes"]))
        till.pot = sum(till.stakes.values())
        till.answers = [
            {account: [Answer(*row) for row in mine] for account, mine in numbered(each).items()}
            for each in kept["answers"]
        ]
        till.closed = kept["closed"]
        return till


def digest_of(deed: str, what: What) -> str:
    """So much of a request as tells it from others, in the order in which it has its parts."""
    return sha256(f"{deed} {what}".encode()).hexdigest()[:16]


def numbered(table: dict[str, Any]) -> dict[int, Any]:
    """JSON's keys are text; ours were numbers."""
    return {int(key): value for key, value in table.items()}
