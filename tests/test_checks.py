"""The checks run at the same time, are told in order, and end together."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checks import CLONE, Check, checks, perform

if sys.platform == "win32":
    pytest.skip("this system has no pipes with a name", allow_module_level=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where modules are found that tests write; and a pipe, at which one waits for another."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    head = f"import os, sys, signal\nfrom pathlib import Path\nhere = Path({str(folder)!r})\n"
    (folder / f"{name}.py").write_text(head + text, "utf-8")


WAIT = "(here / 'pipe').read_text()\n"
GO = "(here / 'pipe').write_text('go')\n"


def test_they_run_at_the_same_time_and_are_told_in_order(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write(folder, "one", f"print('begins', flush=True)\n{WAIT}print('ends', file=sys.stderr)\n")
    write(folder, "two", f"print('all the while', sys.argv[1])\n{GO}")
    assert perform([Check(("one",)), Check(("two", "long"))]) == 0
    assert capfd.readouterr() == ("== one\nbegins\nends\n== two long\nall the while long\n", "")


def test_who_follows_begins_when_the_one_before_has_ended(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write(folder, "one", f"{WAIT}(here / 'left').touch()\n")
    write(folder, "two", "print((here / 'left').exists())\n")
    write(folder, "three", GO)
    assert perform([Check(("one",)), Check(("two",), follows=True), Check(("three",))]) == 0
    assert "== two\nTrue\n" in capfd.readouterr().out


HANGS = f"(here / 'pid').write_text(str(os.getpid()))\n{GO}signal.pause()\n"


def test_the_first_that_fails_ends_the_others(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write(folder, "one", f"{WAIT}print('wrong')\nsys.exit(7)\n")
    write(folder, "two", HANGS)
    assert perform([Check(("one", "hard")), Check(("two",))]) == 7
    assert capfd.readouterr() == (
        "== one hard\nwrong\n",
        "Stopped here: `one hard` failed.\n",
    )
    with pytest.raises(ProcessLookupError):
        os.kill(int((folder / "pid").read_text()), 0)


def test_the_last_says_for_itself_that_it_failed(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write(folder, "one", "sys.exit(5)\n")
    assert perform([Check(("one",))]) == 5
    assert capfd.readouterr() == ("== one\n", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_of_them(folder: Path, number: signal.Signals) -> None:
    write(folder, "one", HANGS)
    program = "from tests.checks import *; sys.exit(perform([Check(('one',))]))"
    with subprocess.Popen([sys.executable, "-c", program], cwd=CLONE) as running:
        (folder / "pipe").read_text()
        running.send_signal(number)
        assert running.wait(60) == 128 + number
    with pytest.raises(ProcessLookupError):
        os.kill(int((folder / "pid").read_text()), 0)


def test_every_folder_of_tests_is_in_exactly_one_check() -> None:
    ahead = [check.words for check in checks(long=False)]
    (apart,) = (words[-1] for words in ahead if words[:2] == ("coverage", "run"))
    ((_, left_out, *_),) = (words for words in ahead if words[0] == "pytest")
    assert left_out == f"--ignore={apart}"
