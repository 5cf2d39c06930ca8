"""Which tests run which lines: one run of a folder's tests finds out, and it is kept.

What runs in the test's own process is seen line by line (coverage's contexts). Of a program that
a test starts it is known which functions it called (`calls.py`). A line that runs when its file is
imported concerns every test.
"""

import hashlib
import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from coverage import CoverageData

from mutation import calls
from mutation.mutant import Mutant
from mutation.worker import Worker

PATIENCE = 600.0
"""In the run that measures, a test that takes half of this has failed: busy machines are slow."""
LONGER = 5.0
FLOOR = 30.0
"""A test may take `LONGER` times what it took when all was right, and `FLOOR` seconds more; else
the mutant is noticed by its hanging."""
FIRST_FILES = 3
QUICK = 1.0
"""The first look at a mutant: the quick tests of the nearest files. Most go no further."""


class BrokenTestsError(Exception):
    """The tests do not even begin without a mutant."""


@dataclass
class Cover:
    """What one run of the tests of a folder did in a package."""

    digest: str
    seconds: dict[str, float]
    """How long each test took."""
    broken: list[str]
    """Tests that failed though nothing was wrong; they judge nobody."""
    imported: dict[str, list[int]]
    names: list[str]
    """Tests, or files, if it was for all their tests; below they are called by their numbers."""
    lines: dict[str, dict[str, list[int]]]
    """For each file and line, who ran it."""
    functions: dict[str, list[int]]
    """For each `path:function`, who started a program that called it."""

    def tests(self, wrong: Iterable[Mutant]) -> list[str]:
        """All that could notice this, the likeliest and quickest first."""
        near: set[str] = set()
        far: set[str] = set()
        stems = set()
        for each in wrong:
            stems |= {f"test_{Path(each.path).stem}", f"test_{Path(each.path).stem}s"}
            reached = range(each.first, each.last + 1)
            if not set(reached).isdisjoint(self.imported.get(each.path, ())):
                near |= self.seconds.keys()
            lines = self.lines.get(each.path, {})
            near |= self._meant(number for line in reached for number in lines.get(str(line), ()))
            far |= self._meant(self.functions.get(f"{each.path}:{each.function}", ()))
        far -= near
        files = Counter(map(file_of, near))

        def rank(test: str) -> tuple[object, ...]:
            file = file_of(test)
            seconds = self.seconds[test]
            slow = (seconds > QUICK) + (seconds > 5 * QUICK) + (seconds > 25 * QUICK)
            return test in far, slow, Path(file).stem not in stems, -files[file], file, seconds

        return sorted(near | far, key=rank)

    def stages(self, tests: Sequence[str]) -> list[list[str]]:
        """The first look, and all the rest."""
        files = list(dict.fromkeys(map(file_of, tests)))[:FIRST_FILES]
        first = [each for each in tests if file_of(each) in files and self.seconds[each] <= QUICK]
        rest = [each for each in tests if each not in set(first)]
        return [stage for stage in (first, rest) if stage]

    def patience(self, tests: Iterable[str]) -> dict[str, float]:
        return {test: self.seconds[test] * LONGER + FLOOR for test in tests}

    def _meant(self, numbers: Iterable[int]) -> set[str]:
        wanted = {self.names[number] for number in set(numbers)}
        return {test for test in self.seconds if test in wanted or file_of(test) in wanted}


def file_of(test: str) -> str:
    return test.partition("::")[0]


def cover(worker: Worker, memory: Path, tests: str, package: str) -> Cover:
    """What is known of these tests and this package, or else found out now."""
    if not (worker.tree / tests).exists():
        raise BrokenTestsError(f"there is no {tests}: nothing could notice a mistake in {package}")
    known = memory / f"cover {tests} {package}.json".replace("/", "-")
    digest = digest_of(worker.tree, tests, package)
    try:
        found = Cover(**json.loads(known.read_bytes()))
    except (OSError, ValueError, TypeError):
        found = None
    if found is None or found.digest != digest:
        found = measure(worker, tests, package, digest)
        known.write_text(json.dumps(asdict(found)), "utf-8")
    return found


def digest_of(tree: Path, tests: str, package: str) -> str:
    """Of all that the run depends on: the package, its tests, and what lies around these."""
    digest = hashlib.sha256()
    files = [*tree.glob("*.toml"), *tree.glob("*.txt")]
    files += (each for each in tree.glob("tests/*.py") if not each.name.startswith("test_"))
    for place in (tree / tests, tree / package):
        files += place.rglob("*") if place.is_dir() else [place]
    for file in sorted(file for file in files if file.is_file() and file.suffix != ".pyc"):
        digest.update(str(file.relative_to(tree)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def measure(worker: Worker, tests: str, package: str, digest: str) -> Cover:
    """Run all tests of the folder once."""
    data, called = worker.scratch / "lines.sqlite", worker.scratch / "calls.txt"
    early = worker.scratch / "early"
    early.mkdir(exist_ok=True)
    shutil.copy(calls.__file__, early / "sitecustomize.py")
    for old in (data, called):
        old.unlink(missing_ok=True)
    called.touch()
    answer = worker.ask(
        {
            "files": [tests],
            "all": True,
            "patience": PATIENCE,
            "data": str(data),
            "source": package,
            "variable": calls.TEST,
            "environment": {
                "PYTHONPATH": str(early),
                calls.FILE: str(called),
                calls.ROOT: str(worker.tree),
            },
        }
    )
    if answer["code"] not in (0, 1) or not answer["seconds"]:
        where = answer["running"] or "before the first test"
        raise BrokenTestsError(f"{tests} did not come to its end: {where}\n{answer['fault']}")
    seconds = {test: t for test, t in answer["seconds"].items() if test not in answer["failed"]}
    seconds |= unwatched(worker, answer["failed"])
    broken = sorted(answer["seconds"].keys() - seconds.keys())
    imported: dict[str, list[int]] = {}
    lines: dict[str, dict[str, list[int]]] = {}
    numbers: dict[str, int] = {}

    def number(name: str) -> int:
        return numbers.setdefault(name, len(numbers))

    found = CoverageData(str(data))
    found.read()
    for file in found.measured_files():
        path = Path(file).relative_to(worker.tree).as_posix()
        contexts = found.contexts_by_lineno(file)
        imported[path] = sorted(line for line, names in contexts.items() if "" in names)
        lines[path] = {
            str(line): [number(name) for name in names if name] for line, names in contexts.items()
        }
    functions: defaultdict[str, set[int]] = defaultdict(set)
    for line in called.read_text("utf-8").splitlines():
        test, path, name = line.split("\t")
        if path.startswith(package):
            within = "" if name == "<module>" else name.replace(".<locals>", "")
            functions[f"{path}:{within}"].add(number(test))
    by_name = {name: sorted(tests) for name, tests in functions.items()}
    return Cover(digest, seconds, broken, imported, [*numbers], lines, by_name)


def unwatched(worker: Worker, failed: Iterable[str]) -> dict[str, float]:
    """Of tests that failed, those that pass alone and when nobody looks, and how long they take:
    some measure themselves what watching costs, or paid for what another had left behind.
    """
    good: dict[str, float] = {}
    for test in sorted(set(failed)):
        request = {"files": [file_of(test)], "tests": [test], "all": True, "patience": PATIENCE}
        answer = worker.ask(request)
        if answer["code"] == 0:
            good |= answer["seconds"]
    return good
