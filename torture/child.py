"""What runs behind the shim: a scripted evening on a disk that is watched, broken or full.

    python torture/child.py record FOLDER LOG SEED STEPS
    python torture/child.py fail FOLDER SEED STEPS           (then one point a line on the input)
    python torture/child.py full FOLDER SEED STEPS           (then one chance a line on the input)

`shim.py` starts it. Each point of `fail` and `full` is played in a fork of its own, so that Python
is started once.
"""

import ctypes
import json
import logging
import mmap
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from protocol.house.lists import Reason
from server.games.roulette.state import State
from torture.chain import chain
from torture.evening import Evening
from torture.onlooker import Fact
from torture.shim import Knobs
from torture.stage import Script, Stage

FELL_OVER = 4
STOPPED_CLEANLY = 0
HANGS = 60
"""Seconds; an evening takes a fraction of one."""


def record(folder: Path, log: Path, seed: int, steps: int) -> None:
    """Play two evenings, one after the other, and note every write, sync and acknowledgement."""
    knobs = Knobs()
    into = os.open(log, os.O_WRONLY | os.O_CREAT, 0o600)
    knobs.watch(folder, into)
    told = os.open(folder / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for part in range(2):
        stage = Stage(folder, seed + part, begin=1e6 * (part + 1))
        evening = Evening(stage, seed + part, steps, lambda fact: _write(told, fact))
        for each in evening.everybody:  # The second evening is other people's.
            each.name += "'" * part
        stage.serve(evening.script())
        stage.close()


def fail(folder: Path, seed: int, steps: int) -> None:
    """For each point: let that write or sync fail, and tell how the process ended."""
    struck = ctypes.c_int64.from_buffer(mmap.mmap(-1, ctypes.sizeof(ctypes.c_int64)))
    for line in sys.stdin:
        point, how, place = line.split()
        room = folder / place
        struck.value = 0
        status = _forked(lambda: _fail(room, seed, steps, int(point), int(how), struck))  # noqa: B023 - used at once
        _answer([status, (time.monotonic_ns() - struck.value) / 1e9 if struck.value else 0.0])


def _fail(
    folder: Path, seed: int, steps: int, point: int, how: int, struck: ctypes.c_int64
) -> None:
    knobs = Knobs()
    knobs.note_time_in(struck)
    told = os.open(folder.with_suffix(".told"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    knobs.watch(folder)
    knobs.fail(point, how)
    stage = Stage(folder, seed)

    def tell(fact: Fact) -> None:
        _write(told, ["after the failure", knobs.victim, *fact] if knobs.hits else fact)

    stage.serve(Evening(stage, seed, steps, tell).script())
    _write(told, ["served", knobs.hits, knobs.victim])
    stage.close()
    _write(told, ["closed", knobs.hits, knobs.victim])


def full(folder: Path, seed: int, steps: int) -> None:
    """For each chance: let the disk fill at a random point, and be emptied later."""
    for line in sys.stdin:
        chance, place = line.split()
        room = folder / place
        _answer([_forked(lambda: _full(room, seed, steps, int(chance)))])  # noqa: B023 - used at once


def _full(folder: Path, seed: int, steps: int, chance: int) -> None:
    knobs, dice = Knobs(), Random(chance)
    told = os.open(folder.with_suffix(".told"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    knobs.watch(folder)
    stage = Stage(folder, seed)
    evening = Evening(stage, seed, steps, lambda fact: _write(told, fact))
    fills = dice.randrange(8, steps // 2)
    empties = fills + dice.randrange(5, steps // 2)
    left = dice.choice((0, 100, 4096, 20_000))
    stage.serve(_filled(evening, knobs, fills, empties, left, lambda what: _write(told, what)))
    stage.close()


def _filled(
    evening: Evening,
    knobs: Knobs,
    fills: int,
    empties: int,
    left: int,
    tell: Callable[[list[Any]], None],
) -> Script:
    """The evening, with the disk full for a part of it."""
    stage = evening.stage
    emptied_at = 0.0
    first = 0
    for items in evening.script():
        if evening.at == fills:
            knobs.room(left)
            tell(["fills", left, stage.table.round.number])
        if evening.at == empties:
            knobs.room(-1)
            emptied_at = stage.clock
            rounds = stage.table.state.history.rounds
            tell(["empties", rounds, stage.house.disk.full])
            first = max((n for each in evening.punters for n in each.log.told), default=0)
        yield items
        if emptied_at and stage.house.disk.full and stage.clock > emptied_at + 5:
            tell(["still full", stage.clock - emptied_at])
    for _ in range(240):  # Whoever owes a link has had his time by then.
        stage.clock += (
            1  # As long as the owner waits: in one leap the house would have stood still.
        )
        yield stage.items()
    refused = sum(
        reason is Reason.DISK_FULL
        for each in evening.punters
        for reason in each.log.refused.values()
    )
    after = sum(n > first for each in evening.punters for n in each.log.told)
    stuck = stage.table.round.state is State.FROZEN
    tell(["end", refused, after, stuck])


# --- small steps ----------------------------------------------------------------------------


def _forked(do: Callable[[], None]) -> int:
    """Do it in a process of its own: its exit status."""
    child = os.fork()
    if not child:
        status = FELL_OVER
        signal.alarm(HANGS)
        try:
            do()
            status = STOPPED_CLEANLY
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _write(file: int, fact: list[Any]) -> None:
    os.write(file, json.dumps(fact).encode() + b"\n")


def _answer(answer: list[Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    logging.disable()
    chain()  # Before any fork, so that each of them has it.
    what, folder, *rest = sys.argv[1:]
    if what == "record":
        record(Path(folder), Path(rest[0]), int(rest[1]), int(rest[2]))
    elif what == "fail":
        fail(Path(folder), int(rest[0]), int(rest[1]))
    else:
        full(Path(folder), int(rest[0]), int(rest[1]))


if __name__ == "__main__":
    main()
