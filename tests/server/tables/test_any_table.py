"""A house that looks only where something is due does what one does that walks all its tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from protocol import classic
from protocol.fair.hashes import Account
from protocol.games.roulette.bets import BetsChanged, BetsPlaced, PlaceBets, SayReady, TakeBackBets
from protocol.games.roulette.desk import CloseBetting, SetAuto, StartSpin, VoidRound
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import AutoChanged, RoundSettled
from protocol.house.door import Greeting, LeaveSeat, SignIn, TakeSeat
from protocol.house.draw import EventDrawn, RegisterChain, SendLink
from protocol.house.lists import Farewell, Seat
from protocol.house.people import HandOver, KickPlayer, MutePlayer, RosterChanged
from protocol.house.talk import Announced, AnswerSession, AskSession, Noticed, Say
from protocol.wire import Message
from server.books.books import Books
from server.books.finished import Finished
from server.games import GAMES, STATES
from server.games.roulette.play import Roulette
from server.games.roulette.settings import Rules
from server.handlers import handle
from server.house import House, Manner
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from server.tables.game import Rule
from server.tables.hall import Hall, Table
from server.tables.lobby import Lobby
from tests.says import Say as Chain
from tests.server.pure import PASSWORD, SEEDS, Shelf, at
from tests.server.tables.dice import DICE, HEARD, Dice, DiceState
from torture.invariants import of_people

RIGHT = password_digest(PASSWORD)
NAMES = [f"Player {number}" for number in range(40)]
TABLES = 20
BATCHES = 350
LIMITS = Limits(
    ack_timeout=20,
    keep_seat_seconds=30,
    away_seconds=75,
    guesses=10_000,
    shut_out_seconds=10,
    change_deliveries_a_second=20,
)


class Walking(Hall):
    """Looks at every table each time."""

    def due(self, now: float) -> list[Table]:
        self.touch_all()
        return super().due(now)


class Slow(Dice):
    """Rolls three seconds after a throw, and at once where no croupier is."""

    def advance(self, now: float) -> None:
        if self.due is not None and (now >= self.due or not self.means.seats.croupier):
            self.due = None
            self.means.tell(HEARD)
            self.means.finished.append(Finished(self.means.table, len(self.thrown), "", "", b""))

    def tick(self, now: float) -> None:  # noqa: ARG002
        if len(self.thrown) % 3 == 1:
            self.thrown.append((0, HEARD))
            self.means.tell(HEARD)


def throw(play: Slow, account: Account, request: PlaceBets) -> Message:
    play.thrown.append((account, request))
    play.due = play.means.now + 3.0
    return BetsPlaced(request.number, 9, 8, 7)


SLOW = DICE._replace(open=Slow, requests={PlaceBets: Rule(throw)})


@dataclass
class Room:
    """A house with tables of both games, and who has come."""

    hall: type[Hall]
    clients: list[Client] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = iter(range(10**9))
        manner = Manner(croupier_digest=RIGHT, stack=60)
        self.house = House(
            Books({**STATES, "dice": DiceState}),
            Shelf(),
            manner,
            LIMITS,
            lambda size: next(chance).to_bytes(size, "big"),
        )
        self.house.hall = self.hall(self.house.people)
        self.house.lobby = Lobby(self.house.hall, self.house.people, LIMITS)
        for number in range(TABLES):
            auto = (0, 15, 40)[number % 3]
            rules = Rules(auto_seconds=auto, least_seconds=float(number % 2))
            game = SLOW if number % 4 == 3 else GAMES["roulette"]
            self.house.open_table(game, SEEDS, rules, 0.0)

    def told(self) -> list[Any]:
        """What was said and done since the last time; a client is its place among all."""
        place = {client: number for number, client in enumerate(self.clients)}

        def plain(value: Any) -> Any:
            if isinstance(value, Client):
                return place[value]
            if isinstance(value, Mapping):
                return {plain(key): each for key, each in value.items()}
            return value

        house, said = self.house, [(type(s), *map(plain, s)) for s in self.house.said]
        moved = [place[client] for client in house.people.moved]
        done = [said, moved, house.take_finished(), house.books.take_journal()]
        house.said.clear()
        house.people.moved.clear()
        return done

    def parts(self) -> list[object]:
        """What each name has on tables, and to say."""
        hall, accounts = self.house.hall, self.house.books.holders
        return [(hall.at_stake(a), hall.contributes(a), hall.has_say(a)) for a in accounts]

    def counted(self) -> list[object]:
        """The same, asked of every table."""
        plays = [table.play for table in self.house.hall.tables.values()]
        return [
            (
                sum(play.at_stake(account) for play in plays),
                any(account in play.contributors for play in plays),
                any(play.has_say(account) for play in plays),
            )
            for account in self.house.books.holders
        ]


class Evening:
    """The same in two houses: one looks where something is due, the other walks."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.rooms = [Room(Hall), Room(Walking)]
        self.now = 0.0
        self.heard: set[type] = set()
        self.says: dict[Account, Chain] = {}

    def batch(self) -> None:
        """As the owner does it: what came, an order of the host, a question, sometimes a wait."""
        dice, houses = self.dice, [room.house for room in self.rooms]
        self.now += dice.choice((0.0, 0.0, 0.05, 0.05, 0.25, 0.5, 0.5, 1.0, 3.0, 7.5, 31.0))
        for house in houses:
            house.advance(self.now)
        for _ in range(dice.choice((0, 0, 1, 2, 5, 8))):
            self.hear()
        order, seconds, table = dice.random() < 0.1, dice.choice((0, 15, 300)), dice.randrange(20)
        for house in houses:
            if order and isinstance(play := house.hall.tables[table + 1].play, Roulette):
                play.set_auto(self.now, seconds)
                house.hall.touch_all()
            house.advance(self.now)
            house.tick(self.now)
        self.compare()
        if dice.random() < 0.3:
            self.hear()
            self.compare()
        if dice.random() < 0.7:
            tables = houses[0].hall.tables.values()
            all_moments = [each.next_moment() for each in tables]
            all_moments.append(houses[0].lobby.next_moment())
            expected = min((m for m in all_moments if m is not None), default=None)
            assert [house.next_moment() for house in houses] == [expected] * 2

    def compare(self) -> None:
        quick, walked = [room.told() for room in self.rooms]
        assert quick == walked
        self.heard |= {type(part) for each in walked[0] for part in each}
        assert self.rooms[0].parts() == self.rooms[1].counted()
        assert list(of_people(self.rooms[0].house)) == []

    def hear(self) -> None:
        """Somebody asks for something, the same in both."""
        number, said = self.request()
        for room in self.rooms:
            if number == len(room.clients):
                room.clients.append(Client(f"10.0.0.{number % 7}"))
                room.clients[-1].classic = isinstance(said, classic.RegisterPlayer)
            client = room.clients[number]
            if isinstance(said, bool):
                room.house.leave(client, cut_off=said)
            else:
                handle(room.house, client, said, self.now)

    def request(self) -> tuple[int, Any]:
        """Who asks, by number, and for what; True or False: the line is cut, or closed."""
        dice, room = self.dice, self.rooms[1]
        here = [n for n, client in enumerate(room.clients) if not client.gone]
        if len(here) < 16:
            old = dice.random() < 0.25
            name = dice.choice(NAMES)
            return len(room.clients), (
                classic.RegisterPlayer(name.encode()) if old else Greeting(1, 1, "a test")
            )
        number = dice.choice(here)
        client = room.clients[number]
        if dice.random() < 0.02:
            return number, dice.random() < 0.6
        if client.classic:
            return number, self._classic()
        if not client.signed_in:
            name = dice.choice([*NAMES, ""])
            return number, SignIn(1, name, name.ljust(32, ".").encode()[:32], b"")
        if not client.seats or dice.random() < 0.1:
            seat = dice.choice((Seat.PLAYER, Seat.PLAYER, Seat.CROUPIER, Seat.WATCHER))
            table = dice.choice((1, 2, 4, dice.randrange(TABLES + 1)))
            return number, at(TakeSeat(2, seat, RIGHT), table)
        return number, self._request(client)

    def _classic(self) -> Any:
        dice = self.dice
        choices: tuple[Any, ...] = (
            classic.RegisterPlayer(dice.choice(NAMES).encode()),
            classic.RegisterCroupier(RIGHT),
            classic.PlaceBet(dice.randrange(37), dice.choice((1, 5))),
            classic.StartSpin(RIGHT),
            classic.ConfirmResults(),
        )
        return dice.choice(choices)

    def say(self, account: Account) -> Chain:
        """A chain that is registered again and again, and so always at its beginning."""
        return self.says.setdefault(account, Chain(SEEDS.table, account))

    def _request(self, client: Client) -> Message:
        dice, house = self.dice, self.rooms[1].house
        table = dice.choice(list(client.seats))
        play = house.hall.tables[table].play
        turn = play.round.number if isinstance(play, Roulette) else 0
        holder = house.books.holders.get(client.account)
        number = holder.last_request + 1 if holder else 1
        say = self.say(client.account)
        event = house.books.tills[table].drawing.event + 1
        other = dice.randrange(2, len(house.books.holders) + 2)
        bets = tuple(Bet(spot, dice.choice((1, 9, 30))) for spot in dice.sample(range(37), 2))
        plays: tuple[Message, ...] = (
            *[PlaceBets(number, turn, bets)] * 5,
            TakeBackBets(number, turn, ()),
            *[RegisterChain(9, say.first)] * 3,
            *[SendLink(9, event, say.next)] * 3,
            *[SayReady(9, turn)] * 3,
        )
        orders: tuple[Message, ...] = (
            *[StartSpin(9, turn)] * 4,
            CloseBetting(9, turn),
            VoidRound(9, turn, "wine"),
            SetAuto(9, dice.choice((0, 15, 300))),
            HandOver(9, other),
            KickPlayer(9, other, "out"),
            MutePlayer(9, other, dice.choice((0, 5)), ""),
        )
        anybody = (Say(9, "a line"), AskSession(9, other), AnswerSession(9, other, True))
        here = {Seat.PLAYER: plays, Seat.CROUPIER: orders}.get(client.seats[table], anybody)
        choices: tuple[Message, ...] = (*here, *anybody, LeaveSeat(9))
        return at(dice.choice(choices), table)  # type: ignore[no-any-return]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_looked_at_when_it_is_due_is_what_a_walk_over_all_tables_finds(seed: int) -> None:
    evening = Evening(seed)
    for _ in range(BATCHES):
        evening.batch()
    everything = {
        RoundSettled,
        EventDrawn,
        BetsChanged,
        RosterChanged,
        Noticed,
        AutoChanged,
        Announced,
        Farewell,
    }
    assert everything <= evening.heard
