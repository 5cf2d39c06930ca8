"""Files that nobody should be sent, read and judged as rounds of `croupier/2`.

    python tests/protocol/fair/fuzz.py [--mutants N] [--seed S]

Whatever the bytes are, there is a verdict on each round or one plain line. Anything else ends this
with the bytes that did it. Documents that hold are damaged: now a value or a key, now the bytes.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from time import perf_counter

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[3])

from protocol.fair import trail
from protocol.fair.document import read
from protocol.fair.judge import judge
from protocol.fair.reading import NotADocument, read_json
from protocol.games.kinds import KINDS
from tests.protocol.fair.damage import FAIR, Damage, Document, at, ways
from tests.protocol.fair.evenings import Evening

KEPT = 0.02
"""The part of the files that is left whole."""
BY_BYTES = 0.2
HUGE = 0.002
"""The part that is made so large or so deep that a parser may break on it."""
PLAYED = 0.02
"""The part that is a round of blackjack of its own."""
LONGEST = 400
"""Characters of a line."""
MOST_STEPS = 2**10
"""Hashes on the way to an anchor: whether it is long is not what this is for."""


class Files:
    """One file after the other."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._damage = Damage(chance)
        self._texts = [json.dumps(FAIR).encode(), *(self._text() for _ in range(20))]

    def _text(self) -> bytes:
        return json.dumps(self._damage.document()).encode()

    def file(self) -> bytes:
        share = self._chance.random()
        if share < KEPT:
            return self._texts[0]
        if share < KEPT + PLAYED:
            return json.dumps(Evening(self._chance).document()).encode()
        if share < KEPT + PLAYED + HUGE:
            return self._chance.choice(HUGE_FILES)(self)
        if share < KEPT + PLAYED + HUGE + BY_BYTES:
            return self._by_bytes()
        written = json.dumps(self._damage.document(), ensure_ascii=self._chance.random() < 0.5)
        encoding = self._chance.choice(("utf-8",) * 7 + ("utf-8-sig", "utf-16", "utf-32"))
        return written.encode(encoding, "surrogatepass")

    def _by_bytes(self) -> bytes:
        content, other = self._chance.choices(self._texts, k=2)
        spot = self._chance.randrange(len(content))
        ways: tuple[bytes, ...] = (
            content[:spot],
            content[:spot] + self._chance.randbytes(1) + content[spot + 1 :],
            content[:spot]
            + self._chance.choice(b"0123456789abcdef").to_bytes()
            + content[spot + 1 :],
            content[:spot] + other[self._chance.randrange(len(other)) :],
            content[:spot] + content[max(0, spot - 200) :],
            self._chance.randbytes(spot % 60),
        )
        return self._chance.choice(ways)

    def deep(self) -> bytes:
        """Something in it is brackets in brackets."""
        levels = self._chance.choice((5, 100, 300, 500, 900, 990, 1100, 100_000))
        opening, closing = self._chance.choice((("[", "]"), ('{"a":', "}"), ('{"boxes":', "}")))
        return self._with(opening * levels + "1" + closing * levels)

    def wide(self) -> bytes:
        """Something in it is a great deal."""
        many = self._chance.choice((256, 65_535, 65_536, 70_000))
        some: Document = {str(account): "00" * 32 for account in range(many)}
        made = (
            some,
            [*some],
            [[1, 1, 1]] * many,
            [[255, 0, 1]] * min(many, 300),
            "0" * many,
            "x" * many,
        )
        return self._with(json.dumps(self._chance.choice(made)))

    def long(self) -> bytes:
        """Something in it is a number of many figures."""
        return self._with("9" * self._chance.choice((20, 4300, 4301, 100_000)))

    def twice(self) -> bytes:
        return self._texts[0].replace(b'"round":', b'"round": 7, "round":', 1)

    def _with(self, written: str) -> bytes:
        document = self._damage.document()
        *way, last = self._chance.choice([*ways(document)])
        inside = at(document, tuple(way))
        inside[last] = "here it is"
        return json.dumps(document).replace('"here it is"', written, 1).encode()


HUGE_FILES: Sequence[Callable[[Files], bytes]] = (Files.deep, Files.wide, Files.long, Files.twice)


def outcome(content: bytes) -> str:
    """What became of it; an `AssertionError` if that is more than is promised."""
    try:
        document = read(read_json(content))
    except NotADocument as refusal:
        said = str(refusal)
        assert said, content
        assert said.isprintable(), said
        assert len(said) <= LONGEST, said
        return "refused"
    judged = [verdict for _, verdict in judge(document, KINDS)]
    assert len(judged) == len(document.rounds)
    for verdict in judged:
        for said in (*verdict.reds.values(), *verdict.greys.values()):
            assert said.isprintable(), said
            assert len(said) <= LONGEST, said
    return max(verdict.colour for verdict in judged).name.lower()


def fuzz(mutants: int, seed: int) -> Counter[str]:
    """Read and judge so many files; how often each outcome came."""
    files = Files(Random(seed))
    outcomes: Counter[str] = Counter()
    for _ in range(mutants):
        content = files.file()
        try:
            outcomes[outcome(content)] += 1
        except BaseException as error:
            sys.stderr.write(f"{content[:5000]!r}\n{error!r}\n")
            raise
    return outcomes


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Read and judge damaged files of rounds.")
    parser.add_argument("--mutants", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    trail.MOST_STEPS = MOST_STEPS
    began = perf_counter()
    outcomes = fuzz(wanted.mutants, wanted.seed)
    sys.stdout.write(f"{wanted.mutants:,} files in {perf_counter() - began:.0f} s\n")
    for name, count in outcomes.most_common():
        sys.stdout.write(f"{count:12,}  {name}\n")


if __name__ == "__main__":
    main()
