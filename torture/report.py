"""What a row of the torture was asked to do, what it tried, and what it found."""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import NamedTuple

MOST_TOLD = 30
"""So many kinds of faults are told, each by its first; the others are only counted."""


class CannotError(Exception):
    """This machine lacks what the row needs; the text says what."""


@dataclass
class Run:
    """One run of a row: how much of it, from which seed, and what came of it."""

    count: int
    """How many of what the row counts: kills, states, bets, rounds."""
    seed: int = 1
    until: float = float("inf")
    """On the monotonic clock: no new thing is begun after it."""
    tried: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Figures that are worth telling and are neither a count nor a fault."""
    counted: list[str] = field(default_factory=list)
    """What of `tried` was asked for by its number."""

    def each(self, what: str) -> Iterator[int]:
        """Count up to `count`, as long as there is time."""
        self.counted.append(what)
        for number in range(self.count):
            if monotonic() > self.until:
                self.notes.append(f"out of time after {number:,} of {self.count:,} {what}")
                return
            self.tried[what] += 1
            yield number

    def reach(self, what: str, done: Callable[[], int]) -> Iterator[None]:
        """Go on until `count` are done, one or more in each step, as long as there is time."""
        self.counted.append(what)
        for _ in range(self.count):
            if done() >= self.count:
                break
            if monotonic() > self.until:
                self.notes.append(f"out of time after {done():,} of {self.count:,} {what}")
                break
            yield
        self.tried[what] = done()

    def part(self, count: int, share: float) -> "Run":
        """A part of this run, with its share of the time that is left; it adds to the same sums."""
        now = monotonic()
        until = now + (self.until - now) * share
        return Run(count, self.seed, until, self.tried, self.wrong, self.notes, self.counted)

    def check(self, holds: object, words: str) -> bool:
        """Note a fault unless this holds."""
        if not holds:
            self.wrong.append(words)
        return bool(holds)

    @property
    def most_tried(self) -> str:
        """In few words: what the row counts."""
        counted = dict.fromkeys(self.counted) or list(self.tried)[:1]
        return ", ".join(f"{self.tried[what]:,} {what}" for what in counted)

    def lines(self) -> Iterator[str]:
        """For the screen."""
        yield "tried: " + (", ".join(f"{n:,} {what}" for what, n in self.tried.items()) or "-")
        yield from self.notes
        kinds = Counter(_kind(words) for words in self.wrong)
        first = {_kind(words): words for words in reversed(self.wrong)}
        for kind, times in kinds.most_common(MOST_TOLD):
            often = f" (and {times - 1:,} like it)" if times > 1 else ""
            yield f"WRONG: {first[kind]}{often}"
        if len(kinds) > MOST_TOLD:
            yield f"WRONG: and {len(kinds) - MOST_TOLD:,} other kinds"
        if not self.wrong:
            yield "nothing is wrong"


def _kind(words: str) -> str:
    """Faults that differ only in their figures are of one kind."""
    return re.sub(r"[0-9a-f]*\d[0-9a-f]*|/\S+|\[.*\]", "#", words)


class Row(NamedTuple):
    """A thing that is done to the house."""

    name: str
    about: str
    do: Callable[[Run], None]
    glance: int
    """How much of it the ordinary tests do."""
    short: int
    """How much of it the long tests do."""
    long: int
    """How much of it the command does, if there is time."""


def fast_folder() -> str | None:
    """Where syncs cost nothing, if the system has such a place."""
    place = Path("/dev/shm")
    return str(place) if place.is_dir() else None


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of one's own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="croupier-torture-", dir=fast_folder()) as folder:
        yield Path(folder)
