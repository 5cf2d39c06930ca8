"""The seeds of every house under fire: a chain of its own would cost each of them two seconds."""

from functools import cache
from pathlib import Path

from server.draw.seeds import STRETCH, Seeds

TABLE = bytes(range(16))


@cache
def chain() -> Seeds:
    """Enough for the longest run, and made in a second: not for who only reads this."""
    return Seeds.make(TABLE, bytes(range(32)), 512 * STRETCH)


def lay_seeds(data: Path) -> None:
    """Into a folder that is still empty."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(data.iterdir()):
        chain().save(data / "seeds" / "1")
