"""Test the testers: plant each fault in a copy of the house, and see that its row finds it.

    python torture/planted.py [NAME…]
    python torture/planted.py --tests [NAME…]

With `--tests` it is the tests of the folder that it names which must notice it.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from mutation.judge import NOTICED
from torture.faults import Fault, plant, read
from torture.noticed import ask, noticed
from torture.report import scratch

CLONE = Path(__file__).resolve().parents[1]
NEEDED = (
    *("protocol", "server", "client", "client_gui", "client_text", "bots"),
    *("torture", "mutation", "tests"),
)
WITHIN = 180.0


def copy(to: Path) -> None:
    """As much of the house as the torture takes."""
    for name in NEEDED:
        shutil.copytree(CLONE / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CLONE / "run.py", to)


def find(fault: Fault) -> tuple[bool, str]:
    """Whether the row finds this fault by its name, and what it said."""
    with scratch() as folder:
        copy(folder)
        plant(folder, fault)
        command = [sys.executable, "torture/main.py", fault.row, "--count", str(fault.much)]
        try:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, timeout=WITHIN, check=False
            )
        except subprocess.TimeoutExpired:
            return False, f"it did not end in {WITHIN:.0f} s"
    said = [line.strip() for line in (*done.stdout.splitlines(), *done.stderr.splitlines()[-1:])]
    wrong = [line for line in said if line.startswith("WRONG") or line == said[-1]]
    signs = fault.sign.split(" or ")
    told = [line for line in wrong if any(sign in line for sign in signs)]
    if done.returncode and told:
        return True, told[0][:160]
    return False, f"exit {done.returncode}: {' / '.join(line.strip() for line in said[-4:])[:400]}"


def main(words: Sequence[str]) -> int:
    """Each fault in turn; 1 if one was not found, 2 if none has such a name."""
    by_tests = "--tests" in words
    names = [word for word in words if word != "--tests"]
    faults = [each for each in read() if by_tests or each.row]
    chosen = [each for each in faults if not names or any(name in each.name for name in names)]
    if not chosen:
        show(f"no fault is called so; there are: {', '.join(each.name for each in faults)}")
        return 2
    missed = (by_folders if by_tests else by_rows)(chosen)
    show(f"{len(chosen) - missed} of {len(chosen)} planted faults were found")
    return 1 if missed else 0


def by_rows(chosen: Sequence[Fault]) -> int:
    """How many the torture misses."""
    missed = 0
    for fault in chosen:
        began = monotonic()
        found, words = find(fault)
        missed += not found
        verdict = "found by" if found else "NOT found by"
        show(f"{fault.name}: {verdict} {fault.row} in {monotonic() - began:.0f} s: {words}")
    return missed


def by_folders(chosen: Sequence[Fault]) -> int:
    """How many the tests miss."""
    missed = 0
    for fault, judged in ask(CLONE, chosen):
        missed += judged.verdict not in NOTICED
        show(f"{fault.name}: {noticed(judged)}")
    return missed


def show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
