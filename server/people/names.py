"""Which names are taken, and by whom: those that look alike are one. Pure."""

from collections.abc import Iterator

from protocol.fairness import Account
from server.books.books import Books
from server.people.likeness import likenesses

RESERVED = tuple(
    joint.join(words.split())
    for words in (
        *("Croupier", "The croupier", "Крупье", "Dealer", "The dealer", "Дилер"),
        *("House", "The house", "Casino", "The casino", "Казино", "Дом", "Заведение"),
        *("Table", "The table", "Стол", "Server", "The server", "Сервер", "Host", "The host"),
        *("Хозяин", "Admin", "Админ", "System", "Система", "you", "вы"),
    )
    for joint in ("-", "")
)
"""Names that are said of somebody else: of the house, its croupier, its host, or oneself."""


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

    def is_spoken_for(self, name: str) -> bool:
        """Whether this name could be taken for the house's own, or for one that is proved."""
        named = self._books.holders
        return any(not account or named[account].token for account in self.alike(name))
