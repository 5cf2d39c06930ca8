#!/usr/bin/env python3
"""Our server and two bare ones under the same load, in turn; medians, and how many times as much.

`python bench/compare.py --players 100,1000 --dialect modern,classic`. Each run starts the server
anew. In turn, A B C A B C, because a machine is not as fast at one moment as at another.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeAlias, TypedDict

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench import targets
from bench.meter import median
from bench.night import Figures
from bench.report import markdown, number, table
from bench.targets import Target
from bench.tongues import TONGUES, Trouble

SYNCS = 200
MEMORY = Path("/dev/shm")
RUN_SECONDS = 1800
"""The longest that one run may take."""

OURS, C, THREADS, UNSYNCED, LOGGED = "ours", "c", "threads", "unsynced", "logged"
ABOUT: Mapping[str, str] = {
    OURS: "our server, its books on the disk, logging warnings only",
    C: "bench/yardstick.c",
    THREADS: "bench/yardstick.py, socketserver.ThreadingTCPServer",
    UNSYNCED: "our server, its books in memory, to see what the disk costs",
    LOGGED: "our server with the log that it writes unless told otherwise",
}
Open: TypeAlias = Callable[[], AbstractContextManager[Target]]


class Found(TypedDict):
    """One size in one dialect: the figures of each run of each server."""

    players: int
    dialect: str
    runs: dict[str, list[Figures]]


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=options.data) as scratch:
        opened = servers(options.servers, options.clone, Path(scratch))
        say(f"a commit's sync on this disk: {1e3 * sync_seconds(Path(scratch)):.3g} ms (median)\n")
        found: list[Found] = []
        for dialect in options.dialect:
            for players in options.players:
                runs = measure(opened, dialect, players, options)
                say(compared(f"{players} players, {dialect}", list(opened), runs) + "\n")
                found.append({"players": players, "dialect": dialect, "runs": runs})
                if options.json:
                    options.json.write_text(json.dumps(found, indent=1) + "\n", "ascii")
        for dialect in options.dialect:
            for other in opened if OURS in opened else ():
                say(growth(found, dialect, other) + "\n")
    return 0


def servers(names: Sequence[str], clone: Path, scratch: Path) -> dict[str, Open]:
    """How to open each; what this machine has not is left out with a word."""
    using = targets.compiler()
    known: dict[str, Open] = {
        OURS: lambda: ours(clone, scratch),
        LOGGED: lambda: ours(clone, scratch, "info"),
        THREADS: lambda: targets.yardstick(targets.THREADS),
    }
    if using:
        program = targets.build_c(scratch, using)
        known[C] = lambda: targets.yardstick([str(program)])
    if MEMORY.is_dir():
        known[UNSYNCED] = lambda: ours(clone, MEMORY)
    for name in names:
        if name not in known:
            missing = "no C compiler (cc, gcc, clang or $CC)" if name == C else f"no {MEMORY}"
            say(f"{name} is left out: this machine has {missing}")
    return {name: known[name] for name in names if name in known}


@contextlib.contextmanager
def ours(clone: Path, where: Path, log_level: str = "warning") -> Iterator[Target]:
    with (
        tempfile.TemporaryDirectory(dir=where) as folder,
        targets.ours(clone, Path(folder), log_level) as target,
    ):
        yield target


def measure(
    opened: Mapping[str, Open], dialect: str, players: int, options: argparse.Namespace
) -> dict[str, list[Figures]]:
    """The figures of each run of each server. Who gets into trouble is not run again, nor who takes
    so long that nobody needs to know it more exactly.
    """
    runs: dict[str, list[Figures]] = {name: [] for name in opened}
    done: set[str] = set()
    for turn in range(options.runs):
        for name, start in opened.items():
            if name in done:
                continue
            note(f"{players} players, {dialect}, run {turn + 1} of {options.runs}: {name}")
            begun = time.monotonic()
            figures: Figures = {}
            trouble = ""
            try:
                with start() as target:
                    figures, trouble = run_load(target, dialect, players, options)
            except (Trouble, ValueError, subprocess.SubprocessError) as error:
                trouble = str(error)
            runs[name].append(figures)
            if trouble or time.monotonic() > begun + options.slow:
                done.add(name)
            if trouble:
                say(f"{name}, {players} players, {dialect}: {trouble}")
    return runs


def run_load(
    target: Target, dialect: str, players: int, options: argparse.Namespace
) -> tuple[Figures, str]:
    """One run in a process of its own; its figures, and what went wrong after them."""
    chosen = {
        "port": target.port,
        "pid": target.pid,
        "players": players,
        "dialect": dialect,
        **{key: getattr(options, key) for key in ("door", "bets", "rounds", "patience")},
    }
    words = [word for key, value in chosen.items() for word in (f"--{key}", str(value))]
    ended = subprocess.run(
        [sys.executable, str(targets.ROOM / "load.py"), *words],
        capture_output=True,
        encoding="utf-8",
        timeout=RUN_SECONDS,
        check=False,
    )
    lines = ended.stdout.splitlines()
    if not lines:
        raise Trouble(f"the load itself failed:\n{ended.stderr}")
    result = json.loads(lines[-1])
    return result["figures"], result["trouble"]


def compared(title: str, names: Sequence[str], runs: Mapping[str, Sequence[Figures]]) -> str:
    """The medians, and ours as so many times each of the others."""
    middle = {name: medians(runs[name]) for name in names}
    others = [name for name in names if name != OURS] if OURS in names else []
    columns = [*names, *(f"{OURS}/{name}" for name in others)]
    rows = {}
    for key in dict.fromkeys(key for name in names for key in middle[name]):
        cells = [shown(middle[name].get(key)) for name in names]
        of_server = others and not key.startswith("load_")
        mine = middle[OURS].get(key) if of_server else None
        rows[key] = cells + [ratio(mine, middle[name].get(key)) for name in others]
    return table(title, columns, rows)


def growth(found: Sequence[Found], dialect: str, other: str) -> str:
    """Ours against the number of players: its figures, or as so many times another's. Markdown."""
    sizes = [each for each in found if each["dialect"] == dialect]
    middle = [{name: medians(runs) for name, runs in each["runs"].items()} for each in sizes]
    rows: dict[str, list[str]] = {}
    for key in dict.fromkeys(key for each in middle for key in each[OURS]):
        if not key.startswith("load_"):
            rows[key] = [
                shown(each[OURS].get(key))
                if other == OURS
                else ratio(each[OURS].get(key), each[other].get(key))
                for each in middle
            ]
    title = f"ours, {dialect}" if other == OURS else f"ours as times `{other}`, {dialect}"
    return markdown(title, [number(each["players"]) for each in sizes], rows)


