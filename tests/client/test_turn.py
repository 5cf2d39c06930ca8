"""One at a time, and whoever ends gives the turn back."""

import stat
import subprocess
import sys
from pathlib import Path

from client.turn import turn

CLONE = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from client.turn import turn
with turn(Path(sys.argv[1])):
    print("mine", flush=True)
    sys.stdin.read()
"""
ASKER = """
import sys
from pathlib import Path
from client import turn
with open(sys.argv[1], "ab") as file:
    print(turn._is_taken(file.fileno()))
"""


def is_taken(lock: Path) -> bool:
    ran = subprocess.run(
        [sys.executable, "-c", ASKER, str(lock)], cwd=CLONE, capture_output=True, text=True
    )
    return {"True\n": True, "False\n": False}[ran.stdout]


def test_the_turn_of_another_program_is_waited_for_and_given_back_when_it_dies(
    tmp_path: Path,
) -> None:
    lock = tmp_path / "new" / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)],
        cwd=CLONE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "mine\n"
        assert is_taken(lock)
        holder.kill()
        holder.wait()
    assert not is_taken(lock)


def test_it_is_given_back_at_its_end(tmp_path: Path) -> None:
    with turn(tmp_path / "lock"):
        assert is_taken(tmp_path / "lock")
    assert not is_taken(tmp_path / "lock")


def test_the_file_of_the_turn_is_made_with_its_folder_for_its_owner_alone(tmp_path: Path) -> None:
    lock = tmp_path / "new" / "folder" / "lock"
    with turn(lock):
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600
        assert stat.S_IMODE(lock.parent.stat().st_mode) == 0o700


def test_where_no_file_can_be_it_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = []
    with turn(tmp_path / "file" / "lock"):
        done.append(1)
    assert done
