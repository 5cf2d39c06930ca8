"""Everybody's links of a round in which too many have a say to be told them all: asked for by lot.

Nobody could check all of ten thousand in every round. So each client asks for all pages of a round
by a chance that only it knows, `WANTED` in n: a house that lies about one link is found by about so
many of its guests, in whatever round it does it. Pure.
"""

from collections.abc import Callable

from protocol.fair.hashes import Account, Hash
from protocol.house.draw import LinkRow, LinksListed, ListLinks

WANTED = 128
"""So many of all who have a say look at a round."""
LOT = 8
"""Bytes of chance for one lot."""


def drawn_by_lot(secret: Callable[[], Hash], contributors: int) -> bool:
    """Whether one looks at a round in which so many have a say."""
    lot = int.from_bytes(secret()[:LOT], "big")
    return lot * contributors < WANTED << (8 * LOT)


class Audit:
    """The pages of one round, as they come."""

    def __init__(self, round_number: int, contributors: int) -> None:
        self.round_number = round_number
        self.rows: list[LinkRow] = []
        self._most = contributors

    def next_page(self) -> ListLinks:
        return ListLinks(0, self.round_number, self._last)

    def take(self, said: LinksListed) -> bool:
        """A page; whether another one is to be asked for. Pages that do not go on, or never end,
        are at an end here: what was listed is judged, and is not what was frozen.
        """
        last, self.rows = self._last, [*self.rows, *said.rows]
        return said.more and self._last > last and len(self.rows) <= self._most

    @property
    def _last(self) -> Account:
        return self.rows[-1].account if self.rows else 0
