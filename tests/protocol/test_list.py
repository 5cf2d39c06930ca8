"""The list for programs says all that the page's tables say: a codec made of it alone reads and
writes every golden frame.
"""

import re
import struct
from typing import Any

import pytest

from docs.tables import LIST, listed
from protocol.messages import MESSAGES
from protocol.wire import HEADER, Side
from tests.other_language import least
from tests.protocol import vectors

MODERN = vectors.read("modern.json")


def test_the_list_has_not_drifted_from_the_declarations() -> None:
    assert LIST.read_text("utf-8") == listed(), "run: python docs/tables.py"


def plain(value: Any, kind: str) -> Any:
    """As the golden frames say it."""
    item = kind.partition("[")[0]
    if isinstance(value, list):
        return [plain(each, item) for each in value]
    if isinstance(value, dict):
        return {name: plain(value[name], each) for name, each in least.ROWS[kind]}
    return (
        str(value) if item in ("u64", "i64") else value.hex() if isinstance(value, bytes) else value
    )


@pytest.mark.parametrize("vector", MODERN, ids=lambda vector: str(vector["message"]))
def test_a_codec_of_thirty_lines_reads_and_writes_every_golden_frame(vector: Any) -> None:
    frame = bytes.fromhex(vector["hex"])
    door, kind, table, size = struct.unpack_from(">BHII", frame)
    assert (door, table, size) == (1, vector["table"], len(frame) - HEADER.size)
    name, at_table, layout = least.MESSAGES[kind]
    assert (name, at_table) == (vector["message"], MESSAGES[kind].AT_TABLE)
    said, rest = least.read_fields(layout, frame[HEADER.size :])
    assert rest == b""
    assert {each: plain(said[each], of) for each, of in layout} == vector["fields"]
    assert b"".join(least.write(of, said[each]) for each, of in layout) == frame[HEADER.size :]


def test_the_list_names_every_message_its_sender_and_its_kinds_of_value() -> None:
    lines = LIST.read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if re.match("[0-9A-F]{2} ", line)]
    said = {name: sender.lstrip("@") for _, __, name, sender, *___ in rows}
    words = {Side.CLIENT: "client", Side.SERVER: "server", Side.BOTH: "both"}
    assert said == {each.__name__: words[each.SENDER] for each in MESSAGES.values()}
    head = "\n".join(line for line in lines if line.startswith("#"))
    for of in ("u8", "u16", "u32", "u64", "i64", "raw32", "bool", "text64", "blob64", "u8<37"):
        assert f" {of} " in head
