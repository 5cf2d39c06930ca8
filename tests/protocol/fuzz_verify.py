"""Files that nobody should be sent, put through `run.py verify`.

    python tests/protocol/fuzz_verify.py [--mutants N] [--seed S]

The command promises a verdict or one plain line, whatever the bytes are. Anything else ends this
with the bytes that did it. Documents that hold are spoilt: now a value or a key, now the bytes.
"""

import argparse
import io
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from copy import deepcopy
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from protocol import verify
from protocol.fairness import previous_seed
from protocol.games.roulette.rules import returned

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "fairness.json").read_text("utf-8"))
LONGEST = 4000
"""Characters of a line; what a file says is shown, but not without end."""
KEPT = 0.02
"""The part of the files that is left whole."""
BY_BYTES = 0.25
HUGE = 0.0005
"""The part that is made so large or so deep that a parser may break on it."""

TEXTS = (
    "",
    "\x1b]0;mine\x07\x1b[2J\x1b[31m",
    "round 1: number 11: holds\r\nround 2: number 11: holds",
    "\u202eturned\u2066\u061c",
    "\ud800",
    "\udfff\ud83d",
    "\x00",
    "\x85\x9b\u2028\u2029",
    "‹round 1›: number 11: holds",
    "שלום עולם",
    "e" + "\u0301" * 300,
    "00" * 32,
    "zz" * 32,
    "é" * 64,
    "x" * 5000,
    "1001",
    "01001",
    "１００１",
    "18446744073709551616",
    "99999999999999999999",
    "-1",
)
NUMBERS = (
    *(0, 1, -1, 2, 36, 37, 156, 157, 2**20 + 1, 2**31, 2**63, 2**64 - 1, 2**64, 2**80, -(2**70)),
    *(10**19, 10**20 - 1, 10**400, 0.0, 1.5, -0.0, 1e308, float("nan"), float("inf")),
    *(float("-inf"), True, False),
)


def documents() -> list[dict[str, Any]]:
    """What holds: the vectors one by one, with their payouts as an export has them, and a void."""
    shared = {"table": VECTORS["table"], "chain_length": 2**20, "seed_0": VECTORS["seed_0"]}
    made: list[dict[str, Any]] = [deepcopy(VECTORS)]
    for played in VECTORS["vectors"]:
        made.append(shared | {"vectors": [played]})
        rows: dict[int, list[int]] = {account: [account, 0, 0] for account, _, _ in played["bets"]}
        for account, spot, chips in played["bets"]:
            rows[account][1] += chips
            rows[account][2] += returned(spot, chips, played["pocket"])
        paid = {"name": f"round {played['round']}", "payouts": list(rows.values())}
        made.append(shared | {"vectors": [played | paid]})
    seed = bytes(range(32))
    before = previous_seed(bytes.fromhex(VECTORS["table"]), seed).hex()
    void = {"name": "round 1", "round": 1, "seed_prev": before, "seed": seed.hex()}
    void |= {"bets": [[7, 17, 5]], "void": "the wheel stood still"}
    made.append(shared | {"seed_0": before, "vectors": [void]})
    return made


class Spoiler:
    """Makes files of documents that hold."""

    def __init__(self, chance: Random) -> None:
        """Have the documents ready."""
        self.chance = chance
        self.whole = documents()
        self._texts = [json.dumps(each).encode() for each in self.whole]

    def file(self) -> bytes:
        random = self.chance.random
        if random() < KEPT:
            return self.chance.choice(self._texts)
        if random() < HUGE:
            return self.chance.choice(HUGE_FILES)(self)
        if random() < BY_BYTES:
            return self.spoil_bytes(self.chance.choice(self._texts))
        document = deepcopy(self.chance.choice(self.whole))
        for _ in range(1 + int(random() * random() * 4)):
            document = self.spoil(document)
        written = json.dumps(document, ensure_ascii=random() < 0.5)
        encoding = self.chance.choice(("utf-8",) * 7 + ("utf-8-sig", "utf-16", "utf-32", "latin-1"))
        return written.encode(encoding, "replace" if encoding == "latin-1" else "surrogatepass")

    def spoil_bytes(self, content: bytes) -> bytes:
        at = int(self.chance.random() * len(content))
        other = self.chance.choice(self._texts)
        ways = (
            content[:at],
            content[:at] + self.chance.randbytes(1) + content[at + 1 :],
            content[:at] + self.chance.randbytes(1 + int(self.chance.random() * 8)) + content[at:],
            content[:at] + other[int(self.chance.random() * len(other)) :],
            content[:at] + content[max(0, at - 200) :],
            self.chance.randbytes(at % 60),
            self.chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\xfe\xff", b"\0"))
            + content,
        )
        return self.chance.choice(ways)

    def spoil(self, document: Any) -> Any:
        """One thing in it changed, somewhere."""
        way: list[Any] = [document]
        while isinstance(way[-1], dict | list) and way[-1] and self.chance.random() < 0.85:
            some = way[-1].values() if isinstance(way[-1], dict) else way[-1]
            way.append(self.chance.choice(list(some)))
        if len(way) == 1:
            return self.value()
        spoilt: Any = way[-1]
        inside: Any = way[-2]
        if isinstance(inside, list):
            at = next(at for at, each in enumerate(inside) if each is spoilt)
            inside[at : at + 1] = self.rows(spoilt)
            return document
        key = next(key for key, each in inside.items() if each is spoilt)
        chance = self.chance.random()
        if chance < 0.2:
            del inside[key]
        elif chance < 0.4:
            inside[self.chance.choice((*TEXTS, *inside))] = inside.pop(key)
        elif chance < 0.5:
            inside[self.chance.choice(("void", "payouts", "name", "block0"))] = self.value()
        elif chance < 0.7:
            inside[key] = self.nearly(spoilt)
        else:
            inside[key] = self.chance.choice((self.value(), [spoilt], {key: spoilt}, str(spoilt)))
        return document

    def nearly(self, spoilt: Any) -> Any:
        """Another value of the same kind, so that it is read and does not hold."""
        if isinstance(spoilt, str) and spoilt:
            at = int(self.chance.random() * len(spoilt))
            return spoilt[:at] + self.chance.choice("0123456789abcdef") + spoilt[at + 1 :]
        if type(spoilt) is int:
            return abs(spoilt + self.chance.choice((-1, 1)))
        return self.value()

    def rows(self, spoilt: Any) -> list[Any]:
        ways: tuple[list[Any], ...] = (
            [],
            [spoilt, spoilt],
            [self.nearly(spoilt)],
            [self.value()],
            [self.value(), spoilt],
        )
        return self.chance.choice(ways)

    def value(self) -> Any:
        some = self.chance.random()
        if some < 0.4:
            return self.chance.choice(TEXTS)
        if some < 0.8:
            return self.chance.choice(NUMBERS)
        return self.chance.choice((None, [], {}, [[]], [1, 2, 3], [[1, 2, 3]], {"1": "00" * 32}))


