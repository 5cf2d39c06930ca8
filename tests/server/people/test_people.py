"""Who is at the table, event by event: seats, presence, and who is next for every clock."""

import pytest

from protocol.messages.lists import Presence, Seat
from protocol.wire import Party
from server.people.people import Client, People, Person

ANNA, BERT, CLEO = 2, 3, 4
NAMES = {ANNA: "Anna", BERT: "Bert", CLEO: "Cleo"}


def came(people: People, account: int = 0) -> Client:
    """Somebody signed in."""
    client = Client("10.0.0.1", greeted=True, signed_in=True)
    client.account, client.name = account, NAMES.get(account, "")
    people.enter(client)
    return client


def sat(people: People, account: int, seat: Seat = Seat.PLAYER, now: float = 0.0) -> Client:
    client = came(people, account)
    people.sit(client, seat)
    people.act(account, now)
    return client


def news(people: People) -> tuple[bool, list[int]]:
    """What of the roster is to be told, as if it was."""
    told = people.news, list(people.changed)
    people.news = False
    people.changed.clear()
    return told


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
    assert (people.seated, people.heads, news(people)) == ({}, 1, (False, []))
    with pytest.raises(AssertionError):
        came(people, ANNA)


def test_who_sits_down_is_on_the_roster_and_plays() -> None:
    people = People()
    anna = came(people, ANNA)
    assert not people.sit(anna, Seat.PLAYER)
    assert people.seated == {ANNA: Person(ANNA, "Anna", Seat.PLAYER, anna, Presence.HERE)}
    assert (anna.seat, people.players, list(people.roster)) == (Seat.PLAYER, {ANNA}, [ANNA])
    assert (people.croupier, news(people)) == (0, (True, [ANNA]))
    assert not people.sit(anna, Seat.WATCHER)
    assert (people.players, list(people.roster)) == (set(), [ANNA])
    assert news(people) == (True, [ANNA])
    assert people.seated[ANNA].seat is Seat.WATCHER


def test_a_guest_watches_and_is_on_no_roster() -> None:
    people = People()
    guest = came(people)
    assert not people.sit(guest, Seat.WATCHER)
    assert (guest.seat, people.seated, news(people)) == (Seat.WATCHER, {}, (True, []))
    assert (people.count(), people.heads) == ((0, 1), 1)
    people.stand(guest)
    assert (guest.seat, news(people)) == (Seat.NONE, (True, []))
    assert people.count() == (0, 0)
    people.leave(guest, 5.0, cut_off=True)
    assert (list(people.guests), news(people)) == ([], (True, []))
    assert gone(people) == []


def test_seats_are_counted_by_what_they_are() -> None:
    people = People()
    sat(people, ANNA)
    sat(people, BERT, Seat.CROUPIER)
    sat(people, CLEO, Seat.WATCHER)
    people.sit(came(people), Seat.WATCHER)
    came(people)
    assert (people.count(), people.heads) == ((2, 2), 5)


def test_who_stands_up_has_no_seat_and_is_still_there() -> None:
    people = People()
    anna, _ = sat(people, ANNA), sat(people, BERT, Seat.CROUPIER)
    news(people)
    people.stand(anna)
    assert (anna.seat, list(people.seated), people.players) == (Seat.NONE, [BERT], set())
    assert (list(people.roster), list(people.active)) == ([BERT], [BERT])
    assert (people.clients[ANNA], people.croupier) == (anna, BERT)
    assert (news(people), gone(people)) == ((True, [ANNA]), [ANNA])
    people.stand(people.clients[BERT])
    assert (people.croupier, list(people.roster)) == (0, [])


# --- lines that end -------------------------------------------------------------------------------


def test_who_leaves_keeps_nothing() -> None:
    people = People()
    anna, bert = sat(people, ANNA), sat(people, BERT)
    news(people)
    people.leave(anna, 10.0, cut_off=False)
    assert people.clients == {BERT: bert}
    assert (list(people.seated), list(people.roster), people.players) == ([BERT], [BERT], {BERT})
    assert (people.cut_off, list(people.active)) == ({}, [BERT])
    assert (news(people), gone(people)) == ((True, [ANNA]), [ANNA])


