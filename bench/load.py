#!/usr/bin/env python3
"""A crowd at the table of a running server, and what it costs the server and the players.

`python bench/load.py --port 1234 --players 1000` prints a table and, as the last line, the same in
JSON. The server is on this machine: its processor and memory are read under /proc.
"""

import argparse
import gc
import json
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench.meter import Meter, raise_file_limit
from bench.night import Night, Plan
from bench.report import number, table
from bench.tongues import TONGUES, Trouble

MOST_PLAYERS = 20_000
SPARE_FILES = 100
TROUBLE = 2


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    plan = Plan(
        players=options.players,
        dialect=options.dialect,
        tag=options.tag or secrets.token_hex(2),
        door=options.door,
        bets=options.bets,
        rate=options.rate,
        rounds=options.rounds,
        returns=options.returns,
        patience=options.patience,
    )
    if raise_file_limit() < plan.players + SPARE_FILES:
        sys.stderr.write(f"{plan.players} players take more files than `ulimit -Hn` allows.\n")
        return TROUBLE
    # Nothing here is in circles, and a collection would be taken for a slow server.
    gc.disable()
    night = Night(plan, options.port, Meter(options.pid))
    words = ""
    try:
        night.run()
    except (Trouble, OSError) as trouble:
        words = str(trouble)
        sys.stderr.write(f"{words}\n")
    rows = {name: [number(value)] for name, value in night.figures.items()}
    sys.stdout.write(table(f"{plan.players} players, {plan.dialect}", ["measured"], rows))
    found = {"players": plan.players, "dialect": plan.dialect, "trouble": words}
    sys.stdout.write(json.dumps({**found, "figures": night.figures, "events": night.events}) + "\n")
    return TROUBLE if words else 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    plan = Plan()
    add = made.add_argument
    add("--port", type=int, required=True, help="the server's, on 127.0.0.1")
    add("--pid", type=int, required=True, help="the server's process")
    add("--players", type=bounded(MOST_PLAYERS), default=plan.players)
    add("--dialect", choices=sorted(TONGUES), default=plan.dialect)
    add("--tag", help="begins every name, up to 4 characters; else made up")
    add("--door", type=bounded(MOST_PLAYERS), default=plan.door, help="come in at one time")
    add("--bets", type=bounded(1_000_000), default=plan.bets, help="one in flight, and paced")
    add("--rate", type=bounded(100_000), default=plan.rate, help="paced bets a second")
    add("--rounds", type=bounded(1000), default=plan.rounds, help="with everybody betting at once")
    add("--returns", type=bounded(MOST_PLAYERS), default=plan.returns, help="cut off, come back")
    add("--patience", type=bounded(3600), default=plan.patience, help="the longest wait, seconds")
    return made


def bounded(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not 1 <= value <= most:
            raise argparse.ArgumentTypeError(f"from 1 to {most}")
        return value

    return read


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
