"""The bots' command, as a person or a program starts it."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from protocol.games.roulette.rounds import RoundSettled
from protocol.house.door import Goodbye
from protocol.house.lists import Farewell, Seat
from protocol.wire import encode
from tests.client.loopback import PATIENCE, listening
from tests.server.houses import ROOT, RunningHouse, run_script


def start(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "bots" / "main.py"), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"CROUPIER_HOME": str(tmp_path)},
    )


def test_they_play_at_the_real_table_until_they_are_called_home(tmp_path: Path) -> None:
    # Time enough for the slowest machine: the round ends when everybody is ready.
    settings = tmp_path / "fast.toml"
    settings.write_text("[[table]]\nauto_seconds = 20\nleast_seconds = 0\n")
    with RunningHouse(tmp_path / "data", "--config", str(settings)) as house:
        port = str(house.port)
        options = ("--port", port, "--hurry", "50", "--seed", "4", "--until-eof")
        with start(tmp_path, "4", *options) as bots:
            watcher = house.modern("Watcher", Seat.WATCHER)
            for _ in range(2):
                watcher.wait(RoundSettled, lambda said: said.staked > 0)
            said, complaints = bots.communicate(timeout=PATIENCE)
            assert (bots.returncode, said, complaints) == (0, "", "")
        status, told, log = house.stop()
        assert status == 0, told
        assert "Traceback" not in log


def test_without_a_table_they_say_so_in_a_line(tmp_path: Path) -> None:
    with listening() as house:
        port = str(house.port)
    with start(tmp_path, "2", "--port", port) as bots:
        said, complaints = bots.communicate(timeout=PATIENCE)
    assert bots.returncode == 1
    assert said == f"2 players for 127.0.0.1:{port}; Ctrl-C takes them home.\n"
    assert complaints.startswith("Nobody plays any more: nobody is listening")
    assert complaints.count("\n") == 1


def test_what_a_house_says_reaches_the_terminal_as_text(tmp_path: Path) -> None:
    words = "\x1b]0;mine\x07\x1b[2Jcome\nagain\u202e"
    with (
        socket.create_server(("127.0.0.1", 0)) as house,
        start(tmp_path, "1", "--port", str(house.getsockname()[1])) as bots,
    ):
        line, _ = house.accept()
        with line:
            line.sendall(encode(Goodbye(Farewell.OTHER, words)))
            _, complaints = bots.communicate(timeout=PATIENCE)
    assert complaints == "Nobody plays any more: �]0;mine��[2Jcome�again�\n"


@pytest.mark.parametrize("wrong", [["0"], ["1000"], ["x"], ["2", "--hurry", "0"], []])
def test_a_wrong_option_is_told(wrong: list[str]) -> None:
    ended = run_script("bots/main.py", *wrong)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
