"""Whether the tests of the folder that a planted fault names notice it.

Only those run that run a line of the fault, as `python run.py mutate` finds them out; so a fault
costs seconds, once it is known which tests run which lines.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mutation.cover import Cover, cover
from mutation.crew import Crew, cores
from mutation.hunt import package_of
from mutation.judge import NOTICED, Judged, judge
from mutation.memory import Memory
from mutation.mutant import Mutant
from mutation.source import Source
from mutation.worker import Worker
from torture.faults import Fault, edit


class Planted(NamedTuple):
    """A fault as it stands in the tree: where it is wrong, and the files with it."""

    fault: Fault
    wrong: list[Mutant]
    texts: dict[str, str]

    @property
    def noticed_by(self) -> set[tuple[str, str]]:
        """Whose tests are asked about what package."""
        return {(self.fault.noticed_by, package_of(path)) for path in self.texts}


def planted(clone: Path, fault: Fault) -> Planted:
    """One change after the other."""
    wrong: list[Mutant] = []
    texts: dict[str, str] = {}
    for change in fault.changes:
        path = change.file
        source = Source(texts.get(path) or (clone / path).read_text("utf-8"), path)
        made = edit(source, change)
        lines = source.line(made.start), source.line(made.end)
        wrong.append(Mutant(path, change.function, "planted", len(wrong), made, *lines))
        texts[path] = source.changed(made)
    return Planted(fault, wrong, texts)


def ask(clone: Path, faults: Sequence[Fault]) -> Iterator[tuple[Fault, Judged]]:
    """Each fault, and whether its folder noticed it."""
    ahead = [planted(clone, fault) for fault in faults]
    memory = Memory(clone)
    with Crew(clone, cores()) as crew:

        def measure(worker: Worker, job: tuple[str, str]) -> tuple[tuple[str, str], Cover]:
            return job, cover(worker, memory.folder, *job)

        def notice(worker: Worker, each: Planted) -> tuple[Fault, Judged]:
            asked = [covers[job] for job in sorted(each.noticed_by)]
            return each.fault, judge(worker, asked, each.wrong, each.texts)

        covers = dict(crew.map(measure, sorted(set().union(*(each.noticed_by for each in ahead)))))
        yield from crew.map(notice, ahead)


def noticed(judged: Judged) -> str:
    """In words."""
    if judged.verdict in NOTICED:
        return f"noticed by {judged.test or 'the import'}"
    return f"NOT noticed by any of {judged.tests} tests that run it"
