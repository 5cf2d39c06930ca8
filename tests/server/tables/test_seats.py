"""Who is at a table, event by event: seats, presence, and who is next for every clock."""

from typing import NoReturn

from protocol.house.lists import Presence, Seat
from server.people.people import Client, People
from server.tables.seats import Person, Seats

ANNA, BERT, CLEO = 2, 3, 4
NAMES = {ANNA: "Anna", BERT: "Bert", CLEO: "Cleo"}
TABLE, OTHER = 7, 9


def opened(people: People | None = None, number: int = TABLE) -> Seats:
    return Seats(number, people or People(), set())


def came(account: int = 0) -> Client:
    """Somebody signed in."""
    client = Client("10.0.0.1", greeted=True, signed_in=True)
    client.account, client.name = account, NAMES.get(account, "")
    return client


def sat(seats: Seats, account: int, seat: Seat = Seat.PLAYER, now: float = 0.0) -> Client:
    client = came(account)
    seats.sit(client, seat)
    seats.act(account, now)
    return client


def news(seats: Seats) -> tuple[bool, list[int]]:
    """What of the roster is to be told, as if it was."""
    told = seats.news, list(seats.changed)
    seats.news = False
    seats.changed.clear()
    return told


def test_who_sits_down_is_on_the_roster_and_plays() -> None:
    seats = opened()
    anna = came(ANNA)
    assert not seats.sit(anna, Seat.PLAYER)
    assert seats.seated == {ANNA: Person(ANNA, "Anna", Seat.PLAYER, anna, Presence.HERE)}
    assert (anna.seats, seats.players) == ({TABLE: Seat.PLAYER}, {ANNA})
    assert list(seats.in_order) == [ANNA]
    assert (seats.croupier, news(seats)) == (0, (True, [ANNA]))
    assert not seats.sit(anna, Seat.WATCHER)
    assert (seats.players, list(seats.in_order)) == (set(), [ANNA])
    assert news(seats) == (True, [ANNA])
    assert seats.seated[ANNA].seat is Seat.WATCHER


def test_a_guest_watches_and_is_on_no_roster() -> None:
    seats = opened()
    guest = came()
    assert not seats.sit(guest, Seat.WATCHER)
    assert (guest.seats, seats.seated, news(seats)) == ({TABLE: Seat.WATCHER}, {}, (True, []))
    assert (seats.count(), seats.heads) == ((0, 1), 1)
    seats.stand(guest)
    assert (guest.seats, news(seats)) == ({}, (True, []))
    assert (seats.count(), seats.heads) == ((0, 0), 0)
    seats.sit(guest, Seat.WATCHER)
    news(seats)
    seats.cut(guest, 5.0)  # There is nobody to keep it for.
    assert (guest.seats, list(seats.guests), news(seats)) == ({}, [], (True, []))


def test_seats_are_counted_by_what_they_are() -> None:
    seats = opened()
    sat(seats, ANNA)
    sat(seats, BERT, Seat.CROUPIER)
    sat(seats, CLEO, Seat.WATCHER)
    seats.sit(came(), Seat.WATCHER)
    assert (seats.count(), seats.heads) == ((2, 2), 4)
    bert, cleo = seats.seated[BERT].client, seats.seated[CLEO].client
    seats.sit(bert, Seat.WATCHER)
    seats.cut(cleo, 5.0)
    assert seats.count() == (1, 3)
    seats.sit(bert, Seat.PLAYER)
    seats.remove(CLEO)
    assert seats.count() == (2, 1)


def test_nobody_is_walked_over_for_the_count() -> None:
    """Every stranger at the door is told it."""

    class Unwalked(dict[int, Person]):
        def values(self) -> NoReturn:
            raise AssertionError("everybody was walked over")

    seats = opened()
    seats.seated = Unwalked()
    sat(seats, ANNA)
    sat(seats, CLEO, Seat.WATCHER)
    assert seats.count() == (1, 1)


def test_who_stands_up_has_no_seat() -> None:
    seats = opened()
    anna, boss = sat(seats, ANNA), sat(seats, BERT, Seat.CROUPIER)
    news(seats)
    seats.stand(anna)
    assert (anna.seats, list(seats.seated), seats.players) == ({}, [BERT], set())
    assert (list(seats.in_order), list(seats.active)) == ([BERT], [BERT])
    assert (seats.croupier, news(seats)) == (BERT, (True, [ANNA]))
    seats.stand(boss)
    assert (seats.croupier, list(seats.in_order)) == (0, [])


