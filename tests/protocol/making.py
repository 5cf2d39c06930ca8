"""Values for every message, derived from its layout, chosen by a random generator."""

from random import Random
from typing import Any

from protocol.kinds import Blob, Choice, Kind, Number, Raw, Text, YesNo
from protocol.layout import Layout, Many, Series

WORDS = ("", "alice", "Борис", "席", "a\u0301b", "\U0001f3b2", "no more bets")


def make(layout: Layout, chance: Random, most_items: int = 3) -> Any:
    """A message or record with values of all sizes, the largest and the least among them."""
    return layout.owner(*(_make(field.kind, chance, most_items) for field in layout.fields))


def _make(kind: Kind, chance: Random, most_items: int) -> Any:
    match kind:
        case Number():
            some = chance.randint(kind.least, kind.most)
            return chance.choice((0, 1, kind.least, kind.most, some, min(some, 1000)))
        case YesNo():
            return chance.random() < 0.5
        case Choice():
            return chance.choice(tuple(kind.options))
        case Raw():
            return chance.randbytes(kind.most_size)
        case Text():
            return chance.choice(WORDS)
        case Blob():
            return chance.randbytes(chance.choice((0, kind.most, chance.randint(0, kind.most))))
        case Many():
            count = chance.randint(0, min(kind.most, most_items))
            return tuple(make(kind.item.LAYOUT, chance, most_items) for _ in range(count))
        case Series():
            count = chance.randint(0, min(kind.most, most_items))
            return tuple(_make(kind.item, chance, most_items) for _ in range(count))
    raise AssertionError(f"no value can be made for {kind}")


def largest(layout: Layout) -> Any:
    """The message that takes the most bytes."""
    return layout.owner(*(_largest(field.kind) for field in layout.fields))


def _largest(kind: Kind) -> Any:
    match kind:
        case Text():
            return "x" * kind.most
        case Blob():
            return bytes(kind.most)
        case Many():
            return (largest(kind.item.LAYOUT),) * kind.most
        case Series():
            return (_largest(kind.item),) * kind.most
        case _:
            return _make(kind, Random(0), 0)
