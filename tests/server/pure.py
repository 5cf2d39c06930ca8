"""A house without socket, thread, clock or file: for the tests of what is judged and done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple, ParamSpec, TypeVar

from protocol import classic
from protocol.fair.hashes import Account, Hash
from protocol.framing import Decoder, Dialect, Spoken
from protocol.games.roulette.bets import PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.house.door import Greeting, Refused, SignedIn, SignIn, TakeSeat
from protocol.house.draw import RegisterChain, SendLink
from protocol.house.lists import Reason, Seat
from protocol.wire import Message, Request, encode
from server.books.allowance import Allowance
from server.books.books import HOUSE, Books
from server.books.disk import Disk
from server.books.finished import Finished, as_json
from server.draw.draw import Draw
from server.draw.own import OwnDraw
from server.draw.seeds import STRETCH, Seeds
from server.games import GAMES, STATES
from server.games.roulette.play import Roulette, roulette_at
from server.games.roulette.settings import Rules
from server.handlers import handle
from server.house import House, Manner
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client, People
from server.refusal import Refusal
from server.sayings import Drop, Saying, Shut, To, ToEach, ToHost, Unseated
from server.tables.hall import FIRST, Table
from server.tables.means import Means
from server.tables.seats import Seats
from server.tables.terms import Terms
from tests.says import Say

PASSWORD = "rien ne va plus"
SEEDS = Seeds.make(bytes(range(16)), bytes(range(32)), 4 * STRETCH)

T = TypeVar("T")
P = ParamSpec("P")


def messages_of(said: Saying) -> list[Message | classic.Reply]:
    """What this says, in however many messages."""
    match said:
        case Drop() | ToHost() | Unseated() | Shut():
            return []
        case ToEach(_, frames):
            decoder = Decoder(Dialect.MODERN, from_server=True)
            greeting = encode(Greeting(1, 1, "a house"))
            stream = b"".join(frames.values())
            heard = list(decoder.feed(greeting + stream))[1:]
            return [message for message in heard if isinstance(message, Message)]
        case _:
            return [said.message]


class Shelf:
    """The finished rounds, in memory."""

    def __init__(self) -> None:
        self.rounds: dict[tuple[int, int], Finished] = {}

    def finished_round(self, table: int, number: int) -> Finished | None:
        return self.rounds.get((table, number))

    def summaries(self, table: int, before: int, most: int) -> list[str]:
        numbers = [number for at, number in self.rounds if at == table and number < before]
        return [self.rounds[table, at].summary for at in sorted(numbers, reverse=True)[:most]]


class Chain(NamedTuple):
    """So much of a chain of seeds."""

    table: bytes
    seed: Callable[[int], Hash]
    length: int


def means(books: Books, limits: Limits | None = None, now: float = 0.0) -> Means:
    """What a table of roulette has of a house without people."""
    limits = limits or Limits()
    if not books.tills:
        books.open_till(1, "roulette", "", HOUSE, SEEDS.table.hex(), SEEDS.seed(0).hex())
    seats = Seats(1, People(), set())
    draw = Draw(books, 1, SEEDS, now=now)
    parts = books, Shelf(), Disk(), Allowance(limits), seats, limits, draw
    return Means(
        1, "Roulette", *parts, own_draw=lambda first: OwnDraw(1, bytes, first=first, now=now)
    )


def verify_refusal(asked: Request, refused: Refused) -> None:
    """A request is refused in words, for the reasons that are declared with it and for no other."""
    lawful = (*asked.REFUSALS, Reason.NOT_YOURS, Reason.NOT_SERVED, Reason.NO_SUCH_TABLE)
    assert refused.reason in lawful, f"{type(asked).__name__}: {refused}"
    assert refused.words, f"{type(asked).__name__}: {refused}"


def refusal(answer: object) -> Reason:
    """Why this request was refused."""
    assert isinstance(answer, Refused), answer
    return answer.reason


def why_not(
    do: Callable[P, object], *args: P.args, **kwargs: P.kwargs
) -> tuple[Reason, int] | None:
    """The reason and the figure with which this is refused; None if it is done."""
    try:
        do(*args, **kwargs)
    except Refusal as refusal:
        why = refusal
    else:
        return None
    assert why.words, why.reason
    return why.reason, why.figure


def seat_of(client: Client) -> Seat:
    """The seat at the first table."""
    return client.seats.get(FIRST, Seat.NONE)


def at(said: Any, table: int = FIRST) -> Any:
    """The same, said at this table if it is said at one and names none."""
    if isinstance(said, Message) and said.AT_TABLE and not said.table:
        return replace(said, table=table)
    return said


class PureHouse:
    """A house, a hand on its clock, and everything it said."""

    def __init__(
        self,
        rules: Rules | None = None,
        *,
        stack: int = 500,
        manner: Manner | None = None,
        limits: Limits | None = None,
        books: Books | None = None,
        last_round: int = SEEDS.length,
        terms: Terms | None = None,
    ) -> None:
        self.now = 1_000.0
        books = books or Books(STATES)
        rules = rules or Rules()
        self.shelf = Shelf()
        manner = manner or Manner(croupier_digest=password_digest(PASSWORD))
        chance = iter(range(1, 10**9))
        self.house = House(
            books,
            self.shelf,
            replace(manner, stack=stack),
            limits or Limits(),
            lambda size: next(chance).to_bytes(size, "big"),
        )
        chain = Chain(SEEDS.table, SEEDS.seed, last_round)
        self.house.open_table(GAMES["roulette"], chain, rules, self.now, terms, number=FIRST)
        self.said: list[Saying] = []
        self.says: dict[Account, Say] = {}
        self.advance(0)

    @property
    def books(self) -> Books:
        return self.house.books

    @property
    def first(self) -> Table:
        """The table at which everybody in these tests sits."""
        return self.house.hall.tables[FIRST]

    @property
    def seats(self) -> Seats:
        """Who is at it."""
        return self.first.seats

    @property
    def table(self) -> Roulette:
        """What is played at it."""
        return roulette_at(self.first)

    @property
    def round(self) -> int:
        return self.table.round.number

    def advance(self, seconds: float) -> None:
        self.now += seconds
        self.house.advance(self.now)
        self.house.tick(self.now)
        self._collect()

    def hear(self, client: Client, said: Spoken) -> None:
        self.house.advance(self.now)
        before = len(self.house.said)
        handle(self.house, client, at(said), self.now)
        for each in self.house.said[before:]:
            if isinstance(each, To) and isinstance(each.message, Refused) and each.message.number:
                assert isinstance(said, Request)
                verify_refusal(said, each.message)
        self._collect()

    def _collect(self) -> None:
        for done in self.house.take_finished():
            self.shelf.rounds[done.table, done.round] = done
        self.said += self.house.said
        self.house.said.clear()

    def ask(self, client: Client, said: Spoken) -> Message | classic.Reply | None:
        """What this client alone was answered first."""
        at = len(self.said)
        self.hear(client, said)
        for each in self.said[at:]:
            if isinstance(each, To) and each.client is client:
                return each.message
        return None

    def told(self, kind: type[T]) -> list[T]:
        """Everything of this kind that was said, to whomever."""
        messages = (message for each in self.said for message in messages_of(each))
        return [message for message in messages if isinstance(message, kind)]

    def dropped(self) -> list[Drop]:
        return [each for each in self.said if isinstance(each, Drop)]

    def stranger(self, address: str = "10.0.0.1") -> Client:
        client = Client(address)
        self.hear(client, Greeting(1, 1, "a test"))
        return client

    def visitor(self, name: str) -> Client:
        client = self.stranger()
        answer = self.ask(client, SignIn(1, name, b"", b""))
        assert isinstance(answer, SignedIn), answer
        return client

    def seated(self, name: str, seat: Seat = Seat.PLAYER) -> Client:
        client = self.visitor(name)
        self.hear(client, TakeSeat(2, seat, password_digest(PASSWORD)))
        assert seat_of(client) is seat
        return client

    def classic_player(self, name: str, address: str = "10.0.0.2") -> Client:
        client = Client(address, classic=True)
        answer = self.ask(client, classic.RegisterPlayer(name.encode()))
        assert answer == classic.RegistrationAnswered(classic.Code.OK)
        return client

    def bet(self, client: Client, *bets: tuple[int, int]) -> Message | classic.Reply | None:
        number = self.books.holders[client.account].last_request + 1
        chips = tuple(Bet(spot, amount) for spot, amount in bets)
        return self.ask(client, PlaceBets(number, self.round, chips))

    def register(self, client: Client, label: str = "") -> Message | classic.Reply | None:
        """Let this client have a say, with a new chain."""
        say = self.says[client.account] = Say(SEEDS.table, client.account, label)
        return self.ask(client, RegisterChain(50, say.first))

    def show(self, client: Client) -> Message | classic.Reply | None:
        """Let it show the next link of its chain for what was asked last."""
        event = self.table.draw.state.event + 1
        return self.ask(client, SendLink(51, event, self.says[client.account].show()))

    def snapshot(self) -> str:
        """The books to the byte."""
        return as_json([self.books.snapshot(), self.books.journal])
