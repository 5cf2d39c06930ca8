"""A round that is over, as the house sees it."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from protocol.fair.hashes import Account


class Over(Protocol):
    """A round that is over."""

    @property
    def title(self) -> str:
        """What is over and how it ended, for the log; nothing where it counts for nothing."""

    @property
    def accounts(self) -> Sequence[Account]:
        """Who had chips on the table."""

    @property
    def contributors(self) -> Sequence[Account]:
        """Who had a say in the draw."""

    @property
    def withheld(self) -> Sequence[Account]:
        """Those of them who kept it back."""

    def frames(self) -> Iterable[tuple[Account, bytes]]:
        """What each of them is told."""
