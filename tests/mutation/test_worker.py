"""A worker runs tests in its own copy, and nothing is left of a run but its answer."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from mutation.worker import Worker

TESTS = """
    import os
    import subprocess
    import sys
    import till


    def test_good():
        assert till.LIT


    def test_bad():
        assert not till.LIT


    def test_that_leaves_somebody_behind():
        left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"],
                                start_new_session=True)
        with open("left", "w") as file:
            file.write(str(left.pid))
        left.returncode = 0


    def test_that_dies():
        os._exit(0)


    def test_that_hangs():
        while True:
            pass
"""
FILE = "tests/test_till.py"


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    root = tmp_path / "root"
    (root / "tests").mkdir(parents=True)
    (root / "till.py").write_text("LIT = True\n", "utf-8")
    (root / FILE).write_text(dedent(TESTS), "utf-8")
    (root / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n', "utf-8")
    worker = Worker(root)
    yield worker
    worker.stop()
    worker.close()
    assert not worker.scratch.exists()
    assert (root / "till.py").read_text("utf-8") == "LIT = True\n"


def ask(worker: Worker, *names: str, **more: object) -> dict[str, object]:
    tests = [f"{FILE}::{name}" for name in names]
    return worker.ask({"files": [FILE], "tests": tests, "patience": 60.0, **more})


def test_only_the_tests_that_are_named_run_in_this_order_until_one_fails(worker: Worker) -> None:
    answer = ask(worker, "test_good", "test_bad", "test_that_dies")
    assert (answer["code"], answer["failed"]) == (1, [f"{FILE}::test_bad"])
    assert ask(worker, "test_bad", "test_good", all=True)["code"] == 1


def test_each_run_sees_the_file_as_it_is_then(worker: Worker) -> None:
    """Also where the text is as long as before and the clock has not moved."""
    for lit, name in (("None", "test_bad"), ("True", "test_good"), ("None", "test_bad")):
        worker.put("till.py", f"LIT = {lit}\n")
        assert ask(worker, name)["code"] == 0


def test_who_dies_is_no_mystery(worker: Worker) -> None:
    answer = ask(worker, "test_good", "test_that_dies")
    assert (answer["code"], answer["running"]) == (None, f"{FILE}::test_that_dies")
    assert ask(worker, "test_good")["code"] == 0


def test_who_hangs_is_ended(worker: Worker) -> None:
    name = f"{FILE}::test_that_hangs"
    answer = ask(worker, "test_that_hangs", seconds={name: 0.5})
    assert (answer["hung"], answer["running"]) == (True, name)
    assert ask(worker, "test_good")["code"] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is nobody's child")
def test_whoever_a_test_leaves_behind_is_ended(worker: Worker) -> None:
    assert ask(worker, "test_that_leaves_somebody_behind")["code"] == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int((worker.tree / "left").read_text()), 0)
