"""The planted faults fit the house as it is, so that the testers can be tested at any time."""

import subprocess
import sys
from pathlib import Path

import pytest

from torture.catalogue import ROWS
from torture.faults import Change, OutOfDateError, changed, read
from torture.planted import copy, main

CLONE = Path(__file__).resolve().parents[2]


def test_every_fault_can_be_planted() -> None:
    faults = read()
    assert len(faults) >= 20
    assert {fault.row for fault in faults} <= {row.name for row in ROWS}
    for fault in faults:
        for change in fault.changes:
            assert changed(CLONE, change) != (CLONE / change.file).read_text("utf-8")


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


def test_the_page_lists_every_fault_and_what_finds_it() -> None:
    page = (CLONE / "docs" / "what-survives.md").read_text("utf-8")
    for fault in read():
        assert f"| {fault.name} | `{fault.row}` |" in page
    for row in ROWS:
        assert f"| `{row.name}` |" in page


def test_a_fault_that_does_not_fit_any_more_is_named(tmp_path: Path) -> None:
    (tmp_path / "ledger.py").write_text("one\ntwo\n", "utf-8")
    with pytest.raises(OutOfDateError, match="three"):
        changed(tmp_path, Change("ledger.py", "three", "four"))
