"""What must hold of people, talk, table and lines at every instant, also in the middle of a batch.

Each check says in words what does not hold. They look at the house from outside, and count anew.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from protocol.house.lists import Presence, Seat
from server.books.purse import BooksError
from server.games.roulette.play import roulette_at
from server.house import House
from server.net.streams import Streams
from server.tables.hall import FIRST, Table
from server.tables.seats import Seats


def broken(house: House, streams: Streams) -> Iterator[str]:
    """Everything that does not hold now."""
    yield from of_people(house)
    yield from _lines(house, streams)
    yield from _table(house)


def of_people(house: House) -> Iterator[str]:
    """What does not hold of them, and of their seats at every table."""
    yield from _clients(house)
    yield from _index(house)
    for table in house.hall.tables.values():
        yield from _seats(house, table)
        yield from _clocks(table.seats)
    yield from _unconfirmed(house)
    yield from _talk(house)


def _clients(house: House) -> Iterator[str]:
    people = house.people
    for account, client in people.clients.items():
        if client.gone or not client.signed_in or client.account != account:
            yield f"{client} stands for account {account}"
        for number in client.seats:
            person = house.hall.tables[number].seats.seated.get(account)
            if not (person and person.client is client):
                yield f"{client} sits on a seat that is not in the list"
    for guest in people.guests:
        if guest.gone or guest.account:
            yield f"{guest} is a guest"
    for client in house.leaving:
        if client.gone or not house.hall.has_say(client.account):
            yield f"{client} is kept for a say that it has not"


def _index(house: House) -> Iterator[str]:
    people, sitting = house.people, dict[int, set[int]]()
    for number, table in house.hall.tables.items():
        for account in table.seats.seated:
            sitting.setdefault(account, set()).add(number)
    if {account: set(tables) for account, tables in people.tables.items()} != sitting:
        yield f"they sit at {people.tables}, counted {sitting}"
    for number, table in house.hall.tables.items():
        for account in {*house.books.tills[number].stakes, *table.play.contributors}:
            if number not in (*people.tables.get(account, ()), *people.left.get(account, ())):
                yield f"{account} has a part at table {number}, where nobody would ask"
    if people.several != {account for account, tables in sitting.items() if len(tables) > 1}:
        yield f"{people.several} sit at several tables, counted {sitting}"


def _lines(house: House, streams: Streams) -> Iterator[str]:
    people = house.people
    known = {*people.clients.values(), *people.guests}
    if not known <= streams.sessions.keys():
        yield f"{known - streams.sessions.keys()} have no line"
    for client in streams.sessions:
        if client.gone and (client.seats or client in people.unconfirmed):
            yield f"{client} is gone, and has a part in a table"
        if (client.signed_in and not client.gone) is not (client in known):
            yield f"{client} is neither gone, nor somebody, nor a guest"


def _seats(house: House, table: Table) -> Iterator[str]:
    people, seats, number = house.people, table.seats, table.number
    if list(seats.in_order) != sorted(seats.seated):
        yield "the roster is not who is seated"
    if set(seats.guests) != {guest for guest in people.guests if number in guest.seats}:
        yield f"{seats.guests} watch without a name, of {people.guests}"
    croupiers = [who for who, person in seats.seated.items() if person.seat is Seat.CROUPIER]
    if croupiers != [account for account in [seats.croupier] if account]:
        yield f"croupiers {croupiers}, and the table's is {seats.croupier}"
    playing = set()
    for account, person in seats.seated.items():
        client = people.clients.get(account)
        sits = client.seats.get(number) if client else None
        if person.connected and (person.client is not client or sits is not person.seat):
            yield f"a ghost: {person}"
        if not person.connected and sits:
            yield f"{person} is cut off, and sits there"
        if person.presence is Presence.HERE and person.seat is Seat.PLAYER:
            playing.add(account)
    if seats.players != playing:
        yield f"players {seats.players}, counted {playing}"


def _clocks(seats: Seats) -> Iterator[str]:
    cut = {who for who, person in seats.seated.items() if person.presence is Presence.CUT_OFF}
    here = {who for who, person in seats.seated.items() if person.presence is Presence.HERE}
    if set(seats.cut_off) != cut:
        yield f"cut off {cut}, with a clock {set(seats.cut_off)}"
    if not set(seats.active) <= here:
        yield f"here {here}, with a clock {set(seats.active)}"
    yield from _in_order("seats that are kept", seats.cut_off)
    yield from _in_order("who is active", seats.active)


def _unconfirmed(house: House) -> Iterator[str]:
    yield from _in_order("who must confirm", house.people.unconfirmed)


def _in_order(what: str, clock: Mapping[Any, float]) -> Iterator[str]:
    moments = list(clock.values())
    if moments != sorted(moments):
        yield f"{what} are not in the order of their moments: {moments}"


def _talk(house: House) -> Iterator[str]:
    ties = house.talk._ties
    gone = house.people.departed
    for account, mine in ties.items():
        for others, back in (
            (mine.open, "open"),
            (mine.asked, "asked_by"),
            (mine.asked_by, "asked"),
        ):
            for other in others:
                if account not in getattr(ties.get(other), back, ()):
                    yield f"{account} and {other} do not know of the same session"
        if account not in house.people.tables and account not in gone:
            yield f"{account} has left, and is in session"


def _table(house: House) -> Iterator[str]:
    table, books = roulette_at(house.hall.tables[FIRST]), house.books
    try:
        books.check()
    except BooksError as error:
        yield str(error)
    lying = sum(chips for mine in table.round.bets.values() for chips in mine.values())
    told = sum(total.chips for total in table.layout.totals())
    if lying != told or lying != table.layout.staked:
        yield f"{lying} chips lie there, and {told} are told, {table.layout.staked} in all"
