"""The checks of `python run.py test`: all at the same time, and told one after the other."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from run import say

CLONE = Path(__file__).resolve().parents[1]
ROOMS = (
    "protocol",
    "server",
    "client",
    "client_gui",
    "client_text",
    "bots",
    "torture",
    "mutation",
    "tests",
    "bench",
    "docs",
)
CORES = os.cpu_count() or 1
ALL_CORES = ("-n", str(2 * CORES), "--dist", "worksteal")
"""Two for each core: more than half of its time a test waits, for a wheel, a window or a clock."""
LONG_CORES = ("-n", str((3 * CORES + 1) // 2), "--dist", "worksteal")
"""In the long run there is more to compute, and what is measured must not wait for others."""
LONG_TEST = 900
"""Seconds until a test of the long run counts as hung."""
WITHIN = 30.0
"""A check that is not needed any more may take so long to clean up."""


class Check(NamedTuple):
    """A module of Python's that says by its exit code whether all is well."""

    words: tuple[str, ...]
    follows: bool = False
    """It looks at what the check before it leaves behind."""


def checks(*, long: bool) -> list[Check]:
    """All of them, in the order in which they are told."""
    if long:
        return [Check(("pytest", "--long", f"--timeout={LONG_TEST}", *LONG_CORES))]
    return [
        Check(("ruff", "check", ".")),
        Check(("ruff", "format", "--check", ".")),
        Check(("mypy", "--strict", *ROOMS, "run.py")),
        # Whatever bytes come, the protocol has an answer: no branch of it goes untested.
        Check(("coverage", "run", "--source=protocol", "-m", "pytest", "tests/protocol")),
        Check(("coverage", "report", "--fail-under=100", "--skip-covered", "--show-missing"), True),
        Check(("pytest", "--ignore=tests/protocol", *ALL_CORES)),
    ]


class Running:
    """A check at work; what it says is kept until its turn comes to be shown."""

    def __init__(self, check: Check) -> None:
        # Of a session of its own, so that it is ended with all that it has started.
        self._process = subprocess.Popen(
            [sys.executable, "-m", *check.words],
            cwd=CLONE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout
        with self._process.stdout as pipe:
            for said in iter(lambda: os.read(pipe.fileno(), 1 << 16), b""):
                self._said.put(said)
        self._said.put(b"")

    def show(self) -> int:
        """All that it says, as it says it; its exit code."""
        for said in iter(self._said.get, b""):
            sys.stdout.buffer.write(said)
            sys.stdout.buffer.flush()
        return self._process.wait()

    def stop(self) -> None:
        """As Ctrl-C does, unless it has ended."""
        for number in (signal.SIGINT, signal.SIGTERM):
            if self._process.poll() is None:
                self._signal(number)
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(WITHIN)
        self._listener.join(WITHIN)

    def _signal(self, number: signal.Signals) -> None:
        if sys.platform == "win32":
            self._process.terminate()
        else:
            os.killpg(self._process.pid, number)


@contextmanager
def at_once(ahead: Sequence[Check]) -> Iterator[dict[Check, Running]]:
    """Those that need not wait for another, running; and all are stopped in the end, if that is
    a signal as well.
    """
    running: dict[Check, Running] = {}
    ending = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, give_up) for number in ending}
    try:
        for check in ahead:
            if not check.follows:
                running[check] = Running(check)
        yield running
    finally:
        for each in running.values():
            each.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def give_up(number: int, _: object) -> None:
    raise SystemExit(128 + number)


def perform(ahead: Sequence[Check]) -> int:
    """Run every check, and stop at the first that fails; its exit code."""
    with at_once(ahead) as running:
        for check in ahead:
            sys.stdout.write(f"== {' '.join(check.words)}\n")
            sys.stdout.flush()
            if check not in running:
                running[check] = Running(check)
            code = running[check].show()
            if code:
                if check is not ahead[-1]:
                    say(f"Stopped here: `{' '.join(check.words[:2])}` failed.")
                return code
    return 0
