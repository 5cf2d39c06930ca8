"""One program at a time, of all that keep things in one folder.

A file that is read, changed and replaced loses what another program wrote in between. The system
gives the turn back when a program ends, however it ends.
"""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 2.0
"""Seconds. Who has the turn needs milliseconds; if he is stuck, the evening goes on without it."""
PAUSE = 0.005
TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait for one's turn, and have it for as long as this lasts. In a folder where it cannot be
    had, as in one that cannot be written, it is not waited for.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield
        return
    try:
        until = time.monotonic() + PATIENCE
        while _is_taken(handle) and time.monotonic() < until:
            time.sleep(PAUSE)
        yield
    finally:
        os.close(handle)


def _is_taken(handle: int) -> bool:
    """Whether somebody else has the turn; if not, it is ours."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in TAKEN
    return False
