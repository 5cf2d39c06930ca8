"""A table of rock-paper-scissors beside a model of a few lines: whatever is done, in any order,
and wherever the house is killed, every chip is where it should be.
"""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from protocol.house.door import Done, LeaveSeat, SignedIn, SignIn, TakeSeat
from protocol.house.lists import Seat
from protocol.house.people import KickPlayer
from server.books.books import Books, Deed
from server.games import STATES
from server.games.rps import RPS, Rules, check_settle
from server.people.people import Client
from tests.server.games.form_house import FormHouse

NAMES = ("Anna", "Bert", "Cleo", "Dora")
STACK = 500
WINS, SECONDS = 2, 30.0
RULES = Rules(wins=WINS, most=100, seconds=SECONDS)
WHO = st.sampled_from(NAMES)


class Match(RuleBasedStateMachine):
    """The model: who is in it, for how much, what was thrown, who has won how often."""

    def __init__(self) -> None:
        super().__init__()
        self.purse = dict.fromkeys(NAMES, STACK)
        self.players: list[str] = []
        self.stake = 0
        self.throws: dict[str, int] = {}
        self.won: dict[str, int] = {}
        self.deeds: list[Deed] = []
        self.clock = 0.0

    @initialize()
    def open(self) -> None:
        self.tokens: dict[str, bytes] = {}
        self.start(Books(STATES))

    def start(self, books: Books) -> None:
        self.house = FormHouse(RPS, RULES, books=books)
        self.clients = {name: self.come(name) for name in NAMES}
        self.boss = self.come("Boss", Seat.CROUPIER)

    def come(self, name: str, seat: Seat = Seat.PLAYER) -> Client:
        """Sign in, and sit down; who has nothing left is given a new stack."""
        client = self.house.stranger()
        signed_in = self.house.ask(client, SignIn(1, name, self.tokens.get(name, b""), b""))
        assert isinstance(signed_in, SignedIn), signed_in
        self.tokens[name] = signed_in.token
        at_stake = self.stake if name in self.players else 0
        if self.purse.get(name) == 0 == at_stake:
            self.purse[name] = STACK
        self.house.sit(client, seat)
        return client

    # --- what the model says -----------------------------------------------------------------

    def end(self, winner: str | None) -> None:
        back = {winner: 2 * self.stake} if winner else dict.fromkeys(self.players, self.stake)
        for name in self.players:
            self.purse[name] += back.get(name, 0)
        self.players, self.throws, self.won, self.stake = [], {}, {}, 0

    def lose(self, *gone: str) -> None:
        stay = [name for name in self.players if name not in gone]
        self.end(stay[0] if len(self.players) == 2 and stay else None)

    def judge(self) -> None:
        one, other = self.players
        way = (self.throws[one] - self.throws[other]) % 3
        if way:
            name = one if way == 1 else other
            self.won[name] = self.won.get(name, 0) + 1
        self.throws, self.clock = {}, 0.0
        if WINS in self.won.values():
            self.end(max(self.won, key=self.won.__getitem__))

    # --- what is done ------------------------------------------------------------------------

    def done(self, name: str, key: str, value: int = 0) -> bool:
        return isinstance(self.house.act(self.clients[name], key, value), Done)

    @rule(name=WHO, chips=st.sampled_from((0, 1, 50, 100, 101)))
    def challenge(self, name: str, chips: int) -> None:
        lawful = not self.players and chips <= min(100, self.purse[name])
        assert self.done(name, "challenge", chips) is lawful
        if lawful:
            self.players, self.stake = [name], chips
            self.purse[name] -= chips

    @rule(name=WHO)
    def accept(self, name: str) -> None:
        waits = len(self.players) == 1 and name not in self.players
        lawful = waits and self.stake <= self.purse[name]
        assert self.done(name, "accept") is lawful
        if lawful:
            self.players.append(name)
            self.purse[name] -= self.stake
            self.clock = 0.0

    @rule(name=WHO)
    def withdraw(self, name: str) -> None:
        lawful = self.players == [name]
        assert self.done(name, "withdraw") is lawful
        if lawful:
            self.end(None)

    @precondition(lambda self: len(self.players) == 2)
    @rule(name=WHO, throw=st.integers(0, 2))
    def throw(self, name: str, throw: int) -> None:
        lawful = name in self.players and name not in self.throws
        assert self.done(name, "throw", throw) is lawful
        if lawful:
            self.throws[name] = throw
            if len(self.throws) == 2:
                self.judge()

    @precondition(lambda self: len(self.players) == 2)
    @rule(one=st.integers(0, 2), other=st.integers(0, 2))
    def both_throw(self, one: int, other: int) -> None:
        for name, throw in zip(self.players.copy(), (one, other), strict=True):
            if len(self.players) == 2:
                self.throw(name, throw)

    @rule(name=WHO, seat=st.sampled_from((Seat.WATCHER, Seat.NONE)))
    def leave(self, name: str, seat: Seat) -> None:
        client = self.clients[name]
        if seat is Seat.NONE:
            self.house.hear(client, LeaveSeat(9, table=2))
        else:
            self.house.hear(client, TakeSeat(9, seat, b"", b"", table=2))
        if name in self.players:
            self.lose(name)
        self.house.sit(client)

    @rule(name=WHO)
    def be_cut_off_and_come_back(self, name: str) -> None:
        self.house.house.leave(self.clients[name], cut_off=True)
        self.house.advance(0)
        self.clients[name] = self.come(name)

    @precondition(lambda self: len(self.players) == 2)
    @rule(at=st.integers(0, 1))
    def be_thrown_out_and_go(self, at: int) -> None:
        """Who is thrown out may play to the end; who goes before has lost."""
        name, house = self.players[at], self.house
        client = self.clients[name]
        house.hear(self.boss, KickPlayer(9, client.account, "", table=2))
        house.advance(0)
        assert not client.gone
        house.house.leave(client, cut_off=True)
        house.house.hall.touch_all()
        house.advance(0)
        self.lose(name)
        house.house.admission.lift(name)
        self.clients[name] = self.come(name)

    @rule(seconds=st.sampled_from((1.0, 14.0, SECONDS)))
    def wait(self, seconds: float) -> None:
        self.house.advance(seconds)
        self.clock += seconds
        if len(self.players) == 2 and self.clock >= SECONDS:
            self.lose(*[name for name in self.players if name not in self.throws])

    @rule()
    def kill(self) -> None:
        """The house is started again on what was written."""
        self.deeds += self.house.books.take_journal()
        books = Books(STATES)
        books.replay(self.deeds)
        self.end(None)
        self.start(books)

    # --- what always holds -------------------------------------------------------------------

    @invariant()
    def every_chip_is_where_it_should_be(self) -> None:
        books = self.house.books
        books.check()
        held = {name: books.wallet(client.account) for name, client in self.clients.items()}
        assert held == self.purse
        assert books.purses[0].bank == 0
        assert books.tills[2].pot == len(self.players) * self.stake

    def teardown(self) -> None:
        """Every match was settled by its throws."""
        books = Books(STATES)
        for deed in [*self.deeds, *self.house.books.take_journal()]:
            if deed[0] == "settle":
                check_settle(books.tills[2], None, deed, ())  # type: ignore[arg-type]
            books.replay([deed])


TestMatch = Match.TestCase
TestMatch.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
