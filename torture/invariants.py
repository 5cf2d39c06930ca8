"""What must hold of people, talk, table and lines at every instant, also in the middle of a batch.

Each check says in words what does not hold. They look at the house from outside, and count anew.
"""

from collections.abc import Iterator

from protocol.messages.lists import Presence, Seat
from server.books.purse import BooksError
from server.games.roulette.play import roulette_at
from server.house import House
from server.net.streams import Streams


def broken(house: House, streams: Streams) -> Iterator[str]:
    """Everything that does not hold now."""
    yield from _clients(house)
    yield from _lines(house, streams)
    yield from _seats(house)
    yield from _clocks(house)
    yield from _talk(house)
    yield from _table(house)


def _clients(house: House) -> Iterator[str]:
    people = house.people
    for account, client in people.clients.items():
        if client.gone or not client.signed_in or client.account != account:
            yield f"{client} stands for account {account}"
        person = people.seated.get(account)
        if client.seat and not (person and person.client is client):
            yield f"{client} sits on a seat that is not in the list"
    for guest in people.guests:
        if guest.gone or guest.account:
            yield f"{guest} is a guest"
    for client in house.leaving:
        if client.gone or not house.hall.has_say(client.account):
            yield f"{client} is kept for a say that it has not"


def _lines(house: House, streams: Streams) -> Iterator[str]:
    people = house.people
    known = {*people.clients.values(), *people.guests}
    if not known <= streams.sessions.keys():
        yield f"{known - streams.sessions.keys()} have no line"
    for client in streams.sessions:
        if client.gone and (client.seat or client in people.unconfirmed):
            yield f"{client} is gone, and has a part in the table"
        if (client.signed_in and not client.gone) is not (client in known):
            yield f"{client} is neither gone, nor somebody, nor a guest"


def _seats(house: House) -> Iterator[str]:
    people = house.people
    if list(people.roster) != sorted(people.seated):
        yield "the roster is not who is seated"
    croupiers = [who for who, person in people.seated.items() if person.seat is Seat.CROUPIER]
    if croupiers != [account for account in [people.croupier] if account]:
        yield f"croupiers {croupiers}, and the table's is {people.croupier}"
    playing = set()
    for account, person in people.seated.items():
        client = people.clients.get(account)
        if person.connected and (person.client is not client or client.seat is not person.seat):
            yield f"a ghost: {person}"
        if not person.connected and client and client.seat:
            yield f"{person} is cut off, and sits there"
        if person.presence is Presence.HERE and person.seat is Seat.PLAYER:
            playing.add(account)
    if people.players != playing:
        yield f"players {people.players}, counted {playing}"


def _clocks(house: House) -> Iterator[str]:
    people = house.people
    cut = {who for who, person in people.seated.items() if person.presence is Presence.CUT_OFF}
    here = {who for who, person in people.seated.items() if person.presence is Presence.HERE}
    if set(people.cut_off) != cut:
        yield f"cut off {cut}, with a clock {set(people.cut_off)}"
    if not set(people.active) <= here:
        yield f"here {here}, with a clock {set(people.active)}"
    for what, clock in (
        ("seats that are kept", people.cut_off),
        ("who is active", people.active),
        ("who must confirm", people.unconfirmed),
    ):
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
        if account not in house.people.seated and account not in gone:
            yield f"{account} has left, and is in session"


def _table(house: House) -> Iterator[str]:
    table, books = roulette_at(house.table), house.books
    try:
        books.check()
    except BooksError as error:
        yield str(error)
    lying = sum(chips for mine in table.round.bets.values() for chips in mine.values())
    told = sum(total.chips for total in table.layout.totals())
    if lying != told or lying != table.layout.staked:
        yield f"{lying} chips lie there, and {told} are told, {table.layout.staked} in all"
