"""Frames encoded and decoded a second, next to bare `struct` doing the same bytes.

    python bench/wire.py [--seconds S]

The bare side packs and unpacks the same bytes by hand, into tuples: no classes, no limits, no
checks, no cutting into frames. Both sides take turns, so that a busy machine slows both alike; the
figures are medians.
"""

import argparse
import struct
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from protocol import classic
from protocol.framing import Decoder, Dialect
from protocol.games.roulette.bets import BetsChanged, BetsPlaced, PlaceBets
from protocol.games.roulette.fields import Bet, Payout, PlacedBet, Result, SpotTotal
from protocol.games.roulette.rounds import PlayerSettled, RoundSettled
from protocol.house.door import Greeting
from protocol.wire import DOOR, HEADER, Message, encode

FRAMES = 40
"""So many frames are decoded from one piece, as a busy connection brings them. A turn is then short
enough to be over, mostly, before the system lets somebody else run."""


@dataclass(frozen=True)
class Case:
    """One frame, and how bare `struct` writes and reads it."""

    name: str
    said: Message | classic.Classic
    pack: Callable[[], bytes]
    unpack: Callable[[bytes], object]
    from_server: bool = True


def frame(kind: int, body: bytes) -> bytes:
    return HEADER.pack(DOOR, kind, 0, len(body)) + body


def rows(count: int, layout: str, data: bytes, at: int) -> list[tuple[int, ...]]:
    row = struct.Struct(layout)
    return [row.unpack_from(data, at + index * row.size) for index in range(count)]


def headed(head: str, row: str, data: bytes) -> object:
    """Fixed fields, of which the last counts the rows that follow."""
    values = struct.unpack_from(head, data, HEADER.size)
    return values, rows(values[-1], row, data, HEADER.size + struct.calcsize(head))


def pack_place_bets(bets: Sequence[tuple[int, int]]) -> bytes:
    packed = b"".join(struct.pack(">BQ", *bet) for bet in bets)
    return frame(PlaceBets.KIND, struct.pack(">QQH", 7, 3, len(bets)) + packed)


def modern_cases() -> list[Case]:
    cases = [
        Case(
            "Greeting",
            Greeting(1, 1, "croupier 1.0"),
            lambda: frame(0x00, struct.pack(">HHH12s", 1, 1, 12, b"croupier 1.0")),
            lambda data: (
                HEADER.unpack_from(data),
                struct.unpack_from(">HHH", data, 6),
                data[12:].decode(),
            ),
            from_server=False,
        )
    ]
    for count in (1, 10):
        bets = [(spot, 25) for spot in range(count)]
        cases.append(
            Case(
                f"PlaceBets, {count}",
                PlaceBets(7, 3, tuple(Bet(*bet) for bet in bets)),
                partial(pack_place_bets, bets),
                lambda data: headed(">QQH", ">BQ", data),
                from_server=False,
            )
        )
    totals = [(spot, 1000, 4) for spot in range(30)]
    latest = [(1000 + spot, spot, 100) for spot in range(10)]
    payouts = [(spot, 25, 0) for spot in range(10)]
    top = [(1000 + each, b"somebody", 900) for each in range(10)]

    def unpack_settled(data: bytes) -> object:
        head = struct.unpack_from(">QBQIQQ", data, HEADER.size)
        at = HEADER.size + struct.calcsize(">QBQIQQ")
        (count,) = struct.unpack_from(">H", data, at)
        at += 2
        best = []
        for _ in range(count):
            account, size = struct.unpack_from(">QH", data, at)
            name = data[at + 10 : at + 10 + size].decode()
            (net,) = struct.unpack_from(">q", data, at + 10 + size)
            best.append((account, name, net))
            at += 18 + size
        return head, best

    def unpack_changed(data: bytes) -> object:
        head = struct.unpack_from(">QIIIQH", data, 6)
        at = 6 + 30
        some = rows(head[5], ">BQI", data, at)
        at += 13 * head[5]
        (count,) = struct.unpack_from(">H", data, at)
        return head, some, rows(count, ">QBQ", data, at + 2), data[-1]

    return [
        *cases,
        Case(
            "BetsPlaced",
            BetsPlaced(7, 3, 475, 25),
            lambda: frame(0x11, struct.pack(">QQQQ", 7, 3, 475, 25)),
            lambda data: (HEADER.unpack_from(data), struct.unpack_from(">QQQQ", data, HEADER.size)),
        ),
        Case(
            "BetsChanged, 30 totals",
            BetsChanged(
                3,
                9,
                40,
                120,
                30_000,
                tuple(SpotTotal(*row) for row in totals),
                tuple(PlacedBet(*row) for row in latest),
                True,
            ),
            lambda: frame(
                0x14,
                struct.pack(">QIIIQH", 3, 9, 40, 120, 30_000, len(totals))
                + b"".join(struct.pack(">BQI", *row) for row in totals)
                + struct.pack(">H", len(latest))
                + b"".join(struct.pack(">QBQ", *row) for row in latest)
                + b"\1",
            ),
            unpack_changed,
        ),
        Case(
            "RoundSettled",
            RoundSettled(
                3,
                17,
                1_800_000_000_000,
                40,
                30_000,
                29_000,
                tuple(Result(account, name.decode(), net) for account, name, net in top),
            ),
            lambda: frame(
                0x26,
                struct.pack(">QBQIQQ", 3, 17, 1_800_000_000_000, 40, 30_000, 29_000)
                + struct.pack(">H", len(top))
                + b"".join(
                    struct.pack(f">QH{len(name)}sq", account, len(name), name, net)
                    for account, name, net in top
                ),
            ),
            unpack_settled,
        ),
        Case(
            "PlayerSettled, 10",
            PlayerSettled(3, -250, 250, tuple(Payout(*row) for row in payouts)),
            lambda: frame(
                0x27,
                struct.pack(">QqQH", 3, -250, 250, len(payouts))
                + b"".join(struct.pack(">BQQ", *row) for row in payouts),
            ),
            lambda data: headed(">QqQH", ">BQQ", data),
        ),
    ]


