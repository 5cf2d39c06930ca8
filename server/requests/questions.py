"""Questions about the house and its people, answered in pages."""

from itertools import islice

from protocol import limits
from protocol.messages.door import ListTables, TablesListed
from protocol.messages.records import ListPlayers, PlayersListed
from protocol.wire import Message
from server.house import House
from server.people.people import Client


def list_players(house: House, _: Client, request: ListPlayers) -> Message:
    """Who is there, and whose chips still are, by ascending account."""
    accounts = house.listed_after(request.after_account)
    page = [house.player_entry(account) for account in islice(accounts, limits.PLAYERS_A_PAGE)]
    more = next(accounts, None) is not None
    return PlayersListed(request.number, tuple(page), more)


def list_tables(house: House, _: Client, request: ListTables) -> Message:
    """The tables, by ascending number."""
    return TablesListed(request.number, *house.tables_after(request.after_table))
