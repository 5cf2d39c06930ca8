"""What was found is found again, as long as it holds."""

from pathlib import Path

import pytest

from mutation.judge import Verdict
from mutation.memory import FOLDER, Found, Memory, digest

TEST = "tests/till/test_till.py::test_pay"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "tests" / "till").mkdir(parents=True)
    (tmp_path / "tests" / "till" / "test_till.py").write_text("one", "utf-8")
    return tmp_path


def killed(memory: Memory) -> Found:
    return Found("a", digest("text"), Verdict.KILLED, TEST, memory.basis(TEST, "all"), 1.0)


SURVIVED = Found("b", digest("text"), Verdict.SURVIVED, "", "all", 2.0)


def test_it_outlives_the_process(root: Path) -> None:
    memory = Memory(root)
    found = killed(memory)
    memory.note(found)
    memory.note(SURVIVED)
    for each in (memory, Memory(root)):
        assert each.recall("a", "text", []) == found
        assert each.recall("b", "text", ["all"]) == SURVIVED


def test_another_text_is_another_mutant(root: Path) -> None:
    memory = Memory(root)
    memory.note(killed(memory))
    assert memory.recall("a", "other", ["all"]) is None
    assert memory.recall("c", "text", ["all"]) is None


def test_who_was_killed_is_tried_again_when_that_test_has_changed(root: Path) -> None:
    memory = Memory(root)
    memory.note(killed(memory))
    (root / "tests" / "till" / "test_till.py").write_text("two", "utf-8")
    assert memory.recall("a", "text", ["all"]) is None
    (root / "tests" / "till" / "test_till.py").unlink()
    assert memory.recall("a", "text", ["all"]) is None


def test_who_survived_is_tried_again_when_anything_has_changed(root: Path) -> None:
    memory = Memory(root)
    memory.note(SURVIVED)
    assert memory.recall("b", "text", ["all of today"]) is None


def test_the_last_word_counts(root: Path) -> None:
    memory = Memory(root)
    memory.note(SURVIVED)
    memory.note(SURVIVED._replace(verdict=Verdict.UNSEEN))
    again = Memory(root).recall("b", "text", ["all"])
    assert again
    assert again.verdict is Verdict.UNSEEN


def test_a_line_that_a_kill_has_torn_costs_only_itself(root: Path) -> None:
    memory = Memory(root)
    memory.note(SURVIVED)
    file = root / FOLDER / "found.jsonl"
    file.write_text(file.read_text("utf-8") + '["a", "te\n', "utf-8")
    assert Memory(root).recall("b", "text", ["all"]) == SURVIVED
