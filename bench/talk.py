#!/usr/bin/env python3
"""What a storm of messages from one player costs the bets of another.

`python bench/talk.py` starts a server of ours with a table full of listeners and lays one bet after
the other: for a while in peace, for a while with somebody who talks as fast as the house reads, and
so on in turns. It prints both latencies and their ratio, and as the last line the same in JSON.
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
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench.meter import median, percentile
from bench.targets import CLONE, ours
from protocol.messages.bets import BetsPlaced
from protocol.messages.lists import Seat
from protocol.messages.talk import Said, Say
from protocol.wire import encode
from tests.server.guests import HungUpError, Modern

TURNS = 6
BETS_A_TURN = 150
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
    with tempfile.TemporaryDirectory() as folder, ours(CLONE, Path(folder)) as server:
        peace, stormy, heard = measure(server.port, options.turns)
    figures = {
        "peace_p50_ms": median(peace),
        "peace_p99_ms": percentile(peace, 0.99),
        "storm_p50_ms": median(stormy),
        "storm_p99_ms": percentile(stormy, 0.99),
        "p50_ratio": median(stormy) / median(peace),
        "p99_ratio": percentile(stormy, 0.99) / percentile(peace, 0.99),
        "lines_heard_a_second": heard,
    }
    for name, value in figures.items():
        sys.stdout.write(f"{name.replace('_', ' '):24}{value:10.2f}\n")
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    made.add_argument("--turns", type=int, default=TURNS, help="of peace, and of storm")
    made.add_argument("--storm", type=int, metavar="PORT", help=argparse.SUPPRESS)
    made.add_argument("--crowd", type=int, metavar="PORT", help=argparse.SUPPRESS)
    return made


def measure(port: int, turns: int) -> tuple[list[float], list[float], float]:
    """Latencies in peace and in the storm, in milliseconds, and the lines that got through."""
    peace: list[float] = []
    stormy: list[float] = []
    heard, lasted = 0, 0.0
    with ExitStack() as stack:
        stack.enter_context(running("--crowd", port))
        bettor = stack.enter_context(Modern(port))
        bettor.sign_in("Bettor")
        bettor.sit(Seat.PLAYER)
        bets(bettor, BETS_A_TURN // 3)
        for _ in range(turns):
            peace += bets(bettor, BETS_A_TURN)
            with running("--storm", port):
                bettor.seen.clear()
                began = time.perf_counter()
                stormy += bets(bettor, BETS_A_TURN)
                lasted += time.perf_counter() - began
                heard += sum(isinstance(each, Said) for each in bettor.seen)
    return peace, stormy, heard / lasted


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