def classic_cases() -> list[Case]:
    names = [f"player {number}" for number in range(10)]

    def named(data: bytes, at: int, tail: struct.Struct) -> list[tuple[object, ...]]:
        found = []
        count = int.from_bytes(data[at : at + 5], "big")
        at += 5
        for _ in range(count):
            size = int.from_bytes(data[at : at + 5], "big")
            name = data[at + 5 : at + 5 + size].decode()
            found.append((name, *tail.unpack_from(data, at + 5 + size)))
            at += 5 + size + tail.size
        return found

    def packed(tail: bytes) -> bytes:
        encoded = [name.encode() for name in names]
        return len(names).to_bytes(5, "big") + b"".join(
            len(name).to_bytes(5, "big") + name + tail for name in encoded
        )

    bet, net = struct.Struct(">HB"), struct.Struct(">h")
    return [
        Case(
            "classic bet",
            classic.PlaceBet(37, 100),
            lambda: struct.pack(">BBH", 0x20, 37, 100),
            lambda data: struct.unpack(">BBH", data),
            from_server=False,
        ),
        Case(
            "classic list, 10",
            classic.BetsListed(tuple(classic.ListedBet(name, 100, 37) for name in names)),
            lambda: b"\x80" + packed(bet.pack(100, 37)),
            lambda data: named(data, 1, bet),
        ),
        Case(
            "classic results, 10",
            classic.ResultsShown(30, tuple(classic.Result(name, -50) for name in names)),
            lambda: b"\xc0\x1e" + packed(net.pack(-50)),
            lambda data: (data[1], named(data, 2, net)),
        ),
    ]


def write(said: Message | classic.Classic) -> bytes:
    return encode(said) if isinstance(said, Message) else said.encode()


def read(case: Case, stream: bytes, count: int) -> None:
    modern = isinstance(case.said, Message)
    decoder = Decoder(Dialect.MODERN if modern else None, from_server=case.from_server)
    if modern:
        assert list(decoder.feed(encode(Greeting(1, 1, ""))))
    heard = list(decoder.feed(stream))
    assert len(heard) == count
    assert heard[-1] == case.said


def speeds(jobs: Sequence[Callable[[], None]], frames: int, seconds: float) -> list[float]:
    """Frames a second of each job: the median of turns that the jobs take one after another."""
    taken: list[list[float]] = [[] for _ in jobs]
    end = perf_counter() + seconds
    while perf_counter() < end or len(taken[0]) < 5:
        for job, times in zip(jobs, taken, strict=True):
            began = perf_counter()
            job()
            times.append(perf_counter() - began)
    return [frames / median(times) for times in taken]


def measure(case: Case, seconds: float) -> str:
    data = case.pack()
    assert write(case.said) == data, case.name
    stream = data * FRAMES

    def encode_all() -> None:
        for _ in range(FRAMES):
            write(case.said)

    def encode_bare() -> None:
        for _ in range(FRAMES):
            case.pack()

    def decode_all() -> None:
        read(case, stream, FRAMES)

    def decode_bare() -> None:
        for _ in range(FRAMES):
            case.unpack(data)

    jobs = (encode_all, encode_bare, decode_all, decode_bare)
    encoded, bare_encoded, decoded, bare_decoded = speeds(jobs, FRAMES, seconds)
    return (
        f"{case.name:24}{len(data):6}"
        f"{encoded:12,.0f}{bare_encoded:12,.0f}{bare_encoded / encoded:7.1f}"
        f"{decoded:12,.0f}{bare_decoded:12,.0f}{bare_decoded / decoded:7.1f}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="How fast the wire is next to bare struct.")
    parser.add_argument("--seconds", type=float, default=1.0, help="for each message")
    seconds = parser.parse_args(arguments).seconds
    out = sys.stdout
    out.write(f"{'':30}{'encoded a second':^31}{'decoded a second':^31}\n")
    titles = f"{'ours':>12}{'struct':>12}{'ratio':>7}"
    out.write(f"{'message':24}{'bytes':>6}{titles}{titles}\n")
    for case in [*modern_cases(), *classic_cases()]:
        out.write(measure(case, seconds) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
