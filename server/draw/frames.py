"""What each of many is told of their own, made when it is told.

For ten thousand at once it would keep every other table waiting.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from protocol.fair.hashes import Account


class Frames(Mapping[Account, bytes]):
    """A frame for each of these. What it is made of must not change any more."""

    def __init__(
        self, accounts: Sequence[Account], frame: Callable[[Account], bytes | None]
    ) -> None:
        """`frame` packs one; nothing for anybody else."""
        self.accounts = accounts
        self.frame = frame

    def __getitem__(self, account: Account) -> bytes:
        if frame := self.frame(account):
            return frame
        raise KeyError(account)

    def get(self, account: Account, default: Any = None) -> Any:
        """Without a detour: everybody is told by it."""
        return self.frame(account) or default

    def __iter__(self) -> Iterator[Account]:
        return iter(self.accounts)

    def __len__(self) -> int:
        return len(self.accounts)
