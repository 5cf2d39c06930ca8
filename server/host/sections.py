"""What the host wants of each table: a `[[table]]` of the file, or a word of the command line."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

from protocol.text import UnfitTextError, fit_name
from server.games import GAMES
from server.host.fill import ConfigError, fill
from server.people.digests import password_digest
from server.tables.game import Settings
from server.tables.terms import Terms

DEFAULT_GAME = "roulette"
SEATS_MOST = 10**6


@dataclass(frozen=True, slots=True)
class Section:
    """One table. All that follows `rules` in the file is its game's to say."""

    kind: str = DEFAULT_GAME
    preset: str = ""
    """Rules to begin with, by the name that its game has for them."""
    name: str = ""
    """By it the books know the table again; one without is called as the house is."""
    password: str = field(default="", repr=False)
    watching: bool = True
    croupier: bool = True
    seats: int = 0
    rules: Settings = field(default_factory=GAMES[DEFAULT_GAME].rules)
    where: str = field(default="", compare=False)
    """The place in the file, to be named with what is wrong."""

    def terms(self, house: str) -> Terms:
        """The same, as the table has it."""
        digest = password_digest(self.password) if self.password else b""
        return Terms(self.name or house, digest, self.watching, self.croupier, self.seats)


OWN = frozenset(each.name for each in fields(Section)) - {"rules", "where"}


def sections_of(tables: Any, path: str) -> tuple[Section, ...]:
    """Every `[[table]]` of a file; where there is one, `[table]` says the same."""
    if isinstance(tables, dict):
        tables = [tables]
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise ConfigError(f"{path}: each table begins with [[table]]")
    if len(tables) == 1:
        return (section_of(tables[0], path),)
    return tuple(
        section_of(each, f"{path}, table {at}{_called(each.get('name'))}")
        for at, each in enumerate(tables, 1)
    )


def section_of(values: dict[str, Any], where: str) -> Section:
    """What these settings ask for; those that are no table's are the game's."""
    own = {name: value for name, value in values.items() if name in OWN}
    rest = {name: value for name, value in values.items() if name not in OWN}
    section = fill(Section(), own, where)
    game = GAMES.get(section.kind)
    if not game:
        raise ConfigError(f"{where}: nobody here plays {section.kind!r}, only {', '.join(GAMES)}")
    if section.preset and section.preset not in game.presets:
        known = ", ".join(game.presets) or "none"
        raise ConfigError(f"{where}: {section.kind} has no preset {section.preset!r}: {known}")
    rules = game.presets.get(section.preset) or game.rules()
    return replace(section, rules=fill(rules, rest, where), where=where)


def sections_of_words(words: str) -> tuple[Section, ...]:
    """`roulette,roulette:high`: a table each, with a name made of the words. The first roulette
    without a preset is called as the house is.
    """
    found: list[Section] = []
    names: Counter[str] = Counter()
    for word in words.split(","):
        kind, _, preset = word.strip().partition(":")
        is_the_house = kind == DEFAULT_GAME and not preset and not names[""]
        name = "" if is_the_house else (preset or kind).capitalize()
        names[name] += 1
        if names[name] > 1:
            name = f"{name} {names[name]}"
        found.append(section_of({"kind": kind, "preset": preset, "name": name}, "--tables"))
    return tuple(found)


def changed(rules: Settings, words: str) -> Settings:
    """These rules, but for what a line of a file says: `auto_seconds = 30`."""
    try:
        values = tomllib.loads(words)
    except (ValueError, RecursionError):
        raise ConfigError("write it as in the file: auto_seconds = 30") from None
    return fill(rules, values, "rules")


def verify(sections: Iterable[Section]) -> None:
    """A `ConfigError` if one of them cannot be, or two have the same name."""
    named: set[str] = set()
    for section in sections:
        for words in faults(section):
            raise ConfigError(f"{section.where}: {words}" if section.where else words)
        if section.name in named:
            words = f"are called {section.name!r}" if section.name else "have no name"
            raise ConfigError(f"{section.where}: two tables {words}")
        named.add(section.name)


def faults(section: Section) -> Iterator[str]:
    """What of it cannot be, each in one plain line."""
    yield from section.rules.faults()
    if not 0 <= section.seats <= SEATS_MOST:
        yield f"seats takes 0 to {SEATS_MOST}"
    if not section.croupier and not section.rules.automatic:
        yield "without a croupier's seat it must run itself: set auto_seconds"
    try:
        if section.name:
            fit_name(section.name)
        section.password.encode()
    except UnfitTextError as error:
        yield f"name: {error}"
    except UnicodeEncodeError:
        yield "password: it is not written as UTF-8"


def _called(name: object) -> str:
    return f" ({name})" if isinstance(name, str) and name else ""
