"""How a line that is being typed can go on. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from client.talk import commands
from client_text.vocabulary import (
    ANNOUNCED,
    COMMANDS,
    FILES,
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
from protocol.games.roulette.rules import Group

_BETS = (
    *(PLACES[name] for name in ("red", "black", "even", "odd", "0-1-2-3")),
    *(row for group, row in GROUPS.items() if group is not Group.STRAIGHT),
    *ANNOUNCED.values(),
    NEIGHBOURS,
    FINALS,
)
_AFTER: dict[str, Iterable[Said]] = {
    "save": FILES.values(),
    "sit": SEATS.values(),
    "wait": UNTILS.values(),
    "announce": PHRASES.values(),
    "back": _BETS,
    "help": [command.said for command in COMMANDS.values()],
}
MOST = 40


def completions(
    line: str, language: str, names: Sequence[str], *, in_private: bool = False
) -> list[tuple[str, int]]:
    """What can stand at the end of this line, and how many of its characters each replaces.

    `in_private`: what does not begin with a slash is said to somebody.
    """
    begun = line.lstrip()
    if in_private and not begun.startswith("/"):
        found = commands.names_fitting(begun, names)
    else:
        found = (each for part in (_heads, _rests) for each in part(begun, language, names))
    return list(islice(dict.fromkeys(found), MOST))


def _heads(begun: str, language: str, _: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The first words of a line."""
    if begun.startswith("/"):
        if " " not in begun:
            offered = (each.strip() for each in commands.completions(begun, (), language))
            yield from _fitting(offered, begun)
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
    if COMMANDS[key].takes in ("person", "talk"):
        yield from commands.names_fitting(tail, names)
    yield from _fitting((row.ways(language)[0] for row in _AFTER.get(key, ())), tail)


def _fitting(candidates: Iterable[str], begun: str) -> Iterator[tuple[str, int]]:
    for each in candidates:
        if normal(each).startswith(normal(begun)) and normal(each) != normal(begun):
            yield each, len(begun)
