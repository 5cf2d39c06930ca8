"""Runs tests in forked processes, of a Python that has loaded what they stand on.

    python -P mutation/nursery.py

in a copy of the tree reads requests as JSON lines and answers each with one. It knows nothing of
the house when it forks, so a child imports what lies in the copy at that moment; for the same
reason it stands alone, and imports nothing from beside it.

A child says on a pipe what it does: `["start", test]`, `["end", test, seconds]`, `["failed",
test]`, `["code", exit code]`. Who is silent for longer than he may is ended, with all that he
started; so is everybody, when whoever asked has gone.
"""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import select
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

import coverage
import pytest

LOADED = ("hypothesis", "hypothesis.stateful", "hypothesis.strategies")
"""What takes long to import and is the same for every mutant."""
LOADED_EARLY = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"
"""It is no test that was loaded too early to have its assertions explained."""
COLLECTING = 120.0
"""So many seconds may pass before the first test, and after the last."""
MEMORY = 4 << 30
"""What one process may take: a loop without an end often gathers something."""
BETWEEN = "-"
"""What runs after the collection and in no test, like a thread that one has left behind."""
SUBREAPER = 36
"""`PR_SET_CHILD_SUBREAPER` of Linux: whoever loses his parent becomes our child."""

Tell = Callable[..., None]
Request = Mapping[str, Any]


class Teller:
    """Chooses and orders the tests, and says which runs."""

    def __init__(self, request: Request, tell: Tell) -> None:
        self._rank = {test: place for place, test in enumerate(request.get("tests", []))}
        self._tell = tell
        # Half of what the one outside allows, who would end all tests and not only this one.
        self._seconds = request["patience"] / 2 if request.get("all") else 0.0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # A mutant can change what tests are called; then all of these files are run.
        if self._rank and self._rank.keys() <= {item.nodeid for item in items}:
            items[:] = [item for item in items if item.nodeid in self._rank]
            items.sort(key=lambda item: self._rank[item.nodeid])

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._tell("start", item.nodeid)
        began = monotonic()
        signal.setitimer(signal.ITIMER_REAL, self._seconds)
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._tell("end", item.nodeid, monotonic() - began)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:  # Its exit code is that of a test that fails.
            self._tell("failed", report.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._tell("failed", report.nodeid)


class Watcher:
    """Notes which lines each test runs; what a fixture of many tests does counts for its file."""

    def __init__(self, request: Request) -> None:
        self._cover = coverage.Coverage(
            data_file=request["data"],
            config_file=False,
            include=[request["source"], f"{request['source']}/*"],
        )
        # The newer way of Python 3.12 sees a line once, and not once in each test.
        self._cover.set_option("run:core", "ctrace")
        self._variable = request["variable"]

    def start(self) -> None:
        self._cover.start()

    def stop(self) -> None:
        self._cover.stop()
        self._cover.save()

    def pytest_collection_finish(self) -> None:
        self._note(BETWEEN)

    @contextlib.contextmanager
    def _noting(self, name: str) -> Iterator[None]:
        before = os.environ.get(self._variable, "")
        self._note(name)
        try:
            yield
        finally:
            self._note(before)

    def _note(self, name: str) -> None:
        os.environ[self._variable] = name
        self._cover.switch_context(name)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        with self._noting(item.nodeid):
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
    ) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        with self._noting(request.node.nodeid.split("::")[0]):
            return (yield)


def give_up(_: int, __: object) -> None:
    pytest.fail("it does not come to its end, though nothing is wrong")


def child(request: Request, pipe: int) -> None:
    """Be a run of pytest."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGALRM, give_up)
    nothing = os.open(os.devnull, os.O_RDWR)
    for file in (0, 1, 2):
        os.dup2(nothing, file)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))

    def tell(*said: object) -> None:
        os.write(pipe, (json.dumps(said) + "\n").encode())

    sys.argv = ["pytest"]
    os.environ.update(request.get("environment", {}))
    plugins: list[object] = [Teller(request, tell)]
    options = ["-q", "-p", "no:cacheprovider", "--basetemp", request["scratch"], "-W", LOADED_EARLY]
    options.append("--timeout=0")  # Who takes too long is ended from outside.
    watcher = Watcher(request) if "data" in request else None
    if watcher:
        plugins.append(watcher)
        watcher.start()
    if not request.get("all"):
        options.append("-x")
    code = pytest.main([*options, *request["files"]], plugins)
    if watcher:
        watcher.stop()
    tell("code", int(code))


class Watched:
    """What a child has said so far, and until when it has to say something again."""

    def __init__(self, request: Request) -> None:
        self._seconds: Mapping[str, float] = request.get("seconds", {})
        self._patience: float = request["patience"]
        self._rest = b""
        self.until = monotonic() + COLLECTING
        self.answer: dict[str, Any] = {
            "code": None,
            "hung": False,
            "running": "",
            "fault": "",
            "failed": [],
            "seconds": {},
        }

    def hear(self, got: bytes) -> None:
        *lines, self._rest = (self._rest + got).split(b"\n")
        for line in lines:
            self._take(*json.loads(line))

    def _take(self, what: str, value: Any, seconds: float = 0.0) -> None:
        self.until = monotonic() + COLLECTING
        match what:
            case "start":
                self.answer["running"] = value
                self.until = monotonic() + self._seconds.get(value, self._patience)
            case "end":
                self.answer["running"] = ""
                self.answer["seconds"][value] = seconds
            case "failed":
                self.answer["failed"].append(value)
            case _:
                self.answer[what] = value


def watch(request: Request, pid: int, pipe: int) -> dict[str, Any]:
    """What the child said, until its end or for as long as it may be silent."""
    watched = Watched(request)
    while watched.answer["code"] is None:
        left = max(0.0, min(watched.until - monotonic(), 0.2))
        ready, _, _ = select.select([pipe, 0], [], [], left)
        if 0 in ready:
            sys.exit()  # Nobody asks while he waits: he has gone.
        if pipe in ready:
            got = os.read(pipe, 1 << 16)
            watched.hear(got)
            if not got:
                break
        elif os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
        elif monotonic() >= watched.until:
            watched.answer["hung"] = True
            break
    return watched.answer


def end(pid: int) -> None:
    """End a child, and whatever it has left running."""
    for kill in (os.killpg, os.kill):  # It may not have come to have a group of its own yet.
        with contextlib.suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    # On Linux the ones in sessions of their own are ours by now.
    while left := children():
        for each in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        for each in left:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(each, 0)


def children() -> list[int]:
    try:
        return [int(each) for each in Path("/proc/thread-self/children").read_text().split()]
    except OSError:
        return []


def run(request: Request) -> dict[str, Any]:
    """Fork, and hear what comes of it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(reading)
            child(request, writing)
        except BaseException:
            said = json.dumps(["fault", traceback.format_exc()])
            os.write(writing, f"{said}\n".encode())
        finally:
            os._exit(0)
    os.close(writing)
    try:
        return watch(request, pid, reading)
    finally:
        end(pid)
        os.close(reading)


def main() -> None:
    os.nice(10)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    for name in LOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    waiting = b""
    while got := os.read(0, 1 << 16):
        waiting += got
        *lines, waiting = waiting.split(b"\n")
        for line in lines:
            os.write(1, (json.dumps(run(json.loads(line))) + "\n").encode())


if __name__ == "__main__":
    main()
