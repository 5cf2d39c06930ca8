"""A small game with an action of every kind, and nothing in it but what the tests ask for."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from protocol.fair.hashes import Account
from protocol.house.form import Act
from protocol.house.lists import ActionKind
from server.games.forms import Action, Form, Offer, PlaysItself, SmallGame, small_game
from server.games.kept import Escrow
from server.games.words import Words
from server.tables.means import Means

WORDS = Words(
    {
        "title": ("A toy", "Игрушка"),
        "did": ("{0} did {1}", "{0}: {1}"),
        "press": ("Press", "Нажать"),
        "choose": ("Choose", "Выбрать"),
        "count": ("Count", "Посчитать"),
        "write": ("Write", "Написать"),
        "stake": ("Stake", "Поставить"),
        "hidden": ("Hidden", "Скрыто"),
    }
)


@dataclass(frozen=True, slots=True)
class Rules(PlaysItself):
    least: int = 3

    def faults(self) -> Iterator[str]:
        yield from ()


class Purse(Escrow):
    PLAYERS = 2


class Toy(SmallGame):
    service = "toy"
    words = WORDS

    def __init__(self, means: Means, rules: Rules, now: float) -> None:
        super().__init__(means, rules, now)
        self.turn = 0
        self.done: list[tuple[Account, int, str]] = []
        self.forms = 0
        """How many were made."""
        self.shared: set[Account] = set()
        """Who is shown the same."""
        self.says: set[Account] = set()
        self.until: float | None = None
        self.on = False
        self.steps: list[float] = []

    @property
    def contributors(self) -> set[Account]:
        return self.says

    @property
    def in_play(self) -> bool:
        return self.on

    def step(self, now: float) -> None:
        self.steps.append(now)

    def due(self) -> float | None:
        return self.until

    def view(self, account: Account) -> Hashable:
        return 0 if account in self.shared else account

    def form(self, account: Account) -> Form:
        self.forms += 1
        choices = [WORDS.line("press"), WORDS.line("did", 1, 2)]
        offers = [
            Offer("press"),
            Offer("choose", choices=choices),
            Offer("count", self.rules.least, 5),
            Offer("write"),
            Offer("stake", 1, 50),
        ]
        lines = [WORDS.line("did", account, len(self.done))]
        return Form("title", lines, offers, self.turn, self.until)

    def do(self, account: Account, request: Act) -> None:
        self.done.append((account, request.value, request.words))

    def put(self, account: Account, request: Act) -> None:
        self.stake(account, request, request.value)

    actions: ClassVar[Mapping[str, Action]] = {
        "press": Action("PRESS", ActionKind.PRESS, do),
        "choose": Action("CHOOSE", ActionKind.CHOICE, do),
        "count": Action("COUNT", ActionKind.NUMBER, do),
        "write": Action("WRITE", ActionKind.TEXT, do, kept=True),
        "stake": Action("STAKE", ActionKind.NUMBER, put, kept=True, chips=True),
        "hidden": Action("HIDDEN", ActionKind.PRESS, do),
    }


TOY = small_game(Toy, Rules, Purse)
