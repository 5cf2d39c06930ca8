"""Hypothesis strategies for every message and every classic frame, derived from the layouts."""

from typing import Any

from hypothesis import strategies as st

from protocol import classic
from protocol.kinds import Blob, Choice, Kind, Number, Raw, Text, YesNo
from protocol.layout import Layout, Many, Series
from protocol.limits import CLASSIC_NAME_BYTES
from protocol.wire import Message


def strategy(layout: Layout) -> st.SearchStrategy[Any]:
    """Every message or record that the layout can say, a message at any table."""
    at = {"table": st.integers(0, 2**32 - 1)} if issubclass(layout.owner, Message) else {}
    return st.builds(layout.owner, *(_strategy(field.kind) for field in layout.fields), **at)


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
    st.builds(classic.RegisterPlayer, st.binary(max_size=CLASSIC_NAME_BYTES)),
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
            st.builds(classic.Result, _NAMES, st.integers(classic.LEAST_NET, classic.MOST_NET)),
            20,
        ),
    ),
)
