"""The faults of `faults.toml`, and how one is planted."""

import tomllib
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_suffix(".toml")


class Change(NamedTuple):
    """In this file, this for that."""

    file: str
    old: str
    new: str


class Fault(NamedTuple):
    """A mistake that somebody could make."""

    name: str
    row: str
    """Which row finds it ..."""
    much: int
    """... how much of it is enough ..."""
    sign: str
    """... and what it then has to say; `or` between several, where timing decides which."""
    changes: tuple[Change, ...]


class OutOfDateError(Exception):
    """A fault cannot be planted: the text that it changes is not there, or not once."""


def read() -> list[Fault]:
    """Every fault."""
    return [
        Fault(
            each["name"],
            each["row"],
            each["count"],
            each["sign"],
            tuple(Change(**change) for change in each["change"]),
        )
        for each in tomllib.loads(TABLE.read_text("utf-8"))["fault"]
    ]


def changed(clone: Path, change: Change) -> str:
    """The file with this change."""
    text = (clone / change.file).read_text("utf-8")
    found = text.count(change.old)
    if found != 1:
        raise OutOfDateError(f"{change.file} has {found} times: {change.old!r}")
    return text.replace(change.old, change.new)


def plant(clone: Path, fault: Fault) -> None:
    """Change the files of a copy."""
    for change in fault.changes:
        (clone / change.file).write_text(changed(clone, change), "utf-8")
