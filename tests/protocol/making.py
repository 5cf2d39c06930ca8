"""Values for every message and every classic frame, derived from the layouts.

`make` chooses with a random generator: golden frames and the fuzzer need many, quickly and
repeatably. `strategy` is the same for Hypothesis.
"""

from random import Random
from typing import Any

from hypothesis import strategies as st

from protocol import classic
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


def strategy(layout: Layout) -> st.SearchStrategy[Any]:
    """Every message or record that the layout can say."""
    return st.builds(layout.owner, *(_strategy(field.kind) for field in layout.fields))


def _strategy(kind: Kind) -> st.SearchStrategy[Any]:
    match kind:
        case Number():
            return st.integers(kind.least, kind.most)
        case YesNo():
            return st.booleans()
        case Choice():
            return st.sampled_from(kind.options)
        case Raw():
            return st.binary(min_size=kind.most_size, max_size=kind.most_size)
        case Text():
            return texts(kind.most)
        case Blob():
            return st.binary(max_size=kind.most)
        case Many():
            return _lists(strategy(kind.item.LAYOUT), kind.most)
        case Series():
            return _lists(_strategy(kind.item), kind.most)
    raise AssertionError(f"no strategy for {kind}")


def texts(most: int) -> st.SearchStrategy[str]:
    """Texts of up to `most` bytes in UTF-8."""
    letters = st.characters(exclude_categories=["Cs"])
    return st.text(letters, max_size=most).filter(lambda text: len(text.encode()) <= most)


def _lists(items: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=min(most, 5)).map(tuple)


_CODES = st.sampled_from(classic.Code)
_NAMES = texts(64)
_SUMS = st.integers(0, classic.MOST_CHIPS)
_DIGESTS = st.binary(min_size=64, max_size=64).map(lambda digest: b"\xff" + digest[1:])

CLASSIC_REQUESTS: st.SearchStrategy[classic.Request] = st.one_of(
    st.builds(classic.RegisterPlayer, st.binary(max_size=classic.LONGEST_NAME)),
    st.builds(classic.RegisterCroupier, _DIGESTS),
    st.builds(classic.PlaceBet, st.integers(0, 255), _SUMS),
    st.builds(classic.StartSpin, _DIGESTS),
    st.builds(classic.ListBets, st.booleans()),
    st.builds(classic.ConfirmResults, st.booleans()),
)
CLASSIC_REPLIES: st.SearchStrategy[classic.Reply] = st.one_of(
    st.builds(classic.RegistrationAnswered, _CODES),
    st.builds(classic.OrderAnswered, _CODES),
    st.builds(
        classic.BetsListed,
        _lists(st.builds(classic.ListedBet, _NAMES, _SUMS, st.integers(0, classic.ODD)), 20),
    ),
    st.builds(
        classic.ResultsShown,
        st.integers(0, 36),
        _lists(
            st.builds(classic.Result, _NAMES, st.integers(-classic.MOST_NET, classic.MOST_NET)),
            20,
        ),
    ),
)
