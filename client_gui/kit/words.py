"""The window's words: one message file a language, and how numbers are written."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from client.language import system_language as system_language
from client.wording import FORMS as FORMS
from client.wording import LANGUAGES as LANGUAGES
from client.wording import Entry, Wording, parsed
from client.wording import clock as clock
from protocol.games.roulette.rules import SPOT_OF, SPOTS, ZEROS, Group, Spot, SpotInfo
from protocol.house.fields import Chips

ASSETS = Path(__file__).parents[1] / "assets"

MINUS = "−"
THIN = "\u2009"


@cache
def messages(language: str) -> Mapping[str, Entry]:
    """Every message of a language, as `section.key`."""
    return parsed((ASSETS / f"{language}.toml").read_text("utf-8"))


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

    def spot(self, spot: Spot) -> str:
        """The short name of a spot, as the list of bets has it."""
        info = SPOTS[spot]
        if info.locked:
            words = "spot.locked" if info.locked == 1 else "spot.locked_again"
            return self(words, spot=self.spot(SPOT_OF[info.covers]))
        first, last = info.numbers[0], info.numbers[-1]
        match info.group:
            case Group.STRAIGHT:
                return first
            case Group.COLUMN:
                return self("spot.column", n=first)
            case Group.DOZEN:
                return self(f"spot.dozen{int(first) // 12 + 1}")
            case Group.CHANCE:
                return self(f"spot.{info.name}")
            case Group.SPLIT:
                return self("spot.split", a=first, b=last)
            case Group.STREET if beside_zero(info):
                return self("spot.trio", numbers="·".join(info.numbers))
            case Group.CORNER if beside_zero(info):
                return self(f"spot.{_OF_ZERO[len(info.covers)]}")
        return self(f"spot.{info.group.name.lower()}", a=first, b=last)

    def kind(self, spot: Spot) -> str:
        """What kind of bet it is, as the bubble has it."""
        info = SPOTS[spot]
        if info.group in (Group.STREET, Group.CORNER) and beside_zero(info):
            return self(f"kind.{_OF_ZERO[len(info.covers)]}")
        if info.locked:
            return self("kind.locked")
        return self(f"kind.{info.group.name.lower()}")

    def spot_title(self, spot: Spot) -> str:
        """The line that says over which numbers the mouse is."""
        info = SPOTS[spot]
        if info.group is Group.STRAIGHT:
            return f"{info.name} · {self.kind(spot)}"
        if info.group in (Group.COLUMN, Group.DOZEN, Group.CHANCE):
            return f"{self.spot(spot)} · {self.kind(spot)}"
        return f"{' · '.join(info.numbers)} · {self.kind(spot)}"


def beside_zero(info: SpotInfo) -> bool:
    return not ZEROS.isdisjoint(info.covers)


_OF_ZERO = {3: "trio", 4: "first_four", 5: "top_line"}
"""What streets and corners beside a zero are called, by how many numbers they cover."""


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
