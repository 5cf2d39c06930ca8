"""The planted faults fit the house as it is, so that the testers can be tested at any time."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from torture.catalogue import ROWS
from torture.faults import Change, Fault, OutOfDateError, changed, read
from torture.noticed import ask, noticed, planted
from torture.planted import copy, main

CLONE = Path(__file__).resolve().parents[2]


def test_every_fault_can_be_planted() -> None:
    faults = read()
    assert len(faults) >= 60
    assert {fault.row for fault in faults} <= {"", *(row.name for row in ROWS)}
    for fault in faults:
        assert (CLONE / fault.noticed_by).is_dir()
        for path, text in planted(CLONE, fault).texts.items():
            compile(text, path, "exec")
            assert ast.dump(ast.parse(text)) != ast.dump(
                ast.parse((CLONE / path).read_text("utf-8"))
            )


def test_the_house_that_faults_are_planted_in_is_whole(tmp_path: Path) -> None:
    copy(tmp_path)
    command = [sys.executable, "torture/main.py", "--help"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_fault_that_is_none_is_told_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--help"]) == 2
    assert read()[0].name in capsys.readouterr().out


def test_the_pages_list_every_fault_and_what_finds_it() -> None:
    survives = (CLONE / "docs" / "what-survives.md").read_text("utf-8")
    tests = (CLONE / "docs" / "tests.md").read_text("utf-8")
    for fault in read():
        if fault.row:
            assert f"| {fault.name} | `{fault.row}` |" in survives
        else:
            assert f"| {fault.name} | `{fault.noticed_by}` |" in tests
    for row in ROWS:
        assert f"| `{row.name}` |" in survives


def test_a_fault_that_does_not_fit_any_more_is_named(tmp_path: Path) -> None:
    (tmp_path / "ledger.py").write_text("one\ntwo\n", "utf-8")
    with pytest.raises(OutOfDateError, match="0 times: three"):
        changed(tmp_path, Change("ledger.py", "", "three", "four"))


TILL = """
class Till:
    def pay(self, price: int) -> int:
        self.chips -= price
        return price
"""
PAYS = "from till.till import Till\n\ndef test_it_pays() -> None:\n    assert Till().pay(3) == 3\n"


def test_the_tests_of_the_folder_are_asked_about_a_fault(tmp_path: Path) -> None:
    """A till that gives back nothing is noticed; that its chips stay as many is not."""
    for path, text in {
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\n',
        "till/till.py": TILL.replace("class Till:", "class Till:\n    chips = 9\n"),
        "tests/till/test_till.py": PAYS,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    faults = [
        Fault(name, "tests/till", "", 0, "", (Change("till/till.py", "Till.pay", old, ""),))
        for name, old in (("nothing", "return price"), ("for free", "self.chips -= price"))
    ]
    said = {fault.name: noticed(judged) for fault, judged in ask(tmp_path, faults)}
    assert said == {
        "nothing": "noticed by tests/till/test_till.py::test_it_pays",
        "for free": "NOT noticed by any of 1 tests that run it",
    }
