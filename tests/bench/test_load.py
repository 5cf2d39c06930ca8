"""A small night against both yardsticks: every number is a count of events, and the same at both
ends. Nothing here says how fast anything has to be.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeAlias

import pytest

from bench import targets
from bench.meter import Meter
from bench.night import Night, Plan
from bench.report import TITLES
from bench.targets import Target
from bench.tongues import Fact, Trouble
from tests.tools import need
from torture.chain import lay_seeds

PLAN = Plan(players=10, door=4, bets=25, rate=2000.0, rounds=2, returns=3, patience=60.0)

Open: TypeAlias = Callable[[], AbstractContextManager[Target]]


@pytest.fixture(params=["c", "threads"])
def yardstick(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    if request.param == "threads":
        return lambda: targets.yardstick(targets.THREADS)
    program = targets.build_c(tmp_path, need(targets.compiler() or "cc"))
    return lambda: targets.yardstick([str(program)])


@pytest.mark.parametrize("dialect", ["modern", "classic"])
def test_both_ends_count_the_same(yardstick: Open, dialect: str) -> None:
    with yardstick() as target:
        night = Night(PLAN._replace(dialect=dialect), target.port, Meter(target.pid))
        night.run()
    assert night.events == target.counts
    players, croupier = PLAN.players, 1
    assert night.events["sign_ins"] == players + croupier + PLAN.returns
    # Each part of the night that goes round the players spins once a turn, and at its end.
    assert night.events["spins"] == 2 * 3 + PLAN.rounds * 3 + 2
    assert night.events["results"] == night.events["spins"] * (players + croupier)
    assert night.events["bets"] == night.tongue.heard[Fact.ANSWERED]
    assert night.figures.keys() == TITLES.keys()
    for name, value in night.figures.items():
        assert value > 0 or name in ("other_frames_per_bet", "memory_per_player"), name


@pytest.mark.parametrize("dialect", ["modern", "classic"])
def test_our_own_server_stands_the_night_and_its_books_balance(
    dialect: str, tmp_path: Path
) -> None:
    lay_seeds(tmp_path / "data")
    with targets.ours(targets.CLONE, tmp_path) as target:
        night = Night(PLAN._replace(dialect=dialect), target.port, Meter(target.pid))
        night.run()
    assert night.figures.keys() == TITLES.keys()
    main = str(targets.CLONE / "server" / "main.py")
    audit = subprocess.run(
        [sys.executable, main, "--data", str(tmp_path / "data"), "--audit"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert audit.returncode == 0, audit.stdout
    assert str(night.events["spins"]) in audit.stdout


@pytest.mark.parametrize("dialect", ["modern", "classic"])
def test_two_loads_on_one_server_do_not_mix(yardstick: Open, dialect: str) -> None:
    """The first has gone when the second comes; what a figure counts begins with its own load."""
    plan = PLAN._replace(dialect=dialect, bets=5, rounds=1, returns=1)
    with yardstick() as target:
        server = Meter(target.pid)
        nights = [Night(plan._replace(tag=tag), target.port, server) for tag in "ab"]
        empty = server.threads()
        for night in nights:
            night.run()
            # A thread may still be about to hear that its client has gone, and count him again.
            until = time.monotonic() + plan.patience
            while server.threads() > empty:
                assert time.monotonic() < until
                os.sched_yield()
    for key, value in target.counts.items():
        assert value == sum(night.events[key] for night in nights)


def test_a_server_that_hangs_up_is_trouble_and_not_a_figure() -> None:
    with hanging_up() as port:
        night = Night(PLAN, port, Meter(1))
        with pytest.raises(Trouble, match=r"hung up|cut off"):
            night.arrive(night.players)
        night.crowd.close()
    assert night.figures == {}


@contextlib.contextmanager
def hanging_up() -> Iterator[int]:
    """Accepts, and closes at once."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    door.accept()[0].close()

        thread = threading.Thread(target=serve)
        thread.start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("script", ["load.py", "compare.py"])
def test_a_script_explains_itself(script: str) -> None:
    ended = run_script(script, "--help")
    assert ended.stdout.startswith("usage:")
    assert ended.stderr == ""


def test_the_comparison_has_a_row_for_each_figure_and_all_runs_in_its_file(tmp_path: Path) -> None:
    runs = tmp_path / "runs.json"
    words = ["--players", "10", "--dialect", "modern,classic", "--servers", "threads,c"]
    words += ["--runs", "2", "--rounds", "1", "--bets", "20", "--json", str(runs)]
    ended = run_script("compare.py", *words)
    assert ended.returncode == 0, ended.stderr
    assert all(ended.stdout.count(title) >= 2 for title in TITLES.values())
    found = json.loads(runs.read_text("ascii"))
    assert "| ours" not in ended.stdout  # It was not among them.
    assert [each["dialect"] for each in found] == ["modern", "classic"]
    for each in found:
        assert len(each["runs"]["threads"]) == 2
        assert all(figures.keys() == TITLES.keys() for figures in each["runs"]["threads"])


def test_without_a_compiler_the_yardstick_in_c_is_left_out_with_a_word() -> None:
    ended = run_script("compare.py", "--servers", "c", "--players", "10", CC="no-such-compiler")
    assert ended.returncode == 0, ended.stderr
    assert "c is left out: this machine has no C compiler" in ended.stdout


def run_script(script: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(targets.ROOM / script), *words],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
