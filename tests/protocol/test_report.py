"""What is said of a file of the draw: a line for each round, and each reason by its name."""

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from protocol import verify
from protocol.fair.verdict import GREY, RED
from protocol.report import report
from tests.protocol.fair.test_vectors import FAIR, TAMPERED, tampered


def rounds_of(*numbers: int, **changes: Any) -> dict[str, Any]:
    """These rounds of the vectors, with something changed in each."""
    document = deepcopy({key: FAIR[key] for key in ("scheme", "table", "anchor")})
    return document | {"rounds": [deepcopy(FAIR["rounds"][n - 1]) | changes for n in numbers]}


def test_the_vectors_hold() -> None:
    held, lines = report(FAIR)
    assert held
    assert lines[0] == f"at the table whose anchor is {FAIR['anchor']}:"
    assert sum(line.startswith("round ") for line in lines) == len(FAIR["rounds"])


def test_a_round_is_called_by_its_number_and_what_fell() -> None:
    _, lines = report(rounds_of(2, name="round 2"))
    assert lines[1:] == ["round 2: number 0: holds"]


def test_a_name_stands_behind_it() -> None:
    _, lines = report(rounds_of(2, name="Anna"))
    assert lines[1:] == ["round 2 Anna: number 0: holds"]


def test_two_zeros_are_written_so() -> None:
    assert report(rounds_of(6, name=""))[1][1] == "round 6: number 00: holds"


@pytest.mark.parametrize("result", [None, [], {}, {"pocket": 38}, {"pocket": -1}, {"pocket": True}])
def test_what_is_no_number_of_a_wheel_is_not_said_as_one(result: Any) -> None:
    document = rounds_of(2, name="")
    document["rounds"][0]["events"][-1]["result"] = result
    assert report(document)[1][1] == "round 2: does NOT hold"


def test_a_round_without_events_has_no_result() -> None:
    held, lines = report(rounds_of(2, name="", events=[]))
    assert not held  # One's own link was in time, and is in no event.
    assert lines[1] == "round 2: does NOT hold"


def test_a_reason_stands_with_its_meaning_and_whom_it_is_about() -> None:
    _, lines = report(rounds_of(1, name=""))
    assert lines[1:] == [
        "round 1: number 5: holds as far as it could be checked",
        f"  withheld: {GREY['withheld']} (account 1002)",
    ]


def test_a_red_step_stands_with_its_meaning() -> None:
    held, lines = report(rounds_of(2, name="", freeze="00" * 32))
    assert not held
    assert f"  freeze: {RED['freeze']}" in lines


@pytest.mark.parametrize("tampering", TAMPERED[::8], ids=lambda each: str(each["name"]))
def test_the_command_names_what_was_tampered_with(
    tampering: Mapping[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(tampered(tampering)), "utf-8")
    status = verify.main([str(file)])
    assert status == (tampering["colour"] == "red")
    named = tampering["step" if status else "grey"]
    assert f"\n  {named}: " in capsys.readouterr().out
