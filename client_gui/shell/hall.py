"""The tables of the house, as the list of them shows them. Pure."""

from client.games import GAMES
from client.house.state import HouseState
from client_gui.shell.view import Role, TableRow
from protocol.house.door import TableEntry
from protocol.house.lists import Seat

ROLES = {
    Seat.PLAYER: Role.PLAYER,
    Seat.CROUPIER: Role.CROUPIER,
    Seat.WATCHER: Role.WATCHER,
    Seat.NONE: Role.WATCHER,
}


def hall(state: HouseState) -> tuple[TableRow, ...]:
    """A row for each, where there is another than the one that one is at."""
    if state.lobby.keys() <= {state.here} and state.table.seat is not Seat.NONE:
        return ()
    tables = sorted(state.lobby.items())
    return tuple(_table(state.at(at), entry, here=at == state.here) for at, entry in tables)


def _table(there: HouseState, entry: TableEntry, *, here: bool) -> TableRow:
    """A table of the list, looked at from there."""
    game, table = GAMES.get(entry.game), there.table
    seated = table.seat is not Seat.NONE
    last = table.verdicts[max(table.verdicts)] if table.verdicts else None
    return TableRow(
        entry.table,
        there.table_name(entry.table),
        game.name if game is not None else "",
        entry.croupier_seated,
        entry.seated,
        entry.watching,
        ROLES[table.seat] if seated else None,
        here and seated,
        awaits=seated and game is not None and game.awaits(there),
        fails=last is not None and not last.holds,
        automatic=entry.automatic,
        password=entry.password_needed,
        watchable=entry.watching_allowed,
        seats=entry.seats,
    )
