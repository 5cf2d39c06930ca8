"""Which names are taken, and by whom: those that look alike are one. Pure."""

import re
from collections.abc import Iterable, Iterator

from protocol.fair.hashes import Account
from server.books.books import Books
from server.people.likeness import likenesses, words

CROUPIER = ("Croupier", "Крупье")
THE_HOUSE = ("The croupier", "The dealer", "The house", "The casino", "The host")
OFFICES = (
    *(*CROUPIER, *THE_HOUSE, "Dealer", "Дилер", "House", "Casino", "Казино", "Дом", "Заведение"),
    *("Table", "The table", "Стол", "Server", "The server", "Сервер", "Host", "Хозяин"),
    *("Admin", "Админ", "System", "Система"),
)
"""What is said of the house, its croupier and its host."""
RESERVED = (*OFFICES, "you", "вы")
"""Names that are said of somebody else, or of oneself."""


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(key) for name in names for key in likenesses(name)}))


_HOUSE = re.compile(rf"({_any(OFFICES)})+|({_any(THE_HOUSE)}).*")
"""Offices beside offices (*Dealer (house)*), and what *The house* says or does."""
_CROUPIER = frozenset(key for name in CROUPIER for key in likenesses(name))


def _is_the_houses(name: str) -> bool:
    if any(_HOUSE.fullmatch(key) for key in likenesses(name)):
        return True
    return any(_CROUPIER & likenesses(word) for word in words(name))


class Names:
    """All names of the books and the house's own, by how they look."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._alike: dict[str, tuple[Account, ...]] = {}
        for name in RESERVED:
            self.add(name, 0)
        for name, holder in books.named.items():
            self.add(name, holder.account)

    def add(self, name: str, account: Account) -> None:
        """This name is taken now."""
        for key in likenesses(name):
            self._alike[key] = (*self._alike.get(key, ()), account)

    def alike(self, name: str) -> Iterator[Account]:
        """Whose name could be taken for this one; 0: the house's own."""
        for key in likenesses(name):
            yield from self._alike.get(key, ())
        if _is_the_houses(name):
            yield 0

    def is_spoken_for(self, name: str) -> bool:
        """Whether this name could be taken for the house's own, or for one that is proved."""
        named = self._books.holders
        return any(not account or named[account].token for account in self.alike(name))
