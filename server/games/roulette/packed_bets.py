"""All bets of a finished round in few bytes, of which any part is found and read alone. Pure.

The rows are ascending, and cut into
parts of 512, each compressed for itself; in front stands where each part begins. So to find one
player's bets, or a page of everybody's, one or two parts are expanded, however many play. Rows are
in the same order as the bets that they are.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, takewhile
from typing import TypeAlias

from protocol.fair.hashes import Account
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips
from server.books.compressed import compress, expand

Bet: TypeAlias = tuple[Account, Spot, Chips]

ROW = "QBQ"
BET_SIZE = struct.calcsize(">" + ROW)
PART = 512
"""A page of `BetsListed`, and what three players have who bet on every spot."""
HEAD = struct.Struct(">I")
"""How many parts there are."""
PLACE = struct.Struct(">QBHI")
"""Of each part the account and the spot of its first row, its rows, and its bytes."""
MOST = (1 << 64) - 1
"""More chips than there are."""


class Packer:
    """Packs ascending bets as they come, some at a time."""

    def __init__(self) -> None:
        self._rest: list[Bet] = []
        """Less than a part of them."""
        self._places: list[bytes] = []
        self._parts: list[bytes] = []

    def add(self, bets: Sequence[Bet]) -> None:
        """These come next."""
        rows = [*self._rest, *bets]
        whole = len(rows) - len(rows) % PART
        for first in range(0, whole, PART):
            self._pack(rows[first : first + PART])
        self._rest = rows[whole:]

    def _pack(self, rows: Sequence[Bet]) -> None:
        part = compress(_rows(rows))
        self._places.append(PLACE.pack(*rows[0][:2], len(rows), len(part)))
        self._parts.append(part)

    def packed(self) -> bytes:
        """All of them; none comes any more."""
        if self._rest:
            self._pack(self._rest)
        return b"".join((HEAD.pack(len(self._parts)), *self._places, *self._parts))


def pack(bets: Sequence[Bet]) -> bytes:
    """`bets` are ascending."""
    packer = Packer()
    packer.add(bets)
    return packer.packed()


def _rows(bets: Sequence[Bet]) -> bytes:
    """All in one step."""
    return struct.pack(">" + ROW * len(bets), *chain.from_iterable(bets))


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
    bound = _rows([least])
    for _, _, rows, size in places[first:]:
        part = expand(packed[at : at + size], rows * BET_SIZE)
        begins = range(0, len(part), BET_SIZE)
        passed = bisect_right(begins, bound, key=lambda row: part[row : row + BET_SIZE])
        yield from struct.iter_unpack(">" + ROW, part[passed * BET_SIZE :])
        at += size
