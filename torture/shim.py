"""Builds the shim that stands between a process and its disk, and turns its knobs."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from torture.report import CannotError

SOURCE = Path(__file__).with_name("shim.c")
PRESENT = "CROUPIER_TORTURE_SHIM"


def build(folder: Path) -> Path:
    """Compile the shim into a folder; says plainly where that cannot be."""
    if sys.platform != "linux":
        raise CannotError("what stands between a process and its disk is made for Linux")
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler:
        raise CannotError("it takes a C compiler (on Debian or Ubuntu: apt install gcc libc6-dev)")
    made = folder / "shim.so"
    flags = ("-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror")
    done = subprocess.run(
        [compiler, *flags, "-o", str(made), str(SOURCE), "-ldl", "-lpthread"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotError(f"the C compiler does not take {SOURCE.name}: {done.stderr[:500]}")
    return made


@contextmanager
def started(shim: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`torture/child.py` with these arguments, behind the shim."""
    child = subprocess.Popen(
        [sys.executable, str(SOURCE.with_name("child.py")), *arguments],
        env={**os.environ, "LD_PRELOAD": str(shim), PRESENT: "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for who waits for it.
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


class Knobs:
    """The shim of this process."""

    def __init__(self) -> None:
        """Find it; it is there if the process was started behind it."""
        if PRESENT not in os.environ:
            raise CannotError("this process was not started behind the shim")
        self._shim = ctypes.CDLL(None)
        for name in ("torture_counted", "torture_hits"):
            getattr(self._shim, name).restype = ctypes.c_long

        self._shim.torture_victim.restype = ctypes.c_char_p

    def watch(self, folder: Path, log: int = -1) -> None:
        """Stand before this folder; note what is written there into the file `log`."""
        self._shim.torture_watch(os.fsencode(folder.resolve()), log)

    def fail(self, at: int, how: int) -> None:
        """Let the `at`-th write or sync from now on fail with this errno, once; 0: none."""
        self._shim.torture_fail(ctypes.c_long(at), how)

    def note_time_in(self, place: ctypes.c_int64) -> None:
        """Write there, in nanoseconds of the monotonic clock, when it failed."""
        self._shim.torture_note_time_in(ctypes.byref(place))

    def room(self, size: int) -> None:
        """Let so many bytes of room be left on the disk; -1: enough."""
        self._shim.torture_room(ctypes.c_long(size))

    @property
    def counted(self) -> int:
        """Writes and syncs since the watch or the failure was set."""
        return int(self._shim.torture_counted())

    @property
    def hits(self) -> int:
        """How many of them failed."""
        return int(self._shim.torture_hits())

    @property
    def victim(self) -> str:
        """What the last one that failed was."""
        said: bytes = self._shim.torture_victim()
        return said.decode()
