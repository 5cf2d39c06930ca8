"""What Wireshark shows with `docs/croupier.lua`."""

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from docs.session import classic_session, modern_session
from docs.tables import DISSECTOR
from protocol.framing import Spoken
from protocol.messages import MESSAGES
from protocol.wire import HEADER, Message, encode
from tests.protocol import vectors
from tests.protocol.capture import write_capture
from tests.protocol.streams import GREETING
from tests.tools import need


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    return tmp_path / "session.pcap"


def shown(capture: Path, *fields: str) -> list[list[str]]:
    """The values of these fields, packet by packet."""
    command = [need("tshark"), "-X", f"lua_script:{DISSECTOR}", "-r", str(capture), "-T", "fields"]
    command += ["-E", "separator=\t", "-E", "aggregator=;"]
    for field in fields:
        command += ["-e", field]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "Lua" not in ran.stderr, ran.stderr
    return [line.split("\t") for line in ran.stdout.split("\n")[:-1]]


def column(rows: Sequence[Sequence[str]], index: int = 0) -> list[str]:
    return [value for row in rows for value in row[index].split(";") if value]


def wire(said: Spoken) -> bytes:
    return encode(said) if isinstance(said, Message) else said.encode()


def cut(data: bytes, sizes: Iterable[int]) -> Iterable[bytes]:
    for size in sizes:
        yield data[:size]
        data = data[size:]
    yield data


def test_a_modern_session_is_shown_message_by_message(capture: Path) -> None:
    steps = list(modern_session())
    write_capture(capture, [(step.from_server, wire(step.said)) for step in steps])
    rows = shown(
        capture,
        *("croupier.message", "croupier.dialect", "croupier.SignIn.name", "croupier.Bet.chips"),
        *("croupier.RoundSettled.pocket", "croupier.PlayerSettled.net", "croupier.Payout.returned"),
        *("croupier.TakeSeat.seat", "croupier.HouseIntroduced.anchor"),
    )
    assert column(rows) == [type(step.said).__name__ for step in steps]
    assert set(column(rows, 1)) == {"modern"}
    assert column(rows, 2) == ["alice"]
    assert column(rows, 3) == ["10", "40"]
    by_name: dict[str, Any] = {type(step.said).__name__: step.said for step in steps}
    assert column(rows, 4) == [str(by_name["RoundSettled"].pocket)]
    net = by_name["PlayerSettled"].net
    assert column(rows, 5) == [str(net)]
    assert len(column(rows, 6)) == 2
    assert column(rows, 7) == ["1"]
    assert column(rows, 8) == [by_name["HouseIntroduced"].anchor.hex()]


def test_a_classic_session_is_shown_too(capture: Path) -> None:
    steps = list(classic_session())
    write_capture(capture, [(step.from_server, wire(step.said)) for step in steps])
    rows = shown(
        capture,
        *("croupier.message", "croupier.dialect", "croupier.classic.code"),
        *("croupier.classic.name", "croupier.classic.net", "croupier.classic.chips"),
        *("croupier.classic.spot", "croupier.classic.number"),
    )
    assert column(rows) == [type(step.said).__name__ for step in steps]
    assert set(column(rows, 1)) == {"classic"}
    assert column(rows, 2) == ["0", "0", "4", "0", "0"]
    assert column(rows, 3) == ["alice", "alice", "alice", "Боб"]
    assert column(rows, 4) == ["100", "-50"]
    assert column(rows, 5) == ["100", "50", "100"]
    assert column(rows, 6) == ["37", "17", "37"]
    assert column(rows, 7) == ["30"]


def test_frames_may_share_a_segment_or_be_cut_across_some(capture: Path) -> None:
    for session in (modern_session(), classic_session()):
        said = [step.said for step in session if step.from_server]
        stream = b"".join(map(wire, said))
        write_capture(capture, [(True, piece) for piece in cut(stream, [1, 6, 50, 3, 2])])
        assert column(shown(capture, "croupier.message")) == [type(each).__name__ for each in said]


def test_a_digest_in_hex_is_taken_whole(capture: Path) -> None:
    digest = b"0123456789abcdef" * 8
    write_capture(capture, [(False, b"\x80" + digest[:70]), (False, digest[70:] + b"\x40")])
    rows = shown(capture, "croupier.message", "croupier.classic.digest")
    assert column(rows) == ["RegisterCroupier", "ListBets"]
    assert column(rows, 1) == [digest.hex()]


def test_every_golden_frame_is_understood(capture: Path) -> None:
    frames = vectors.read("modern.json")
    segments = [(each["from"] == "server", bytes.fromhex(each["hex"])) for each in frames]
    write_capture(capture, segments)
    rows = shown(
        capture, "croupier.message", "croupier.broken", "croupier.appended", "croupier.kind"
    )
    assert column(rows) == [each["message"] for each in frames]
    assert column(rows, 1) == column(rows, 2) == []
    numbers = {owner.__name__: owner.KIND for owner in MESSAGES.values()}
    assert [int(kind, 0) for kind in column(rows, 3)] == [
        numbers[each["message"]] for each in frames
    ]


def test_what_breaks_the_protocol_is_marked(capture: Path) -> None:
    short = HEADER.pack(1, 0x09, 0, 4) + bytes(4)
    for from_server, data in ((False, b"\x7f"), (True, b"\x03"), (True, GREETING + short)):
        write_capture(capture, [(from_server, data)])
        assert column(shown(capture, "_ws.expert.message")), data


def test_what_a_later_version_adds_is_shown_as_such(capture: Path) -> None:
    unknown = HEADER.pack(1, 0xEE, 0, 3) + b"new"
    longer = HEADER.pack(1, 0x09, 7, 10) + bytes(8) + b"\xab\xcd"
    write_capture(capture, [(True, GREETING + unknown + longer)])
    rows = shown(capture, "croupier.message", "croupier.appended", "croupier.table")
    assert column(rows) == ["Greeting", "of a later version", "Pong"]
    assert column(rows, 1) == ["abcd"]
    assert column(rows, 2) == ["0", "0", "7"]
