"""Every write and sync of an evening fails once: the house stops at once, and says nothing."""

import errno
import json
import signal
from pathlib import Path

from torture import shim
from torture.books_check import wrong_restart
from torture.onlooker import Fact
from torture.report import Row, Run, scratch

STEPS = 40
POINTS = 160
"""So many writes and syncs are in such an evening, or a few more; fewer are tried all over it."""
WITHIN = 1.0
"""Seconds from the failure to the end of the process."""
EXIT_LOST = 3
FELL_OVER = 4
HARMLESS = ("sync of .", "write of ballast")
"""SQLite does not look whether its own sync of the folder failed; and where room for the ballast
cannot be taken in one go, it is written.
"""
WAYS = {"EIO": errno.EIO, "killed in the middle": -signal.SIGKILL}


def do(run: Run) -> None:
    with scratch() as folder:
        made = shim.build(folder)
        with shim.started(made, "fail", str(folder), str(run.seed), str(STEPS)) as child:
            assert child.stdin
            assert child.stdout
            slowest, stride = 0.0, max(1, POINTS // run.count)
            for name, how in WAYS.items():
                for each in run.each(f"points that failed: {name}"):
                    point = each * stride
                    place = f"p{point + 1}-{abs(how)}"
                    (folder / place).mkdir()
                    child.stdin.write(f"{point + 1} {how} {place}\n")
                    child.stdin.flush()
                    status, seconds = json.loads(child.stdout.readline())
                    told = read_told(folder / f"{place}.told")
                    if ["closed", 0] in [fact[:2] for fact in told]:
                        run.tried[f"points that failed: {name}"] -= 1
                        break  # That was the last one: nothing failed.
                    slowest = max(slowest, seconds)
                    where = f"{name}, write or sync {point + 1}"
                    for words in after(folder / place, status, seconds, told, how):
                        run.check(False, f"{where}: {words}")
            run.notes.append(f"the house had ended {slowest:.3f} s after the failure at the most")


def read_told(path: Path) -> list[Fact]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def after(place: Path, status: int, seconds: float, told: list[Fact], how: int) -> list[str]:
    """How it ended, and what is in the books."""
    wrong = []
    marks = {fact[0]: fact[1] for fact in told if fact[0] in ("served", "closed")}
    facts = [fact for fact in told if fact[0] not in ("served", "closed")]
    lawful = {-signal.SIGKILL} if how < 0 else {EXIT_LOST, FELL_OVER}
    if (
        marks.get("served") == 0
    ):  # It failed while the house was closing: it may close all the same.
        lawful.add(0)
    elif "served" in marks:
        victim = next(fact[2] for fact in told if fact[0] == "served")
        if victim in HARMLESS:
            lawful.add(0)
            facts = [fact for fact in facts if fact[0] != "after the failure"]
        else:
            wrong.append(f"it went on after the {victim} had failed")
    if status not in lawful:
        wrong.append(f"the process ended with {status}")
    if any(fact[0] == "after the failure" for fact in facts):
        wrong.append("it answered after the failure")
    if seconds > WITHIN and 0 not in lawful:
        wrong.append(f"it took {seconds:.1f} s to stop")
    wrong += wrong_restart(place, (fact for fact in facts if "after" not in fact[0]))
    return wrong[:3]


ROW = Row("io", "let each write and sync fail once; die in each", do, 32, 10_000, 10_000)
