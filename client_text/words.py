"""A typed line becomes an intent, or raises the `MisreadError` that says why not. Pure.

Words of both languages are understood at any time; beside the house's own, those of the game at the
table. A line that begins with a slash is a command in any case; inside a private session every
other line is said there.
"""

from client.house.state import HouseState
from client_text import intents
from client_text.games.game import Game, Typed
from client_text.intents import Intent
from client_text.reading import Rest, Word, longest, misread, split


def read(line: str, game: Game, state: HouseState, *, in_private: bool = False) -> Intent | None:
    """What a line asks for; nothing, if it is empty."""
    bare = line.lstrip()
    slash = bare.startswith("/")
    if not bare:
        return None
    if bare.startswith("//") or (in_private and not slash):
        return intents.Talk(line.strip())
    words = split(line)
    if slash:
        words = _without_slash(words)
    key, length = longest(words, game.heads)
    asked = game.typed(Typed(line, words, length, slash), state)
    if asked is not None:
        return asked
    if key is None:
        raise misread("no_command", words[:1], word=words[0].text)
    return game.commands[key].read(Rest(line, words[length:]))


def _without_slash(words: list[Word]) -> list[Word]:
    first = words[0]
    bare = Word(first.text[1:], first.start + 1, first.end)
    if not bare.text:
        raise misread("lone_slash", (first,))
    return [bare, *words[1:]]


def command_of(text: str, game: Game) -> tuple[str | None, str]:
    """The command that a text begins with, and what follows it after a space."""
    bare = text.removeprefix("/")
    words = split(bare)
    key, length = longest(words, game.heads)
    return key, bare[words[length - 1].end + 1 :] if length else bare
