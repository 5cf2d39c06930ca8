"""Whom one does not want to hear, kept on this computer for each table."""

from collections.abc import Mapping
from typing import Any, Protocol

from protocol.fair.hashes import Account

KEY = "ignored"
TABLES_KEPT = 50
PEOPLE_KEPT = 500


class Settings(Protocol):
    """What of a store is needed."""

    def settings(self) -> dict[str, Any]: ...

    def keep_settings(self, settings: Mapping[str, Any]) -> None: ...


class Ignored:
    """The people whom one ignores at one table; `people` is replaced, never changed."""

    def __init__(self, store: Settings, table: bytes) -> None:
        """Read what was kept."""
        self._store = store
        self._table = table.hex()
        self.people: dict[Account, str] = {}
        for account, name in self._kept().get(self._table, {}).items():
            if account.isascii() and account.isdigit():
                self.people[int(account)] = name

    def set(self, account: Account, name: str, *, on: bool) -> None:
        """Hear somebody no more, or again."""
        people = {each: called for each, called in self.people.items() if each != account}
        if on:
            people[account] = name
        self.people = dict(list(people.items())[-PEOPLE_KEPT:])
        kept = self._kept()
        kept.pop(self._table, None)
        if self.people:
            kept[self._table] = {str(each): called for each, called in self.people.items()}
        self._store.keep_settings({KEY: dict(list(kept.items())[-TABLES_KEPT:])})

    def _kept(self) -> dict[str, dict[str, str]]:
        """What is in the settings; whatever is not as it is written here counts as not there."""
        found = self._store.settings().get(KEY)
        tables = found.items() if isinstance(found, dict) else ()
        return {
            table: {each: name for each, name in people.items() if isinstance(name, str)}
            for table, people in tables
            if isinstance(people, dict)
        }
