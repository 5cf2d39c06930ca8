"""Which evidence is kept where there is too much of it. Pure.

A house that is caught lying may be caught in every round, and a flood of evidence is one way more
to harm somebody. So there is an end to it, on the disk and across all starts: `FILES_KEPT` files,
`BYTES_KEPT` bytes. Of what a house has done the first is worth the most, and nothing that comes
later pushes it out: room is made by the newest file of whichever table has the most, and only for a
table that has fewer. The first of a table never goes; a table that fills the folder alone keeps its
first fifty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

FILES_KEPT = 50
BYTES_KEPT = 5_000_000
EVIDENCE = "evidence-*.json"


@dataclass(frozen=True, slots=True)
class Filed:
    """A file of evidence."""

    name: str
    size: int
    at: int
    """When it was written."""

    @property
    def table(self) -> str:
        return self.name.rpartition("-round-")[0]


def name_of(table: str, number: int, text: str) -> str:
    """What evidence of this round is called. Another text has another name: a house that lies
    about a round again, or takes the beginning of another table's name, takes nobody's place.
    """
    which = sha256(text.encode()).hexdigest()[:8]
    return f"evidence-{table[:8]}-round-{number}-{which}.json"


def makes_way(filed: Iterable[Filed], new: Filed) -> list[Filed] | None:
    """What has to go so that there is room for a new one; None: there is none for it."""
    others = sorted((each for each in filed if each.name != new.name), key=_table)
    of = {
        table: sorted(group, key=lambda each: each.at) for table, group in groupby(others, _table)
    }
    count, size = len(others) + 1, sum(each.size for each in others) + new.size
    gone: list[Filed] = []
    while count > FILES_KEPT or size > BYTES_KEPT:
        most = max(of.values(), key=len, default=[])
        if len(most) <= max(1, len(of.get(new.table, ()))):
            return None
        gone.append(most.pop())
        count, size = count - 1, size - gone[-1].size
    return gone


def _table(filed: Filed) -> str:
    return filed.table
