"""Set before any test module is imported, and inherited by every program a test starts; how the
tests are read; and how much of a test is done.

Most tests are done once, in the ordinary run. A test that has a count says how much of it the
ordinary run does and how much the long one (`--long`): `@pytest.mark.count(30, 1000)`; it asks for
the fixture `count`. What has nothing to do in a run sits out.
"""

import atexit
import gc
import importlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

CLONE = Path(__file__).resolve().parents[1]

# A busy machine is slow at times; that is no fault of what is tested. Everybody tries the same
# examples, so that a change is judged by what it changes; HYPOTHESIS_PROFILE=explore tries others.
slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", slow)
settings.register_profile("house", slow, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

# Programs that tests start would compile the whole tree anew, each of them, where somebody wants no
# bytecode beside the sources: until the end of the tests it is kept elsewhere.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    kept = mkdtemp(prefix="croupier-bytecode-")
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = kept
    sys.dont_write_bytecode = False

# Nothing is to be seen or heard, and several tests run at the same time: those that need a screen
# start one of their own.
for medium in ("AUDIO", "VIDEO"):
    os.environ.setdefault(f"SDL_{medium}DRIVER", "dummy")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Each of several workers reads all tests, and where no bytecode of them is kept from before,
    that is ten seconds of work for each. So it first reads its share of them, while others read
    theirs; what is left to do after that is little. All of it stays to the end, so nobody goes
    through it for garbage: not while it is read, and not while the tests run.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if not worker:
        return
    gc.disable()
    workers = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    for name in sorted(modules_of(session.config))[int(worker) :: workers]:
        with suppress(Exception, pytest.skip.Exception):  # It is told when it is read once more.
            importlib.import_module(name)


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def modules_of(config: pytest.Config) -> Iterator[str]:
    """The test modules in the folders that this run is about."""
    here = config.invocation_params.dir
    out = [(here / each).resolve() for each in config.getoption("ignore") or ()]
    for folder in config.args:
        for file in (here / folder).resolve().rglob("test_*.py"):
            if not any(file.is_relative_to(each) for each in out):
                yield ".".join(file.relative_to(CLONE).with_suffix("").parts)


class Counts(NamedTuple):
    """How much of a test each run does."""

    short: int = 1
    long: int = 0

    @classmethod
    def of(cls, test: pytest.Item) -> "Counts":
        mark = test.get_closest_marker("count")
        return cls(*mark.args, **mark.kwargs) if mark else cls()

    def chosen(self, config: pytest.Config) -> int:
        return self.long if config.getoption("long") else self.short


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long", action="store_true", help="only what has a long form, and that at its full length"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "count(short, long): how much of it the ordinary run does, and the long one; 0 is nothing",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    out = [test for test in items if not Counts.of(test).chosen(config)]
    if out:
        items[:] = [test for test in items if Counts.of(test).chosen(config)]
        config.hook.pytest_deselected(items=out)


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    """How much of it this run does."""
    return Counts.of(request.node).chosen(request.config)
