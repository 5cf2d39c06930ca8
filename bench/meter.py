"""What a process has used, as the system counts it, and what a row of numbers comes to."""

import contextlib
import math
import os
import resource
import signal
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

PROC = Path("/proc")


class Meter:
    """Reads one process from outside, without asking it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        # The clock that clock_getcpuclockid(3) gives for a process: all its threads, to the
        # nanosecond, where /proc/PID/stat has the same in steps of 10 ms.
        self._clock = ~pid << 3 | 2

    def cpu(self) -> float:
        """Seconds of processor time, its own and the kernel's for it, since it began."""
        return time.clock_gettime(self._clock)

    def resident(self) -> int:
        """Bytes of memory. What the kernel keeps for its sockets is not among them."""
        return self._status("VmRSS") * 1024

    def threads(self) -> int:
        return self._status("Threads")

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Stop the process, and let it go on after."""
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)

    def _status(self, key: str) -> int:
        text = (PROC / str(self.pid) / "status").read_text("ascii", "replace")
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith(key))


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that is not under so large a share of all of them."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def raise_file_limit() -> int:
    """Let this process open as many files as it may; how many that is."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
