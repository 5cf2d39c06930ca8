"""What `python run.py mutate` does, on any tree.

    python run.py mutate [PATH…] [--sample N] [--seed S] [--changed]

PATH is a file, a folder, or the name of a mutant up to where you like:
`server/books/books.py:Books`.
"""

import argparse
import random
import signal
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from mutation import equivalent
from mutation.changed import base, changed
from mutation.crew import Crew, cores
from mutation.hunt import Hunt, Tried, package_of
from mutation.memory import Memory
from mutation.mutant import Mutant, compiles, mutants
from mutation.report import Progress, figures, shares, survivors
from mutation.source import Source

PACKAGES = ("protocol", "server", "client")
"""What is tried if nothing is named."""
MOST = 8.0


def options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python run.py mutate",
        description="Change one small thing at a time, and see whether a test notices.",
    )
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", default=PACKAGES, help="what to change")
    add("--sample", type=int, metavar="N", help="so many mutants of each package, drawn by lot")
    add("--seed", default="0", metavar="S", help="another lot draws others")
    add("--changed", action="store_true", help="only lines that differ from --base")
    add("--base", metavar="COMMIT", help="where this branch left main; on main, the one before")
    add("--also", action="append", default=[], metavar="TESTS", help="after the folder's own tests")
    add("--most", type=float, default=MOST, metavar="%", help=f"may survive; {MOST:g} by itself")
    add("--workers", type=int, default=cores(), metavar="N", help="at the same time")
    add("--show", metavar="NAME", help="the mutants of this name, and do nothing")
    return parser.parse_args(arguments)


def read(root: Path, paths: Sequence[str]) -> dict[str, Source]:
    """The files that were named, by their paths in the tree."""
    files: list[Path] = []
    for path in paths:
        place = root / path.partition(":")[0]
        if not place.exists():
            raise FileNotFoundError(f"there is no {place}")
        files += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    names = {file.resolve().relative_to(root).as_posix(): file for file in files}
    return {name: Source(file.read_text("utf-8"), name) for name, file in names.items()}


def chosen(
    candidates: Sequence[Mutant], sources: dict[str, Source], sample: int | None, seed: str
) -> list[Mutant]:
    """All, or so many of each package as a lot draws."""
    packages: dict[str, list[Mutant]] = {}
    for mutant in candidates:
        packages.setdefault(package_of(mutant.path), []).append(mutant)
    picked = []
    for ahead in packages.values():
        if sample is not None:
            random.Random(seed).shuffle(ahead)  # The same, whatever else is tried beside it.
        good = (mutant for mutant in ahead if compiles(mutant, sources[mutant.path]))
        picked += list(islice(good, sample))
    return picked


def show(found: Sequence[Mutant], sources: dict[str, Source]) -> int:
    for mutant in found:
        say(f"{mutant.path}:{mutant.first}\n")
        say(equivalent.entry(mutant, sources[mutant.path]) + "\n")
    say(f"{len(found)} mutants; the lines fit into mutation/equivalent.toml, with a reason\n")
    return 0 if found else 2


def mutate(root: Path, arguments: Sequence[str]) -> int:
    """0: few enough survived; 1: too many; 2: something is not as it should be."""
    asked = options(arguments)
    paths = [asked.show] if asked.show else asked.paths
    rows = equivalent.read(root / "mutation" / "equivalent.toml")
    listed = {row.id.partition(":")[0] for row in rows}
    sources = read(root, [*paths, *(path for path in listed if (root / path).exists())])
    made = {path: mutants(source) for path, source in sources.items()}
    left_alone = equivalent.check(rows, made, sources)
    named = read(root, paths)
    starts = tuple(path for path in paths if ":" in path)
    whole = read(root, [path for path in paths if ":" not in path])
    wanted = [
        mutant
        for path in named
        for mutant in made[path]
        if path in whole or mutant.id.startswith(starts)
    ]
    if asked.show:
        return show(wanted, sources)
    if asked.changed or asked.base:
        since = asked.base or base(root)
        say(f"what differs from {since}\n")
        lines = changed(root, since)
        wanted = [
            each
            for each in wanted
            if not lines.get(each.path, set()).isdisjoint(range(each.first, each.last + 1))
        ]
    candidates = [each for each in wanted if each.id not in left_alone]
    picked = chosen(candidates, sources, asked.sample, asked.seed)
    if not picked:
        say("there is nothing to change\n")
        return 0
    tried: list[Tried] = []
    memory = Memory(root)
    try:
        with Crew(root, max(1, asked.workers)) as crew:
            hunt = Hunt(memory, crew, asked.also)
            say(f"{len(picked)} mutants; first, which tests run which lines\n")
            hunt.look(dict.fromkeys(package_of(each.path) for each in picked))
            for package, covers in hunt.covers.items():
                for test in (test for each in covers for test in each.broken):
                    say(f"{package}: judges nobody, it fails without any mutant: {test}\n")
            progress = Progress(len(picked))
            for each in hunt.run(picked, sources):
                tried.append(each)
                progress.note(each)
            progress.end()
    except KeyboardInterrupt:
        say("\nStopped; what was found is kept, and the next run goes on from it.\n")
    if tried:
        say(f"{survivors(tried, sources)}\n\n{figures(tried, left_alone)}\n")
    if len(tried) < len(picked):
        return 128 + signal.SIGINT
    return 1 if any(share > asked.most for share in shares(tried).values()) else 0


def say(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()
