"""What was found about each mutant, so that it is found once; a line of JSON each, in `.mutation`.

A mutant that was noticed stays so while its file and the file of the test that noticed it are the
same. One that survived is tried again as soon as anything in its package or its tests has changed.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from mutation.cover import file_of
from mutation.judge import Verdict

FOLDER = ".mutation"


class Found(NamedTuple):
    """One mutant, tried."""

    id: str
    text: str
    """The digest of its file, with the mistake in it."""
    verdict: Verdict
    test: str
    """Which one noticed it; empty if it was at the import."""
    basis: str
    """The digest of that test's file, or of everything."""
    seconds: float


class Memory:
    """The file of what was found."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER
        self.folder.mkdir(exist_ok=True)
        self._root = root
        self._file = self.folder / "found.jsonl"
        self._lock = Lock()
        self._found: dict[tuple[str, str], list[Found]] = {}
        self._file.touch()
        for line in self._file.read_text("utf-8").splitlines():
            with suppress(ValueError):  # A kill may have torn one.
                name, text, verdict, *rest = json.loads(line)
                self._keep(Found(name, text, Verdict(verdict), *rest))

    def _keep(self, found: Found) -> None:
        self._found.setdefault((found.id, found.text), []).append(found)

    def recall(self, name: str, text: str, everything: Iterable[str]) -> Found | None:
        """What is known of this mutant and still holds."""
        basis = set(everything)
        for found in reversed(self._found.get((name, digest(text)), [])):
            if found.basis in basis or (found.test and found.basis == self.basis(found.test, "")):
                return found
        return None

    def basis(self, test: str, everything: str) -> str:
        """On what it rests that this test noticed a mutant."""
        try:
            return digest((self._root / file_of(test)).read_text("utf-8")) if test else everything
        except OSError:
            return ""

    def note(self, found: Found) -> None:
        """Write it down at once: whoever stops the run keeps this."""
        with self._lock:
            self._keep(found)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(found) + "\n")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
