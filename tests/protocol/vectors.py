"""The golden frames in `tests/vectors`: hex and what it means, for clients in any language.

    python tests/protocol/vectors.py

It adds frames for messages that have none yet. Those that are there it never touches: a frame whose
bytes change is a change of the wire, and a test fails.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from protocol.framing import Spoken
from protocol.kinds import Kind, Number
from protocol.layout import Layout, Many, Series
from protocol.messages import MESSAGES
from protocol.wire import Message, Side, encode
from tests.protocol.making import make
from tests.protocol.streams import BROKEN, CLASSIC_REPLIES, CLASSIC_REQUESTS, hear

FOLDER = Path(__file__).parents[1] / "vectors"
OF_EACH = 2


def plain(value: Any, kind: Kind) -> Any:
    """A field's value as JSON can say it to every language."""
    match kind:
        case Many():
            return [plain_fields(item, kind.item.LAYOUT) for item in value]
        case Series():
            return [plain(item, kind.item) for item in value]
        case Number(most_size=8):
            return str(value)  # JavaScript's numbers end at 2**53
    return value.hex() if isinstance(value, bytes) else value


def plain_fields(owner: Any, layout: Layout) -> dict[str, Any]:
    return {field.name: plain(getattr(owner, field.name), field.kind) for field in layout.fields}


def modern(said: Message) -> dict[str, Any]:
    return {
        "message": type(said).__name__,
        "from": "client" if said.SENDER is Side.CLIENT else "server",
        "table": said.table,
        "hex": encode(said).hex(),
        "fields": plain_fields(said, said.LAYOUT),
    }


def golden(owner: type[Message], chance: Random) -> Message:
    """Some values for it, at some table if it is said at one."""
    said: Message = make(owner.LAYOUT, chance, most_items=2)
    table = chance.choice((1, 7, 2**32 - 1))
    return replace(said, table=table) if owner.AT_TABLE else said


def _plain_classic(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [{name: getattr(row, name) for name in row.__slots__} for row in value]
    return value


def classic(said: Any, side: str) -> dict[str, Any]:
    return {
        "message": type(said).__name__,
        "from": side,
        "hex": said.encode().hex(),
        "fields": {name: _plain_classic(getattr(said, name)) for name in said.__slots__},
    }


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text("utf-8"))


def write(name: str, frames: list[dict[str, Any]]) -> None:
    lines = ",\n".join(json.dumps(frame, ensure_ascii=False) for frame in frames)
    (FOLDER / name).write_text(f"[\n{lines}\n]\n", "utf-8")


def heard(said: list[Spoken]) -> list[str]:
    return [type(each).__name__ for each in said]


def main() -> None:
    there = read("modern.json") if (FOLDER / "modern.json").exists() else []
    known = {frame["message"] for frame in there}
    for owner in MESSAGES.values():
        if owner.__name__ not in known:
            chances = [Random(f"{owner.__name__} {number}") for number in range(OF_EACH)]
            there += [modern(golden(owner, chance)) for chance in chances]
    write("modern.json", there)
    if not (FOLDER / "classic.json").exists():
        frames = [classic(said, "client") for said in CLASSIC_REQUESTS]
        write("classic.json", frames + [classic(said, "server") for said in CLASSIC_REPLIES])
    if not (FOLDER / "broken.json").exists():
        streams = []
        for stream in BROKEN:
            messages, fault, _ = hear([stream.data], from_server=stream.from_server)
            streams.append(
                {
                    "stream": stream.name,
                    "from": "server" if stream.from_server else "client",
                    "hex": stream.data.hex(),
                    "messages": heard(messages),
                    "fault": fault.name if fault else "",
                }
            )
        write("broken.json", streams)


if __name__ == "__main__":
    main()
