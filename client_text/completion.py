"""How a line that is being typed can go on. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from client.house.state import HouseState
from client.talk import commands
from client_text.games.game import Game
from client_text.vocabulary import normal
from client_text.words import command_of

MOST = 40


def completions(
    line: str,
    game: Game,
    state: HouseState,
    language: str,
    names: Sequence[str],
    *,
    in_private: bool = False,
) -> list[tuple[str, int]]:
    """What can stand at the end of this line, and how many of its characters each replaces.

    `in_private`: what does not begin with a slash is said to somebody.
    """
    begun = line.lstrip()
    found: Iterable[tuple[str, int]]
    if in_private and not begun.startswith("/"):
        found = commands.names_fitting(begun, names)
    else:
        offered = game.offers(state, language)
        found = chain(_heads(begun, game, offered, language), _rests(begun, game, language, names))
    return list(islice(dict.fromkeys(found), MOST))


def _heads(
    begun: str, game: Game, offered: Iterable[str], language: str
) -> Iterator[tuple[str, int]]:
    """The first words of a line."""
    ways = [command.said.ways(language)[0] for command in game.commands.values()]
    if begun.startswith("/"):
        if " " not in begun:
            talk = (each.strip() for each in commands.completions(begun, (), language))
            yield from _fitting(talk, begun)
        yield from _fitting(("/" + way for way in ways), begun)
    elif begun:
        yield from _fitting((*offered, *ways), begun)


def _rests(
    begun: str, game: Game, language: str, names: Sequence[str]
) -> Iterator[tuple[str, int]]:
    """What follows a command that is written out."""
    key, tail = command_of(begun, game)
    if key is None or not tail:
        return
    command, every = game.commands[key], game.commands.values()
    if command.people:
        yield from commands.names_fitting(tail, names)
    offered = (each.said for each in every) if key == "help" else command.offers
    yield from _fitting((row.ways(language)[0] for row in offered), tail)


def _fitting(candidates: Iterable[str], begun: str) -> Iterator[tuple[str, int]]:
    for each in candidates:
        if normal(each).startswith(normal(begun)) and normal(each) != normal(begun):
            yield each, len(begun)
