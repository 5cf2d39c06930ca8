"""10 000 hostile lines at the running program: nothing breaks, and the others play on."""

import random
import unicodedata
from pathlib import Path

from protocol.limits import LINE_BYTES
from protocol.messages.bets import BetsPlaced
from protocol.messages.door import Done, Refused
from protocol.messages.lists import Reason, Seat
from protocol.messages.talk import Said, SaidPrivately, Say, SayPrivately
from protocol.wire import encode
from tests.server.guests import Modern
from tests.server.houses import RunningHouse

LINES = 10_000
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

STRANGE = (
    "\x00\x07\x1b[31m\r\n\t\x7f\x85\u2028\u2029"  # controls and line ends
    "\u202a\u202e\u2066\u2069\u200e\u061c"  # what turns the direction
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u3164\u2800"  # what cannot be seen
    "\u0301\u0489\u20dd\u0e47"  # marks
    "\ue000\uffff\U000e0041\U0010ffff\ufffd"  # private, unassigned, tags
    "אבג مرحبا 你好 🎲👨‍👩‍👧🇩🇪 %s %n {0} ${x} ' \" < > & \\ /users"
)


def hostile_line(dice: random.Random) -> str:
    match dice.randrange(4):
        case 0:
            return "".join(dice.choices(STRANGE, k=dice.randrange(1, 60)))
        case 1:
            code = dice.randrange(0x110000)
            return chr(code if not 0xD800 <= code < 0xE000 else 0xFFFD) * dice.randrange(1, 90)
        case 2:
            return dice.choice(("", " ", "x" * LINE_BYTES, "я" * 200, "a" + "\u0301" * 199))
    return f"hello {dice.choice(STRANGE)} world"


def frames_of(line: str, number: int, to: int) -> bytes:
    request = Say(number, line) if number % 2 else SayPrivately(number, to, False, line)
    try:
        return encode(request)
    except ValueError:
        return encode(Say(number, line.encode()[:LINE_BYTES].decode(errors="ignore")))


def test_hostile_lines_break_nothing(tmp_path: Path) -> None:
    (tmp_path / "calm.toml").write_text(CALM)
    data = tmp_path / "data"
    options = ("--config", str(tmp_path / "calm.toml"))
    with RunningHouse(data, *options, level="debug") as house:
        bert = house.modern("Bert", Seat.PLAYER)
        speakers = [house.modern(f"Speaker {n}", Seat.PLAYER) for n in range(SPEAKERS)]
        dice = random.Random(6)
        told = 0
        for each in range(LINES // SPEAKERS // 50):
            for speaker in speakers:
                told += storm(speaker, bert, dice)
            assert isinstance(bert.bet(1, (each % 37, 1)), BetsPlaced)
        said = [each for each in bert.seen if isinstance(each, Said | SaidPrivately)]
        assert len(said) == told > LINES // 10
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
    frames = [frames_of(hostile_line(dice), number, to.account) for number in numbers]
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
    return bool(line.strip()) and len(line.encode()) <= LINE_BYTES and odd <= set("\u200c\u200d")
