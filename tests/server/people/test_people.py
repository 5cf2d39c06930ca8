"""Who is connected, and what a connection is to the house and to each table."""

import pytest

from protocol.house.lists import Seat
from protocol.wire import Party
from server.people.people import Client, People

ANNA, BERT, CLEO = 2, 3, 4


def came(people: People, account: int = 0) -> Client:
    """Somebody signed in."""
    client = Client("10.0.0.1", greeted=True, signed_in=True, account=account)
    people.enter(client)
    return client


def gone(people: People) -> list[int]:
    """Who left since the last time."""
    told = list(people.departed)
    people.departed.clear()
    return told


def test_who_signs_in_is_known_and_a_guest_as_one_of_many() -> None:
    people = People()
    anna, guest = came(people, ANNA), came(people)
    assert people.clients == {ANNA: anna}
    assert list(people.guests) == [guest]
    assert (people.tables, gone(people)) == ({}, [])
    with pytest.raises(AssertionError):
        came(people, ANNA)


def test_who_leaves_is_known_no_more() -> None:
    people = People()
    anna, bert, guest = came(people, ANNA), came(people, BERT), came(people)
    people.leave(anna)
    assert people.clients == {BERT: bert}
    assert gone(people) == [ANNA]
    people.leave(guest)
    assert (list(people.guests), people.clients, gone(people)) == ([], {BERT: bert}, [])


def test_the_end_of_a_line_that_was_replaced_is_nothing_to_the_new_one() -> None:
    people = People()
    old = came(people, ANNA)
    people.leave(old)
    new = came(people, ANNA)
    gone(people)
    people.leave(old)
    assert people.clients == {ANNA: new}
    assert gone(people) == []


# --- the classic dialect's results ----------------------------------------------------------------


def test_who_does_not_confirm_by_his_moment_is_late_once() -> None:
    people = People()
    anna, bert, cleo = (came(people, account) for account in (ANNA, BERT, CLEO))
    people.unconfirmed = {anna: 10.0, bert: 20.0, cleo: 30.0}
    assert people.overdue(9.5) == []
    assert people.overdue(20.0) == [anna, bert]
    assert people.unconfirmed == {cleo: 30.0}
    people.leave(cleo)
    assert people.overdue(99.0) == []


# --- a connection ---------------------------------------------------------------------------------

SEATS = {
    Seat.NONE: Party.VISITOR,
    Seat.PLAYER: Party.PLAYER,
    Seat.CROUPIER: Party.CROUPIER,
    Seat.WATCHER: Party.WATCHER,
}


@pytest.mark.parametrize("seat", Seat)
def test_a_client_is_to_a_table_what_its_seat_there_is(seat: Seat) -> None:
    client = Client("10.0.0.1")
    assert (client.party_at(1), client.party) == (Party.STRANGER, Party.STRANGER)
    client.signed_in = True
    if seat:
        client.seats = {1: seat}
    assert (client.party_at(1), client.party_at(2)) == (SEATS[seat], Party.VISITOR)
    assert client.party is SEATS[seat]


def test_a_client_is_to_the_house_all_that_it_is_to_any_table() -> None:
    client = Client("10.0.0.1", signed_in=True)
    client.seats = {1: Seat.WATCHER, 2: Seat.CROUPIER}
    assert client.party == Party.WATCHER | Party.CROUPIER
    assert client.party in Party.SEATED


def test_a_client_is_called_by_its_seats_and_its_name_in_the_log() -> None:
    client = Client("10.0.0.1")
    assert client.title == "10.0.0.1"
    client.signed_in = True
    assert client.title == "visitor guest"
    client.name = "Anna"
    for table, seat, title in (
        (3, Seat.CROUPIER, "croupier Anna"),
        (1, Seat.PLAYER, "croupier and player Anna"),
        (2, Seat.PLAYER, "croupier and player Anna"),
    ):
        client.seats = {**client.seats, table: seat}
        assert client.title == title
