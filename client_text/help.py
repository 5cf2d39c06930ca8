"""What can be typed, explained. Pure."""

from client_text.games.game import Game
from client_text.lines import Line, Mood
from client_text.speech import Speech
from client_text.vocabulary import normal, ways
from client_text.words import command_of

PARTS = ("look", "table", "croupier", "people")


def explain(about: str, game: Game, speech: Speech) -> list[Line]:
    """All words, or what one of them does."""
    if not about:
        return [line for part in (*game.HELP, *PARTS) for line in _part(part, speech)]
    key, _ = command_of(about, game)
    if key is not None:
        return [Line(speech(f"about.{key.replace(' ', '_')}"))]
    for part, rows in game.HELP.items():
        if any(normal(about) in map(normal, ways(row)) for row in rows):
            return _part(part, speech)
    return [Line(speech("cannot.help"), Mood.BAD)]


def _part(part: str, speech: Speech) -> list[Line]:
    lines = [Line(speech(f"help.{part}_head"), Mood.CALL)]
    return lines + [Line(f"  {row}") for row in speech(f"help.{part}").splitlines()]
