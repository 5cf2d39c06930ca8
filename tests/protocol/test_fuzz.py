import subprocess
import sys
from collections import Counter
from pathlib import Path

from protocol.errors import Fault

FUZZ = Path(__file__).with_name("fuzz.py")
FRAMES = 1_000_000
PROCESSES = 2


def test_a_million_bad_frames_of_each_dialect_make_messages_or_protocol_errors() -> None:
    """In processes of their own: all cores work, and what counts coverage does not slow them."""
    share = str(FRAMES // PROCESSES)
    running = [
        subprocess.Popen(
            [sys.executable, str(FUZZ), "--frames", share, "--seed", str(seed)],
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
            count, outcome = line.split()
            outcomes[outcome] += int(count.replace(",", ""))
    assert outcomes.total() == 2 * FRAMES
    assert {fault.name for fault in Fault} <= set(outcomes)
    # A fuzzer whose frames hardly ever get through, or always do, would prove little.
    assert 0.2 < outcomes["messages"] / outcomes.total() < 0.8
