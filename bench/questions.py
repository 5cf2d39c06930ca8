"""What each question about the table and its past costs: `python -m bench.questions`.

A question is answered by the thread that owns the table, so what one takes, everybody waits. Each
is asked the way a client does, on a house with its books on the disk, and timed from the request to
the bytes of its answer. *Old* rounds were read by nobody for a while; *late* is the dearest page.
"""

import logging
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from protocol.games.roulette.bets import ListBets, PlaceBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.records import ListOwnRounds, ListResults, ListRounds
from protocol.house.door import Greeting, SignIn, TakeSeat
from protocol.house.draw import AskRound, ListLinks, RegisterChain, SendLink
from protocol.house.lists import Seat
from protocol.house.people import ListPlayers
from protocol.house.talk import ListTalk, Say
from protocol.wire import Message, encode
from server.books.ledger import Ledger
from server.draw.seeds import STRETCH, Seeds
from server.games import GAMES, STATES
from server.games.roulette.play import roulette_at
from server.games.roulette.settings import Rules
from server.handlers import handle
from server.house import House, Manner
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from server.sayings import To
from server.tables.hall import FIRST
from tests.says import Say as Chain

SIZES = ((200, 157), (10_000, 1))
"""Players, and bets of each."""
ROUNDS = 70
FULL_ROUNDS = 10
"""So many of the last ones are played by all."""
TALKERS = 50
TRIES = 40
SAYS = 64
"""So many have a say."""


def here(said: Message) -> Message:
    """The same, said at the first table if it is said at one."""
    return replace(said, table=FIRST) if said.AT_TABLE else said


class Room:
    """A full table with a past."""

    def __init__(self, folder: Path, players: int, bets: int) -> None:
        self.ledger = Ledger(folder, STATES)
        seeds = Seeds.make(bytes(16), bytes(32), 4 * STRETCH)
        self.id = seeds.table
        self.now = 1e6
        dice = iter(range(10**9))
        limits = Limits(talk_a_second=1e9, talk_burst=1e9, talk_deliveries_a_second=1e9)
        self.house = House(
            self.ledger.books,
            self.ledger,
            Manner(croupier_digest=password_digest("x"), stack=10**9),
            limits,
            lambda size: next(dice).to_bytes(size, "big"),
        )
        table = self.house.open_table(GAMES["roulette"], seeds, Rules(), self.now)
        self.table = roulette_at(table)
        self.house.advance(self.now)
        self.boss = self.seat("Boss", Seat.CROUPIER)
        self.players = [self.seat(f"Player {at}", Seat.PLAYER) for at in range(players)]
        self.chips = [
            tuple(Bet((who + at) % 157, 1 + (who * 7 + at) % 600) for at in range(bets))
            for who in range(players)
        ]
        self.number = 100
        for at in range(ROUNDS):
            self.play(players if at >= ROUNDS - FULL_ROUNDS else 10)
        for client in self.players[:TALKERS]:
            self.say(client, Say(9, "x" * 400))
        self.lay(players)
        self.commit()

    def seat(self, name: str, seat: Seat) -> Client:
        client = Client("127.0.0.1")
        self.say(client, Greeting(1, 1, "a bench"))
        self.say(client, SignIn(1, name, b"", b""))
        self.say(client, TakeSeat(2, seat, password_digest("x")))
        assert client.seats == {FIRST: seat}
        return client

    def say(self, client: Client, said: Message) -> None:
        handle(self.house, client, here(said), self.now)
        self.house.said.clear()

    def lay(self, players: int) -> None:
        self.now += 60
        self.number += 1
        play = self.table.round.number
        for client, chips in zip(self.players[:players], self.chips, strict=False):
            self.say(client, PlaceBets(self.number, play, chips))

    def play(self, players: int) -> None:
        """A round, to its end."""
        play = self.table.round.number
        chains = [Chain(self.id, client.account, f"{play}") for client in self.players[:SAYS]]
        for client, chain in zip(self.players, chains, strict=False):
            self.say(client, RegisterChain(1, chain.first))
        self.lay(players)
        self.say(self.boss, StartSpin(1, play))
        for client, chain in zip(self.players, chains, strict=False):
            self.say(client, SendLink(1, play, chain.next))
        self.now += 60
        self.house.advance(self.now)
        assert self.table.round.number == play + 1
        self.commit()

    def commit(self) -> None:
        self.house.tick(self.now)
        self.house.said.clear()
        self.ledger.finished += self.house.take_finished()
        self.ledger.commit()
        self.ledger.tidy()

    def ask(self, client: Client, said: Message) -> float:
        """How long it takes to answer this, in microseconds."""
        said = here(said)
        start = time.perf_counter()
        handle(self.house, client, said, self.now)
        answers = [
            encode(each.message, each.table)
            for each in self.house.said
            if isinstance(each, To) and isinstance(each.message, Message)
        ]
        took = time.perf_counter() - start
        assert answers, said
        self.house.said.clear()
        return 1e6 * took


def questions(room: Room) -> dict[str, Callable[[int], tuple[Client, Message]]]:
    """By name: who asks what at the n-th try."""
    players, last = room.players, room.table.round.number
    middle = players[len(players) // 2].account
    old = range(last - FULL_ROUNDS, last)

    def player(at: int) -> Client:
        return players[at * 37 % len(players)]

    return {
        "ListOwnRounds": lambda at: (player(at), ListOwnRounds(9, 0)),
        "ListBets, now": lambda at: (player(at), ListBets(9, last, 0, 0)),
        "ListBets, now, late": lambda at: (player(at), ListBets(9, last, middle, 0)),
        "ListBets, last round": lambda at: (player(at), ListBets(9, last - 1, 0, 0)),
        "ListBets, old, late": lambda at: (
            player(at),
            ListBets(9, old[at % len(old)], middle, 0),
        ),
        "AskRound, last round": lambda at: (player(at), AskRound(9, last - 1)),
        "AskRound, old": lambda at: (player(at), AskRound(9, old[at % len(old)])),
        "ListLinks, last round": lambda at: (player(at), ListLinks(9, last - 1, 0)),
        "ListRounds": lambda at: (player(at), ListRounds(9, 0)),
        "ListPlayers": lambda at: (player(at), ListPlayers(9, 0)),
        "ListPlayers, late": lambda at: (player(at), ListPlayers(9, middle)),
        "ListResults": lambda at: (player(at), ListResults(9)),
        "ListTalk": lambda at: (player(at), ListTalk(9)),
    }


def main() -> None:
    logging.disable()
    costs: dict[str, list[str]] = {}
    for players, bets in SIZES:
        with tempfile.TemporaryDirectory() as name:
            room = Room(Path(name), players, bets)
            for what, asked in questions(room).items():
                took = [room.ask(*asked(at)) for at in range(TRIES)]
                costs.setdefault(what, []).append(f"{min(took):7.0f} {median(took):7.0f}")
            room.ledger.close()
    heads = [f"{players} x {bets}: least, median" for players, bets in SIZES]
    sys.stdout.write(f"{'us':24} {' | '.join(heads)}\n")
    for what, each in costs.items():
        sys.stdout.write(f"{what:24} {' | '.join(each)}\n")


if __name__ == "__main__":
    main()
