"""The load understands what servers say, however it is cut, and says what it means."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench import frames
from bench.crowd import Crowd
from bench.meter import Meter, percentile
from bench.targets import build_c, compiler
from bench.tongues import Classic, Fact, Modern, Tongue, Trouble
from protocol import classic
from protocol.framing import Decoder
from protocol.games.roulette.bets import PlaceBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import RoundOpened
from protocol.house.door import Goodbye, Ping, Pong, Refused, SignIn
from protocol.house.lists import Farewell, Reason
from protocol.wire import encode
from tests.tools import need

NAMES = [frames.name("t", who) for who in range(3)]
CLASSIC_RESULTS = classic.ResultsShown(
    17, [classic.Result(name, net) for name, net in zip(NAMES, (35, -1, -1), strict=True)]
).encode()


def nobody(_who: int, _frame: bytes | bytearray) -> None:
    raise AssertionError("nothing was to be said")


@pytest.mark.parametrize(
    ("tongue", "said", "heard"),
    [
        (
            Modern,
            frames.with_round(frames.RESULTS, 7),
            {Fact.OTHER: 6, Fact.RESULT: 1, Fact.OWN_RESULT: 1, Fact.OPENED: 1},
        ),
        (Modern, frames.WELCOME, {Fact.OTHER: 1, Fact.GREETED: 1}),
        (Classic, CLASSIC_RESULTS * 2, {Fact.RESULT: 2}),
        (Classic, b"\x00" + CLASSIC_RESULTS, {Fact.SIGNED_IN: 1, Fact.SEATED: 1, Fact.RESULT: 1}),
    ],
)
def test_however_a_stream_is_cut_the_same_is_counted(
    tongue: type[Tongue], said: bytes, heard: dict[Fact, int]
) -> None:
    for cut in range(len(said)):
        listener = tongue(NAMES, nobody)
        rest = listener.hear(1, said[:cut], 1.0)
        assert listener.hear(1, rest + said[cut:], 2.0) == b""
        assert {fact: n for fact, n in zip(Fact, listener.heard, strict=True) if n} == heard


def test_an_answer_is_timed_from_its_own_bet() -> None:
    tongue = Modern(NAMES, nobody)
    tongue.asked[1].extend((10.0, 20.0))
    tongue.hear(1, frames.PLACED * 2, 21.0)
    assert tongue.trips == [11.0, 1.0]
    with pytest.raises(Trouble, match="not made"):
        tongue.hear(1, frames.PLACED, 22.0)


def test_a_patched_bet_says_what_it_means() -> None:
    tongue = Modern(NAMES, nobody)
    tongue.hear(1, encode(RoundOpened(41, 0)), 0.0)
    tongue.hear(tongue.croupier, encode(RoundOpened(41, 0)), 0.0)
    spoken = frames.GREETING + tongue.bet(1) + tongue.bet(1) + tongue.start() + tongue.sign_in(2)
    assert list(Decoder().feed(spoken))[1:] == [
        PlaceBets(1, 41, (Bet(frames.SPOT, frames.CHIPS),), table=1),
        PlaceBets(2, 41, (Bet(frames.SPOT, frames.CHIPS),), table=1),
        StartSpin(3, 41, table=1),
        SignIn(4, NAMES[2], b"", b""),
    ]


def test_a_ping_is_answered() -> None:
    said: list[Any] = []
    tongue = Modern(NAMES, lambda who, frame: said.append((who, bytes(frame))))
    tongue.hear(1, encode(Ping(99)), 0.0)
    assert said == [(1, encode(Pong(99)))]


def test_a_taken_name_is_asked_for_again() -> None:
    said: list[Any] = []
    tongue = Classic(NAMES, lambda who, frame: said.append((who, bytes(frame))))
    tongue.hear(1, b"\x18", 0.0)
    assert said == [(1, frames.classic_register(NAMES[1]))]


@pytest.mark.parametrize(
    ("tongue", "said", "words"),
    [
        (Modern, encode(Refused(1, Reason.FULL, 255, 0, "no room")), "FULL: no room"),
        (Modern, encode(Goodbye(Farewell.SLOW, "too slow")), "SLOW: too slow"),
        (Classic, b"\x68", "the server answered 0x68"),
    ],
)
def test_a_refusal_is_no_measurement(tongue: type[Tongue], said: bytes, words: str) -> None:
    with pytest.raises(Trouble, match=words):
        tongue(NAMES, nobody).hear(1, said, 0.0)


def test_all_names_are_of_one_length() -> None:
    for tag, who in (("", 0), ("abcd", 99_999), ("abcdef", 5)):
        assert len(frames.name(tag, who).encode()) == frames.NAME_SIZE


def test_silence_ends_the_waiting() -> None:
    crowd = Crowd(Modern, NAMES, 1)
    try:
        with pytest.raises(Trouble, match=r"fell silent.*'GREETED': 3"):
            crowd.listen({Fact.GREETED: 3}, 0.0)
    finally:
        crowd.close()


@pytest.mark.parametrize(("share", "value"), [(0.5, 5), (0.99, 10), (0.1, 1), (0.0, 1)])
def test_a_percentile_is_one_of_the_values(share: float, value: int) -> None:
    assert percentile(range(10, 0, -1), share) == value


def test_a_process_is_read_from_outside() -> None:
    work = "import sys; sum(range(10**6)); print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", work], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        meter = Meter(process.pid)
        assert 0 < meter.cpu() <= meter.cpu()
        assert meter.resident() > 1 << 20
        assert meter.threads() == 1
        with meter.held():
            pass
        process.stdin.close()
        assert process.wait(60) == 0


def test_c_builds_without_a_warning(tmp_path: Path) -> None:
    assert build_c(tmp_path, need(compiler() or "cc")).is_file()