def _deep(spoiler: Spoiler) -> bytes:
    levels = spoiler.chance.choice((500, 900, 990, 1100, 10_000, 100_000))
    opening, closing = spoiler.chance.choice(((b"[", b"]"), (b'{"a":', b"}")))
    deep = opening * levels + b"1" + closing * levels
    spot = b'{"table": "%s", "seed_0": "%s", "vectors": [{"round": %s}]}'
    whole = (VECTORS["table"].encode(), VECTORS["seed_0"].encode(), deep)
    return spoiler.chance.choice((deep, spot % whole, opening * levels))


def _wide(spoiler: Spoiler) -> bytes:
    document = deepcopy(spoiler.chance.choice(spoiler.whole))
    played = document["vectors"][0]
    many = spoiler.chance.choice((65_535, 65_536, 70_000, 100_000))
    sealed = {str(account): "00" * 32 for account in range(many)}
    played |= spoiler.chance.choice(
        (
            {"commitments": sealed},
            {"reveals": sealed},
            {"commitments": sealed, "reveals": sealed},
            {"bets": [[account, 17, 1] for account in range(many)]},
            {"payouts": [[account, 17, 1] for account in range(many)]},
            {"name": "x" * many},
        )
    )
    return json.dumps(document).encode()


def _long(spoiler: Spoiler) -> bytes:
    digits = b"9" * spoiler.chance.choice((4300, 4301, 100_000))
    return b'{"table": "%s", "vectors": [{"round": %s}]}' % (VECTORS["table"].encode(), digits)


def _twice(spoiler: Spoiler) -> bytes:
    text = spoiler.chance.choice(spoiler._texts)
    return text.replace(b'"round":', b'"round": 7, "round":', 1)


HUGE_FILES: tuple[Callable[[Spoiler], bytes], ...] = (_deep, _wide, _long, _twice)


def outcome(file: Path, content: bytes) -> str:
    """What the command made of it; an `AssertionError` if that is more than it promises."""
    file.write_bytes(content)
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with redirect_stdout(screen):
        status = verify.main([str(file)])
    screen.seek(0)
    said = screen.read()
    assert said.endswith("\n"), said
    lines = said[:-1].split("\n")
    for line in lines:
        shown = all(each.isprintable() or each in "\u200c\u200d" for each in line)
        assert shown, line
        assert len(line) <= LONGEST, line
    if status == 2:
        assert len(lines) == 1, lines
        return "refused"
    ends = (": holds", f": holds{verify.NOT_PAID}", ": does NOT hold")
    verdicts = [line for line in lines if line.endswith(ends)]
    assert verdicts, lines
    assert status == any(line.endswith(": does NOT hold") for line in verdicts), (status, lines)
    return "does not hold" if status else "holds"


def fuzz(mutants: int, seed: int) -> Counter[str]:
    """Put so many files through the command; how often each outcome came."""
    spoiler = Spoiler(Random(seed))
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "round.json")
        for _ in range(mutants):
            content = spoiler.file()
            try:
                outcomes[outcome(file, content)] += 1
            except BaseException as error:
                sys.stderr.write(f"{content[:5000]!r}\n{error!r}\n")
                raise
    return outcomes


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Put spoilt files through `run.py verify`.")
    parser.add_argument("--mutants", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    began = perf_counter()
    outcomes = fuzz(wanted.mutants, wanted.seed)
    sys.stdout.write(f"{wanted.mutants:,} files in {perf_counter() - began:.0f} s\n")
    for name, count in outcomes.most_common():
        sys.stdout.write(f"{count:12,}  {name}\n")


if __name__ == "__main__":
    main()
