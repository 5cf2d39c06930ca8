"""A program of ours ends when it is asked to, whatever holds it up."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

CLONE = Path(__file__).resolve().parents[2]
PATIENCE = 20.0
PROGRAM = """
import signal, sys, time
from client.ending import ends_by
ends_by(signal.SIGTERM, 7)
try:
    print("ready", flush=True)
    {what}
finally:
    {afterwards}
"""


SWALLOWED = """
    try:
        time.sleep(3600)
    except SystemExit:
        raise TypeError("not a file object") from None
"""
"""As the renderer does with whatever comes while it opens a font."""


def ended(what: str, afterwards: str) -> tuple[int, str]:
    """The exit code of a program that does this when it is asked to end, and what it said."""
    program = PROGRAM.format(what=what, afterwards=afterwards)
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=CLONE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            process.stdout.readline()
            process.send_signal(signal.SIGTERM)
            said = process.communicate(timeout=PATIENCE)[0]
        finally:
            process.kill()  # Who does not end would be waited for without end.
    return process.returncode, said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without asking")
@pytest.mark.parametrize(
    ("what", "afterwards", "said"),
    [
        ("time.sleep(3600)", 'print("bye")', "bye\n"),
        ("while True: pass", 'print("bye")', "bye\n"),
        ("time.sleep(3600)", "time.sleep(3600)", ""),
        (SWALLOWED, 'print("bye", flush=True)', "bye\n"),
        ("sys.stdin.read()", "__import__('threading').Event().wait()", ""),
    ],
)
def test_it_ends_in_its_own_way_or_else_all_the_same(what: str, afterwards: str, said: str) -> None:
    assert ended(what, afterwards) == (7, said)
