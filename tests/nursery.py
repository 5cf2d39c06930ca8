"""Starts a program of ours quickly and often: Python loads it once, and forks it each time.

    python tests/nursery.py SCRIPT MODULE …

does all that the script does before its `main()`, and imports what it would import later. Then it
reads requests from the socket that is its input: a JSON line, and with it the descriptors that the
program takes for its input, output and errors, and one on which is said what becomes of it: its
number, and in the end its exit code, each on a line. From the fork on the program is what it is
anywhere: it has its own arguments, surroundings, signals and end.

Who starts them is `tests/forked.py`.
"""

import gc
import importlib
import io
import json
import os
import resource
import runpy
import select
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from mutation import calls

MOST = 1 << 20
"""More bytes a request does not have."""

Request = Mapping[str, Any]


class Line(NamedTuple):
    """A request, and its descriptors."""

    request: Request
    files: list[int]


def requests(asked: socket.socket) -> Iterator[Line]:
    """One line; none when whoever asked has gone."""
    text, files = b"", list[int]()
    while not text.endswith(b"\n"):
        more, sent, _, _ = socket.recv_fds(asked, MOST, 4)
        if not more:
            return
        text += more
        files += sent
    yield Line(json.loads(text), files)


class Nursery:
    """Who was born here and lives."""

    def __init__(self, asked: socket.socket) -> None:
        self._asked = asked
        self._woken, self._wake = socket.socketpair()
        self._wake.setblocking(False)
        self._reports: dict[int, int] = {}
        """Where the end of each is told."""

    def bear(self) -> Request | None:
        """Fork what is asked for; comes back in each child, and in the end, with nothing."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake.fileno())
        while True:
            ready, _, _ = select.select([self._asked, self._woken], [], [])
            if self._woken in ready:
                self._woken.recv(4096)
                self._tell_who_ended()
            if self._asked in ready:
                line = next(requests(self._asked), None)
                if line is None:
                    break
                child = os.fork()
                if not child:
                    self._leave()
                    become(line)
                    return line.request
                self._tell(line.files[-1], child)
                self._reports[child] = line.files.pop()
                for file in line.files:
                    os.close(file)
        for child in self._reports:
            os.kill(child, signal.SIGKILL)
        return None

    def _tell_who_ended(self) -> None:
        while self._reports:
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                return
            report = self._reports.pop(child)
            self._tell(report, os.waitstatus_to_exitcode(status))
            os.close(report)

    def _tell(self, report: int, number: int) -> None:
        with suppress(BrokenPipeError):
            os.write(report, b"%d\n" % number)

    def _leave(self) -> None:
        """What is a child's own is not the nursery's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for each in (self._asked, self._woken, self._wake):
            each.close()
        for report in self._reports.values():
            os.close(report)


def become(line: Line) -> None:
    """Be a program that was started so."""
    request, files = line
    if request["session"]:
        os.setsid()
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
    for file in files:
        os.close(file)
    # As Python has them that is told to keep nothing back.
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - for the whole life
    sys.stdout = said(1, "strict")
    sys.stderr = said(2, "backslashreplace")
    loaded = {name: value for name, value in os.environ.items() if name not in BEFORE}
    os.environ.clear()
    os.environ.update({**loaded, **request["env"]})
    if calls.FILE in os.environ:
        calls.note()
    soft, hard = request["descriptors"]
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def said(file: int, errors: str) -> io.TextIOWrapper:
    raw: Any = open(file, "wb", buffering=0)  # noqa: SIM115 - goes where it is kept
    return io.TextIOWrapper(raw, encoding="utf-8", errors=errors, write_through=True)


BEFORE = dict(os.environ)


def main() -> None:
    script, *modules = sys.argv[1:]
    file = str(Path(script).resolve())  # As Python calls what it runs; `calls.py` looks for that.
    asked = socket.socket(fileno=os.dup(0))
    sys.argv = [script]
    runpy.run_path(file, run_name="loaded")
    for name in modules:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    request = Nursery(asked).bear()
    if request is not None:
        sys.argv = [script, *request["arguments"]]
        runpy.run_path(file, run_name="__main__")


if __name__ == "__main__":
    main()