def test_who_is_cut_off_keeps_the_seat_and_does_not_play() -> None:
    people = People()
    anna, _ = sat(people, ANNA), sat(people, BERT)
    news(people)
    people.leave(anna, 10.0, cut_off=True)
    assert (list(people.clients), list(people.seated)) == ([BERT], [ANNA, BERT])
    assert people.seated[ANNA].presence is Presence.CUT_OFF
    assert (people.cut_off, people.players) == ({ANNA: 10.0}, {BERT})
    assert (list(people.active), people.heads) == ([BERT], 2)
    assert (news(people), gone(people)) == ((True, [ANNA]), [ANNA])
    assert not people.act(ANNA, 11.0)
    assert list(people.active) == [BERT]


def test_the_end_of_a_line_that_was_replaced_is_nothing_to_the_new_one() -> None:
    people = People()
    old = sat(people, ANNA)
    people.leave(old, 10.0, cut_off=True)
    new = came(people, ANNA)
    assert people.sit(new, Seat.PLAYER)
    gone(people)
    people.leave(old, 20.0, cut_off=False)
    assert people.clients == {ANNA: new}
    assert people.seated[ANNA] == Person(ANNA, "Anna", Seat.PLAYER, new, Presence.HERE)
    assert (people.cut_off, gone(people)) == ({}, [])


def test_who_never_sat_leaves_no_seat_behind() -> None:
    people = People()
    anna = came(people, ANNA)
    people.leave(anna, 10.0, cut_off=True)
    assert (people.clients, people.seated, people.cut_off) == ({}, {}, {})
    assert (news(people), gone(people)) == ((False, []), [ANNA])


def test_only_a_seat_that_was_kept_is_resumed() -> None:
    people = People()
    people.leave(sat(people, ANNA), 10.0, cut_off=True)
    people.leave(sat(people, BERT), 11.0, cut_off=False)
    assert people.sit(came(people, ANNA), Seat.WATCHER)
    assert not people.sit(came(people, BERT), Seat.PLAYER)
    assert people.cut_off == {}


def test_seats_are_cleared_at_their_moment_the_first_in_front() -> None:
    people = People()
    for account, moment in ((ANNA, 10.0), (BERT, 20.0), (CLEO, 30.0)):
        people.leave(sat(people, account), moment, cut_off=True)
    again = came(people, ANNA)
    people.sit(again, Seat.PLAYER)
    people.leave(again, 40.0, cut_off=True)
    assert people.forget_before(19.5) == []
    assert [each.account for each in people.forget_before(20.0)] == [BERT]
    assert list(people.roster) == [ANNA, CLEO]
    assert [each.account for each in people.forget_before(40.0)] == [CLEO, ANNA]
    assert (people.seated, people.cut_off, list(people.roster)) == ({}, {}, [])


# --- the croupier ---------------------------------------------------------------------------------


def test_who_takes_the_desk_is_the_croupier_until_another_seat() -> None:
    people = People()
    assert people.croupier_can_be_relieved(ANNA)
    anna = sat(people, ANNA, Seat.CROUPIER)
    assert (people.croupier, people.players) == (ANNA, set())
    assert people.croupier_can_be_relieved(ANNA)
    assert not people.croupier_can_be_relieved(BERT)
    sat(people, BERT)
    assert people.croupier == ANNA
    people.sit(anna, Seat.PLAYER)
    assert (people.croupier, people.players) == (0, {ANNA, BERT})


def test_a_croupier_who_is_cut_off_can_be_relieved_and_one_who_is_away_cannot() -> None:
    people = People()
    anna = sat(people, ANNA, Seat.CROUPIER)
    people.idle_before(0.0)
    assert people.seated[ANNA].presence is Presence.AWAY
    assert not people.croupier_can_be_relieved(BERT)
    people.leave(anna, 10.0, cut_off=True)
    assert people.croupier_can_be_relieved(BERT)
    assert people.croupier == ANNA
    news(people)
    sat(people, BERT, Seat.CROUPIER)
    assert (people.croupier, list(people.roster), people.cut_off) == (BERT, [BERT], {})
    assert news(people) == (True, [ANNA, BERT])


