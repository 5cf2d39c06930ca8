"""The messages of one language, and the forms that its counts take. Pure.

A message file is TOML: sections of messages with {fields} in them. Where a count stands in a
message, a table has its forms.
"""

import tomllib
from collections.abc import Callable, Mapping
from typing import TypeAlias

LANGUAGES = ("en", "ru")

Entry: TypeAlias = str | Mapping[str, str]
"""A message or, where it has a count in it, its forms."""


def _one_other(n: int) -> str:
    return "one" if n == 1 else "other"


def _slavic(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return "few"
    return "many"


PLURAL: Mapping[str, Callable[[int], str]] = {"en": _one_other, "ru": _slavic}
"""Which form a count asks for."""
FORMS: Mapping[str, frozenset[str]] = {
    "en": frozenset(("one", "other")),
    "ru": frozenset(("one", "few", "many")),
}
assert PLURAL.keys() == FORMS.keys() == set(LANGUAGES)


class Wording:
    """One language."""

    def __init__(self, language: str, messages: Mapping[str, Entry]) -> None:
        """`messages` are what `parsed` makes of the language's file."""
        self.language = language
        self.messages = messages

    def __call__(self, key: str, **values: object) -> str:
        entry = self.messages[key]
        assert isinstance(entry, str), f"{key} wants a count"
        return entry.format(**values) if values else entry

    def count(self, key: str, n: int, **values: object) -> str:
        """A message with a number in it, in the form that the number asks for."""
        entry = self.messages[key]
        assert isinstance(entry, Mapping), f"{key} has no plural forms"
        return entry[PLURAL[self.language](abs(n))].format(n=self.written(n), **values)

    def has(self, key: str) -> bool:
        return key in self.messages

    def written(self, n: int) -> str:
        """How a number is written in a count."""
        return str(n)


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
