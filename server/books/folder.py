"""The data folder's lock, and its small files: the witness, the ballast, the bans, the password."""

import contextlib
import errno
import os
import secrets
import struct
import sys
import zlib
from collections.abc import Mapping
from io import BufferedWriter
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


BANS = "bans"
PASSWORD = "croupier-password"
FULL = (errno.ENOSPC, errno.EDQUOT)
BINARY: int = getattr(os, "O_BINARY", 0)
"""Or Windows writes two bytes for each end of a line."""


class FolderLocked(Exception):
    """Another table uses this data folder."""


class Lock:
    """One process a folder. The system lets go of it when the process ends, however it ends.

    It is on the folder itself: a file in it could be deleted meanwhile, and a second table would
    lock the next one of that name. Windows locks no folder, and deletes no file that is open.
    """

    def __init__(self, folder: Path) -> None:
        if sys.platform == "win32":
            self._handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        else:
            self._handle = os.open(folder, os.O_RDONLY)
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._handle)
            raise FolderLocked(f"another table is running on {folder}") from None

    def release(self) -> None:
        os.close(self._handle)


class Witness:
    """Remembers, outside the ledger, which entry was committed last.

    SQLite takes a damaged write-ahead log for one that ends early, and would quietly forget what
    was acknowledged. The witness is written after each commit, in two halves in turn, each with
    its own checksum. It is not synced: after a power cut it may be older than the ledger or torn,
    which says nothing; newer than the ledger it is only if the ledger lost something.
    """

    _HALF = struct.Struct(">Q32s")
    _SIZE = 512

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | BINARY, 0o600)
        halves = [self._read(half) for half in range(2)]
        self.last = max((half for half in halves if half), default=None)

    def write(self, entry: int, digest: bytes) -> None:
        body = self._HALF.pack(entry, digest)
        os.lseek(self._handle, entry % 2 * self._SIZE, os.SEEK_SET)
        os.write(self._handle, body + zlib.crc32(body).to_bytes(4, "big"))

    def _read(self, half: int) -> tuple[int, bytes] | None:
        os.lseek(self._handle, half * self._SIZE, os.SEEK_SET)
        data = os.read(self._handle, self._HALF.size + 4)
        body, check = data[: self._HALF.size], data[self._HALF.size :]
        if zlib.crc32(body).to_bytes(4, "big") != check:
            return None
        entry, digest = self._HALF.unpack(body)
        return entry, digest

    def close(self) -> None:
        os.close(self._handle)


class Ballast:
    """Room kept on the disk, thrown overboard when the disk is full, to settle the open round."""

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self._size = size

    @property
    def aboard(self) -> bool:
        return self._path.exists() and self._path.stat().st_size >= self._size

    def take(self) -> bool:
        """Take it aboard again; False if the disk has no room for it."""
        if self.aboard:
            return True
        try:
            with self._path.open("wb") as file:
                _reserve(file, self._size)
                os.fsync(file.fileno())
        except OSError as error:
            self.drop()
            if error.errno in FULL:
                return False
            raise
        return True

    def drop(self) -> None:
        self._path.unlink(missing_ok=True)


def _reserve(file: BufferedWriter, size: int) -> None:
    """Take the room, in one go where the file system can."""
    try:
        os.posix_fallocate(file.fileno(), 0, size)
    except (AttributeError, OSError) as error:
        if isinstance(error, OSError) and error.errno in FULL:
            raise
        file.write(bytes(size))
        file.flush()


def read_bans(path: Path) -> dict[str, str]:
    """Whom the host has banned, and from where: a line each, parted by a tab."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return {}
    rows = (line.partition("\t") for line in lines)
    return {name.strip(): address.strip() for name, _, address in rows if name.strip()}


def write_bans(path: Path, bans: Mapping[str, str]) -> None:
    """Replace the file in one go; the host may also edit it while the house is closed."""
    text = "".join(f"{name}\t{address}\n" for name, address in bans.items())
    write_privately(path, text.encode())


def kept_password(path: Path) -> str:
    """The croupier's password that was made up for this table; it is made up where none is kept."""
    with contextlib.suppress(FileNotFoundError):
        if kept := path.read_text("utf-8", "replace").strip():
            return kept
    made_up = secrets.token_urlsafe(6)
    write_privately(path, f"{made_up}\n".encode())
    return made_up


def write_privately(path: Path, data: bytes) -> None:
    """Put a file in place in one go, for its owner alone; a power cut does not undo it."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder survive a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
