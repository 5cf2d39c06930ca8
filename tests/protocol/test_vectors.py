"""The frames in `tests/vectors` do not change. Where a test here fails, the wire has changed."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from protocol import classic as classic_dialect
from protocol.framing import Decoder, Dialect
from protocol.messages import MESSAGES
from tests.protocol import vectors
from tests.protocol.streams import CLASSIC_REPLIES, CLASSIC_REQUESTS, GREETING, hear
from tests.tools import need

MODERN = vectors.read("modern.json")
CLASSIC = vectors.read("classic.json")
BROKEN = vectors.read("broken.json")
BY_NAME = {owner.__name__: owner for owner in MESSAGES.values()}
CHECK = Path(__file__).parents[1] / "other_language" / "check.mjs"


def name_of(vector: dict[str, Any]) -> str:
    return str(vector.get("message", vector.get("stream")))


@pytest.mark.parametrize("vector", MODERN, ids=name_of)
def test_a_modern_frame_still_means_the_same(vector: dict[str, Any]) -> None:
    decoder = Decoder(Dialect.MODERN, from_server=vector["from"] == "server")
    said = list(decoder.feed(GREETING + bytes.fromhex(vector["hex"])))[-1]
    assert isinstance(said, BY_NAME[vector["message"]])
    assert vectors.modern(said) == vector


def test_every_message_has_golden_frames() -> None:
    assert {vector["message"] for vector in MODERN} == set(BY_NAME)


@pytest.mark.parametrize("vector", CLASSIC, ids=name_of)
def test_a_classic_frame_still_means_the_same(vector: dict[str, Any]) -> None:
    decoder = Decoder(Dialect.CLASSIC, from_server=vector["from"] == "server")
    (said,) = decoder.feed(bytes.fromhex(vector["hex"]))
    assert isinstance(said, getattr(classic_dialect, vector["message"]))
    assert vectors.classic(said, vector["from"]) == vector


def test_every_classic_frame_is_there() -> None:
    assert len(CLASSIC) == len(CLASSIC_REQUESTS) + len(CLASSIC_REPLIES)


@pytest.mark.parametrize("vector", BROKEN, ids=name_of)
def test_a_broken_stream_still_breaks_the_same_way(vector: dict[str, Any]) -> None:
    stream = bytes.fromhex(vector["hex"])
    messages, fault, _ = hear([stream], from_server=vector["from"] == "server")
    assert vectors.heard(messages) == vector["messages"]
    assert fault is not None
    assert fault.name == vector["fault"]


def test_a_decoder_in_another_language_agrees() -> None:
    ran = subprocess.run([need("node"), str(CHECK)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        f"classic: {len(CLASSIC)} frames",
        f"modern: {len(MODERN)} frames",
        f"broken: {len(BROKEN)} streams",
    ]
