"""What a house shows on request: lists made from what is known of it. Pure; a game has its own."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple, TypeAlias

from client import requests
from client.games import GAMES
from client.house.state import HouseState, Kind
from client.requests import UNNUMBERED
from client_text.intents import Show
from client_text.lines import Line, Mood
from client_text.speech import Speech
from client_text.telling import Teller
from protocol.house.door import TableEntry
from protocol.house.lists import Presence, Seat
from protocol.house.people import ListPlayers
from protocol.wire import Request

ROWS_SHOWN = 15
TALK_SHOWN = 20

Shown: TypeAlias = Iterator[Line]


class Topic(NamedTuple):
    """What can be shown."""

    show: Callable[[Teller, HouseState, Show], Shown]
    ask: Callable[[HouseState], Request | None] | None = None
    """What the house is asked for before; None: everything is known."""


def _players(teller: Teller, state: HouseState, _: Show) -> Shown:
    speech = teller.speech
    if not state.table.roster:
        yield Line(speech("show.nobody"))
    for entry in islice(state.table.roster.values(), 2 * ROWS_SHOWN):
        what = [speech.choice("role", entry.seat)]
        if entry.presence is not Presence.HERE:
            what.append(speech.choice("presence", entry.presence))
        if state.house is not None and state.house.chips_shown:
            what.append(speech.chips(entry.balance))
        if entry.muted:
            what.append(speech("presence.muted"))
        yield Line(speech("show.player", name=entry.name, what=", ".join(what)))
    yield from more(speech, len(state.table.roster) - 2 * ROWS_SHOWN)


def _ask_players(state: HouseState) -> Request | None:
    """Asked in any case: what is told unasked of people comes late, and without their chips."""
    return None if state.classic else ListPlayers(UNNUMBERED, 0)


def _talk(teller: Teller, state: HouseState, _: Show) -> Shown:
    lines = [heard for heard in state.heard if heard.kind is not Kind.NOTICED][-TALK_SHOWN:]
    if not lines:
        yield Line(teller.speech("show.no_talk"))
    for heard in lines:
        yield from teller.heard(heard, state)


def _tables(teller: Teller, state: HouseState, _: Show) -> Shown:
    """Every table of the house, and where one is."""
    speech = teller.speech
    for number, entry in sorted(state.lobby.items()):
        table = state.tables.get(number)
        game = GAMES.get(entry.game)
        what = [speech(f"game.{game.name}" if game is not None else "game.unknown")]
        what.append(speech(_run(entry)))
        seated = "show.seated_of" if entry.seats else "show.seated"
        what.append(speech(seated, n=entry.seated, seats=entry.seats))
        watching = "show.watching" if entry.watching_allowed else "show.no_watching"
        what.append(speech(watching, n=entry.watching))
        if entry.password_needed:
            what.append(speech("show.password"))
        if table is not None and table.seat is not Seat.NONE:
            what.append(speech("show.here" if number == state.here else "show.also_here"))
        mood = Mood.CALL if number == state.here else Mood.PLAIN
        name = state.table_name(number)
        yield Line(speech("show.table", n=number, table=name, what=", ".join(what)), mood)
    if not state.lobby:
        yield Line(speech("show.no_tables"))


def _run(entry: TableEntry) -> str:
    """Who runs a table."""
    if entry.croupier_seated:
        return "show.croupier"
    return "show.automatic" if entry.automatic else "show.no_croupier"


def _ask_tables(state: HouseState) -> Request | None:
    """Asked in any case: nobody is told unasked how many sit where."""
    return None if state.classic else requests.list_tables()


def more(speech: Speech, left: int) -> Shown:
    if left > 0:
        yield Line(speech.count("count.more_lines", left), Mood.QUIET)


TOPICS: Mapping[str, Topic] = {
    "players": Topic(_players, _ask_players),
    "talk": Topic(_talk),
    "tables": Topic(_tables, _ask_tables),
}
AT_NO_TABLE = ("tables",)
"""What can be shown to who is in the house, but at none of its tables."""
