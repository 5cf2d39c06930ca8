"""The line under what is typed: where one is, and how it stands there. Pure."""

from client.house.state import HouseState, Line
from client.wording import clock
from client_text.games.game import Game
from client_text.speech import Speech
from protocol.text import as_name


def status(game: Game, speech: Speech, state: HouseState, now: float) -> str:
    """The table where there are several, what its game says, and whether an answer is due."""
    if not state.live:
        return _apart(speech, state, now)
    parts = [*game.status(speech, state, now)]
    if len(state.tables) > 1:
        parts.insert(0, as_name(state.table_name(state.here)))
    if state.pending and not all(each.by_itself for each in state.pending.values()):
        parts.append(speech("status.waiting"))
    return " · ".join(parts)


def _apart(speech: Speech, state: HouseState, now: float) -> str:
    line = state.status
    if line.line is Line.LOST and line.retry_at is not None:
        return speech("status.retry", left=clock(line.retry_at - now))
    if state.in_house:
        return speech("status.no_table")
    return speech.choice("status", line.line)
