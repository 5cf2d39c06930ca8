"""What the terminal says, in one language: messages, numbers and spots.

The messages are in `en.toml` and `ru.toml`. Whatever names a spot here can be typed back as a bet.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import TypeAlias

from client_text.vocabulary import GROUPS, LANGUAGES, PLACES
from protocol.roulette import SPOTS, Chips, Group, Pocket, Spot, colour

Entry: TypeAlias = str | Mapping[str, str]
"""A message or, where it has a count in it, its forms."""

SPOTS_SHOWN = 8
"""A line names so many places; the rest are counted."""


def _form_en(n: int) -> str:
    return "one" if n == 1 else "many"


def _form_ru(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


FORM: Mapping[str, Callable[[int], str]] = {"en": _form_en, "ru": _form_ru}
"""Which form of a message a count asks for."""
assert FORM.keys() == set(LANGUAGES)


class Speech:
    """One language."""

    def __init__(self, language: str, messages: str) -> None:
        """`messages` is the text of the language's file."""
        self.language = language
        self.messages: Mapping[str, Entry] = {
            f"{section}.{key}": entry
            for section, entries in tomllib.loads(messages).items()
            for key, entry in entries.items()
        }

    def __call__(self, key: str, **values: object) -> str:
        entry = self.messages[key]
        assert isinstance(entry, str), f"{key} wants a count"
        return entry.format(**values)

    def count(self, key: str, n: int, **values: object) -> str:
        """A message with a number in it, in the form that the number asks for."""
        entry = self.messages[key]
        assert not isinstance(entry, str), f"{key} has no forms"
        return entry[FORM[self.language](abs(n))].format(n=n, **values)

    def choice(self, section: str, value: Enum, **values: object) -> str:
        """What a value of a closed list is called."""
        return self(f"{section}.{value.name.lower()}", **values)

    def has(self, key: str) -> bool:
        return key in self.messages

    def chips(self, chips: Chips) -> str:
        return self.count("count.chips", chips)

    def spot(self, spot: Spot) -> str:
        info = SPOTS[spot]
        first, last = info.covers[0], info.covers[-1]
        if info.group is Group.STRAIGHT:
            return str(first)
        if info.group in (Group.COLUMN, Group.DOZEN):
            return f"{GROUPS[info.group].ways(self.language)[0]} {info.name.split()[1]}"
        if info.name in ("low", "high"):
            return f"{first}-{last}"
        if info.name in PLACES:
            return PLACES[info.name].ways(self.language)[0]
        return info.name if first == 0 else f"{first}-{last}"

    def bets(self, chips: Iterable[tuple[Spot, Chips]]) -> str:
        """`25 on 17, 10 on red`."""
        each = [self("bets.on", chips=n, spot=self.spot(spot)) for spot, n in chips]
        if len(each) > SPOTS_SHOWN:
            left = len(each) - SPOTS_SHOWN + 1
            each[SPOTS_SHOWN - 1 :] = [self.count("bets.more", left)]
        return ", ".join(each)

    def pocket(self, pocket: Pocket) -> str:
        """`17 black, odd, low`."""
        if pocket == 0:
            return self("pocket.zero")
        return self(
            "pocket.number",
            n=pocket,
            colour=self.choice("pocket", colour(pocket)),
            parity=self("pocket.odd" if pocket % 2 else "pocket.even"),
            half=self("pocket.low" if pocket < 19 else "pocket.high"),
        )

    def seconds(self, seconds: float) -> str:
        """`0:12`, as a person counts down: the last second is 0:01."""
        left = max(0, int(seconds + 0.999))
        return f"{left // 60}:{left % 60:02d}"
