"""The data folder is the host's alone: what others could have put there is refused, what they could
read is closed to them, and the host is told in words.

Whoever can write into the folder can put other seeds in it, and knows every number then. So nothing
is taken from a folder that others can write in, nor a file that is somebody else's, that leads
somewhere else, or that others could write in. Where none of it is so, the files are closed to
everybody but their owner, however they came there. What is new is closed from the start (`umask`).

It is POSIX that has these owners and rights; on Windows a folder has those of the folder around it.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from server.books.folder import BANS, PASSWORD

FOLDER, FILE = 0o700, 0o600
GROUP_OR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
WRITING = stat.S_IWGRP | stat.S_IWOTH


class NotPrivate(Exception):
    """The folder, or a file in it, can be somebody else's work; the text is one plain line."""


class Kept(NamedTuple):
    """A file of the folder: whether the house believes what is in it, and what it means if others
    could read it.
    """

    believed: bool = True
    was_read: str = ""


KEPT = {
    "books.sqlite": Kept(),
    "books.sqlite-wal": Kept(),
    "books.sqlite-shm": Kept(),
    "books.sqlite-journal": Kept(),
    "witness": Kept(),
    BANS: Kept(),
    PASSWORD: Kept(was_read="delete it, and the next start makes up another"),
    "ballast": Kept(believed=False),
}
LOG = "log"
SEEDS = "seeds"
SEED = Kept(was_read="who did knows every number that comes; a new folder is a new house")


def keep_private() -> None:
    """Whatever this process makes from now on is its user's alone."""
    os.umask(GROUP_OR_OTHERS)


def make_private(folder: Path) -> list[str]:
    """Close the files of this folder to others, and return what the host has to know; `NotPrivate`
    where that comes too late.
    """
    if os.name != "posix":
        return []
    notes = []
    is_folder = folder.stat()  # A link to a folder is the host's own choice.
    _is_ours(folder, is_folder)
    if is_folder.st_mode & WRITING:
        raise NotPrivate(
            f"others can write in {folder}, and put their own seeds there: take another folder "
            f"with --data or, if you trust what is in it, type: chmod 700 {quote(str(folder))}"
        )
    if is_folder.st_mode & GROUP_OR_OTHERS:
        notes.append(
            f"others can see what is in {folder}, though not read it; to shut it, "
            f"type: chmod 700 {quote(str(folder))}"
        )
    for path in _within(folder / SEEDS, SEED, notes):
        _close(path, SEED, notes)
    for name, kept in KEPT.items():
        _close(folder / name, kept, notes)
    for path in _within(folder / LOG, Kept(believed=False), notes):
        _close(path, Kept(believed=False), notes)
    return notes


def _close(path: Path, kept: Kept, notes: list[str]) -> None:
    if (found := _file(path)) is None:
        return
    if kept.believed and found.st_mode & WRITING:
        raise _written_by_others(path, FILE)
    if kept.was_read and found.st_mode & GROUP_OR_OTHERS:
        notes.append(f"others could read {path} until now: {kept.was_read}")
    path.chmod(FILE)


def _within(folder: Path, kept: Kept, notes: list[str]) -> Iterator[Path]:
    """What is in a folder of the folder."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(found.st_mode):
        raise NotPrivate(f"{folder} is no folder: move it away")
    _is_ours(folder, found)
    if found.st_mode & WRITING and kept.believed:
        raise _written_by_others(folder, FOLDER)
    if found.st_mode & WRITING:
        notes.append(f"others could write in {folder} until now: what stands there may be theirs")
    folder.chmod(FOLDER)
    yield from sorted(folder.iterdir())


def _written_by_others(path: Path, rights: int) -> NotPrivate:
    return NotPrivate(
        f"others could write in {path}: take another folder with --data or, if you trust "
        f"what is in it, type: chmod {rights:o} {quote(str(path))}"
    )


def _file(path: Path) -> os.stat_result | None:
    """What the system says of it, or nothing if it is not there."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found.st_mode):
        raise NotPrivate(f"{path} is a link to somewhere else: put the file itself there")
    if not stat.S_ISREG(found.st_mode):
        raise NotPrivate(f"{path} is no file: move it away")
    _is_ours(path, found)
    if found.st_nlink > 1:
        raise NotPrivate(
            f"{path} has a second name somewhere (a hard link): put a copy in its place"
        )
    return found


def _is_ours(path: Path, found: os.stat_result) -> None:
    me = os.geteuid()
    if found.st_uid != me:
        raise NotPrivate(
            f"{path} belongs to somebody else, who can put there what he likes: take another "
            f"folder with --data or, if you trust him, type: chown -R {me} {quote(str(path))}"
        )
