"""A game that the house has never seen, and a house with two tables of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, ClassVar, Self

from protocol.fair.hashes import Account
from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.house.door import Done, Greeting, SignedIn, SignIn, TakeSeat
from protocol.house.lists import Phrase, Reason, Seat
from protocol.house.talk import Announced
from protocol.wire import Message, encode
from server import handlers
from server.books.books import Books, Deed
from server.books.till import Till
from server.house import House, Manner
from server.limits import Limits
from server.people.ascending import Ascending
from server.people.digests import password_digest
from server.people.people import Client
from server.sayings import To
from server.tables.game import Game, Record, Rule
from server.tables.means import Means
from tests.server.pure import PASSWORD, SEEDS, Shelf, at

HEARD = Announced(0, 0, Phrase.OTHER, "the dice roll")
PART = encode(Done(7))


@dataclass(frozen=True)
class Throwing:
    """How it is played."""

    faces: int = 6

    automatic: bool = True

    def faults(self) -> Iterator[str]:
        if self.faces < 2:
            yield "a die has two faces"


RULES = Throwing(faces=8)


class Phase(IntEnum):
    WAITING = 0
    ROLLING = 2


class Rolled:
    """A throw that is over."""

    title = "a throw"

    def __init__(self, accounts: list[Account], withheld: list[Account]) -> None:
        self.accounts, self.withheld = accounts, withheld
        self.contributors = [*withheld, 99]

    def frame(self, account: Account) -> bytes | None:
        return PART if account in self.accounts else None


class Dice:
    """Somebody throws; nothing else happens."""

    def __init__(self, means: Means, rules: Throwing, now: float) -> None:
        self.means, self.rules, self.opened = means, rules, now
        self.rules_to_come = rules
        self.phase = Phase.WAITING
        self.auto, self.closed = 0, False
        self.playing = Ascending(())
        self.title = "a throw"
        self.stakes: dict[Account, int] = {}
        self.says: set[Account] = set()
        self.parts: set[Account] = set()
        self.due: float | None = None
        self.beats: list[tuple[str, float]] = []
        self.thrown: list[tuple[Account, Message]] = []
        self.tells = False

    def advance(self, now: float) -> None:
        self.beats.append(("advance", now))

    def tick(self, now: float) -> None:
        self.beats.append(("tick", now))
        if self.tells:
            self.means.tell(HEARD)

    def next_moment(self) -> float | None:
        return self.due

    def change_rules(self, rules: Throwing, now: float) -> None:
        self.beats.append(("change_rules", now))
        self.rules = rules

    def close(self, now: float, *, void: bool) -> None:
        self.beats.append(("void" if void else "close", now))
        self.closed = void

    def introduced(self) -> Message:
        return Announced(0, 1, Phrase.OTHER, self.means.name)

    def shown(self, account: Account) -> Message:
        return Announced(1, account, Phrase.OTHER, "the table")

    def at_stake(self, account: Account) -> int:
        return self.stakes.get(account, 0)

    def draw_of(self, _: Account) -> None:
        return None

    def has_say(self, account: Account) -> bool:
        return account in self.says

    @property
    def contributors(self) -> set[Account]:
        return self.parts


def throw(play: Dice, account: Account, request: PlaceBets) -> Message:
    play.thrown.append((account, request))
    return BetsPlaced(request.number, 9, 8, 7)


def thrown_again(play: Dice, account: Account, request: PlaceBets) -> Message | None:
    """Request 5 was done long ago."""
    assert account == play.means.seats.seated[account].account
    return Done(5) if request.number == 5 else None


class DiceState:
    """What dice have in the books: nothing."""

    OWN: ClassVar[frozenset[str]] = frozenset()

    def stake(self, account: Account, chips: int) -> None: ...

    refund = settle = give_back = clear = stake

    def check(self, stakes: Mapping[Account, int]) -> None: ...

    def snapshot(self) -> list[int]:
        return []

    @classmethod
    def of_snapshot(cls, _: Any) -> Self:
        return cls()


def nothing_to_check(_: Till, __: Record, ___: Deed, ____: Collection[Account]) -> None: ...


DICE = Game(
    "dice",
    9,
    Throwing,
    {"big": Throwing(20)},
    Dice,
    {PlaceBets: Rule(throw, Reason.TOO_LATE, "they roll", thrown_again)},
    DiceState,
    nothing_to_check,
)


class DiceHouse:
    """A house with two tables of dice."""

    def __init__(self) -> None:
        books = Books({"dice": DiceState})
        manner = Manner("Salon", password_digest(PASSWORD), b"t" * 64, stack=70)
        self.house = House(books, Shelf(), manner, Limits(), bytes)
        self.plays: list[Dice] = []
        self.tokens: dict[str, bytes] = {}
        for number in (1, 2):
            table = self.house.open_table(DICE, SEEDS, RULES, 40.0)
            assert table.number == number
            assert isinstance(table.play, Dice)
            assert table.play.means is table.means
            self.plays.append(table.play)
        self.house.manner = Manner("Salon", password_digest(PASSWORD), stack=70)
        self.house.advance(50.0)

    def seated(self, name: str, seat: Seat = Seat.PLAYER, table: int = 1) -> Client:
        client = self.visitor(name)
        self.sit(client, seat, table)
        assert client.seats == {table: seat}
        self.house.said.clear()
        return client

    def visitor(self, name: str, token: bytes = b"") -> Client:
        client = Client("10.0.0.1")
        handlers.handle(self.house, client, Greeting(1, 1, "a test"), self.house.now)
        signed_in = self.ask(client, SignIn(1, name, token, b""))
        assert isinstance(signed_in, SignedIn), signed_in
        self.tokens[name] = signed_in.token
        return client

    def sit(self, client: Client, seat: Seat = Seat.PLAYER, table: int = 1) -> Message | None:
        return self.ask(client, TakeSeat(2, seat, password_digest(PASSWORD)), table)

    def ask(self, client: Client, said: Message, table: int = 1) -> Message | None:
        """What this client alone is answered first."""
        self.house.said.clear()
        handlers.handle(self.house, client, at(said, table), self.house.now)
        for each in self.house.said:
            if isinstance(each, To) and each.client is client and isinstance(each.message, Message):
                return each.message
        return None

    def publish(self) -> list[object]:
        """What is said when time goes on."""
        self.house.said.clear()
        self.house.hall.touch_all()
        self.house.advance(60.0)
        return list(self.house.said)
