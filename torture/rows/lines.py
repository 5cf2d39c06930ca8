"""Any requests over any number of lines of one account, many of them in one batch: nothing of
people, talk and table breaks, and every line gets its answers in order or a goodbye.
"""

from random import Random

from torture.lines import Lines, step
from torture.report import Row, Run, scratch

AN_EVENING = 2_000
"""Steps, after which everybody begins anew with other dice."""


def do(run: Run) -> None:
    asked = "requests"
    for _ in run.reach(asked, lambda: run.tried[asked]):
        number = run.tried["evenings"]
        run.tried["evenings"] += 1
        with scratch() as folder:
            lines, dice = Lines(folder, run.seed), Random(f"{run.seed} {number}")
            for at in range(AN_EVENING):
                step(lines, dice)
                if lines.wrong:
                    run.wrong += [f"evening {number}, step {at}: {words}" for words in lines.wrong]
                    break
            run.tried[asked] += lines.said
            run.tried["batches"] += lines.turns
            run.tried["rounds"] += lines.stage.table.state.history.rounds
            lines.close()


ROW = Row(
    "lines", "several lines of one account, everything in one batch", do, 1_000, 10_000, 10**6
)
