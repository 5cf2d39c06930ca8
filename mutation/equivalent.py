"""Mutants that mean the same as the house: no test can notice them. Somebody says why."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mutation.mutant import Mutant
from mutation.source import Source


class Equivalent(NamedTuple):
    """An entry of `equivalent.toml`."""

    id: str
    change: str
    """What it changed when somebody looked: names are counted, and the count may shift."""
    reason: str


class StaleError(Exception):
    """An entry that means no mutant any more, or another one."""


def read(path: Path) -> list[Equivalent]:
    rows = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    return [Equivalent(**row) for row in rows.get("equivalent", [])]


def entry(mutant: Mutant, source: Source) -> str:
    """The lines to put into the file, but for the reason."""
    quoted = mutant.change(source).replace("\\", "\\\\").replace('"', '\\"')
    return f'[[equivalent]]\nid = "{mutant.id}"\nchange = "{quoted}"\nreason = ""\n'


def check(
    rows: Sequence[Equivalent],
    mutants: Mapping[str, Sequence[Mutant]],
    sources: Mapping[str, Source],
) -> set[str]:
    """The names of those that are left alone; every entry has to be true and to have a reason."""
    wrong = []
    for row in rows:
        path = row.id.partition(":")[0]
        found = [mutant for mutant in mutants.get(path, ()) if mutant.id == row.id]
        if not found:
            wrong.append(f"{row.id}: there is no such mutant any more")
        elif (change := found[0].change(sources[path])) != row.change:
            wrong.append(f"{row.id}: it is another one now: {change}")
        elif not row.reason.strip():
            wrong.append(f"{row.id}: nobody says why")
    if wrong:
        raise StaleError("\n".join(wrong))
    return {row.id for row in rows}
