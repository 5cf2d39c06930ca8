"""Tries mutants, and says what became of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import monotonic
from typing import NamedTuple

from mutation.cover import Cover, cover
from mutation.crew import Crew
from mutation.judge import NOTICED, judge
from mutation.memory import Found, Memory, digest
from mutation.mutant import Mutant
from mutation.source import Source
from mutation.worker import Worker


class Tried(NamedTuple):
    """A mutant and its end."""

    mutant: Mutant
    found: Found
    remembered: bool
    tests: int
    """So many could have noticed it."""


def package_of(path: str) -> str:
    """The folder of the house that a file is in; a file beside them is one by itself."""
    return path.partition("/")[0]


def tests_of(package: str) -> str:
    """The tests of a package's own folder."""
    return f"tests/test_{package}" if package.endswith(".py") else f"tests/{package}"


class Hunt:
    """Mutants of one tree, tried by a crew; what was found is in the memory."""

    def __init__(self, memory: Memory, crew: Crew, also: Sequence[str] = ()) -> None:
        self._memory = memory
        self._crew = crew
        self._also = also
        self.covers: dict[str, list[Cover]] = {}
        """For each package what its own tests run of it, and then the others asked for."""

    def look(self, packages: Iterable[str]) -> None:
        """Find out which tests run which lines."""
        jobs = [
            (package, tests)
            for package in packages
            for tests in dict.fromkeys((tests_of(package), *self._also))
        ]
        self.covers = {package: [] for package, _ in jobs}

        def measure(worker: Worker, job: tuple[str, str]) -> tuple[tuple[str, str], Cover]:
            package, tests = job
            return job, cover(worker, self._memory.folder, tests, package)

        found = dict(self._crew.map(measure, jobs))
        for job in jobs:
            self.covers[job[0]].append(found[job])

    def run(self, mutants: Sequence[Mutant], sources: Mapping[str, Source]) -> Iterator[Tried]:
        """Every one of them: first what is remembered, then the others, as they end."""
        ahead = []
        for mutant in mutants:
            covers = self.covers[package_of(mutant.path)]
            text = sources[mutant.path].changed(mutant.edit)
            found = self._memory.recall(mutant.id, text, self._everything(covers))
            if found:
                count = sum(len(each.tests([mutant])) for each in covers)
                yield Tried(mutant, found, True, count)
            else:
                ahead.append(mutant)

        def hunt(worker: Worker, mutant: Mutant) -> Tried:
            tried = self._try(worker, mutant, sources[mutant.path])
            self._memory.note(tried.found)
            return tried

        yield from self._crew.map(hunt, ahead)

    def _everything(self, covers: Sequence[Cover]) -> list[str]:
        return [digest("".join(each.digest for each in covers))]

    def _try(self, worker: Worker, mutant: Mutant, source: Source) -> Tried:
        covers = self.covers[package_of(mutant.path)]
        text = source.changed(mutant.edit)
        began = monotonic()
        judged = judge(worker, covers, [mutant], {mutant.path: text})
        (everything,) = self._everything(covers)
        test = judged.test if judged.verdict in NOTICED else ""
        basis = self._memory.basis(test, everything)
        seconds = round(monotonic() - began, 2)
        found = Found(mutant.id, digest(text), judged.verdict, test, basis, seconds)
        return Tried(mutant, found, False, judged.tests)
