"""The least client: it sits down, bets five on red, and says what became of it.

Python, but nothing of Croupier's own: it reads `protocol/messages.txt`, and keeps to the steps of
"The least client" on the protocol page. `python least.py PORT`.
"""

import re
import socket
import struct
import sys
from pathlib import Path
from typing import Any

RED = 153
CHOICES: dict[str, dict[int, str]] = {}
ROWS: dict[str, list[list[str]]] = {}
MESSAGES: dict[int, tuple[str, bool, list[list[str]]]] = {}
KINDS: dict[str, int] = {}

for line in (Path(__file__).parents[2] / "protocol/messages.txt").read_text("utf-8").splitlines():
    match line.split():
        case ["list", name, *members]:
            CHOICES[name] = {
                int(number): label for number, label in (m.split("=") for m in members)
            }
        case ["record", name, *fields]:
            ROWS[name] = [field.split(":") for field in fields]
        case [game, number, name, sender, *fields] if game != "#":
            KINDS[name] = int(game + number, 16)
            layout = [field.split(":") for field in fields]
            MESSAGES[KINDS[name]] = name, sender.startswith("@"), layout

WHOLE = {"u8": "B", "u16": "H", "u32": "I", "u64": "Q", "i64": "q"}


def write(kind: str, value: Any) -> bytes:
    if listed := re.fullmatch(r"(.+)\[\d+\]", kind):
        return struct.pack(">H", len(value)) + b"".join(write(listed[1], row) for row in value)
    if kind in ROWS:
        return b"".join(write(each, value[name]) for name, each in ROWS[kind])
    if kind.startswith(("text", "blob")):
        data: bytes = value.encode() if kind.startswith("text") else value
        return struct.pack(">H", len(data)) + data
    if kind.startswith("raw"):
        return bytes(value)
    return struct.pack(">" + WHOLE.get(kind.partition("<")[0], "B"), value)


def read(kind: str, body: bytes) -> tuple[Any, bytes]:
    """A value, and what follows it."""
    if listed := re.fullmatch(r"(.+)\[\d+\]", kind):
        rows, (count, body) = [], read("u16", body)
        for _ in range(count):
            row, body = read(listed[1], body)
            rows.append(row)
        return rows, body
    if kind in ROWS:
        return read_fields(ROWS[kind], body)
    if kind.startswith(("text", "blob")):
        size, body = read("u16", body)
        return body[:size].decode() if kind.startswith("text") else body[:size], body[size:]
    if kind.startswith("raw"):
        return body[: int(kind[3:])], body[int(kind[3:]) :]
    packing = struct.Struct(">" + WHOLE.get(kind.partition("<")[0], "B"))
    (value,) = packing.unpack_from(body)
    if kind in CHOICES and value not in CHOICES[kind]:
        value = 0
    return (bool(value) if kind == "bool" else value), body[packing.size :]


def read_fields(layout: list[list[str]], body: bytes) -> tuple[dict[str, Any], bytes]:
    found = {}
    for name, kind in layout:
        found[name], body = read(kind, body)
    return found, body


class Client:
    """A line to a house."""

    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port))
        self.kept = b""
        self.table = 0

    def say(self, name: str, *values: Any) -> None:
        kind = KINDS[name]
        _, at_table, layout = MESSAGES[kind]
        body = b"".join(write(each, value) for (_, each), value in zip(layout, values, strict=True))
        head = struct.pack(">BHII", 1, kind, self.table if at_table else 0, len(body))
        self.sock.sendall(head + body)

    def hear(self) -> tuple[str, dict[str, Any]]:
        """The next message that is known here; pings are answered."""
        while True:
            while len(self.kept) < 11 or len(self.kept) < 11 + self._size():
                data = self.sock.recv(65536)
                if not data:
                    raise SystemExit("the house hung up")
                self.kept += data
            _, kind, _, size = struct.unpack_from(">BHII", self.kept)
            body, self.kept = self.kept[11 : 11 + size], self.kept[11 + size :]
            if kind in MESSAGES:
                name, _, layout = MESSAGES[kind]
                said, _ = read_fields(layout, body)
                if name != "Ping":
                    return name, said
                self.say("Pong", said["nonce"])

    def _size(self) -> int:
        return int.from_bytes(self.kept[7:11], "big")

    def wait(self, wanted: str) -> dict[str, Any]:
        while True:
            name, said = self.hear()
            if name == wanted:
                return said
            if name in ("Refused", "Goodbye"):
                raise SystemExit(f"{name}: {said['words']}")


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    client = Client(int(sys.argv[1]))
    client.say("Greeting", 1, 1, "least")
    house = client.wait("HouseIntroduced")
    client.table = next(each["table"] for each in house["tables"] if each["game"] == 1)
    client.say("SignIn", 1, "Least", b"", b"")
    number = client.wait("SignedIn")["next_number"]
    client.say("TakeSeat", 2, 1, b"", b"")
    shown = client.wait("TableShown")
    while CHOICES["Phase"][shown.get("phase", 0)] != "BETTING":
        shown = client.wait("RoundOpened")
    client.say("PlaceBets", max(number, 3), shown["round_number"], [{"spot": RED, "chips": 5}])
    tell(f"chips left: {client.wait('BetsPlaced')['balance']}")
    pocket = client.wait("RoundSettled")["pocket"]
    tell(f"number {pocket}, net {client.wait('PlayerSettled')['net']}")
    client.say("Goodbye", 1, "")


if __name__ == "__main__":
    main()
