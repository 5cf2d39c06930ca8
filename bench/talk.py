#!/usr/bin/env python3
"""What a storm of messages from one player costs the bets of another.

`python bench/talk.py` lays one bet after the other at a table full of listeners: a turn in peace,
a turn with somebody who talks as fast as the house reads, and so on, each with a server, a table
and books of its own. Every turn in the storm is compared with the turns in peace before and after
it, and these with each other: so much do two turns differ in which nothing is different. The last
line has the same in JSON.
"""

import argparse
import json
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench.meter import median, percentile
from bench.targets import CLONE, ours
from protocol.messages.bets import BetsPlaced
from protocol.messages.lists import Seat
from protocol.messages.talk import Said, Say
from protocol.wire import encode
from tests.server.guests import HungUpError, Modern

TURNS = 8
BETS_A_TURN = 150
WARMING = 30
PAUSE = 1 / 18
"""Under the rate at which the house hears everybody."""
LISTENERS = 40
LINE = "buy my chips, buy them now, " * 10
LINES_AT_ONCE = 50


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    if options.storm:
        return storm(options.storm)
    if options.crowd:
        return crowd(options.crowd)
    peace, stormy = [], []
    show("turn", "p50 ms", "p99 ms", "lines heard a second")
    peace.append(turn("peace"))
    for _ in range(options.turns):
        stormy.append(turn("storm"))
        peace.append(turn("peace"))
    figures = compared(peace, stormy)
    for name, each in figures.items():
        show(name, *(f"{value:.2f}" for value in (each["median"], each["least"], each["most"])))
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    made.add_argument("--turns", type=int, default=TURNS, help="of storm, with peace around each")
    made.add_argument("--storm", type=int, metavar="PORT", help=argparse.SUPPRESS)
    made.add_argument("--crowd", type=int, metavar="PORT", help=argparse.SUPPRESS)
    return made


def show(*cells: str) -> None:
    sys.stdout.write("".join(f"{cell:>22}" for cell in cells) + "\n")
    sys.stdout.flush()


class Turn(NamedTuple):
    """The latencies of its bets, in milliseconds."""

    p50: float
    p99: float


def compared(peace: Sequence[Turn], stormy: Sequence[Turn]) -> dict[str, dict[str, float]]:
    """How many times as long a bet takes, turn by turn; there is one more of peace."""
    around = list(pairwise(peace))
    figures = {}
    for name, of in (("p50", itemgetter(0)), ("p99", itemgetter(1))):
        beside = [(of(before) + of(after)) / 2 for before, after in around]
        storms = [of(each) / calm for each, calm in zip(stormy, beside, strict=True)]
        figures[f"storm / peace, {name}"] = spread(storms)
        figures[f"peace / peace, {name}"] = spread(
            [of(after) / of(before) for before, after in around]
        )
    return figures


def spread(ratios: Sequence[float]) -> dict[str, float]:
    return {"median": median(ratios), "least": min(ratios), "most": max(ratios)}


def turn(weather: str, warming: int = WARMING, count: int = BETS_A_TURN) -> Turn:
    """One turn at a table of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(ours(CLONE, folder))
        stack.enter_context(running("--crowd", server.port))
        bettor = stack.enter_context(Modern(server.port))
        bettor.sign_in("Bettor")
        bettor.sit(Seat.PLAYER)
        bets(bettor, warming)
        if weather == "storm":
            stack.enter_context(running("--storm", server.port))
        bettor.seen.clear()
        began = time.perf_counter()
        taken = bets(bettor, count)
        heard = sum(isinstance(each, Said) for each in bettor.seen)
        lasted = time.perf_counter() - began
    found = Turn(median(taken), percentile(taken, 0.99))
    show(weather, f"{found.p50:.2f}", f"{found.p99:.2f}", f"{heard / lasted:.1f}")
    return found


@contextmanager
def running(role: str, port: int) -> Iterator[None]:
    """A program of its own, so that it takes nothing from the one that measures."""
    command = [sys.executable, __file__, role, str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


def bets(bettor: Modern, count: int) -> list[float]:
    latencies = []
    for number in range(count):
        bettor.sock.settimeout(20.0)
        began = time.perf_counter()
        answer = bettor.bet(1, (number % 37, 1))
        latencies.append((time.perf_counter() - began) * 1000)
        assert isinstance(answer, BetsPlaced), answer
        wait(bettor, began + PAUSE)
    return latencies


def wait(bettor: Modern, until: float) -> None:
    """Listen meanwhile, as a client does."""
    while (left := until - time.perf_counter()) > 0:
        bettor.sock.settimeout(left)
        with suppress(TimeoutError):
            bettor.receive()


def storm(port: int) -> int:
    """Talk without end; whoever is thrown out comes back under another name."""
    said = False
    for life in range(10_000):
        try:
            with Modern(port) as guest:
                guest.sign_in(f"Storm {time.time_ns()} {life}")
                guest.sit(Seat.PLAYER)
                if not said:
                    said = True
                    sys.stdout.write("talking\n")
                    sys.stdout.flush()
                while True:
                    frames = (encode(Say(guest.next(), LINE)) for _ in range(LINES_AT_ONCE))
                    guest.send(b"".join(frames))
                    guest.receive()
                    guest.came.clear()
                    guest.seen.clear()
        except (HungUpError, OSError):
            continue
    return 0


def crowd(port: int) -> int:
    """Sit there and listen."""
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for number in range(LISTENERS):
            guest = stack.enter_context(Modern(port))
            guest.sign_in(f"Listener {number}")
            guest.sit(Seat.PLAYER)
            selector.register(guest.sock, selectors.EVENT_READ, guest)
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        while True:
            for key, _ in selector.select():
                key.data.receive()
                key.data.came.clear()
                key.data.seen.clear()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
