"""Hostile lines at the running program: nothing breaks, and the others play on."""

import random
import unicodedata
from pathlib import Path

import pytest

from protocol.games.roulette.bets import BetsPlaced
from protocol.house.door import Done, Refused
from protocol.house.lists import Reason, Seat
from protocol.house.talk import Said, SaidPrivately, Say, SayPrivately
from protocol.limits import LINE_BYTES
from protocol.wire import encode
from tests.hostile import as_said, hostile_line
from tests.server.guests import Modern
from tests.server.houses import RunningHouse

SPEAKERS = 4
CALM = """
[limits]
requests_a_second = 1e6
request_burst = 1e6
talk_a_second = 1e6
talk_burst = 1e6
talk_deliveries_a_second = 1e9
"""
"""Without its limits: every line is judged."""


def frame_of(line: str, number: int, to: int) -> bytes:
    return encode(Say(number, line) if number % 2 else SayPrivately(number, to, False, line), 1)


@pytest.mark.count(2_000, 10_000)
def test_hostile_lines_break_nothing(tmp_path: Path, count: int) -> None:
    (tmp_path / "calm.toml").write_text(CALM)
    data = tmp_path / "data"
    options = ("--config", str(tmp_path / "calm.toml"))
    with RunningHouse(data, *options, level="debug") as house:
        bert = house.modern("Bert", Seat.PLAYER)
        speakers = [house.modern(f"Speaker {n}", Seat.PLAYER) for n in range(SPEAKERS)]
        dice = random.Random(6)
        told = 0
        for each in range(count // SPEAKERS // 50):
            for speaker in speakers:
                told += storm(speaker, bert, dice)
            assert isinstance(bert.bet(1, (each % 37, 1)), BetsPlaced)
        said = [each for each in bert.seen if isinstance(each, Said | SaidPrivately)]
        assert len(said) == told > count // 10
        assert all(is_harmless(each.line) for each in said)
        assert house.stop()[0] == 0
    kept = "".join(file.read_text("utf-8") for file in (data / "log").iterdir()).split("\n")
    assert not [line for line in kept if "Traceback" in line or not line.isprintable()]
    private = [line for line in kept if "SayPrivately" in line or "SaidPrivately" in line]
    assert private
    assert not [line for line in private if "hello" in line]


def storm(speaker: Modern, to: Modern, dice: random.Random) -> int:
    """Fifty lines at once; how many of them were taken."""
    numbers = [speaker.next() for _ in range(50)]
    frames = [frame_of(as_said(hostile_line(dice)), number, to.account) for number in numbers]
    speaker.send(b"".join(frames))
    speaker.seen.clear()
    answers = [
        speaker.wait(object, lambda said, n=number: getattr(said, "number", 0) == n)  # type: ignore[misc] # bound at once
        for number in numbers
    ]
    assert all(
        isinstance(each, Done) or (isinstance(each, Refused) and each.reason is Reason.TEXT_UNFIT)
        for each in answers
    )
    return sum(isinstance(each, Done) for each in answers)


def is_harmless(line: str) -> bool:
    unseen = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    odd = {char for char in line if unicodedata.category(char) in unseen}
    inked = any(unicodedata.category(char)[0] in "LNPS" for char in line)
    return inked and len(line.encode()) <= LINE_BYTES and odd <= set("\u200c\u200d")
