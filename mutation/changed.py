"""Which lines differ from what they were at another commit."""

import re
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


class NoBaseError(Exception):
    """Git knows nothing to compare with."""


def base(root: Path, main: str = "main") -> str:
    """Where this branch left `main`; on `main` itself, the commit before."""
    head = _git(root, "rev-parse", "HEAD").strip()
    left = _git(root, "merge-base", "HEAD", main).strip()
    return _git(root, "rev-parse", "HEAD~").strip() if left == head else left


def changed(root: Path, since: str) -> Mapping[str, set[int]]:
    """The lines of each file, as it lies there now, that are not as they were."""
    lines: defaultdict[str, set[int]] = defaultdict(set)
    file = ""
    for line in _git(root, "diff", "-U0", "--no-color", "--no-ext-diff", since, "--").splitlines():
        if line.startswith("+++ "):
            file = line.removeprefix("+++ ").removeprefix("b/")
        elif found := HUNK.match(line):
            first, count = int(found[1]), int(found[2] or 1)
            lines[file].update(range(first, first + count))
    for file in _git(root, "ls-files", "--others", "--exclude-standard").splitlines():
        if file.endswith(".py"):
            count = len((root / file).read_text("utf-8").splitlines())
            lines[file].update(range(1, count + 1))
    return lines


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NoBaseError(f"git cannot be started: {error}") from error
    if done.returncode:
        raise NoBaseError(done.stderr.strip())
    return done.stdout
