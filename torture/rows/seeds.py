"""A deterministic simulation: short evenings in a glass, another for each seed.

Clock, chance, network and the instant of the house's death come from the seed, and what is said
goes into a trace. The books are right in each, and a replay gives the same trace.
"""

from hashlib import sha256
from pathlib import Path
from random import Random

from torture.books_check import wrong_end
from torture.evening import Evening
from torture.onlooker import Fact
from torture.report import Row, Run, scratch
from torture.stage import Stage

STEPS = 20
KILLED = 0.4
"""The part of the evenings in which the house is killed around a commit."""
REPLAYED_EVERY = 20


def do(run: Run) -> None:
    traces: dict[str, None] = {}
    for number in run.each("seeds"):
        seed = run.seed * 1_000_000 + number
        with scratch() as folder:
            trace, told, died = evening(folder, seed)
            for words in wrong_end(folder, told):
                run.check(False, f"seed {seed}: {words}")
        run.tried["facts told"] += len(told)
        run.tried["of them with a kill"] += died
        traces[trace] = None
        if number % REPLAYED_EVERY == 0:
            with scratch() as folder:
                run.check(evening(folder, seed)[0] == trace, f"seed {seed} replays differently")
            run.tried["replays"] += 1
    run.notes.append(f"trace of all {sha256(''.join(traces).encode()).hexdigest()[:16]}")
    run.check(len(traces) == run.tried["seeds"], "different seeds played the same evening")
    run.check(run.tried["facts told"] > run.tried["seeds"] * STEPS / 2, "hardly anything was told")


def evening(folder: Path, seed: int) -> tuple[str, list[Fact], bool]:
    """Play it; the trace of everything that was said, what was told, and whether it had a kill."""
    dice = Random(f"kill {seed}")
    told: list[Fact] = []
    play = Evening(Stage(folder, seed), seed, STEPS, told.append)
    if dice.random() < KILLED:
        play.kill = dice.randrange(1, STEPS), dice.choice(("before", "after"))
    play.play()
    play.stage.close()
    return play.stage.trace.hexdigest(), told, bool(play.kill)


ROW = Row(
    "seeds", "simulated evenings, one for each seed; replays are the same", do, 40, 2_000, 10**6
)
