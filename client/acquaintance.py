"""Which table one came to, and as whom it knows one: both stay what they were first.

A table is known by its anchor, the public end of its chain of seeds. What answers at its address
under another anchor is another table, whatever it calls itself, and is told nothing secret. And a
table that could let one in as ever another person would fill the folder with their records.
"""

from client.dialogue import Keyring
from protocol.fairness import Account, Hash
from protocol.messages.door import SignedIn, TableIntroduced


class Acquaintance:
    """Of one dialogue with one table, over all its lines."""

    def __init__(self, keyring: Keyring) -> None:
        """`keyring` remembers it beyond this dialogue."""
        self._keyring = keyring
        self._here: tuple[bytes, Hash] | None = None
        self._called: dict[str, tuple[Account, str]] = {}
        """By the name that one came with."""

    def knows(self, said: TableIntroduced, *, meant: bool) -> bool:
        """Whether this is the table that one came to, and the one that was at this address before;
        `meant`: a person says that it is another one now.
        """
        here = said.draw, said.anchor
        if self._here is not None:
            return self._here == here
        return meant or self._keyring.knows(*here) is not False

    def trust(self, table: TableIntroduced) -> None:
        """One comes in: this is the table from now on."""
        if self._here is None:
            self._here = table.draw, table.anchor
            self._keyring.trust(*self._here)

    def is_oneself(self, name: str, said: SignedIn) -> bool:
        """Whether who came by this name is let in as the one who was before."""
        whom = said.account, said.name
        return self._called.setdefault(name, whom) == whom
