"""The window's words: a message file a language, and one more for each game; how numbers are
written.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from client.language import system_language as system_language
from client.wording import LANGUAGES as LANGUAGES
from client.wording import Entry, Wording, parsed
from client.wording import clock as clock
from protocol.house.fields import Chips

ASSETS = Path(__file__).parents[1] / "assets"

MINUS = "−"
THIN = "\u2009"


@cache
def messages(language: str) -> Mapping[str, Entry]:
    """Every message of a language, as `section.key`; games add theirs, also to a section."""
    found: dict[str, Entry] = {}
    for file in sorted(ASSETS.glob(f"*{language}.toml")):
        more = parsed(file.read_text("utf-8"))
        assert found.keys().isdisjoint(more), f"{file.name} says again what another file says"
        found |= more
    return found


class Words(Wording):
    """The messages of one language, and its ways with numbers."""

    def __init__(self, language: str) -> None:
        known = language if language in LANGUAGES else LANGUAGES[0]
        super().__init__(known, messages(known))

    def written(self, n: int) -> str:
        return number(n)

    def percent(self, share: float, places: int = 1) -> str:
        """48.9 %, or 48,9 %."""
        text = f"{share * 100:.{places}f}"
        return (text.replace(".", ",") if self.language == "ru" else text) + THIN + "%"


def number(n: int) -> str:
    """1 284, with a true minus."""
    digits = f"{abs(n):,}".replace(",", THIN)
    return MINUS + digits if n < 0 else digits


def signed(n: int) -> str:
    return number(n) if n <= 0 else "+" + number(n)


def span(seconds: float) -> str:
    """Hours and minutes: 1:23."""
    minutes = int(seconds) // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def short(n: Chips) -> str:
    """A sum as it fits on a chip: 950, 1k, 12.5k, 3M."""
    for power, suffix in ((18, "E"), (15, "P"), (12, "T"), (9, "G"), (6, "M"), (3, "k")):
        if n >= (unit := 10**power):
            whole, part = divmod(n * 10 // unit, 10)
            return f"{whole}.{part}{suffix}" if part and whole < 100 else f"{whole}{suffix}"
    return str(n)
