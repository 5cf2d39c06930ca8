"""What tables cost at which nothing happens: `python -m bench.tables`.

Houses with their books on the disk and no sockets: a few people at each of many roulettes, or ten
thousand at one. Timed is the owner's batch with one bet, and a second in which a thousand bet, with
all that everybody is told of it; the houses take turns, because a figure of one moment says little
about the next. Then one of many tables waits on its own thread, while nobody does anything, and the
processor is read.
"""

import gc
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median

from bench.meter import Meter
from protocol.games.roulette.bets import PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.house.door import Greeting, SignIn, TakeSeat
from protocol.house.lists import Seat
from protocol.wire import encode
from server.books.ledger import Ledger
from server.games import GAMES
from server.games.roulette.play import roulette_at
from server.owner import Owner, collect_seldom, steady_clock
from torture.stage import RULES, Line, Stage

HOUSES = ((1, 10), (101, 10), (1001, 10), (1, 10_000))
"""Tables, and people at each."""
BETS, ROUNDS, BATCH = 20, 5, 64
A_SECOND = 1000
"""Bets of everybody together, where many bet."""
IDLE_SECONDS = 15.0
METER = Meter(os.getpid())


class Room(Stage):
    """A house where everybody has come who will."""

    def __init__(self, folder: Path, tables: int, people: int) -> None:
        super().__init__(folder, begin=steady_clock()())
        self.ledger.page_bytes, self.ledger.ballast_bytes = Ledger.page_bytes, Ledger.ballast_bytes
        draw, before = self.house.hall.tables[1].means.draw, METER.resident()
        for _ in range(1, tables):
            self.house.open_table(GAMES["roulette"], draw, RULES, self.clock)
        self.turn()
        self.table_bytes = (METER.resident() - before) / max(1, tables - 1)
        self.number, self.sent = 10, 0
        self.seats = [self.sit(1 + at % tables, at) for at in range(tables * people)]
        self.wait()

    def sit(self, table: int, at: int) -> tuple[int, Line]:
        line = Line(self, f"10.{at >> 12}.{at >> 4 & 255}.1")
        line.plug.tap = self.count
        sit = replace(TakeSeat(2, Seat.PLAYER, b""), table=table)
        for said in (Greeting(1, 1, "a bench"), SignIn(1, f"Player {at}", b"", b""), sit):
            line.say(encode(said, table))
        self.turn()
        assert line.session.who.seats == {table: Seat.PLAYER}
        return table, line

    def count(self, _: bytes) -> None:
        self.sent += 1

    def wait(self) -> None:
        """Until the next thing comes: a minute later."""
        self.owner._timeout()
        self.clock += 60
        self.turn()
        self.owner._timeout()

    def bet(self, *seats: tuple[int, Line]) -> float:
        """How long a batch with a bet of each of these takes, in microseconds of the processor."""
        self.number += 1
        for table, line in seats:
            play = roulette_at(self.house.hall.tables[table])
            line.say(encode(PlaceBets(self.number, play.round.number, (Bet(17, 1),)), table))
        return self.work()

    def work(self) -> float:
        began = time.thread_time()
        self.turn()
        self.owner._timeout()
        return 1e6 * (time.thread_time() - began)

    def bet_all(self, dice: Random, a_second: int) -> tuple[float, float]:
        """What a bet takes, where so many bet in a second, in any order, and how many pieces are
        sent for it: the answer, and what everybody is told of it afterwards.
        """
        seats = dice.sample(self.seats, min(a_second, len(self.seats)))
        before, took = self.sent, 0.0
        for at in range(0, len(seats), BATCH):
            took += self.bet(*seats[at : at + BATCH])
            self.clock += BATCH / a_second
        while self.house.next_moment() is not None:
            self.clock += 0.064
            took += self.work()
        return took / len(seats), (self.sent - before) / len(seats)

    def idle(self) -> float:
        """How many thousandths of a core its own thread takes while nobody does anything."""
        owner = Owner(self.house, self.ledger, steady_clock())
        owner.thread.start()
        time.sleep(1)  # What the minutes before have brought is done.
        began = METER.cpu()
        time.sleep(IDLE_SECONDS)
        took = METER.cpu() - began
        owner.stop()
        owner.thread.join()
        return 1000 * took / IDLE_SECONDS


@contextmanager
def rooms() -> Iterator[list[Room]]:
    with tempfile.TemporaryDirectory() as name:
        opened = []
        for number, (tables, people) in enumerate(HOUSES):
            folder = Path(name) / str(number)
            folder.mkdir()
            opened.append(Room(folder, tables, people))
        yield opened
        for room in opened:
            room.close()


def main() -> None:
    logging.disable()
    collect_seldom()
    dice = Random(1)
    with rooms() as opened:
        gc.collect()
        alone: list[list[float]] = [[] for _ in opened]
        full: list[list[tuple[float, float]]] = [[] for _ in opened]
        for at in range(BETS * ROUNDS):
            turns = list(zip(opened, alone, strict=True))
            dice.shuffle(turns)  # Who comes behind the largest finds the caches cold.
            for room, took in turns:
                room.wait()
                took.append(room.bet(room.seats[0]))
            if at % BETS == 0:
                for room, took in zip(opened, full, strict=True):
                    room.wait()
                    took.append(room.bet_all(dice))
        costs = [median([cost for cost, _ in many]) for many in full]
        sys.stdout.write("tables x people: a lone bet, one of many (µs of the processor; pieces)\n")
        for (tables, people), one, many, cost in zip(HOUSES, alone, full, costs, strict=True):
            lone, pieces = median(one), median([sent for _, sent in many])
            ratios = f"x {lone / median(alone[0]):.2f}, x {cost / costs[-1]:.2f}"
            sys.stdout.write(
                f"{tables} x {people}: {lone:.0f}, {cost:.1f} ({ratios}; {pieces:.1f})\n"
            )
        most = opened[2]
        sys.stdout.write(f"a quiet table: {most.table_bytes / 1024:.1f} KB\n")
        sys.stdout.write(f"{HOUSES[2][0]} quiet tables: {most.idle():.2f} thousandths of a core\n")


if __name__ == "__main__":
    main()
