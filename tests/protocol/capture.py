"""A capture file of a conversation, as Wireshark reads it: Ethernet, IPv4, TCP, no checksums."""

import struct
from collections.abc import Iterable
from pathlib import Path

SERVER_PORT, CLIENT_PORT = 1234, 50_000
_ADDRESSES = bytes((127, 0, 0, 1)) * 2
_ETHERNET = bytes(12) + b"\x08\x00"


def write_capture(path: Path, segments: Iterable[tuple[bool, bytes]]) -> None:
    """Write what each side sent, a packet for each segment; True is the server's."""
    with path.open("wb") as file:
        file.write(struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        sent = {False: 1, True: 1}
        for second, (from_server, data) in enumerate(segments):
            packet = _packet(from_server, data, sent[from_server], sent[not from_server])
            file.write(struct.pack("<IIII", second, 0, len(packet), len(packet)) + packet)
            sent[from_server] += len(data)


def _packet(from_server: bool, data: bytes, sequence: int, acknowledged: int) -> bytes:
    ports = (SERVER_PORT, CLIENT_PORT) if from_server else (CLIENT_PORT, SERVER_PORT)
    tcp = struct.pack(">HHIIBBHHH", *ports, sequence, acknowledged, 5 << 4, 0x18, 65535, 0, 0)
    size = 20 + len(tcp) + len(data)
    ip = struct.pack(">BBHHHBBH", 0x45, 0, size, 0, 0, 64, 6, 0) + _ADDRESSES
    return _ETHERNET + ip + tcp + data
