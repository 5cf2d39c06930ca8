"""The command that verifies a file: what it says, and what becomes of a file that is none."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from protocol import verify
from tests.protocol.fair.test_vectors import FAIR
from tests.protocol.test_report import rounds_of

ANCHOR = f"at the table whose anchor is {FAIR['anchor']}:"


def first_round(**changes: Any) -> dict[str, Any]:
    return rounds_of(2, **changes)


def test_the_command_says_what_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(FAIR), "utf-8")
    assert verify.main([str(file)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == ANCHOR
    assert sum(line.startswith("round ") for line in said) == len(FAIR["rounds"])
    file.write_text(json.dumps(first_round(freeze="00" * 32)), "utf-8")
    assert verify.main([str(file)]) == 1
    assert ": does NOT hold" in capsys.readouterr().out


def test_one_round_that_does_not_hold_is_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rounds.json"
    document = rounds_of(2, 5, 6)
    document["rounds"][1]["rules"] = "partage"
    file.write_text(json.dumps(document), "utf-8")
    assert verify.main([str(file)]) == 1
    said = capsys.readouterr().out.splitlines()
    ends = [line.rpartition(": ")[2] for line in said if line.startswith("round ")]
    assert ends == ["holds", "does NOT hold", "holds"]


def test_more_than_the_memory_holds_is_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(verify, "read_json", full)
    file = tmp_path / "rounds.json"
    file.write_text("{}", "utf-8")
    assert verify.main([str(file)]) == 2
    assert capsys.readouterr().out == f"{file}: it is more than the memory holds\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "this is not JSON"),
        (b"\xff", "codec can't decode"),
        (b"[" * 200_000, "too many brackets in brackets"),
        (b'{"table": 1, "table": 2}', "said twice"),
        (b"1" * 5000, "this is not JSON"),
        (None, "No such file"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, words: str
) -> None:
    file = tmp_path / "rounds.json"
    if content is not None:
        file.write_bytes(content)
    assert verify.main([str(file)]) == 2
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("round 2", "round 2"),
        (7, "round 2"),
        ("first", "round 2 first"),
        ("round 1: number 12: holds", "round 2 ‹round 1: number 12: holds›"),
        ("\x1b[2J\ud800\u202e›", "round 2 ‹�[2J���›"),
    ],
)
def test_a_name_in_the_file_is_shown_as_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: object, shown: str
) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(first_round(name=name)), "utf-8")
    assert verify.main([str(file)]) == 0
    assert capsys.readouterr().out == f"{ANCHOR}\n{shown}: number 0: holds\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_file_is_read_as_other_shells_write_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(FAIR), encoding)
    assert verify.main([str(file)]) == 0
    assert "holds" in capsys.readouterr().out


def test_a_file_without_an_end_is_not_read_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rounds.json"
    for size, words in ((64 << 20, "this is not JSON"), ((64 << 20) + 1, "more than 64 MB")):
        with file.open("wb") as sparse:
            sparse.truncate(size)
        assert verify.main([str(file)]) == 2
        assert capsys.readouterr().out.startswith(f"{file}: {words}")


ABOUT = """
Checks that the rounds in FILE were not steered, without network and without a table. FILE is
what a window or the server exported. Of each round it says that it holds, how far that could
be checked, or which step does not. Exit code 0: nothing is wrong; 1: something is; 2: there
is nothing to check.
"""


@pytest.mark.parametrize(
    ("arguments", "status", "about"),
    [
        ([], 2, ""),
        (["--no"], 2, ""),
        (["a", "b"], 2, ""),
        (["-h"], 0, ABOUT),
        (["--help"], 0, ABOUT),
    ],
)
def test_the_command_says_how_it_is_used(
    arguments: list[str], status: int, about: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main(arguments) == status
    assert capsys.readouterr().out == f"usage: python run.py verify FILE\n{about}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name on this system")
def test_a_pipe_with_a_name_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert verify.main([str(pipe)]) == 2
    words = "this is a pipe, whose other end may never come: give a file"
    assert capsys.readouterr().out == f"{pipe}: {words}\n"


@pytest.mark.skipif(not Path("/dev/stdin").is_symlink(), reason="no such link on this system")
def test_what_a_shell_hands_over_is_read() -> None:
    command = [sys.executable, verify.__file__, "/dev/stdin"]
    ran = subprocess.run(
        command, input=json.dumps(FAIR), capture_output=True, text=True, check=False
    )
    assert ran.stdout.startswith(ANCHOR)
    assert ran.returncode == 0


def test_an_empty_file_is_said_to_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").touch()
    assert verify.main([str(tmp_path / "empty")]) == 2
    assert capsys.readouterr().out == f"{tmp_path / 'empty'}: there is nothing in it\n"


def test_a_terminal_that_has_not_the_letters_is_told_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(first_round(name="Анна")), "utf-8")
    command = [sys.executable, str(Path(verify.__file__)), str(file)]
    plain = os.environ | {"PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(command, env=plain, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    name = "\\u0410\\u043d\\u043d\\u0430"
    assert ran.stdout == f"{ANCHOR}\nround 2 {name}: number 0: holds\n"


def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(FAIR), "utf-8")
    command = [sys.executable, str(Path(verify.__file__)), str(file)]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing) as gone:
        ran = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_the_script_runs_by_itself_from_anywhere(tmp_path: Path) -> None:
    script = Path(verify.__file__)
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(FAIR), "utf-8")
    command = [sys.executable, str(script), str(file)]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