# --- lines that end -------------------------------------------------------------------------------


def test_who_is_cut_off_keeps_the_seat_and_does_not_play() -> None:
    seats = opened()
    anna, _ = sat(seats, ANNA), sat(seats, BERT)
    news(seats)
    seats.cut(anna, 10.0)
    assert (anna.seats, list(seats.seated)) == ({}, [ANNA, BERT])
    assert seats.seated[ANNA].presence is Presence.CUT_OFF
    assert (seats.cut_off, seats.players) == ({ANNA: 10.0}, {BERT})
    assert (list(seats.active), seats.heads) == ([BERT], 2)
    assert news(seats) == (True, [ANNA])
    assert not seats.act(ANNA, 11.0)
    assert list(seats.active) == [BERT]


def test_a_seat_that_is_taken_again_is_the_new_line_s() -> None:
    seats = opened()
    seats.cut(sat(seats, ANNA), 10.0)
    new = came(ANNA)
    assert seats.sit(new, Seat.PLAYER)
    assert seats.seated[ANNA] == Person(ANNA, "Anna", Seat.PLAYER, new, Presence.HERE)
    assert (seats.cut_off, seats.players) == ({}, {ANNA})


def test_only_a_seat_that_was_kept_is_resumed() -> None:
    seats = opened()
    seats.cut(sat(seats, ANNA), 10.0)
    seats.stand(sat(seats, BERT))
    assert seats.sit(came(ANNA), Seat.WATCHER)
    assert not seats.sit(came(BERT), Seat.PLAYER)
    assert seats.cut_off == {}


def test_seats_are_cleared_at_their_moment_the_first_in_front() -> None:
    seats = opened()
    for account, moment in ((ANNA, 10.0), (BERT, 20.0), (CLEO, 30.0)):
        seats.cut(sat(seats, account), moment)
    again = came(ANNA)
    seats.sit(again, Seat.PLAYER)
    seats.cut(again, 40.0)
    assert seats.forget_before(19.5) == []
    assert [each.account for each in seats.forget_before(20.0)] == [BERT]
    assert list(seats.in_order) == [ANNA, CLEO]
    assert [each.account for each in seats.forget_before(40.0)] == [CLEO, ANNA]
    assert (seats.seated, seats.cut_off, list(seats.in_order)) == ({}, {}, [])


# --- the croupier ---------------------------------------------------------------------------------


def test_who_takes_the_desk_is_the_croupier_until_another_seat() -> None:
    seats = opened()
    assert seats.croupier_can_be_relieved(ANNA)
    anna = sat(seats, ANNA, Seat.CROUPIER)
    assert (seats.croupier, seats.players) == (ANNA, set())
    assert seats.croupier_can_be_relieved(ANNA)
    assert not seats.croupier_can_be_relieved(BERT)
    sat(seats, BERT)
    assert seats.croupier == ANNA
    seats.sit(anna, Seat.PLAYER)
    assert (seats.croupier, seats.players) == (0, {ANNA, BERT})


def test_a_croupier_who_is_cut_off_can_be_relieved_and_one_who_is_away_cannot() -> None:
    seats = opened()
    anna = sat(seats, ANNA, Seat.CROUPIER)
    seats.idle_before(0.0)
    assert seats.seated[ANNA].presence is Presence.AWAY
    assert not seats.croupier_can_be_relieved(BERT)
    seats.cut(anna, 10.0)
    assert seats.croupier_can_be_relieved(BERT)
    assert seats.croupier == ANNA
    news(seats)
    sat(seats, BERT, Seat.CROUPIER)
    assert (seats.croupier, list(seats.in_order), seats.cut_off) == (BERT, [BERT], {})
    assert news(seats) == (True, [ANNA, BERT])


def test_a_croupier_who_comes_back_is_still_the_croupier() -> None:
    seats = opened()
    seats.cut(sat(seats, ANNA, Seat.CROUPIER), 10.0)
    assert seats.sit(came(ANNA), Seat.CROUPIER)
    assert (seats.croupier, list(seats.in_order)) == (ANNA, [ANNA])


