"""The messages of one language, and the plurals that its counts take. Pure.

A message file is TOML: sections of messages with {fields} in them. Where a count stands in a
message, a table has its plurals.

Where a {name} stands in a message, it is what somebody calls himself, and stands there as a name.
"""

import tomllib
from collections.abc import Callable, Mapping
from typing import TypeAlias

from protocol.text import as_name, isolated

LANGUAGES = ("en", "ru")

Entry: TypeAlias = str | Mapping[str, str]
"""A message or, where it has a count in it, its plurals."""


def _one_other(n: int) -> str:
    return "one" if n == 1 else "other"


def _slavic(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return "few"
    return "many"


NAMES = ("name", "table")
"""The fields that somebody else chose to be called by."""
PLURAL: Mapping[str, Callable[[int], str]] = {"en": _one_other, "ru": _slavic}
"""Which plural a count asks for."""
PLURALS: Mapping[str, frozenset[str]] = {
    "en": frozenset(("one", "other")),
    "ru": frozenset(("one", "few", "many")),
}
assert PLURAL.keys() == PLURALS.keys() == set(LANGUAGES)


class Wording:
    """One language."""

    def __init__(self, language: str, messages: Mapping[str, Entry]) -> None:
        """`messages` are what `parsed` makes of the language's file."""
        self.language = language
        self.messages = messages

    def __call__(self, key: str, **values: object) -> str:
        entry = self.messages[key]
        assert isinstance(entry, str), f"{key} wants a count"
        return entry.format(**self._filled(values)) if values else entry

    def count(self, key: str, n: int, **values: object) -> str:
        """A message with a number in it, in the plural that the number asks for."""
        entry = self.messages[key]
        assert isinstance(entry, Mapping), f"{key} has no plurals"
        filled = self._filled(values)
        return entry[PLURAL[self.language](abs(n))].format(n=self.written(n), **filled)

    def has(self, key: str) -> bool:
        return key in self.messages

    def written(self, n: int) -> str:
        """How a number is written in a count."""
        return str(n)

    def _filled(self, values: Mapping[str, object]) -> dict[str, object]:
        return {
            key: as_name(value) if key in NAMES and isinstance(value, str) else value
            for key, value in values.items()
        }


class Paperwork(Wording):
    """One language, for what puts letters in order by itself: a terminal, a page."""

    def _filled(self, values: Mapping[str, object]) -> dict[str, object]:
        return {
            key: isolated(value) if isinstance(value, str) else value
            for key, value in super()._filled(values).items()
        }


def parsed(text: str) -> dict[str, Entry]:
    """Every message of a file, as `section.key`."""
    return {
        f"{section}.{key}": entry
        for section, entries in tomllib.loads(text).items()
        for key, entry in entries.items()
    }


def clock(seconds: float) -> str:
    """0:12, as a person counts down: the last second is 0:01."""
    left = max(0, int(seconds + 0.999))
    return f"{left // 60}:{left % 60:02d}"
