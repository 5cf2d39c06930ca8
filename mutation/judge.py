"""Puts something wrong into a worker's copy, and says whether a test notices it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from mutation.cover import Cover, file_of
from mutation.mutant import Mutant
from mutation.worker import Worker

PATIENCE = 60.0
"""So long a test may take that had another name when all was right."""


class Verdict(StrEnum):
    """What became of it."""

    KILLED = "killed"
    HUNG = "hung"
    """Noticed as well: the test that then ran did not come to its end."""
    SURVIVED = "survived"
    UNSEEN = "unseen"
    """Survived, and no test runs the line at all."""


NOTICED = (Verdict.KILLED, Verdict.HUNG)


class Judged(NamedTuple):
    """The verdict, and on what it rests."""

    verdict: Verdict
    test: str
    """Which one noticed it; empty if it was at the import, or none did."""
    tests: int
    """So many could have."""


def judge(
    worker: Worker, covers: Sequence[Cover], wrong: Sequence[Mutant], texts: Mapping[str, str]
) -> Judged:
    """With these texts in the copy, run the tests that run what is wrong until one fails."""
    before = {path: (worker.tree / path).read_text("utf-8") for path in texts}
    for path, text in texts.items():
        worker.put(path, text)
    count, verdict = 0, Verdict.UNSEEN
    try:
        for known in covers:
            tests = known.tests(wrong)
            count += len(tests)
            for stage in known.stages(tests):
                verdict, test = _run(worker, known, stage)
                if verdict in NOTICED:
                    return Judged(verdict, test, count)
    finally:
        for path, text in before.items():
            worker.put(path, text)
    return Judged(verdict, "", count)


def _run(worker: Worker, known: Cover, tests: Sequence[str]) -> tuple[Verdict, str]:
    request = {
        "files": list(dict.fromkeys(map(file_of, tests))),
        "tests": tests,
        "seconds": known.patience(tests),
        "patience": PATIENCE,
    }
    answer = worker.ask(request)
    if answer["hung"]:
        return Verdict.HUNG, answer["running"]
    # Tests that a mutant gave new names may be among those that are broken anyway.
    failed = [test for test in answer["failed"] if test not in known.broken]
    if answer["code"] == 0 or (answer["failed"] and not failed):
        return Verdict.SURVIVED, ""
    return Verdict.KILLED, failed[0] if failed else answer["running"]
