"""How a line that is being typed can go on. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from client_text.vocabulary import (
    ANNOUNCED,
    COMMANDS,
    FINALS,
    GROUPS,
    NEIGHBOURS,
    PHRASES,
    PLACES,
    SEATS,
    UNTILS,
    Said,
    normal,
)
from client_text.words import command_of
from protocol.roulette import Group

SLASH = {
    "players": "/users",
    "private": "/private",
    "session": "/session",
    "exit": "/exit",
    "ignore": "/ignore",
    "hear": "/hear",
}
"""Commands of the talk, as they are written with a slash in every language."""

_BETS = (
    *(PLACES[name] for name in ("red", "black", "even", "odd", "0-1-2-3")),
    *(row for group, row in GROUPS.items() if group is not Group.STRAIGHT),
    *ANNOUNCED.values(),
    NEIGHBOURS,
    FINALS,
)
_AFTER: dict[str, Iterable[Said]] = {
    "sit": SEATS.values(),
    "wait": UNTILS.values(),
    "announce": PHRASES.values(),
    "back": _BETS,
    "help": [command.said for command in COMMANDS.values()],
}
MOST = 40


def completions(line: str, language: str, names: Sequence[str]) -> list[tuple[str, int]]:
    """What can stand at the end of this line, and how many of its characters each replaces."""
    begun = line.lstrip()
    found = [*_heads(begun, language), *_rests(begun, language, names)]
    return found[:MOST]


def _heads(begun: str, language: str) -> Iterator[tuple[str, int]]:
    """The first words of a line."""
    if begun.startswith("/"):
        yield from _fitting(SLASH.values(), begun)
        ways = ("/" + command.said.ways(language)[0] for command in COMMANDS.values())
        yield from _fitting(ways, begun)
    elif begun:
        rows = [*_BETS, *(command.said for command in COMMANDS.values())]
        yield from _fitting((row.ways(language)[0] for row in rows), begun)


def _rests(begun: str, language: str, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """What follows a command that is written out."""
    key, tail = command_of(begun)
    if key is None or not tail:
        return
    if COMMANDS[key].takes.startswith("person"):
        yield from _fitting(names, tail)
    yield from _fitting((row.ways(language)[0] for row in _AFTER.get(key, ())), tail)


def _fitting(candidates: Iterable[str], begun: str) -> Iterator[tuple[str, int]]:
    for each in candidates:
        if normal(each).startswith(normal(begun)) and normal(each) != normal(begun):
            yield each, len(begun)
