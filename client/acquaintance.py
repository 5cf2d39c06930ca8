"""Which house one came to, and as whom it knows one: both stay what they were first.

A house is known by its first table, and a table by its anchor, the public end of its chain of
seeds. What answers at its address under another anchor is another house, whatever it calls itself,
and is told nothing secret. And a house that could let one in as ever another person would fill the
folder with their records.
"""

from typing import Protocol

from client.means import Keyring
from protocol.fair.hashes import Account, Hash
from protocol.house.door import HouseIntroduced, SignedIn


class Introduced(Protocol):
    """What every game's table says of itself."""

    table: int
    draw: bytes
    anchor: Hash


class Acquaintance:
    """Of one dialogue with one house, over all its lines."""

    def __init__(self, keyring: Keyring) -> None:
        """`keyring` remembers it beyond this dialogue."""
        self._keyring = keyring
        self._here: tuple[bytes, Hash] | None = None
        self._anchors: dict[bytes, Hash] = {}
        """By the table's name in the draw."""
        self._draws: dict[int, bytes] = {}
        """That name, by the table's number: no number comes again."""
        self._called: dict[str, tuple[Account, str]] = {}
        """By the name that one came with."""

    def knows(self, said: HouseIntroduced, *, meant: bool) -> bool:
        """Whether this is the house that one came to, and the one that was at this address before;
        `meant`: a person says that it is another one now.
        """
        here = said.house, said.anchor
        if self._here is not None:
            return self._here == here
        return meant or self._keyring.knows(*here) is not False

    def trust(self, house: HouseIntroduced) -> None:
        """One comes in: this is the house from now on."""
        if self._here is None:
            self._here = house.house, house.anchor
            self._keyring.trust(*self._here)
            self._anchors[house.house] = house.anchor

    def has_met(self, table: Introduced) -> bool:
        """Whether this table goes on with the draw and the chain that it had when one met it first.
        A house that could begin another draw would do so whenever a number does not suit it.
        """
        if self._draws.setdefault(table.table, table.draw) != table.draw:
            return False
        return self._anchors.setdefault(table.draw, table.anchor) == table.anchor

    def is_oneself(self, name: str, said: SignedIn) -> bool:
        """Whether who came by this name is let in as the one who was before."""
        whom = said.account, said.name
        return self._called.setdefault(name, whom) == whom
