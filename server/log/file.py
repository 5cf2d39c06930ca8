"""The file of the log: of so many bytes, then the next; the oldest goes."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path

FILE_BYTES = 4_000_000
FILES = 5
"""The one that is written, and those before it."""


class LogFile:
    """Opened at once, so that a start finds what is in the way. After a write that failed, the next
    one opens it again, and may find that the disk has room or that the folder takes a name.
    """

    def __init__(self, path: Path, is_full: Callable[[], bool] = lambda: False) -> None:
        """`is_full`: whether what room the disk has is kept for others."""
        self._path = path
        self._is_full = is_full
        self._file: FileIO | None = self._open()

    def write(self, text: str) -> None:
        """Write all of it past every buffer, or raise `OSError`."""
        if self._is_full():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        data = memoryview(text.encode("utf-8", "backslashreplace"))
        try:
            file = self._file or self._open()
            if file.tell() + len(data) > FILE_BYTES:
                file.close()
                self._rotate()
                file = self._open()
            self._file = file
            while data:
                data = data[file.write(data) or 0 :]
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Nothing is open; a write opens it."""
        file, self._file = self._file, None
        if file:
            with suppress(OSError):
                file.close()

    def _open(self) -> FileIO:
        return FileIO(self._path, "a")

    def _rotate(self) -> None:
        for number in reversed(range(1, FILES)):
            with suppress(FileNotFoundError):
                self._older(number - 1).replace(self._older(number))

    def _older(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}") if number else self._path
