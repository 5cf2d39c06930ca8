from pathlib import Path

import pytest

from tests.protocol.test_fuzz import run

FUZZ = Path(__file__).with_name("fuzz.py")


@pytest.mark.count(400, 20_000)
def test_every_file_gets_a_verdict_on_each_round_or_one_plain_line(count: int) -> None:
    outcomes = run(FUZZ, "--mutants", count)
    assert outcomes.total() == count
    assert all(outcomes[each] > count / 50 for each in ("green", "grey", "red", "refused"))
