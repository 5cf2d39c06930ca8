"""Every script starts from anywhere, as a person would start it, and explains itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from run import COMMANDS

CLONE = Path(__file__).resolve().parents[1]

SCRIPTS = sorted(
    {"run.py"}
    | {command.script for command in COMMANDS.values()}
    | {path.relative_to(CLONE).as_posix() for path in CLONE.glob("*/main.py")}
)
"""All that `run.py` can start, and every `main.py` beside it."""


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
    assert ended.stdout.lower().startswith("usage:")
    assert ended.returncode == 0


def test_the_scripts_of_the_house_are_in_the_table() -> None:
    assert {"run.py", "server/main.py", "client_gui/main.py", "protocol/verify.py"} <= {*SCRIPTS}
