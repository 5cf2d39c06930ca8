"""Small clients for the tests: one for each dialect, that wait for what they expect."""

import secrets
import socket
from collections import deque
from collections.abc import Callable
from typing import Self, TypeVar

from client.requests import digest
from protocol import classic
from protocol.framing import Decoder, Dialect, Spoken
from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import RoundOpened, TableShown
from protocol.house.door import (
    Greeting,
    HouseIntroduced,
    Ping,
    Pong,
    Refused,
    SeatTaken,
    SignedIn,
    SignIn,
    TakeSeat,
)
from protocol.house.draw import RegisterChain, SendLink
from protocol.house.lists import Seat
from protocol.wire import Message, Request, encode
from tests.says import Say
from tests.server.pure import verify_refusal

PATIENCE = 60.0
"""Long enough for a slow machine; a test that is right never waits so long."""

T = TypeVar("T")


class HungUpError(Exception):
    """The connection ended."""


class Guest:
    """A connection and what came over it."""

    def __init__(
        self, port: int, dialect: Dialect, host: str = "127.0.0.1", source: str = ""
    ) -> None:
        self.sock = socket.create_connection(
            (host, port), PATIENCE, source_address=(source, 0) if source else None
        )
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.decoder = Decoder(dialect, from_server=True)
        self.came: deque[Spoken] = deque()
        self.seen: list[Spoken] = []
        self.deaf = False
        """Whether pings stay without an answer."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.sock.close()

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def receive(self) -> None:
        try:
            data = self.sock.recv(65536)
        except ConnectionError:
            data = b""
        if not data:
            raise HungUpError(f"after {self.seen[-3:]}")
        for said in self.decoder.feed(data):
            if isinstance(said, Ping) and not self.deaf:
                self.send(encode(Pong(said.nonce)))
            else:
                self.came.append(said)
                self.seen.append(said)

    def wait(self, kind: type[T], lawful: Callable[[T], bool] = lambda _: True) -> T:
        """The next message of this kind; what came before it is passed over."""
        while True:
            while self.came:
                said = self.came.popleft()
                if isinstance(said, kind) and lawful(said):
                    return said
            self.receive()

    def once(self, kind: type[T]) -> T:
        """The last message of this kind that came, though it was passed over; or the next one."""
        said = [each for each in self.seen if isinstance(each, kind)]
        return said[-1] if said else self.wait(kind)

    def wait_end(self) -> list[Spoken]:
        """Read until the house closes the connection; everything that came."""
        try:
            while True:
                self.receive()
        except HungUpError:
            return self.seen


class Modern(Guest):
    """A client of the modern dialect."""

    DIALECT = Dialect.MODERN

    def __init__(self, port: int, source: str = "") -> None:
        super().__init__(port, self.DIALECT, source=source)
        self.number = 0
        self.account = 0
        self.balance = 0
        self.round = 0
        self.token = b""
        self.chain: Say | None = None
        """Of links, where it has a say."""
        try:
            self.say(Greeting(1, 1, "a test"))
            self.wait(Greeting)
            self.house = self.wait(HouseIntroduced)
        except BaseException:
            self.close()  # Nobody else can, of what was never made.
            raise

    def say(self, message: Message) -> None:
        self.send(encode(message, 1))

    def next(self) -> int:
        self.number += 1
        return self.number

    def ask(self, message: Message) -> Message:
        """Say it, and wait for the answer that carries its number back."""
        self.say(message)
        assert isinstance(message, Request)
        number = message.number
        answer = self.wait(Message, lambda said: getattr(said, "number", None) == number)
        if isinstance(answer, Refused):
            verify_refusal(message, answer)
        return answer

    def sign_in(self, name: str, token: bytes = b"", password: str = "") -> Message:
        asked = SignIn(self.next(), name, token, digest(password))
        answer = self.ask(asked)
        if isinstance(answer, SignedIn):
            self.account, self.token = answer.account, answer.token
            self.balance = answer.balance
            self.number = max(self.number, answer.next_number)
        return answer

    def sit(self, seat: Seat = Seat.PLAYER, password: str = "") -> TableShown:
        asked = TakeSeat(self.next(), seat, digest(password))
        answer = self.ask(asked)
        assert isinstance(answer, SeatTaken), answer
        shown = self.wait(TableShown)
        self.round = shown.round_number
        return shown

    def wait_round(self, number: int) -> None:
        """Until this round is open."""
        while self.round < number:
            self.round = self.wait(RoundOpened).round_number

    def bet(self, round_number: int, *bets: tuple[int, int]) -> BetsPlaced | Refused:
        chips = tuple(Bet(spot, amount) for spot, amount in bets)
        answer = self.ask(PlaceBets(self.next(), round_number, chips))
        assert isinstance(answer, BetsPlaced | Refused), answer
        return answer

    def register(self) -> Message:
        """Have a say, with a new chain."""
        self.chain = Say(self.house.house, self.account, secrets.token_hex())
        return self.ask(RegisterChain(self.next(), self.chain.first))

    def shown(self, event: int) -> SendLink:
        """The next link of the chain."""
        assert self.chain
        return SendLink(self.next(), event, self.chain.show())

    def show(self, event: int) -> Message:
        return self.ask(self.shown(event))


class Classic(Guest):
    """A client of the assignment's dialect."""

    def __init__(self, port: int, source: str = "") -> None:
        super().__init__(port, Dialect.CLASSIC, source=source)

    def say(self, request: classic.Request) -> None:
        self.send(request.encode())

    def register(self, name: str) -> classic.Code:
        self.say(classic.RegisterPlayer(name.encode()))
        return self.wait(classic.RegistrationAnswered).code

    def register_croupier(self, password: str) -> classic.Code:
        self.say(classic.RegisterCroupier(digest(password)))
        return self.wait(classic.RegistrationAnswered).code

    def bet(self, spot: int, chips: int) -> classic.Code:
        self.say(classic.PlaceBet(spot, chips))
        return self.wait(classic.OrderAnswered).code

    def start(self, password: str) -> classic.Code:
        self.say(classic.StartSpin(digest(password)))
        return self.wait(classic.OrderAnswered).code

    def list_bets(self) -> list[classic.ListedBet]:
        self.say(classic.ListBets())
        return list(self.wait(classic.BetsListed).bets)

    def wait_results_only(self) -> classic.ResultsShown:
        """The results, without a confirmation."""
        return self.wait(classic.ResultsShown)

    def results(self) -> classic.ResultsShown:
        shown = self.wait_results_only()
        self.say(classic.ConfirmResults())
        return shown
