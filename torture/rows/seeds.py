"""Short evenings in a glass, another for each seed: the books are right, a replay is the same."""

from pathlib import Path

from torture.books_check import Fact, read_kept, wrong_books, wrong_facts
from torture.evening import Evening
from torture.report import Row, Run, scratch
from torture.stage import Stage

STEPS = 24
REPLAYED_EVERY = 20


def do(run: Run) -> None:
    for number in run.each("seeds"):
        seed = run.seed * 1_000_000 + number
        with scratch() as folder:
            trace, told = evening(folder, seed)
            run.tried["facts told"] += len(told)
            for words in (*wrong_books(folder), *wrong_facts(read_kept(folder), told)):
                run.check(False, f"seed {seed}: {words}")
        if number % REPLAYED_EVERY == 0:
            with scratch() as folder:
                run.check(evening(folder, seed)[0] == trace, f"seed {seed} replays differently")
            run.tried["replays"] += 1
    run.check(run.tried["facts told"] > run.tried["seeds"] * STEPS / 2, "hardly anything was told")


def evening(folder: Path, seed: int) -> tuple[str, list[Fact]]:
    """Play it; the trace of everything that was said, and what was told."""
    told: list[Fact] = []
    stage = Stage(folder, seed)
    stage.play(Evening(stage, seed, STEPS, told.append).script())
    stage.close()
    return stage.trace.hexdigest(), told


ROW = Row("seeds", "short evenings in a glass, one for each seed", do, 500, 1_000_000)
