"""The disk fills at a random moment: no bet is lost, the round ends, and bets are taken again."""

import json
from pathlib import Path
from typing import Any

from torture import shim
from torture.books_check import wrong_restart
from torture.report import Row, Run, scratch
from torture.rows.io import EXIT_LOST, read_told

STEPS = 80
MARKS = ("fills", "empties", "still full", "end")


def do(run: Run) -> None:
    with scratch() as folder:
        made = shim.build(folder)
        with shim.started(made, "full", str(folder), str(run.seed), str(STEPS)) as child:
            assert child.stdin
            assert child.stdout
            for number in run.each("disks that filled"):
                place = f"d{number}"
                (folder / place).mkdir()
                child.stdin.write(f"{run.seed * 1_000_000 + number} {place}\n")
                child.stdin.flush()
                (status,) = json.loads(child.stdout.readline())
                told = read_told(folder / f"{place}.told")
                for words in after(run, folder / place, status, told):
                    run.check(False, f"disk {number}: {words}")
        run.check(run.tried["bets refused in words"], "the disk never was full for a bet")
        run.check(run.tried["bets taken again"], "no bet was taken again")


def after(run: Run, place: Path, status: int, told: list[list[Any]]) -> list[str]:
    """How the evening went on, and what is in the books."""
    marks = {fact[0]: fact for fact in told if fact[0] in MARKS}
    wrong = []
    if "still full" in marks:
        wrong.append(f"no room was seen {marks['still full'][1]:.0f} s after there was")
    if "end" in marks:
        _, refused, taken, stuck = marks["end"]
        run.tried["bets refused in words"] += refused
        run.tried["bets taken again"] += taken
        if stuck:
            wrong.append("the round did not come to its end")
    elif status != EXIT_LOST:
        wrong.append(f"the process ended with {status}")
    else:  # Not even the ballast was enough.
        run.tried["stopped for want of any room"] += 1
    wrong += wrong_restart(place, (fact for fact in told if fact[0] not in MARKS))
    return wrong[:3]


ROW = Row("full", "fill the disk at a random moment", do, 4, 20, 500)
