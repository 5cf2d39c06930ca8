"""Many players for a long time: memory, threads, descriptors and the write-ahead log stay flat."""

import sys
from pathlib import Path
from random import Random
from time import monotonic
from typing import NamedTuple

from server.books.ledger import FILE
from torture.books_check import wrong_end, wrong_notes
from torture.crowd import Crowd
from torture.onlooker import Onlooker
from torture.program import Program
from torture.punter import Boss, Punter
from torture.report import CannotError, Row, Run, scratch

PLAYERS = 200
SPIN_SECONDS = 0.5
BETS_A_SECOND = 200
"""Each is one to three requests."""
GO_SECONDS = 1.0
SETTLE_SECONDS = 5.0
ROUNDS_KEPT = 4
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
    with scratch() as folder:
        data = folder / "data"
        run.tried["seconds"] = 0
        with Program(data, "--stack", "1000000000") as house:
            punters = [Punter(f"P{n}", run.seed) for n in range(PLAYERS)]
            boss = Boss("Boss", run.seed)
            crowd = Crowd(house.port)
            if not run.check(crowd.gather([*punters, boss]), "not everybody could sit down"):
                return
            onlooker = Onlooker(data)
            samples = play(run, crowd, house, data, punters, boss, onlooker)
            crowd.close()
            run.check(house.stop() == 0, "the house did not close as it should")
        judge(run, samples)
        settle_up(run, onlooker, [*punters, boss])
        onlooker.away()
        run.wrong += wrong_end(data, ())


def play(
    run: Run,
    crowd: Crowd,
    house: Program,
    data: Path,
    punters: list[Punter],
    boss: Boss,
    onlooker: Onlooker,
) -> list[Sample]:
    """Bet, spin, come and go, until the time is over."""
    dice = Random(run.seed)
    began = monotonic()
    end = min(began + run.count, run.until)
    samples: list[Sample] = []
    bet = spin = go = settle = began
    while (now := monotonic()) < end:
        while bet < now:
            bet += 1 / BETS_A_SECOND
            punter = dice.choice(punters)
            if punter.seated and not punter.open:
                punter.bet()
                crowd.send(punter)
        if now >= go:  # Somebody goes, and comes back.
            go += GO_SECONDS
            crowd.come(dice.choice(punters))
        for punter in list(crowd.lost):
            crowd.come(punter)
        crowd.step(0.01)
        if now >= spin:
            spin += SPIN_SECONDS
            boss.spin()
            crowd.send(boss)
            samples.append(sample(house, data, now - began))
            run.tried["spins asked for"] += 1
            onlooker.look()
        if now >= settle:
            settle += SETTLE_SECONDS
            settle_up(run, onlooker, [*punters, boss])
    run.tried["seconds"] = round(monotonic() - began)
    crowd.until(lambda: not any(each.open for each in punters), 5)
    return samples


def settle_up(run: Run, onlooker: Onlooker, everybody: list[Punter]) -> None:
    """Hold what everybody noted against the books, and keep only the last rounds of it."""
    run.wrong += onlooker.look()
    onlooker.wrong.clear()
    run.wrong += wrong_notes(onlooker, everybody)
    before = onlooker.round - ROUNDS_KEPT
    for punter in everybody:
        run.tried["facts told"] += len(punter.log.facts)
        run.wrong += onlooker.wrong_facts(punter.log.facts)
        punter.log.wrong.clear()
        punter.log.forget(before)
    onlooker.forget(before)


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


ROW = Row("soak", "two hundred players for a long time; counts seconds", do, 8, 60, 4 * 3600)