def medians(runs: Sequence[Figures]) -> Figures:
    keys = dict.fromkeys(key for figures in runs for key in figures)
    return {key: median([run[key] for run in runs if key in run]) for key in keys}


def shown(value: float | None) -> str:
    return "—" if value is None else number(value)


def ratio(mine: float | None, other: float | None) -> str:
    return "—" if mine is None or not other else f"× {number(mine / other)}"


def sync_seconds(folder: Path) -> float:
    """What it takes to make a page durable here: no commit on this disk can be faster."""
    path = folder / "sync"
    spans = []
    with path.open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            file.write(bytes(4096))
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            spans.append(time.perf_counter() - begun)
    path.unlink()
    return median(spans)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def note(words: str) -> None:
    """What goes on, for who waits; not part of the report."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n", 1)[0],
        epilog="; ".join(f"{name}: {about}" for name, about in ABOUT.items()),
    )
    add = made.add_argument
    add("--players", type=numbers, default=[100, 1000, 5000, 10_000], help="100,1000,5000,10000")
    add("--dialect", type=some_of(TONGUES), default=["modern"], help="modern,classic")
    add(
        "--servers", type=some_of(ABOUT), default=[OURS, UNSYNCED, C, THREADS], help=",".join(ABOUT)
    )
    add("--runs", type=int, default=3, help="of each server")
    add("--rounds", type=int, default=3, help="in a run, with everybody betting at once")
    add("--bets", type=int, default=1000, help="in a run, one in flight; and so many paced")
    add("--door", type=int, default=500, help="so many come in at one time")
    add("--patience", type=int, default=60, help="the longest wait for anything, in seconds")
    add("--slow", type=int, default=90, help="a run that takes longer is not repeated, seconds")
    add("--clone", type=Path, default=targets.CLONE, help="the folder of another copy of ours")
    add("--data", type=Path, help="a folder on the disk to measure; else that of temporary files")
    add("--json", type=Path, help="write every figure of every run to this file")
    return made


def numbers(text: str) -> list[int]:
    return [int(word) for word in text.split(",")]


def some_of(known: Mapping[str, object]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        words = text.split(",")
        if not known.keys() >= set(words):
            raise argparse.ArgumentTypeError(f"some of {', '.join(known)}")
        return words

    return read


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