# --- who does nothing -----------------------------------------------------------------------------


def test_who_has_done_nothing_since_a_moment_is_away_the_longest_idle_in_front() -> None:
    seats = opened()
    sat(seats, ANNA, now=10.0)
    sat(seats, BERT, now=20.0)
    sat(seats, CLEO, now=30.0)
    assert not seats.act(ANNA, 35.0)
    news(seats)
    assert seats.idle_before(19.5) == []
    assert [each.account for each in seats.idle_before(30.0)] == [BERT, CLEO]
    assert [seats.seated[each].presence for each in (ANNA, BERT, CLEO)] == [
        Presence.HERE,
        Presence.AWAY,
        Presence.AWAY,
    ]
    assert (seats.players, seats.active) == ({ANNA}, {ANNA: 35.0})
    assert news(seats) == (True, [BERT, CLEO])
    assert seats.idle_before(30.0) == []


def test_who_does_something_is_back() -> None:
    seats = opened()
    sat(seats, ANNA)
    seats.idle_before(0.0)
    news(seats)
    assert seats.act(ANNA, 30.0)
    assert seats.seated[ANNA].presence is Presence.HERE
    assert (seats.players, seats.active) == ({ANNA}, {ANNA: 30.0})
    assert news(seats) == (True, [ANNA])
    assert not seats.act(ANNA, 31.0)
    assert (seats.active, news(seats)) == ({ANNA: 31.0}, (False, []))
    assert not seats.act(BERT, 31.0)
    assert seats.active == {ANNA: 31.0}


def test_who_is_away_and_changes_the_seat_is_away_until_that_is_noted() -> None:
    seats = opened()
    anna = sat(seats, ANNA)
    seats.idle_before(0.0)
    assert not seats.sit(anna, Seat.WATCHER)
    assert seats.seated[ANNA].presence is Presence.AWAY
    assert seats.act(ANNA, 5.0)


def test_whose_entry_changes_again_stands_behind_the_others() -> None:
    seats = opened()
    for account in (ANNA, BERT):
        sat(seats, account)
    seats.touch(ANNA)
    assert news(seats) == (True, [BERT, ANNA])


# --- several tables -------------------------------------------------------------------------------


def test_where_somebody_sits_is_known_table_by_table_and_of_a_kept_seat_too() -> None:
    people = People()
    seats, other = opened(people), opened(people, OTHER)
    anna = sat(seats, ANNA)
    sat(seats, BERT)
    assert (people.tables, people.several) == ({ANNA: (TABLE,), BERT: (TABLE,)}, set())
    other.sit(anna, Seat.CROUPIER)
    other.sit(anna, Seat.WATCHER)
    assert anna.seats == {TABLE: Seat.PLAYER, OTHER: Seat.WATCHER}
    assert sat(seats, CLEO).seats == {TABLE: Seat.PLAYER}
    seats.remove(CLEO)
    assert (people.tables[ANNA], people.several) == ((TABLE, OTHER), {ANNA})
    seats.cut(anna, 10.0)
    assert (anna.seats, people.tables[ANNA]) == ({OTHER: Seat.WATCHER}, (TABLE, OTHER))
    seats.forget_before(10.0)
    assert (people.tables[ANNA], people.several) == ((OTHER,), set())
    other.stand(anna)
    assert (anna.seats, people.tables) == ({}, {BERT: (TABLE,)})


def test_what_happens_at_one_table_is_nothing_to_the_other() -> None:
    people = People()
    seats, other = opened(people), opened(people, OTHER)
    anna = sat(seats, ANNA, Seat.CROUPIER)
    other.sit(anna, Seat.PLAYER)
    news(seats)
    news(other)
    other.idle_before(99.0)
    other.act(ANNA, 5.0)
    other.touch(ANNA)
    assert (seats.croupier, other.croupier, other.players) == (ANNA, 0, {ANNA})
    assert (news(seats), news(other)) == ((False, []), (True, [ANNA]))
    seats.stand(anna)
    assert (seats.croupier, list(seats.seated), list(other.seated)) == (0, [], [ANNA])
    assert (list(other.active), news(other)) == ([ANNA], (False, []))
