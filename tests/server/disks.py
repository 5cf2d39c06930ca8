"""Disks that are full."""

import errno
from pathlib import Path


def fill(file: Path, piece: int) -> None:
    """Write until the disk is full."""
    with file.open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(piece))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
