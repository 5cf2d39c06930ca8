"""What stands before what is typed, and the line under it. Pure."""

from client.house.state import HouseState, Line
from client.talk.conversations import TABLE
from client.wording import clock
from client_text.games.game import Game
from client_text.speech import Speech
from protocol.fair.hashes import Account
from protocol.house.lists import Seat
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


def prompt(speech: Speech, state: HouseState, room: Account) -> str:
    """Before what is typed: to whom it goes, or the assignment's menu."""
    if room != TABLE:
        return speech("ask.private", name=state.name_of(room))
    if state.classic and state.live:
        croupier = state.table.seat is Seat.CROUPIER
        return speech("ask.menu_croupier" if croupier else "ask.menu_player")
    return speech("ask.line")
