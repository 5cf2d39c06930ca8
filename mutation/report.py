"""What a run says: how far it is, who survived, and the figures."""

import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from time import monotonic

from mutation.hunt import Tried, package_of
from mutation.judge import NOTICED, Verdict
from mutation.source import Source

EVERY = 20.0
"""Where nobody watches the line change, it is said again after so many seconds."""


class Progress:
    """One line that says how far it is."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._done = self._tried = self._survived = 0
        self._began = self._said = monotonic()
        self._alive = sys.stderr.isatty()

    def note(self, tried: Tried) -> None:
        self._done += 1
        self._tried += not tried.remembered
        self._survived += tried.found.verdict not in NOTICED
        now = monotonic()
        if self._alive or now - self._said > EVERY:
            self._said = now
            self._say(now)

    def _say(self, now: float) -> None:
        left = self._count - self._done
        words = f"{self._done} of {self._count}, {self._survived} survived"
        if self._tried and left:
            words += f", {(now - self._began) / self._tried * left / 60:.1f} min left"
        sys.stderr.write(f"\r{words:60}" if self._alive else f"{words}\n")
        sys.stderr.flush()

    def end(self) -> None:
        if self._alive:
            sys.stderr.write(f"\r{'':60}\r")


def survivors(tried: Sequence[Tried], sources: Mapping[str, Source]) -> str:
    """Each with its line, its change, and why nobody noticed."""
    lines = []
    left = [each for each in tried if each.found.verdict not in NOTICED]
    for each in sorted(left, key=lambda each: (each.mutant.path, each.mutant.edit)):
        mutant = each.mutant
        tests = f"{each.tests} tests run it" if each.tests else "no test runs it"
        lines += [
            f"{mutant.path}:{mutant.first}: {tests}; --show {mutant.id}",
            f"    {mutant.change(sources[mutant.path])}",
        ]
    return "\n".join(lines)


def shares(tried: Sequence[Tried]) -> dict[str, float]:
    """How many in a hundred survived, of each package."""
    count = Counter(package_of(each.mutant.path) for each in tried)
    left = Counter(
        package_of(each.mutant.path) for each in tried if each.found.verdict not in NOTICED
    )
    return {package: 100 * left[package] / count[package] for package in sorted(count)}


def figures(tried: Sequence[Tried], equivalent: Collection[str]) -> str:
    """A row for each package."""
    rows = [("package", "tried", *Verdict, "equivalent", "survived of all", "seconds each")]
    for package, share in shares(tried).items():
        mine = [each.found for each in tried if package_of(each.mutant.path) == package]
        verdicts = Counter(found.verdict for found in mine)
        seconds = sum(found.seconds for found in mine) / len(mine)
        set_aside = sum(package_of(name.partition(":")[0]) == package for name in equivalent)
        numbers = (len(mine), *(verdicts[each] for each in Verdict), set_aside)
        rows.append((package, *map(str, numbers), f"{share:.1f} %", f"{seconds:.1f}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
