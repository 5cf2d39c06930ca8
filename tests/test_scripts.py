"""Every script starts from anywhere, as a person would start it, and explains itself."""

import ast
import os
import signal
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from run import COMMANDS, TROUBLE, WANTED

CLONE = Path(__file__).resolve().parents[1]

SCRIPTS = sorted(
    {"run.py"}
    | {command.script for command in COMMANDS.values()}
    | {path.relative_to(CLONE).as_posix() for path in CLONE.glob("*/main.py")}
)
"""All that `run.py` can start, and every `main.py` beside it."""

NAMES = {command.script: name for name, command in COMMANDS.items()}
"""What people type to start it."""


@pytest.mark.parametrize("script", [name for name in SCRIPTS if (CLONE / name).exists()])
@pytest.mark.parametrize("where", ["the clone", "the root", "its folder"])
def test_a_script_starts_from_anywhere(script: str, where: str) -> None:
    path = CLONE / script
    cwd = {"the clone": CLONE, "the root": Path(path.anchor), "its folder": path.parent}[where]
    name = str(path) if where == "the root" else str(path.relative_to(cwd))
    ended = subprocess.run(
        [sys.executable, name, "--help"],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ended.stderr == ""
    assert ended.stdout.lower().startswith(f"usage: python run.py {NAMES.get(script, '')}")
    assert ended.returncode == 0


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_old_python_is_told_so_before_anything_else(script: str) -> None:
    """Whatever a script needs of a newer Python comes later: this one can only read it."""
    path = CLONE / script
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 6))
    pretend = "import runpy, sys; sys.version_info = (3, 10, 1); "
    ended = subprocess.run(
        [sys.executable, "-c", f"{pretend}runpy.run_path({str(path)!r}, run_name='__main__')"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ended.stderr == f"This is Python 3.10. {WANTED}\n"
    assert (ended.returncode, ended.stdout) == (TROUBLE, "")


def test_without_pygame_the_window_says_what_to_do() -> None:
    ended = subprocess.run(
        [sys.executable, "-S", str(CLONE / "client_gui" / "main.py"), "127.0.0.1", "1"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (
        ended.stderr
        == "The window needs pygame, and this Python has none. Try: python run.py client\n"
    )
    assert ended.returncode == 1


def test_the_scripts_of_the_house_are_in_the_table() -> None:
    assert {"run.py", "server/main.py", "client_gui/main.py", "protocol/verify.py"} <= {*SCRIPTS}


@pytest.mark.skipif(os.name == "nt", reason="a signal for one process is POSIX's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("later", [1, 20, 45])
@pytest.mark.parametrize(
    "command",
    [
        "run.py server --port 0 --data",
        "server/main.py --port 0 --data",
        "client_gui/main.py 127.0.0.1 1 --trace",
        "client_gui/play.py --trace",
        "client_text/main.py 127.0.0.1",
        "bots/main.py 1 --port",
    ],
)
def test_a_start_that_is_stopped_shows_no_traceback(
    command: str, number: signal.Signals, later: int, tmp_path: Path
) -> None:
    """Python names each module when it has it: stop so many modules after the script's first."""
    script, *arguments = command.split()
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", str(CLONE / script), *arguments, str(tmp_path / "1")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "SDL_VIDEODRIVER": "dummy", "HOME": str(tmp_path)},
    )
    assert process.stderr
    names = (line.split("|")[-1].strip() for line in process.stderr)
    assert "signal" in names
    last = list(islice(names, later))
    process.send_signal(number)
    out, complaint = process.communicate(timeout=60)
    assert "Traceback" not in complaint, last
    assert "Fatal" not in complaint
    # As the shell sees it, 128 and the signal; a house that was open already closes in good order.
    assert process.returncode in (-number, 128 + number, 0), (out, complaint)
