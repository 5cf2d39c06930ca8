"""The window's words: one message file a language, and how numbers are written."""

import locale
import os
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from protocol.roulette import SPOTS, Chips, Group, Spot

ASSETS = Path(__file__).parent / "assets"
LANGUAGES = ("en", "ru")

Entry = str | Mapping[str, str]


def _one_other(n: int) -> str:
    return "one" if n == 1 else "other"


def _slavic(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return "few"
    return "many"


PLURAL: dict[str, Callable[[int], str]] = {"en": _one_other, "ru": _slavic}
FORMS: dict[str, frozenset[str]] = {
    "en": frozenset(("one", "other")),
    "ru": frozenset(("one", "few", "many")),
}

MINUS = "−"
THIN = "\u2009"


@cache
def messages(language: str) -> dict[str, Entry]:
    """Every message of a language, as `section.key`."""
    with (ASSETS / f"{language}.toml").open("rb") as file:
        sections = tomllib.load(file)
    return {
        f"{section}.{key}": entry
        for section, entries in sections.items()
        for key, entry in entries.items()
    }


class Words:
    """The messages of one language, and its ways with numbers."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._messages = messages(self.language)

    def __call__(self, key: str, **values: object) -> str:
        entry = self._messages[key]
        assert isinstance(entry, str), f"{key} wants a count"
        return entry.format(**values) if values else entry

    def count(self, key: str, n: int, **values: object) -> str:
        """A message with a number in it, in the form that the number asks for."""
        entry = self._messages[key]
        assert isinstance(entry, Mapping), f"{key} has no plural forms"
        return entry[PLURAL[self.language](n)].format(n=number(n), **values)

    def percent(self, share: float) -> str:
        """48.9 %, or 48,9 %."""
        text = f"{share * 100:.1f}"
        return (text.replace(".", ",") if self.language == "ru" else text) + THIN + "%"

    def has(self, key: str) -> bool:
        return key in self._messages

    def spot(self, spot: Spot) -> str:
        """The short name of a spot, as the list of bets has it."""
        info = SPOTS[spot]
        first, last = info.covers[0], info.covers[-1]
        match info.group:
            case Group.STRAIGHT:
                return str(first)
            case Group.COLUMN:
                return self("spot.column", n=first)
            case Group.DOZEN:
                return self(f"spot.dozen{(first - 1) // 12 + 1}")
            case Group.CHANCE:
                return self(f"spot.{info.name}")
            case Group.SPLIT:
                return self("spot.split", a=first, b=last)
            case Group.STREET if first == 0:
                return self("spot.trio", numbers="·".join(map(str, info.covers)))
            case Group.CORNER if first == 0:
                return self("spot.first_four")
        return self(f"spot.{info.group.name.lower()}", a=first, b=last)

    def kind(self, spot: Spot) -> str:
        """What kind of bet it is, as the bubble has it."""
        info = SPOTS[spot]
        if info.group in (Group.STREET, Group.CORNER) and 0 in info.covers:
            return self("kind.trio" if info.group is Group.STREET else "kind.first_four")
        return self(f"kind.{info.group.name.lower()}")

    def spot_title(self, spot: Spot) -> str:
        """The line that says over which numbers the mouse is."""
        info = SPOTS[spot]
        if info.group is Group.STRAIGHT:
            return f"{info.covers[0]} · {self.kind(spot)}"
        if info.group in (Group.COLUMN, Group.DOZEN, Group.CHANCE):
            return f"{self.spot(spot)} · {self.kind(spot)}"
        return f"{' · '.join(map(str, info.covers))} · {self.kind(spot)}"


def number(n: int) -> str:
    """1 284, with a true minus."""
    digits = f"{abs(n):,}".replace(",", THIN)
    return MINUS + digits if n < 0 else digits


def signed(n: int) -> str:
    return number(n) if n <= 0 else "+" + number(n)


def short(n: Chips) -> str:
    """A sum as it fits on a chip: 950, 1k, 12.5k, 3M."""
    for unit, suffix in ((1_000_000_000, "G"), (1_000_000, "M"), (1000, "k")):
        if n >= unit:
            whole, part = divmod(n * 10 // unit, 10)
            return f"{whole}.{part}{suffix}" if part and whole < 100 else f"{whole}{suffix}"
    return str(n)


def clock(seconds: float) -> str:
    """0:12, as a person counts down: the last second is 0:01."""
    left = max(0, int(seconds + 0.999))
    return f"{left // 60}:{left % 60:02d}"


def system_language() -> str:
    """What the system speaks, if it is one of ours."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not wanted:
        wanted = locale.getlocale()[0] or ""
    code = wanted.lower()
    return next((ours for ours in LANGUAGES if code.startswith(ours)), LANGUAGES[0])
