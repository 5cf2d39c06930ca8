"""The faults of `faults.toml`, and how one is planted."""

import tomllib
from pathlib import Path
from typing import NamedTuple

from mutation.source import Edit, NotThereError, Source

TABLE = Path(__file__).with_suffix(".toml")


class Change(NamedTuple):
    """In this file, in this function, this for that."""

    file: str
    function: str
    """By its qualified name; empty for what stands outside of all."""
    old: str
    new: str


class Fault(NamedTuple):
    """A mistake that somebody could make."""

    name: str
    noticed_by: str
    """The folder whose tests have to notice it."""
    row: str
    """Which row of the torture finds it as well, if any ..."""
    much: int
    """... how much of it is enough ..."""
    sign: str
    """... and what it then has to say; `or` between several, where timing decides which."""
    changes: tuple[Change, ...]


class OutOfDateError(Exception):
    """A fault cannot be planted: the code that it changes is not there, or not once."""


def read() -> list[Fault]:
    """Every fault."""
    return [
        Fault(
            each["name"],
            each["noticed_by"],
            each.get("row", ""),
            each.get("count", 0),
            each.get("sign", ""),
            tuple(_change(**change) for change in each["change"]),
        )
        for each in tomllib.loads(TABLE.read_text("utf-8"))["fault"]
    ]


def _change(where: str, drop: str = "", replace: tuple[str, str] = ("", "")) -> Change:
    module, _, function = where.partition(":")
    old, new = (drop, "") if drop else replace
    return Change(module.replace(".", "/") + ".py", function, old, new)


def edit(source: Source, change: Change) -> Edit:
    """What it changes in its file."""
    try:
        return source.replaced(change.function, change.old, change.new)
    except NotThereError as error:
        raise OutOfDateError(str(error)) from error


def changed(clone: Path, change: Change) -> str:
    """The file with this change."""
    source = Source((clone / change.file).read_text("utf-8"), change.file)
    return source.changed(edit(source, change))


def plant(clone: Path, fault: Fault) -> None:
    """Change the files of a copy."""
    for change in fault.changes:
        (clone / change.file).write_text(changed(clone, change), "utf-8")
