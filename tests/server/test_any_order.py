"""Any requests by anybody in any order: nothing breaks, no chip is lost. (Whether each answer is
the right one, `test_beside_model` asks.)
"""

import json
import random

import pytest

from protocol import classic
from protocol.fair.document import read
from protocol.fair.judge import judge
from protocol.fair.reading import read_json
from protocol.framing import Spoken
from protocol.games.kinds import KINDS
from protocol.games.roulette.bets import ListBets, PlaceBets, SayReady, TakeBackBets
from protocol.games.roulette.desk import CloseBetting, SetAuto, StartSpin, VoidRound
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.records import ListOwnRounds, ListResults, ListRounds
from protocol.house.door import Greeting, LeaveSeat, SignIn, TakeSeat
from protocol.house.draw import AskRound, ListLinks, RegisterChain, SendLink
from protocol.house.lists import Phrase, Seat
from protocol.house.people import Announce, HandOver, KickPlayer, ListPlayers, MutePlayer
from protocol.wire import Message, encode
from server.books.books import Books
from server.books.finished import as_json
from server.games import STATES
from server.games.roulette.records import export_round
from server.games.roulette.settings import Rules
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from tests.says import Say as Chain
from tests.server.pure import PASSWORD, SEEDS, PureHouse, messages_of, seat_of

STEPS = 5000
NAMES = [f"Player {number}" for number in range(6)]
RIGHT = password_digest(PASSWORD)


LIMITS = Limits(ack_timeout=20, keep_seat_seconds=30, guesses=10_000)


class Crowd:
    """A dozen connections that do whatever comes to the dice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        auto, least = self.dice.choice((0, 0, 15)), self.dice.choice((0.0, 1.0))
        rules = Rules(auto_seconds=auto, least_seconds=least)
        self.pure = PureHouse(rules, stack=200, limits=LIMITS)
        self.written = self.pure.books.take_journal()
        self.says: dict[int, Chain] = {}
        self.clients = [self._newcomer() for _ in range(12)]

    def _newcomer(self) -> Client:
        classic_one = self.dice.random() < 0.3
        return Client(f"10.0.0.{self.dice.randrange(3)}", classic=classic_one)

    def step(self) -> None:
        at = self.dice.randrange(len(self.clients))
        client = self.clients[at]
        if self.dice.random() < 0.04:
            self.pure.house.leave(client, cut_off=self.dice.random() < 0.5)
            self.clients[at] = self._newcomer()
            return
        if self.dice.random() < 0.15:
            self.pure.advance(self.dice.choice((0.01, 0.5, 3.0, 16.0, 61.0)))
        said = self._classic() if client.classic else self._modern(client)
        self.pure.hear(client, said)
        self._cut_the_dropped()

    def _cut_the_dropped(self) -> None:
        for drop in self.pure.dropped():
            if drop.client in self.clients:
                self.pure.house.leave(drop.client, cut_off=True)
                self.clients[self.clients.index(drop.client)] = self._newcomer()

    def _classic(self) -> Spoken:
        dice = self.dice
        choices: tuple[Spoken, ...] = (
            classic.RegisterPlayer(dice.choice(NAMES).encode()),
            classic.RegisterCroupier(dice.choice((RIGHT, RIGHT, bytes(64)))),
            classic.PlaceBet(dice.randrange(45), dice.choice((0, 1, 5, 50, 60000))),
            classic.StartSpin(dice.choice((RIGHT, RIGHT, bytes(64)))),
            classic.ListBets(),
            classic.ConfirmResults(),
        )
        return dice.choice(choices)

    def _modern(self, client: Client) -> Message:
        dice = self.dice
        if not client.greeted:
            return Greeting(1, 1, "a test")
        if not client.signed_in:
            name = dice.choice([*NAMES, ""])
            return SignIn(1, name, name.ljust(32, ".").encode()[:32], b"")
        if not seat_of(client) or dice.random() < 0.05:
            return TakeSeat(2, dice.choice(list(Seat)), RIGHT)
        return self._request(client)

    def _request(self, client: Client) -> Message:
        dice, books = self.dice, self.pure.books
        holder = books.holders.get(client.account)
        last = holder.last_request if holder else 0
        number = last + dice.choice((1, 1, 1, 1, 0, -1, 5)) if last else 1
        now = self.pure.round + dice.choice((0, 0, 0, 0, 0, 1, -1)) if self.pure.round else 0
        bets = tuple(
            Bet(dice.randrange(157), dice.choice((0, 1, 3, 20, 2**63)))
            for _ in range(dice.randrange(4))
        )
        other = dice.randrange(9)
        say = self.says.setdefault(client.account, Chain(SEEDS.table, client.account))
        event = self.pure.table.draw.state.event + dice.choice((1, 1, 1, 0, 2))
        lonely = tuple(Bet(dice.randrange(157), dice.choice((1, 3))) for _ in range(1))
        choices: tuple[Message, ...] = (
            *[PlaceBets(max(number, 0), now, lonely)] * 8,
            PlaceBets(max(number, 0), now, bets),
            TakeBackBets(max(number, 0), now, bets),
            *(RegisterChain(9, say.first), RegisterChain(9, say.first)),
            *(SendLink(9, event, say.next), SendLink(9, event, say.next)),
            SayReady(9, now),
            *[StartSpin(9, now)] * 8,
            CloseBetting(9, now),
            VoidRound(9, now, dice.choice(("", "wine", "\x00"))),
            KickPlayer(9, other, "out"),
            MutePlayer(9, other, 5, ""),
            HandOver(9, other),
            SetAuto(9, dice.choice((0, 0, 15))),
            Announce(9, Phrase.OTHER, dice.choice(("", "hello"))),
            LeaveSeat(9),
            ListBets(9, now, other, dice.randrange(157)),
            ListPlayers(9, other),
            ListRounds(9, now),
            ListOwnRounds(9, now),
            ListResults(9),
            AskRound(9, now),
            ListLinks(9, now, other),
        )
        return dice.choice(choices)

    def check(self) -> None:
        """Everything that must hold at any moment."""
        pure = self.pure
        pure.books.check()
        for each in pure.said:
            for message in messages_of(each):
                assert encode(message) if isinstance(message, Message) else message.encode()
        pure.said.clear()
        self.written += json.loads(as_json(pure.books.take_journal()))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_they_do_the_books_hold(seed: int) -> None:
    crowd = Crowd(seed)
    for step in range(STEPS):
        crowd.step()
        if step % 50 == 49:
            crowd.check()
    crowd.check()
    again = Books(STATES)
    again.replay(crowd.written)
    assert as_json(again.snapshot()) == as_json(crowd.pure.books.snapshot())
    assert len(crowd.pure.shelf.rounds) > 12
    colours: set[str] = set()
    for done in crowd.pure.shelf.rounds.values():
        text = export_round(crowd.pure.table.till, done)
        for _, verdict in judge(read(read_json(text)), KINDS) if text else ():
            assert not verdict.reds
            colours |= verdict.greys.keys()
    assert colours >= {"watcher", "nobody", "withheld"}
