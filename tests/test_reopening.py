"""`run.py server` opens the house again when it ended by a fault, and only then."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import run
from protocol.house.lists import Seat
from tests.server.guests import Modern
from tests.server.houses import PASSWORD, ROOT
from tests.server.pure import SEEDS

WITHIN = 60.0
ENDS = (
    "import os, pathlib, signal, sys\n"
    "file = pathlib.Path('starts')\n"
    "count = len(file.read_text()) if file.exists() else 0\n"
    "file.write_text('x' * (count + 1))\n"
    "ends = sys.argv[1:]\n"
    "end = int(ends[min(count, len(ends) - 1)])\n"
    "if end < 0: os.kill(os.getpid(), -end)\n"
    "sys.exit(end)\n"
)


@pytest.fixture
def ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A program that ends as it is told, each time in the next way."""
    monkeypatch.chdir(tmp_path)
    return [sys.executable, "-c", ENDS]


def starts() -> int:
    return len(Path("starts").read_text())


KILL, SEGV, TERM, INT = (
    -number for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGTERM, signal.SIGINT)
)
if os.name != "nt":
    KILL, SEGV = -signal.SIGKILL, -signal.SIGSEGV
POSIX = pytest.mark.skipif(os.name == "nt", reason="a program ends by a signal on POSIX only")


@pytest.mark.parametrize("code", [0, 1, 2, 130, 143])
def test_who_meant_to_end_is_not_started_again(ending: list[str], code: int) -> None:
    assert run.keep_open([*ending, str(code)]) == code
    assert starts() == 1


@POSIX
@pytest.mark.parametrize("number", [TERM, INT])
def test_who_is_asked_to_end_is_not_started_again(ending: list[str], number: int) -> None:
    assert run.keep_open([*ending, str(number)]) in (128 - number, 1)
    assert starts() == 1


@POSIX
def test_a_fault_is_started_again_and_said(
    ending: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run.keep_open([*ending, "3", str(KILL), str(SEGV), "2"]) == 2
    assert starts() == 4
    assert capfd.readouterr().err.splitlines() == [
        f"The house ended by a fault (exit status {code}). It is opened again."
        for code in (3, 137, 139)
    ]


def test_three_times_in_a_minute_and_no_more(
    ending: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run.keep_open([*ending, "3"]) == 3
    assert starts() == 1 + run.REOPENINGS
    assert capfd.readouterr().err.splitlines()[-1] == (
        "The house ended by a fault once more (exit status 3). It stays closed."
    )


def test_a_fault_now_and_then_is_always_mended(ending: list[str]) -> None:
    moments = iter(range(0, 10_000, 21))  # Three lie within a minute, and no fourth.
    assert run.keep_open([*ending, *["3"] * 9, "0"], lambda: next(moments)) == 0
    assert starts() == 10


class Front:
    """`python run.py server`, with its first screen read."""

    def __init__(self, data: Path, *arguments: str) -> None:
        data.mkdir(mode=0o700)
        SEEDS.save(data / "seeds" / "1")
        self.process = subprocess.Popen(
            [
                *(sys.executable, str(ROOT / "run.py"), "server", "--data", str(data)),
                *("--port", "0", "--croupier-password", PASSWORD, *arguments),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.port = self.listening()

    def wait(self, part: str) -> str:
        assert self.process.stdout
        return next(line for line in self.process.stdout if part in line).rstrip("\n")

    def listening(self) -> int:
        found = re.search(r":(\d+)$", self.wait("listening on"))
        assert found
        return int(found[1])

    @property
    def house(self) -> int:
        """The process of the house itself."""
        number = self.process.pid
        return int(Path(f"/proc/{number}/task/{number}/children").read_text("ascii"))

    def __enter__(self) -> "Front":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


LINUX = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the house in /proc")


@LINUX
def test_a_house_that_is_killed_is_open_again_with_its_console(tmp_path: Path) -> None:
    with Front(tmp_path / "d") as front:
        with Modern(front.port) as anna:
            anna.sign_in("Anna")
            anna.sit(Seat.PLAYER, "")
            anna.bet(1, (17, 5))
        os.kill(front.house, signal.SIGKILL)
        port = front.listening()
        with Modern(port) as anna:
            anna.sign_in("Bert")
            assert front.process.stdin
            front.process.stdin.write("who\nstop\n")
            front.process.stdin.flush()
            assert front.wait("0 seated, 0 watching, round") == "0 seated, 0 watching, round 1"
            front.wait("The house is closed")
        _, told = front.process.communicate(timeout=WITHIN)
        assert front.process.returncode == 0
        assert "The house ended by a fault (exit status 137). It is opened again." in told


@LINUX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_house_and_leaves_nobody_behind(tmp_path: Path, number: int) -> None:
    with Front(tmp_path / "d", "--no-console") as front:
        house = front.house
        front.process.send_signal(number)
        out, told = front.process.communicate(timeout=WITHIN)
        assert out.endswith("The house is closed; the books are in order.\n")
        assert front.process.returncode == 0
        assert "fault" not in told
        assert not Path(f"/proc/{house}").exists()
