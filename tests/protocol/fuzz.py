"""Frames that nobody should send, put through the decoders of both dialects and both sides.

    python tests/protocol/fuzz.py [--frames N] [--seed S]

A decoder promises messages or a `ProtocolError`. Anything else ends this with the bytes that did
it. Frames are made by the grammar (values derived from the layouts) and then, mostly, spoilt.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from time import perf_counter

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from protocol import classic
from protocol.errors import ProtocolError
from protocol.framing import Decoder, Dialect, Spoken
from protocol.house.door import Greeting
from protocol.messages import FROM_CLIENT, FROM_SERVER
from protocol.wire import DOOR, HEADER, Message, encode
from tests.protocol.making import WORDS, make

GREETING = encode(Greeting(1, 1, "fuzz"))
EXTREMES = (b"\0", b"\1", b"\x7f", b"\x80", b"\xff", b"\0\0", b"\xff\xff", b"\x7f" + b"\xff" * 7)
KEPT = 400
"""So many frames of each sort are at hand; now and then a new one takes the place of an old one."""
FRESH = 0.1
SPOILT = 0.8
GREETED = 0.98
CHECKED = 0.05
"""The part of the messages that is encoded and decoded again."""

_NAMES = [word.encode() for word in WORDS]


def classic_request(chance: Random) -> bytes:
    some = chance.random()
    if some < 0.3:
        name = chance.choice(_NAMES)
        return b"\0" + len(name).to_bytes(5, "big") + name
    if some < 0.5:
        digest = chance.randbytes(64)
        digest = digest if some < 0.4 else digest.hex().encode()
        return chance.choice((b"\x80", b"\xa0")) + digest
    if some < 0.8:
        return b"\x20" + chance.randbytes(3)
    return chance.choice((b"\x40", b"\x60", b"\xc0", b"\xe0"))


def classic_reply(chance: Random) -> bytes:
    some = chance.random()
    rows = range(chance.randrange(4))
    if some < 0.4:
        bets = [
            classic.ListedBet(chance.choice(WORDS), chance.randrange(2**17), chance.randrange(39))
            for _ in rows
        ]
        return classic.BetsListed(bets).encode()
    if some < 0.8:
        results = [
            classic.Result(chance.choice(WORDS), chance.randrange(-(2**16), 2**16)) for _ in rows
        ]
        return classic.ResultsShown(chance.randrange(37), results).encode()
    code = chance.choice(tuple(classic.Code))
    return bytes((code << 3 | chance.choice((0, 0x40)),))


def modern(known: Sequence[type[Message]]) -> Callable[[Random], bytes]:
    return lambda chance: encode(make(chance.choice(known).LAYOUT, chance))


class Sort:
    """Frames of one dialect from one side, and the decoder that they are for."""

    def __init__(
        self, chance: Random, dialect: Dialect, from_server: bool, fresh: Callable[[Random], bytes]
    ) -> None:
        """Have some frames ready."""
        self.chance = chance
        self.dialect = dialect
        self.from_server = from_server
        self.fresh = fresh
        self.kept = [fresh(chance) for _ in range(KEPT)]
        self.before = GREETING if dialect is Dialect.MODERN else b""

    def pick(self) -> bytes:
        return self.kept[int(self.chance.random() * KEPT)]

    def frame(self) -> bytes:
        random = self.chance.random
        if random() < FRESH:
            self.kept[int(random() * KEPT)] = self.fresh(self.chance)
        frame = self.pick()
        if random() < SPOILT:
            frame = self.spoil(frame)
            if self.dialect is Dialect.MODERN and random() < 0.7:
                # A length that fits lets the body be read.
                head, body = frame[1:7].ljust(6, b"\0"), frame[HEADER.size :]
                frame = bytes((DOOR,)) + head + len(body).to_bytes(4, "big") + body
        return frame

    def spoil(self, frame: bytes) -> bytes:
        random = self.chance.random
        at = int(random() * len(frame))
        way = int(random() * 6)
        if way == 0:
            return frame[:at] + bytes((int(random() * 256),)) + frame[at + 1 :]
        if way == 1:
            extreme = EXTREMES[int(random() * len(EXTREMES))]
            return frame[:at] + extreme + frame[at + len(extreme) :]
        if way == 2:
            return frame[:at]
        if way == 3:
            return frame[:at] + self.chance.randbytes(1 + int(random() * 8)) + frame[at:]
        if way == 4:
            other = self.pick()
            return frame[:at] + other[int(random() * len(other)) :]
        return frame + frame[at:]

    def hear(self, frame: bytes) -> tuple[list[Spoken], str]:
        """The messages that a decoder makes of it, and the fault after them."""
        decoder = Decoder(self.dialect, from_server=self.from_server)
        stream = self.before + frame if self.chance.random() < GREETED else frame
        cut = int(self.chance.random() * 2 * len(stream))
        heard: list[Spoken] = []
        try:
            for piece in (stream[:cut], stream[cut:]):
                heard.extend(decoder.feed(piece))
        except ProtocolError as error:
            return heard, error.fault.name
        return heard, ""


def write(said: Spoken) -> bytes:
    return encode(said) if isinstance(said, Message) else said.encode()


def fuzz(frames: int, seed: int) -> Counter[str]:
    """Put so many frames through the decoders of each dialect; how often each outcome came."""
    chance = Random(seed)
    both = [
        [
            Sort(chance, Dialect.MODERN, False, modern(tuple(FROM_CLIENT.values()))),
            Sort(chance, Dialect.MODERN, True, modern(tuple(FROM_SERVER.values()))),
        ],
        [
            Sort(chance, Dialect.CLASSIC, False, classic_request),
            Sort(chance, Dialect.CLASSIC, True, classic_reply),
        ],
    ]
    outcomes: Counter[str] = Counter()
    for count in range(frames):
        for sorts in both:
            sort = sorts[count % 2]
            frame = sort.frame()
            try:
                heard, fault = sort.hear(frame)
                if heard and chance.random() < CHECKED:
                    written = write(heard[-1])
                    decoder = Decoder(sort.dialect, from_server=sort.from_server)
                    again = list(decoder.feed(sort.before + written))[-1]
                    assert again == heard[-1], f"{written.hex()} is {again!r}"
            except Exception as error:
                who = "a server" if sort.from_server else "a client"
                sys.stderr.write(f"{sort.dialect.name}, from {who}: {frame.hex()}\n{error!r}\n")
                raise
            outcomes[fault or ("messages" if heard else "waiting")] += 1
    return outcomes


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Put bad frames through the decoders.")
    parser.add_argument("--frames", type=int, default=1_000_000, help="for each dialect")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    began = perf_counter()
    outcomes = fuzz(wanted.frames, wanted.seed)
    seconds = perf_counter() - began
    sys.stdout.write(f"{wanted.frames:,} frames of each dialect in {seconds:.0f} s\n")
    for outcome, count in outcomes.most_common():
        sys.stdout.write(f"{count:12,}  {outcome}\n")


if __name__ == "__main__":
    main()
