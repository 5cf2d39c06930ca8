"""Many players for a long time: memory, threads, descriptors and the write-ahead log stay flat."""

import sys
from pathlib import Path
from random import Random
from time import monotonic
from typing import NamedTuple

from server.ledger import FILE
from torture.books_check import wrong_evening
from torture.crowd import Crowd
from torture.program import Nursery, Program
from torture.punter import Boss, Punter
from torture.report import CannotError, Row, Run, scratch

PLAYERS = 200
SPIN_SECONDS = 0.5
WARM = 0.4
"""The part of the time that the house may take to reach its size."""
MEMORY = 8 * 1024 * 1024
WAL = 16 * 1024 * 1024


class Sample(NamedTuple):
    """The house at one moment."""

    at: float
    memory: int
    threads: int
    descriptors: int
    wal: int


def do(run: Run) -> None:
    """The count is of seconds."""
    if sys.platform != "linux":
        raise CannotError("the house is looked at through /proc, which is Linux's")
    dice = Random(run.seed)
    with scratch() as folder, Nursery() as nursery:
        data, settings = folder / "data", folder / "soak.toml"
        settings.write_text("[limits]\nrequests_a_second = 1e6\n")
        options = ("--config", str(settings), "--stack", "1000000000")
        with nursery.open(data, *options) as house:
            punters = [Punter(f"P{n}", run.seed) for n in range(PLAYERS)]
            boss = Boss("Boss", run.seed)
            crowd = Crowd(house.port)
            if not run.check(crowd.gather([*punters, boss]), "not everybody could sit down"):
                return
            samples = play(run, crowd, house, data, punters, boss, dice)
            everybody = [*punters, boss]
            crowd.close()
            run.check(house.stop() == 0, "the house did not close as it should")
        judge(run, samples)
        run.wrong += wrong_evening(data, everybody)


def play(
    run: Run,
    crowd: Crowd,
    house: Program,
    data: Path,
    punters: list[Punter],
    boss: Boss,
    dice: Random,
) -> list[Sample]:
    """Bet, spin, come and go, until the time is over."""
    began = monotonic()
    end = min(began + run.count, run.until)
    samples: list[Sample] = []
    spin = began
    while monotonic() < end:
        for punter in dice.sample(punters, 20):
            if punter.seated and not punter.open:
                punter.bet()
                crowd.send(punter)
        if dice.random() < 0.02:  # Somebody goes, and comes back.
            crowd.come(dice.choice(punters))
        for punter in list(crowd.lost):
            crowd.come(punter)
        crowd.step(0.01)
        if monotonic() >= spin:
            spin += SPIN_SECONDS
            boss.spin()
            crowd.send(boss)
            samples.append(sample(house, data, monotonic() - began))
            run.tried["spins asked for"] += 1
    run.tried["bets"] = sum(len(each.log.told) for each in punters)
    run.tried["seconds"] = round(monotonic() - began)
    crowd.until(lambda: all(each.seated for each in punters), 5)
    return samples


def sample(house: Program, data: Path, at: float) -> Sample:
    process = Path(f"/proc/{house.pid}")
    status = dict(
        line.split(":", 1) for line in (process / "status").read_text().splitlines() if ":" in line
    )
    wal = data / f"{FILE}-wal"
    return Sample(
        at,
        int(status["VmRSS"].split()[0]) * 1024,
        int(status["Threads"]),
        sum(1 for _ in (process / "fd").iterdir()),
        wal.stat().st_size if wal.exists() else 0,
    )


def judge(run: Run, samples: list[Sample]) -> None:
    """Past the warming up nothing may grow that is not bounded."""
    warm = [each for each in samples if each.at > samples[-1].at * WARM]
    half = len(warm) // 2
    if not run.check(half, "it was too short to tell anything"):
        return
    early, late = warm[:half], warm[half:]
    memory = max(each.memory for each in late) - max(each.memory for each in early)
    run.notes.append(f"memory {late[-1].memory // 1024:,} KiB, {memory // 1024:+,} KiB in the end")
    run.notes.append(f"write-ahead log {max(each.wal for each in warm) // 1024:,} KiB at the most")
    # A round's answers and a page of the journal come and go; an hour grows by no more than that.
    run.check(memory < MEMORY, f"the memory grew by {memory:,} bytes")
    run.check(len({each.threads for each in warm}) == 1, "the number of threads changed")
    most = max(each.descriptors for each in late)
    run.check(most <= max(each.descriptors for each in early) + 8, f"{most} descriptors")
    run.check(all(each.wal < WAL for each in warm), "the write-ahead log grew")


ROW = Row("soak", "two hundred players for a long time; counts seconds", do, 20, 4 * 3600)
