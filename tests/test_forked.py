"""A program that was forked is the one that a new Python would have been."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mutation import calls
from tests.forked import CLONE, Forked, nursery_of, run

PROGRAM = """
import json, os, resource, sys

LOADED = os.getpid()
if __name__ == "loaded":  # As pygame does when it is imported.
    os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", "ours")


def is_open(file):
    try:
        return bool(os.fstat(file))
    except OSError:
        return False


def tell():
    said = {
        "arguments": sys.argv[1:],
        "input": sys.stdin.readline(),
        "wish": os.environ.get("WISH"),
        "folder": os.getcwd(),
        "most": resource.getrlimit(resource.RLIMIT_NOFILE),
        "leads": os.getsid(0) == os.getpid(),
        "here": LOADED == os.getpid(),
        "path": os.environ.get("PATH"),
        "window": os.environ.get("SDL_VIDEO_X11_WMCLASS"),
        "files": [file for file in range(64) if is_open(file)],
    }
    print(json.dumps(said))
    print("and a complaint", file=sys.stderr)


if __name__ == "__main__":
    print("a line that nobody asked for in vain")
    tell()
    print("next", end="")
    if sys.argv[1] == "stay":
        sys.stdin.read()
        threads = __import__("threading")
        threads.Event().wait()
    sys.exit(int(sys.argv[1]))
"""
HANGS = 60.0


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("forked") / "program.py"
    file.write_text(PROGRAM, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SDL_VIDEO_X11_WMCLASS", "pytest's")
        nursery_of(str(file))
    return str(file)


def test_it_has_what_is_its_own_and_says_how_it_ended(script: str) -> None:
    for code, wish in ((0, "red"), (7, "чёрное")):
        program = Forked(
            script,
            *(str(code), "«1»"),
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"WISH": wish},
            session=bool(code),
            descriptors=100 + code,
        )
        assert program.stdin
        assert program.stdout
        assert program.stdout.readline() == "a line that nobody asked for in vain\n"
        program.stdin.write(f"{wish}\n")
        out, complaints = program.communicate(HANGS)
        told, last = out.splitlines()
        assert json.loads(told) == {
            "arguments": [str(code), "«1»"],
            "input": f"{wish}\n",
            "wish": wish,
            "folder": str(CLONE),
            "most": [100 + code] * 2,
            "leads": bool(code),
            "here": True,
            "path": None,
            "window": "ours",
            "files": [0, 1, 2],
        }
        assert (last, complaints, program.wait(HANGS)) == ("next", "and a complaint\n", code)
        program.kill()  # Who has ended is left in peace.
        assert program.poll() == code


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_can_be_ended(script: str, number: int) -> None:
    program = Forked(script, "stay", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert program.stdin
    assert program.stdout
    program.stdin.write("\n")
    program.stdin.flush()
    assert program.stdout.readline()
    assert program.stdout.readline()
    assert program.stdout.read(4) == "next"
    assert program.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(0)
    program.send_signal(number)
    _, complaints = program.communicate(HANGS)
    assert program.wait(HANGS) == -number
    assert complaints.count("KeyboardInterrupt") == complaints.count("Traceback")
    assert complaints.count("Traceback") == (number == signal.SIGINT)


def test_several_live_at_the_same_time(script: str) -> None:
    programs = [
        Forked(script, str(n), stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) for n in range(4)
    ]
    assert len({program.pid for program in programs}) == 4
    with ThreadPoolExecutor() as pool:
        told = list(pool.map(lambda program: program.communicate(HANGS)[0], reversed(programs)))
    assert all('"files": [0, 1, 2]' in each for each in told)
    assert [program.wait(HANGS) for program in programs] == [0, 1, 2, 3]


def test_one_that_ends_by_itself(script: str) -> None:
    ended = run(script, "3", words="a few words\n")
    assert (ended.returncode, ended.stderr) == (3, "and a complaint\n")
    assert '"input": "a few words\\n"' in ended.stdout
    assert ended.stdout.endswith("next")


def test_it_goes_with_whoever_started_it(script: str) -> None:
    """His end is the end of what he and it could say."""
    starter = (
        "import os, signal, subprocess; from tests.forked import Forked; "
        f"Forked({script!r}, 'stay', stdin=subprocess.PIPE, stdout=1); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", starter], cwd=CLONE, capture_output=True, timeout=HANGS, check=False
    )
    assert ended.returncode == -signal.SIGKILL


def test_what_it_calls_is_noted_for_the_test_that_started_it(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "calls"
    monkeypatch.setenv(calls.FILE, str(file))
    monkeypatch.setenv(calls.ROOT, str(Path(script).parent))
    for test in ("one", "other"):
        monkeypatch.setenv(calls.TEST, test)
        run(os.path.relpath(script, CLONE), "0")  # As tests name the programs of the tree.
    assert {
        f"{test}\tprogram.py\t{name}" for test in ("one", "other") for name in ("<module>", "tell")
    } <= {*file.read_text("utf-8").splitlines()}
