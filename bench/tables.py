"""What tables cost at which nothing happens: `python -m bench.tables`.

Houses with their books on the disk and no sockets: a few people at each of many roulettes, or ten
thousand at one. Timed is the owner's batch with one bet, and a second in which a thousand bet, or
all of them, with what everybody is told of it; the houses take turns, because a figure of one
moment says little about the next. Then the wheel turns at the full table, and each of the owner's
batches is timed: a bet at another table that comes at any moment waits until the one that it falls
into is over. At last one of many tables waits on its own thread, while nobody does anything, and
the processor is read.
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
from itertools import pairwise
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
from server.owner import Call, Owner, collect_seldom, steady_clock
from torture.stage import RULES, WIDE, Line, Stage

HOUSES = ((1, 10), (101, 10), (1001, 10), (1, 10_000))
"""Tables, and people at each."""
BETS, ROUNDS, BATCH = 20, 5, 64
RUSHES = (1000, 10_000)
"""Bets of everybody together, in a second."""
STEP = 0.064
"""Seconds, where nobody bets any more, and things are still told."""
SPINS = 7
IDLE_SECONDS = 15.0
LIMITS = replace(WIDE, away_seconds=float("inf"))
"""A minute passes between two bets: that somebody is back is told, and is no part of the bet."""
METER = Meter(os.getpid())


class Room(Stage):
    """A house where everybody has come who will."""

    def __init__(self, folder: Path, tables: int, people: int) -> None:
        super().__init__(folder, begin=steady_clock()(), limits=LIMITS)
        self.ledger.page_bytes, self.ledger.ballast_bytes = Ledger.page_bytes, Ledger.ballast_bytes
        draw, before = self.house.hall.tables[1].means.draw.seeds, METER.resident()
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
            self.clock += STEP
            took += self.work()
        return took / len(seats), (self.sent - before) / len(seats)

    def spin(self, dice: Random) -> list[float]:
        """Everybody has bet, and the wheel turns: what each batch takes, until all are told."""
        self.wait()
        self.bet_all(dice, len(self.seats))
        play = roulette_at(self.house.hall.tables[1])
        number = play.round.number
        self.owner._came.append(Call(lambda _: play.start_spin(self.clock, number)))
        batches: list[float] = []
        while play.round.number == number or self.owner.streams.waiting:
            began = time.thread_time()
            self.owner.turn(())
            batches.append(1e3 * (time.thread_time() - began))
        return batches

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


def hundredth(batches: list[float]) -> float:
    """How long who comes at any moment of these waits for the end of the batch, where one of a
    hundred waits longer.
    """
    longest = sorted(batches, reverse=True)
    over = sum(batches) / 100
    for count, (wait, next_one) in enumerate(pairwise([*longest, 0.0]), 1):
        if over <= count * (wait - next_one):
            return wait - over / count
        over -= count * (wait - next_one)
    return 0.0


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
        full: dict[int, list[list[tuple[float, float]]]] = {
            rush: [[] for _ in opened] for rush in RUSHES
        }
        for at in range(BETS * ROUNDS):
            turns = list(zip(opened, alone, strict=True))
            dice.shuffle(turns)  # Who comes behind the largest finds the caches cold.
            for room, took in turns:
                room.wait()
                took.append(room.bet(room.seats[0]))
            if at % BETS == 0:
                for rush, rushed in full.items():
                    for room, many in zip(opened, rushed, strict=True):
                        room.wait()
                        many.append(room.bet_all(dice, rush))
        say("microseconds of the processor; as times the first house, or the last")
        for (tables, people), one in zip(HOUSES, alone, strict=True):
            times = median(one) / median(alone[0])
            say(f"{tables} x {people}: a lone bet {median(one):.0f} (x {times:.2f})")
        for rush, rushed in full.items():
            costs = [median([cost for cost, _ in many]) for many in rushed]
            for (tables, people), many, cost in zip(HOUSES, rushed, costs, strict=True):
                pieces = f"{median([sent for _, sent in many]):.1f} pieces sent"
                times = cost / costs[-1]
                say(f"{tables} x {people}: {rush} a second, {cost:.1f} (x {times:.2f}), {pieces}")
        spins = [opened[-1].spin(dice) for _ in range(SPINS)]
        waits, longest = median([*map(hundredth, spins)]), median([*map(max, spins)])
        whole = median([*map(sum, spins)])
        say(f"a spin of {HOUSES[-1][1]}: {whole:.0f} ms, the longest batch {longest:.1f} ms")
        say(f"another table waits for {waits:.1f} ms at the most, in 99 of 100 moments of it")
        most = opened[2]
        say(f"a quiet table: {most.table_bytes / 1024:.1f} KB")
        say(f"{HOUSES[2][0]} quiet tables: {most.idle():.2f} thousandths of a core")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