def test_a_croupier_who_comes_back_is_still_the_croupier() -> None:
    people = People()
    people.leave(sat(people, ANNA, Seat.CROUPIER), 10.0, cut_off=True)
    assert people.sit(came(people, ANNA), Seat.CROUPIER)
    assert (people.croupier, list(people.roster)) == (ANNA, [ANNA])


# --- who does nothing -----------------------------------------------------------------------------


def test_who_has_done_nothing_since_a_moment_is_away_the_longest_idle_in_front() -> None:
    people = People()
    sat(people, ANNA, now=10.0)
    sat(people, BERT, now=20.0)
    sat(people, CLEO, now=30.0)
    assert not people.act(ANNA, 35.0)
    news(people)
    assert people.idle_before(19.5) == []
    assert [each.account for each in people.idle_before(30.0)] == [BERT, CLEO]
    assert [people.seated[each].presence for each in (ANNA, BERT, CLEO)] == [
        Presence.HERE,
        Presence.AWAY,
        Presence.AWAY,
    ]
    assert (people.players, people.active) == ({ANNA}, {ANNA: 35.0})
    assert news(people) == (True, [BERT, CLEO])
    assert people.idle_before(30.0) == []


def test_who_does_something_is_back() -> None:
    people = People()
    sat(people, ANNA)
    people.idle_before(0.0)
    news(people)
    assert people.act(ANNA, 30.0)
    assert people.seated[ANNA].presence is Presence.HERE
    assert (people.players, people.active) == ({ANNA}, {ANNA: 30.0})
    assert news(people) == (True, [ANNA])
    assert not people.act(ANNA, 31.0)
    assert (people.active, news(people)) == ({ANNA: 31.0}, (False, []))
    assert not people.act(BERT, 31.0)
    assert people.active == {ANNA: 31.0}


def test_who_is_away_and_changes_the_seat_is_away_until_that_is_noted() -> None:
    people = People()
    anna = sat(people, ANNA)
    people.idle_before(0.0)
    assert not people.sit(anna, Seat.WATCHER)
    assert people.seated[ANNA].presence is Presence.AWAY
    assert people.act(ANNA, 5.0)


def test_whose_entry_changes_again_stands_behind_the_others() -> None:
    people = People()
    for account in (ANNA, BERT):
        sat(people, account)
    people.touch(ANNA)
    assert news(people) == (True, [BERT, ANNA])


# --- the classic dialect's results ----------------------------------------------------------------


def test_who_does_not_confirm_by_his_moment_is_late_once() -> None:
    people = People()
    anna, bert, cleo = (came(people, account) for account in (ANNA, BERT, CLEO))
    people.unconfirmed = {anna: 10.0, bert: 20.0, cleo: 30.0}
    assert people.overdue(9.5) == []
    assert people.overdue(20.0) == [anna, bert]
    assert people.unconfirmed == {cleo: 30.0}
    people.leave(cleo, 25.0, cut_off=False)
    assert people.overdue(99.0) == []


def test_whose_standing_time_has_changed_is_noted() -> None:
    people = People()
    anna, _ = sat(people, ANNA), came(people, BERT)
    people.idle_before(0.0)
    assert people.moved == [anna]


def test_a_client_is_of_the_party_of_its_seat() -> None:
    client = Client("10.0.0.1")
    for signed_in, seat, party in (
        (False, Seat.NONE, Party.STRANGER),
        (True, Seat.NONE, Party.VISITOR),
        (True, Seat.PLAYER, Party.PLAYER),
        (True, Seat.CROUPIER, Party.CROUPIER),
        (True, Seat.WATCHER, Party.WATCHER),
    ):
        client.signed_in, client.seat = signed_in, seat
        assert client.party is party


def test_a_client_is_called_by_seat_and_name_in_the_log() -> None:
    client = Client("10.0.0.1")
    assert client.title == "10.0.0.1"
    client.signed_in = True
    assert client.title == "visitor guest"
    client.name, client.seat = "Anna", Seat.CROUPIER
    assert client.title == "croupier Anna"
