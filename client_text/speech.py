"""What the terminal says, in one language.

The messages are in `en.toml` and `ru.toml`; those of a game are in its folder.
"""

from enum import Enum

from client.wording import Paperwork
from protocol.house.fields import Chips


class Speech(Paperwork):
    """One language."""

    def choice(self, section: str, value: Enum, **values: object) -> str:
        """What a value of a closed list is called."""
        return self(f"{section}.{value.name.lower()}", **values)

    def chips(self, chips: Chips) -> str:
        return self.count("count.chips", chips)
