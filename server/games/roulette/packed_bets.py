"""All bets of a finished round in few bytes, of which any part is found and read alone. Pure.

The rows are packed as they were hashed for the draw (`fairness.pack_bets`), ascending, and cut into
parts of 512, each compressed for itself; in front stands where each part begins. So to find one
player's bets, or a page of everybody's, one or two parts are expanded, however many play. Rows are
in the same order as the bets that they are.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from protocol.fairness import BET_SIZE, Account, Bet, pack_bets, unpack_bets
from protocol.games.roulette.rules import Spot
from server.books.compressed import compress, expand

PART = 512
"""A page of `BetsListed`, and what three players have who bet on every spot."""
HEAD = struct.Struct(">I")
"""How many parts there are."""
PLACE = struct.Struct(">QBHI")
"""Of each part the account and the spot of its first row, its rows, and its bytes."""
MOST = (1 << 64) - 1
"""More chips than there are."""


def pack(bets: Sequence[Bet]) -> bytes:
    """`bets` are ascending."""
    plain = pack_bets(bets)
    places = [HEAD.pack(-(-len(bets) // PART))]
    parts = []
    for first, last in pairwise([*range(0, len(bets), PART), len(bets)]):
        part = compress(plain[BET_SIZE * first : BET_SIZE * last])
        places.append(PLACE.pack(*bets[first][:2], last - first, len(part)))
        parts.append(part)
    return b"".join(places + parts)


def unpack(packed: bytes) -> list[Bet]:
    """Every bet, ascending."""
    return list(_rows_from(packed, (0, 0, 0)))


def rows_after(packed: bytes, account: Account, spot: Spot) -> Iterator[Bet]:
    """The bets after that of this account on this spot, ascending."""
    return _rows_from(packed, (account, spot, MOST))


def rows_of(packed: bytes, account: Account) -> Iterator[Bet]:
    """One player's bets, by ascending spot."""
    return takewhile(lambda row: row[0] == account, _rows_from(packed, (account, 0, 0)))


def _rows_from(packed: bytes, least: Bet) -> Iterator[Bet]:
    """The bets above this one. What was not packed here is a `ValueError`."""
    try:
        (count,) = HEAD.unpack_from(packed)
        places = list(PLACE.iter_unpack(packed[HEAD.size : HEAD.size + count * PLACE.size]))
    except struct.error as error:
        raise ValueError(f"packed bets are damaged: {error}") from error
    first = max(0, bisect_right(places, least) - 1)
    at = HEAD.size + count * PLACE.size + sum(size for _, _, _, size in places[:first])
    bound = pack_bets([least])
    for _, _, rows, size in places[first:]:
        part = expand(packed[at : at + size], rows * BET_SIZE)
        begins = range(0, len(part), BET_SIZE)
        passed = bisect_right(begins, bound, key=lambda row: part[row : row + BET_SIZE])
        yield from unpack_bets(part[passed * BET_SIZE :])
        at += size
