"""Questions about the house and its people, answered in pages."""

from itertools import islice

from protocol import limits
from protocol.house.door import ListTables, TablesListed
from protocol.house.people import ListPlayers, PlayersListed
from protocol.wire import Message
from server.house import House
from server.people.people import Client
from server.tables.hall import Table


def list_players(house: House, table: Table, _: Client, request: ListPlayers) -> Message:
    """Who is there, and whose chips still are, by ascending account."""
    roster = table.roster
    accounts = roster.after(request.after_account, table.play.playing)
    some = islice(accounts, limits.PLAYERS_A_PAGE)
    page = [roster.entry(account, house.now) for account in some]
    more = next(accounts, None) is not None
    return PlayersListed(request.number, tuple(page), more)


def list_tables(house: House, _: Client, request: ListTables) -> Message:
    """The tables, by ascending number."""
    return TablesListed(request.number, *house.lobby.page_after(request.after_table))
