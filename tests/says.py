"""A player's chain of links, short, for whoever has a say in a test."""

from hashlib import sha256

from protocol.fair.hashes import Account, Hash, link_before

LINKS = 40


class Say:
    """The chain of one account at one table."""

    def __init__(self, table: bytes, account: Account, label: str = "") -> None:
        """Another `label` makes another chain."""
        links = [sha256(f"{account} {label}".encode()).digest()]
        for _ in range(LINKS):
            links.append(link_before(table, account, links[-1]))
        self.links = links[::-1]
        """From its public end."""
        self.shown = 0

    @property
    def first(self) -> Hash:
        return self.links[0]

    @property
    def head(self) -> Hash:
        return self.links[self.shown]

    @property
    def next(self) -> Hash:
        """The link that is shown next."""
        return self.links[self.shown + 1]

    def show(self) -> Hash:
        """The same, as it is shown."""
        self.shown += 1
        return self.head
