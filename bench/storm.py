#!/usr/bin/env python3
"""What a storm of requests costs the bets of somebody who has no part in it.

`python bench/storm.py` lays one bet after the other at a table full of listeners: a turn in peace,
a turn in a storm, and so on, each with a server, a table and books of its own. Every turn in the
storm is compared with the turns in peace before and after it, and these with each other: so much do
two turns differ in which nothing is different. The last line has the same in JSON.

The storms: `talk`, one who says lines as fast as the house reads them; `questions`, three hundred
guests who ask for the whole talk as fast as they may, and read no faster than they must; `refused`,
as many who talk as fast as they may, and are refused; `bets`, as many players who bet as fast as
they may, for more chips than there are; `rounds`, forty players who ask for their own rounds.
"""

import argparse
import json
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, cast

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench.meter import Meter, median, percentile
from bench.targets import CLONE, ours
from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.records import ListOwnRounds
from protocol.house.lists import Seat
from protocol.house.talk import ListTalk, Said, Say
from protocol.limits import LINE_BYTES
from protocol.wire import encode
from tests.server.guests import HungUpError, Modern
from torture.chain import lay_seeds

TURNS = 8
BETS_A_TURN = 150
WARMING = 30
PAUSE = 1 / 18
"""Under the rate at which the house hears everybody."""
LISTENERS = 40
LINE = "buy my chips, buy them now, " * 10
LINES_AT_ONCE = 50
GUESTS = 300
SEATED = 40
TALKERS = 8
AT_ONCE = 4096
"""So many bytes of questions are written at a time, whenever the house reads them."""


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    if options.port:
        ROLES[options.storm](options.port)
        return 0
    peace, stormy = [], []
    show("turn", "p50 ms", "p99 ms", "lines heard a second", "MiB more")
    peace.append(turn("crowd"))
    for _ in range(options.turns):
        stormy.append(turn(options.storm))
        peace.append(turn("crowd"))
    figures = compared(peace, stormy)
    for name, each in figures.items():
        show(name, *(f"{value:.2f}" for value in (each["median"], each["least"], each["most"])))
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    made.add_argument("--turns", type=int, default=TURNS, help="of storm, with peace around each")
    made.add_argument("--storm", choices=list(ROLES), default="talk", help="which one (talk)")
    made.add_argument("--port", type=int, help=argparse.SUPPRESS)
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
        lay_seeds(folder / "data")
        server = stack.enter_context(ours(CLONE, folder))
        stack.enter_context(running("crowd", server.port))
        bettor = stack.enter_context(Modern(server.port))
        bettor.sign_in("Bettor")
        bettor.sit(Seat.PLAYER)
        bets(bettor, warming)
        meter = Meter(server.pid)
        before = meter.resident()
        if weather != "crowd":
            stack.enter_context(running(weather, server.port))
        bettor.seen.clear()
        began = time.perf_counter()
        taken = bets(bettor, count)
        heard = sum(isinstance(each, Said) for each in bettor.seen)
        lasted = time.perf_counter() - began
        grown = (meter.resident() - before) / 2**20
    found = Turn(median(taken), percentile(taken, 0.99))
    figures = (found.p50, found.p99, heard / lasted, grown)
    show("peace" if weather == "crowd" else weather, *(f"{figure:.2f}" for figure in figures))
    return found


@contextmanager
def running(role: str, port: int) -> Iterator[None]:
    """A program of its own, so that it takes nothing from the one that measures."""
    command = [sys.executable, __file__, "--storm", role, "--port", str(port)]
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


def begin() -> None:
    """Tell the one who measures that it has begun."""
    sys.stdout.write("begun\n")
    sys.stdout.flush()


def talk(port: int) -> None:
    """Talk without end; whoever is thrown out comes back under another name."""
    said = False
    for life in range(10_000):
        with suppress(HungUpError, OSError), Modern(port) as guest:
            guest.sign_in(f"Storm {time.time_ns()} {life}")
            guest.sit(Seat.PLAYER)
            if not said:
                said = True
                begin()
            while True:
                frames = (encode(Say(guest.next(), LINE), 1) for _ in range(LINES_AT_ONCE))
                guest.send(b"".join(frames))
                guest.receive()
                guest.came.clear()
                guest.seen.clear()


def questions(port: int) -> None:
    """Guests without a name ask for everything that was said, which is as much as is kept."""
    for number in range(TALKERS):
        with Modern(port) as talker:
            talker.sign_in(f"Talker {number}")
            talker.sit(Seat.PLAYER)
            for _ in range(TALKERS):
                talker.ask(Say(talker.next(), "x" * LINE_BYTES))
    shout(port, ["" for _ in range(GUESTS)], encode(ListTalk(9), 1))


def refused(port: int) -> None:
    """Guests without a name talk, which is refused."""
    shout(port, ["" for _ in range(GUESTS)], encode(Say(9, "x" * LINE_BYTES), 1))


def wrong_bets(port: int) -> None:
    """Players bet more than they have."""
    names = [f"Bold {number}" for number in range(GUESTS)]
    shout(port, names, encode(PlaceBets(9, 1, (Bet(17, 10**9),)), 1))


def rounds(port: int) -> None:
    """Players with a past ask for it."""
    names = [f"Curious {number}" for number in range(SEATED)]
    shout(port, names, encode(ListOwnRounds(9, 0), 1))


def shout(port: int, names: Sequence[str], question: bytes) -> None:
    """Each asks the same without end, and reads what comes without looking at it."""
    asked = question * (AT_ONCE // len(question))
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for name in names:
            guest = stack.enter_context(Modern(port))
            guest.sign_in(name)
            guest.sit(Seat.PLAYER if name else Seat.WATCHER)
            guest.sock.setblocking(False)
            selector.register(guest.sock, selectors.EVENT_READ | selectors.EVENT_WRITE)
        begin()
        rest = {key.fd: asked for key in selector.get_map().values()}
        while selector.get_map():
            for key, events in selector.select():
                sock = cast("socket.socket", key.fileobj)
                try:
                    if events & selectors.EVENT_READ and not sock.recv(1 << 16):
                        raise HungUpError
                    if events & selectors.EVENT_WRITE:
                        rest[key.fd] = rest[key.fd][sock.send(rest[key.fd]) :] or asked
                except (HungUpError, ConnectionError):
                    selector.unregister(sock)
                except BlockingIOError:
                    pass
        sys.stderr.write("the house has closed the line of everybody in the storm\n")


def crowd(port: int) -> None:
    """Sit there and listen."""
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for number in range(LISTENERS):
            guest = stack.enter_context(Modern(port))
            guest.sign_in(f"Listener {number}")
            guest.sit(Seat.PLAYER)
            selector.register(guest.sock, selectors.EVENT_READ, guest)
        begin()
        while True:
            for key, _ in selector.select():
                key.data.receive()
                key.data.came.clear()
                key.data.seen.clear()


ROLES = {
    "talk": talk,
    "questions": questions,
    "refused": refused,
    "bets": wrong_bets,
    "rounds": rounds,
    "crowd": crowd,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
