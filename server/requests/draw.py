"""Having a say in what is drawn at a table, and asking for what proves it."""

from protocol.house.door import Done
from protocol.house.draw import (
    AskRound,
    ChainTaken,
    LinksListed,
    ListLinks,
    RegisterChain,
    SendLink,
)
from protocol.house.lists import Reason
from protocol.limits import LINKS_A_PAGE
from protocol.wire import Message
from server.draw.draw import Draw
from server.draw.kept import Read, proved, read, rows_after
from server.house import House
from server.people.people import Client
from server.refusal import Refusal
from server.tables.hall import Table


def register_chain(_: House, table: Table, client: Client, request: RegisterChain) -> Message:
    if not client.account:
        raise Refusal(Reason.NOT_FOR_GUESTS, "without a name one has no say")
    counts = _draw_of(table, client).register(client.account, request.first)
    return ChainTaken(request.number, counts)


def send_link(_: House, table: Table, client: Client, request: SendLink) -> Message:
    _draw_of(table, client).take(client.account, request.event, request.link)
    return Done(request.number)


def list_links(_: House, table: Table, __: Client, request: ListLinks) -> Message:
    """By ascending account."""
    there = _kept(table, request.round_number).rows
    rows = rows_after(there, request.after_account, LINKS_A_PAGE + 1)
    page, more = tuple(rows[:LINKS_A_PAGE]), len(rows) > LINKS_A_PAGE
    return LinksListed(request.number, request.round_number, page, more)


def ask_round(_: House, table: Table, __: Client, request: AskRound) -> Message:
    return proved(_kept(table, request.round_number).kept, request.number)


def _kept(table: Table, number: int) -> Read:
    """What is kept of the draw of a round."""
    if not table.game.draws:
        raise Refusal(Reason.NOT_SERVED, "nothing is drawn for all at this table")
    done = table.means.archive.finished_round(table.number, number)
    kept = read(done.record) if done else None
    if kept is None:
        raise Refusal(Reason.NO_SUCH_ROUND, f"nothing was drawn in a round {number}")
    return kept


def _draw_of(table: Table, client: Client) -> Draw:
    draw = table.play.draw_of(client.account)
    if draw is None:
        raise Refusal(Reason.NOT_SERVED, "nothing is drawn for you at this table")
    return draw
