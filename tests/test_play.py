"""`python run.py` for a newcomer: a table, company and a window, and the end of all three."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from client_gui.evening import CannotOpenError, Program, Table
from server.books.folder import Lock
from tests.server.pure import SEEDS

CLONE = Path(__file__).resolve().parents[1]
WITHIN = 30.0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux does")


class Evening:
    """`client_gui/play.py`, drawing to nowhere, and what it says of itself."""

    def __init__(self, home: Path) -> None:
        if not (home / "table").exists():
            new_table(home)
        self.process = subprocess.Popen(
            [sys.executable, str(CLONE / "client_gui" / "play.py"), "--trace", "--name", "Ann"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "CROUPIER_HOME": str(home), "SDL_VIDEODRIVER": "dummy"},
        )

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            told: dict[str, Any] = json.loads(line)
            if holds(told):
                return told
        raise AssertionError(self.process.communicate()[1])

    def others(self) -> dict[str, int]:
        """The programs that it started, by their scripts, and their numbers."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        numbers = [int(each) for path in children for each in path.read_text().split()]
        return {Path(f"/proc/{n}/cmdline").read_text().split("\0")[1]: n for n in numbers}

    def end(self, how: signal.Signals) -> tuple[int, str]:
        self.process.send_signal(how)
        _, complaints = self.process.communicate(timeout=WITHIN)
        return self.process.returncode, complaints


def new_table(home: Path) -> Path:
    """Its folder; to make the full chain takes two seconds."""
    table = home / "table"
    table.mkdir(mode=0o700)
    SEEDS.save(table / "seeds" / "1")
    return table


@contextmanager
def evening(home: Path) -> Iterator[Evening]:
    started = Evening(home)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.process.kill()
        started.process.communicate()


def at_the_table(told: dict[str, Any]) -> bool:
    return (told["scene"], told.get("line")) == ("table", "up") and bool(told["round"])


@contextmanager
def outlived_by(numbers: list[int]) -> Iterator[None]:
    """These processes are over soon after what is done inside."""
    watched = [os.pidfd_open(number) for number in numbers]
    try:
        yield
        for each in watched:
            assert select.select([each], [], [], WITHIN)[0], "one of them is still there"
    finally:
        for each in watched:
            os.close(each)


@pytest.mark.parametrize(
    ("how", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)]
)
def test_a_newcomer_is_seated_and_nothing_outlives_the_window(
    tmp_path: Path, how: signal.Signals, code: int
) -> None:
    with evening(tmp_path) as started:
        told = started.until(at_the_table)
        assert told["balance"] == 500
        others = started.others()
        assert others.keys() == {"server/main.py", "bots/main.py"}
        with outlived_by(list(others.values())):
            status, complaints = started.end(how)
        assert status == code
        assert "Traceback" not in complaints


def test_a_table_that_dies_is_opened_again_and_the_window_comes_back(tmp_path: Path) -> None:
    with evening(tmp_path) as started:
        started.until(at_the_table)
        os.kill(started.others()["server/main.py"], signal.SIGKILL)
        started.until(lambda told: told["line"] == "lost")
        started.until(at_the_table)
        status, complaints = started.end(signal.SIGTERM)
        assert status == 143
        assert "The table stopped by itself" in complaints
        assert "Traceback" not in complaints


def test_the_next_evening_finds_one_under_the_same_name(tmp_path: Path) -> None:
    for _ in range(2):
        with evening(tmp_path) as started:
            assert started.until(at_the_table)["balance"] == 500
            assert started.end(signal.SIGTERM)[0] == 143
    kept = json.loads((tmp_path / "client.json").read_text())
    assert [key.split()[-1] for key in kept["tokens"]] == ["Ann"]


def test_two_evenings_in_one_house_are_one_too_many(tmp_path: Path) -> None:
    folder = new_table(tmp_path)
    table = Table(folder, 30)
    try:
        with pytest.raises(CannotOpenError) as refused:
            Table(folder, 30)
        assert str(refused.value)
        assert "\n" not in str(refused.value)
    finally:
        table.close()
    again = Table(folder, 30)
    assert again.port
    again.close()


def test_ctrl_c_while_the_table_opens_leaves_its_books_free(tmp_path: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    folder = new_table(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        Table(folder, 5, stop)
    (folder / "lock").touch()  # It may not even have come that far.
    Lock(folder).release()


def test_a_program_that_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client_gui.evening.PATIENCE", 0.2)
    stubborn = Program("-c", "import threading; threading.Event().wait()")
    stubborn.close()
    assert stubborn.process.returncode == -signal.SIGKILL
