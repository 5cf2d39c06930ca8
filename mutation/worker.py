"""A copy of the tree, and a process that runs tests in it."""

import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

NURSERY = Path(__file__).with_name("nursery.py")
NOT_COPIED = shutil.ignore_patterns(
    *(".git", ".venv", ".mutation", ".hypothesis", ".*_cache", "__pycache__", "croupier-*")
)
STAMPS = itertools.count(1_000_000_000)
"""Times of change for files: Python compiles anew what has another than it had, and only then."""


class WorkerGoneError(Exception):
    """The process ended, by itself or because somebody closed it."""


class Worker:
    """One of several that try mutants at the same time; from one thread, but for `close`."""

    def __init__(self, root: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="croupier-mutation-")
        self.scratch = Path(self._folder.name).resolve()
        self.tree = self.scratch / "tree"
        shutil.copytree(root, self.tree, ignore=NOT_COPIED)
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(NURSERY)],
            cwd=self.tree,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self._environment(),
            start_new_session=True,  # Ctrl-C is for who asks.
        )

    def _environment(self) -> dict[str, str]:
        """A home of its own; and what is compiled is kept, for the next mutant."""
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, "HOME": str(self.scratch), "TMPDIR": str(self.scratch)}

    def put(self, path: str, text: str) -> None:
        """Change a file of the copy."""
        file = self.tree / path
        file.write_text(text, "utf-8")
        stamp = next(STAMPS)
        os.utime(file, (stamp, stamp))

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Have tests run; what came of it."""
        assert self._process.stdin
        assert self._process.stdout
        words = {"scratch": str(self.scratch / "tests"), **request}
        try:
            self._process.stdin.write((json.dumps(words) + "\n").encode())
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except (OSError, ValueError) as error:
            raise WorkerGoneError from error
        if not answer:
            raise WorkerGoneError
        said: dict[str, Any] = json.loads(answer)
        return said

    def stop(self) -> None:
        """End the process with all that it runs; from any thread."""
        assert self._process.stdin
        with suppress(OSError):
            self._process.stdin.close()
        self._process.wait()

    def close(self) -> None:
        """Remove the copy; whoever used it has come back."""
        assert self._process.stdout
        self._process.stdout.close()
        self._folder.cleanup()
