"""A tiny house is tried from end to end: who is noticed, who is not, and what is kept."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from mutation import cover
from mutation.changed import base
from mutation.command import chosen, mutate
from mutation.cover import BrokenTestsError
from mutation.equivalent import StaleError
from mutation.mutant import mutants
from mutation.source import Source
from tests.once import once

CLONE = Path(__file__).resolve().parents[2]
FILES = {
    "pyproject.toml": """
        [tool.pytest.ini_options]
        pythonpath = ["."]
        filterwarnings = ["error"]
        """,
    "till/__init__.py": "",
    "till/purse.py": """
        MOST = 10


        def pay(purse, price):
            if price > purse:
                raise ValueError("too dear")
            return purse - price


        def allowed(price):
            return price <= MOST


        def half(chips):
            while chips > 5:
                chips -= 5
            return chips


        def forgotten(chips):
            return chips + 1


        LEAST = 1
        """,
    "till/main.py": """
        import sys
        from till.purse import pay

        WORDS = 2


        def main(words):
            print(pay(*map(int, words[:WORDS])))


        if __name__ == "__main__":
            main(sys.argv[1:])
        """,
    "tests/till/test_purse.py": """
        import sys

        import pytest
        from till.purse import allowed, half, pay


        @pytest.fixture(scope="module")
        def paid():
            return pay(7, 5)


        def test_nothing():
            pass


        def test_what_is_left(paid):
            assert paid == 2


        def test_what_is_too_dear():
            with pytest.raises(ValueError):
                pay(1, 2)


        def test_what_is_allowed():
            assert allowed(3) and not allowed(30)


        def test_half():
            assert half(9) == 4


        def test_that_nobody_may_watch():
            assert sys.gettrace() is None


        def test_that_fails_by_itself():
            assert False
        """,
    "tests/till/test_main.py": """
        import subprocess
        import sys
        from till.purse import LEAST

        NAME = ("one",)[LEAST - 1]


        def test_the_program():
            command = [sys.executable, "-m", "till.main", "9", "4"]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert process.stdout.readline() == "5\\n"
            process.kill()
            process.communicate()
        """,
}


def build(root: Path) -> Path:
    for path, text in FILES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).lstrip(), "utf-8")
    return root


@dataclass
class Ran:
    """What a run said."""

    root: Path
    code: int
    words: str

    def found(self) -> dict[str, tuple[str, str]]:
        """The verdict about each mutant, and the test that noticed it."""
        file = self.root / ".mutation" / "found.jsonl"
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        return {row[0]: (row[2], row[3]) for row in rows}


def try_all(root: Path, *arguments: str) -> Ran:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(io.StringIO()):
        code = mutate(root, [*arguments, "--workers", "1"])
    return Ran(root, code, said.getvalue())


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """All mutants of the till."""
    folder = once(tmp_path_factory, "till", try_the_till)
    code, words = json.loads((folder / "said.json").read_text("utf-8"))
    return Ran(folder / "till", code, words)


def try_the_till(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "FLOOR", 2.0)
        done = try_all(build(folder / "till"), "till")
    (folder / "said.json").write_text(json.dumps([done.code, done.words]), "utf-8")


@pytest.fixture
def root(ran: Ran, tmp_path: Path) -> Path:
    """The same, with what that run has kept."""
    shutil.copytree(ran.root, tmp_path / "till")
    return tmp_path / "till"


PURSE = "till/purse.py"
TESTS = "tests/till/test_purse.py"


def test_a_mistake_that_a_test_notices_is_killed_by_that_test(ran: Ran) -> None:
    found = ran.found()
    assert found[f"{PURSE}:pay:drop:1"] == ("killed", f"{TESTS}::test_what_is_too_dear")
    assert found[f"{PURSE}:half:added:1"][0] == "hung"
    assert f"{PURSE}:pay:drop:1" not in ran.words


def test_what_a_fixture_of_the_file_runs_is_judged_by_all_of_it(ran: Ran) -> None:
    test = ran.found()[f"{PURSE}:pay:arithmetic:1"]
    assert test == ("killed", f"{TESTS}::test_what_is_left")


def test_a_mistake_that_nobody_notices_is_shown_with_its_line(ran: Ran) -> None:
    assert ran.found()[f"{PURSE}:pay:compare:1"][0] == "survived"
    assert f"{PURSE}:5: 7 tests run it; --show {PURSE}:pay:compare:1" in ran.words
    assert "    if price > purse: → if price >= purse:\n" in ran.words


def test_a_line_that_no_test_runs_is_shown_as_such(ran: Ran) -> None:
    assert ran.found()[f"{PURSE}:forgotten:arithmetic:1"] == ("unseen", "")
    assert f"no test runs it; --show {PURSE}:forgotten:arithmetic:1" in ran.words


def test_a_line_that_runs_at_the_import_concerns_every_test(ran: Ran) -> None:
    assert ran.found()[f"{PURSE}::constant:1"][0] == "survived"
    assert f"{PURSE}:1: 7 tests run it" in ran.words


def test_a_mistake_with_which_tests_cannot_be_read_is_noticed(ran: Ran) -> None:
    assert ran.found()[f"{PURSE}::constant:4"] == ("killed", "tests/till/test_main.py")
    assert ran.found()[f"{PURSE}::constant:3"][0] == "survived"


def test_the_program_that_a_test_starts_has_the_mistake_in_it(ran: Ran) -> None:
    """Though it is killed, and so cannot say at its end what it ran."""
    assert ran.found()["till/main.py:main:drop:1"][0] in ("killed", "hung")
    noticed = ("killed", "tests/till/test_main.py::test_the_program")
    assert ran.found()["till/main.py:main:swap:1"] == noticed
    assert ran.found()["till/main.py::constant:1"] == noticed, "outside all functions"


def test_a_test_that_fails_anyway_judges_nobody(ran: Ran) -> None:
    assert f"it fails without any mutant: {TESTS}::test_that_fails_by_itself" in ran.words
    assert all("by_itself" not in test for _, test in ran.found().values())


def test_a_test_that_fails_only_while_it_is_watched_is_not_left_out(ran: Ran) -> None:
    assert "nobody_may_watch" not in ran.words


def test_the_figures_add_up_and_too_many_survivors_are_exit_code_1(ran: Ran) -> None:
    verdicts = [verdict for verdict, _ in ran.found().values()]
    row = next(line.split() for line in ran.words.splitlines() if line.startswith("till  "))
    counts = [verdicts.count(each) for each in ("killed", "hung", "survived", "unseen")]
    assert row[1:7] == [*map(str, (len(verdicts), *counts)), "0"]
    share = 100 * (counts[2] + counts[3]) / len(verdicts)
    assert row[7] == f"{share:.1f}"
    assert ran.code == 1
    assert try_all(ran.root, "till", "--most", f"{share + 0.1}").code == 0


def test_what_was_found_is_not_found_again(root: Path) -> None:
    kept = (root / ".mutation" / "found.jsonl").read_text("utf-8")
    again = try_all(root, "till")
    assert (root / ".mutation" / "found.jsonl").read_text("utf-8") == kept
    assert f"--show {PURSE}:pay:compare:1" in again.words


def test_a_survivor_is_tried_again_when_a_test_has_changed(root: Path) -> None:
    file = root / TESTS
    text = file.read_text("utf-8").replace("assert False", "assert pay(3, 3) == 0")
    file.write_text(text, "utf-8")
    name = f"{PURSE}:pay:compare:1"
    assert name not in try_all(root, name).words
    assert try_all(root, name).found()[name] == ("killed", f"{TESTS}::test_that_fails_by_itself")


def test_tests_of_another_folder_come_after_its_own(root: Path) -> None:
    (root / "tests" / "more").mkdir()
    more = "from till.purse import pay\n\ndef test_the_last_chip():\n    assert pay(3, 3) == 0\n"
    (root / "tests" / "more" / "test_more.py").write_text(more, "utf-8")
    kept, noticed = f"{PURSE}:pay:compare:1", f"{PURSE}:pay:drop:1"
    (root / ".mutation" / "found.jsonl").unlink()
    found = try_all(root, f"{PURSE}:pay", "--also", "tests/more").found()
    assert found[kept] == ("killed", "tests/more/test_more.py::test_the_last_chip")
    assert found[noticed] == ("killed", f"{TESTS}::test_what_is_too_dear")


def test_what_has_no_tests_of_its_own_is_told_so(root: Path) -> None:
    (root / "lamp.py").write_text("LIT = True\n", "utf-8")
    with pytest.raises(BrokenTestsError, match="no tests/test_lamp"):
        try_all(root, "lamp.py")


def test_a_sample_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    source = Source(dedent(FILES[PURSE]), PURSE)
    one, again, other = (chosen(mutants(source), {PURSE: source}, 9, seed) for seed in "112")
    assert one == again != other
    assert len(one) == len(other) == 9
    assert len(chosen(mutants(source), {PURSE: source}, None, "1")) > 20
    lamp = Source("LIT = 1 + 2 < 3\n", "lamp.py")
    both = [*mutants(lamp), *mutants(source)]
    beside = chosen(both, {PURSE: source, "lamp.py": lamp}, 9, "1")
    assert [each for each in beside if each.path == PURSE] == one


def test_an_equivalent_is_left_alone_and_needs_a_reason(root: Path) -> None:
    name = f"{PURSE}:pay:compare:1"
    shown = try_all(root, "--show", name)
    assert shown.code == 0
    entry = re.search(r"\[\[equivalent\]\]\n(.+\n)+", shown.words)
    assert entry
    (root / "mutation").mkdir()
    file = root / "mutation" / "equivalent.toml"
    file.write_text(entry[0], "utf-8")
    with pytest.raises(StaleError, match="nobody says why"):
        try_all(root, "till")
    file.write_text(entry[0].replace('reason = ""', 'reason = "nobody owes"'), "utf-8")
    assert name not in (again := try_all(root, "till")).words
    assert again.words.splitlines()[-1].split()[6] == "1"


def test_an_equivalent_that_means_something_else_by_now_is_an_error(root: Path) -> None:
    (root / "mutation").mkdir()
    row = '[[equivalent]]\nid = "{}"\nchange = "a → b"\nreason = "so"\n'
    for name, words in (("pay:compare:1", "another one now"), ("pay:compare:9", "no such")):
        text = row.format(f"{PURSE}:{name}")
        (root / "mutation" / "equivalent.toml").write_text(text, "utf-8")
        with pytest.raises(StaleError, match=words):
            try_all(root, "till")


def test_only_what_has_changed_is_tried(root: Path) -> None:
    git = ("git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b.c")

    def commit() -> None:
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", "A till"], check=True)

    subprocess.run([*git[:3], "init", "-q", "-b", "main"], check=True)
    (root / ".gitignore").write_text(".mutation/\n", "utf-8")
    commit()
    file = root / PURSE
    file.write_text(file.read_text("utf-8").replace("price <= MOST", "price < MOST + 1"), "utf-8")
    ran = try_all(root, "till", "--base", "HEAD")
    allowed = {name for name in ran.found() if ":allowed:" in name}
    assert f"{len(allowed)} mutants; first" in ran.words
    first = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    commit()
    assert base(root) == first.stdout.strip()
    again = try_all(root, "till", "--changed").words
    assert f"what differs from {base(root)}\n" in again
    assert f"{len(allowed)} mutants; first" in again


@pytest.fixture
def hanging(root: Path) -> Iterator[subprocess.Popen[str]]:
    """The program as a person starts it, at a mutant that hangs."""
    (root / ".mutation" / "found.jsonl").unlink()
    shutil.copytree(CLONE / "mutation", root / "mutation", ignore=shutil.ignore_patterns("*.toml"))
    shutil.copy(CLONE / "run.py", root)
    process = subprocess.Popen(
        [sys.executable, "mutation/main.py", f"{PURSE}:half:added:1", "--workers", "1"],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(root.parent)},
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_leaves_no_process_and_no_copy(
    hanging: subprocess.Popen[str], root: Path, number: signal.Signals
) -> None:
    assert hanging.stdout
    assert "1 mutants" in hanging.stdout.readline()
    assert "judges nobody" in hanging.stdout.readline()  # From here on it tries the mutant.
    hanging.send_signal(number)
    said, _ = hanging.communicate(timeout=120)
    assert "Stopped; what was found is kept" in said
    assert hanging.returncode == 128 + signal.SIGINT
    assert [*root.parent.iterdir()] == [root]
    assert not processes_in(root.parent)


def processes_in(folder: Path) -> list[str]:
    """Whoever works in this folder, where the system tells."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cwd"):
        try:
            place = each.readlink()
        except OSError:
            continue
        if place.is_relative_to(folder):
            found.append(each.parent.name)
    return found
