import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from protocol.errors import Fault

FUZZ = Path(__file__).with_name("fuzz.py")
PROCESSES = 2


def run(script: Path, option: str, count: int) -> Counter[str]:
    """In processes of their own: all cores work, and what counts coverage does not slow them."""
    running = [
        subprocess.Popen(
            [sys.executable, str(script), option, str(count // PROCESSES), "--seed", str(seed)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in range(PROCESSES)
    ]
    outcomes: Counter[str] = Counter()
    for process in running:
        said, failed = process.communicate()
        assert process.returncode == 0, failed
        for line in said.splitlines()[1:]:
            times, outcome = line.split(maxsplit=1)
            outcomes[outcome] += int(times.replace(",", ""))
    return outcomes


@pytest.mark.count(40_000, 1_000_000)
def test_bad_frames_of_each_dialect_make_messages_or_protocol_errors(count: int) -> None:
    outcomes = run(FUZZ, "--frames", count)
    assert outcomes.total() == 2 * count
    assert {fault.name for fault in Fault} <= set(outcomes)
    # A fuzzer whose frames hardly ever get through, or always do, would prove little.
    assert 0.2 < outcomes["messages"] / outcomes.total() < 0.8
