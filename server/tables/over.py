"""A round that is over, as the house sees it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from protocol.fair.hashes import Account
from server.people.people import Client


class Told(Protocol):
    """Something that is told to many, to each of them in another way."""

    @property
    def accounts(self) -> Sequence[Account]:
        """To whom."""

    def frame(self, account: Account) -> bytes | None:
        """What one of them is told; nothing for anybody else."""


class Over(Told, Protocol):
    """A round that is over, told to who had chips on the table."""

    @property
    def title(self) -> str:
        """What is over and how it ended, for the log; nothing where it counts for nothing."""

    @property
    def contributors(self) -> Sequence[Account]:
        """Who had a say in the draw."""

    @property
    def withheld(self) -> Sequence[Account]:
        """Those of them who kept it back."""


class Parts(Mapping[Client, bytes]):
    """What each client is told, made when it is told: for ten thousand at once it would keep every
    other table waiting.
    """

    def __init__(self, over: Told, clients: Mapping[Account, Client]) -> None:
        """`clients`: who is in the house."""
        self._over = over
        self._clients = clients

    def __getitem__(self, client: Client) -> bytes:
        if frame := self._over.frame(client.account):
            return frame
        raise KeyError(client)

    def get(self, client: Client, default: Any = None) -> Any:
        """Without a detour: everybody is told by it."""
        return self._over.frame(client.account) or default

    def __iter__(self) -> Iterator[Client]:
        return (self._clients[who] for who in self._over.accounts if who in self._clients)

    def __len__(self) -> int:
        return len(self._over.accounts)
