"""One's own rounds as this computer saw them, for each table and name: a line of a file for each.

A table remembers one's last rounds only, and a night is longer than that. How a round is written
down, its game knows. Nothing here raises `OSError`: a folder that cannot be written costs the
memory, never the evening. The file is for its owner's eyes; whatever in it is not as it is written
here counts as not there.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from client.house.bounds import ROUNDS_KEPT
from client.means import WrittenDown
from protocol.fair.hashes import Account

MOST_BYTES = 8 << 20
"""A file that has grown beyond this is begun anew with the last rounds: 500 take 1 MiB at most."""


class Diary:
    """The rounds of one name at one table; used by the link's thread alone."""

    def __init__(
        self, folder: Path, table: bytes, account: Account, written_down: WrittenDown
    ) -> None:
        """Keep them in a file of this folder."""
        self._path = folder / f"rounds-{table.hex()[:16]}-{account}.jsonl"
        self._written_down = written_down
        self._written: dict[int, Any] = {}

    def read(self) -> tuple[Any, ...]:
        """The last rounds, newest first."""
        try:
            lines = self._path.read_text("utf-8").splitlines()
        except (OSError, ValueError):
            return ()
        rounds = {each.round_number: each for each in map(self._read, lines) if each is not None}
        kept = sorted(rounds, reverse=True)[:ROUNDS_KEPT]
        self._written = {number: rounds[number] for number in kept}
        return tuple(self._written.values())

    def keep(self, rounds: Iterable[Any]) -> None:
        """Add those that are new."""
        new = [each for each in rounds if self._written.get(each.round_number) != each]
        if not new:
            return
        self._written |= {each.round_number: each for each in new}
        for old in sorted(self._written)[:-ROUNDS_KEPT]:
            del self._written[old]
        fits = self._fits()
        if not fits:
            new = list(self._written.values())
        lines = "".join(json.dumps(self._written_down.write(each)) + "\n" for each in new).encode()
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            mode = os.O_APPEND if fits else os.O_TRUNC
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | mode, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(lines)

    def _fits(self) -> bool:
        try:
            return self._path.stat().st_size <= MOST_BYTES
        except OSError:
            return True

    def _read(self, line: str) -> Any:
        try:
            return self._written_down.read(json.loads(line))
        except (ValueError, RecursionError):
            return None
