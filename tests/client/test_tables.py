"""Many tables on one line: which is meant, which is looked at, and how all of them come back."""

from dataclasses import replace
from typing import Any

import pytest

from client.games.roulette.requests import place, start_spin
from client.games.roulette.state import roulette
from client.house.events import Looked, Trouble
from client.house.state import HouseState
from client.requests import Enter, Look, announce, digest, leave_seat, take_seat
from protocol.games.roulette import bets, rounds
from protocol.games.roulette.fields import Bet
from protocol.house import door, talk
from protocol.house.lists import Reason, Seat
from protocol.wire import HOUSE, Message
from tests.client.alone import GREETING, INTRODUCED, MET, Alone, of, refused, signed
from tests.client.test_reduce import shown

HERE, THERE, STRANGE, LATER = 7, 8, 1, 99
(ONE,) = INTRODUCED.tables
TABLES = (
    replace(ONE, table=STRANGE, name="Cards", game=250),
    replace(ONE, table=HERE),
    replace(ONE, table=THERE, name="Corner"),
)
OPEN = replace(INTRODUCED, tables=TABLES)
OTHER = replace(MET, draw=b"o" * 16, anchor=b"o" * 32, name="Corner")


def at_the_door(enter: Enter, house: door.HouseIntroduced = OPEN) -> Alone:
    """In a house whose first roulette lies behind a game that is not known here."""
    alone = Alone(enter)
    alone.hear(GREETING, house)
    alone.hear(signed(alone.answer(door.SignIn)))
    return alone


def show(alone: Alone, table: int, seat: Seat = Seat.PLAYER, **more: Any) -> None:
    """The seat is given, and the table shown."""
    (asked,) = [each for each in of(door.TakeSeat, alone) if each.table == table]
    take(alone, asked.number, table, seat, **more)


def take(alone: Alone, number: int, table: int, seat: Seat = Seat.PLAYER, **more: Any) -> None:
    met = MET if table == HERE else OTHER
    words = door.SeatTaken(number, seat), met, shown(table, **more)
    alone.hear(*(each.to(table) for each in words))


def seated(seat: Seat = Seat.PLAYER) -> Alone:
    alone = at_the_door(Enter("Ann", seat))
    show(alone, HERE, seat)
    return alone


def at_two() -> Alone:
    """Playing at one table, and looking at another at which one plays as well."""
    alone = seated()
    alone.dialogue.want(take_seat(Seat.PLAYER).to(THERE), 0.0)
    show(alone, THERE)
    return alone


def known(alone: Alone) -> HouseState:
    return alone.dialogue.state


def test_what_is_said_at_a_table_names_it_and_what_is_for_the_house_does_not() -> None:
    alone = Alone(Enter("Ann"))
    alone.hear(GREETING, OPEN)
    (greeting, asked) = alone.sent
    assert (greeting.table, asked.table) == (HOUSE, HOUSE)
    alone.hear(signed(asked.number))  # type: ignore[attr-defined]  # a request
    (sits,) = alone.sent
    assert (type(sits), sits.table) == (door.TakeSeat, HERE)


def test_bets_orders_and_talk_are_said_at_the_table() -> None:
    alone = seated(Seat.CROUPIER)
    alone.sent.clear()
    alone.dialogue.want(bets.PlaceBets(0, 1, (Bet(17, 5),)), 0.0)
    alone.dialogue.want(start_spin(known(alone)), 0.0)
    alone.dialogue.want(talk.Say(0, "hello"), 0.0)
    alone.dialogue.want(talk.SayPrivately(0, 9, False, "psst"), 0.0)
    said = {type(each): each.table for each in alone.sent}
    at_table = {kind: said[kind] for kind in (bets.PlaceBets, talk.Say, talk.SayPrivately)}
    assert at_table == {bets.PlaceBets: HERE, talk.Say: HERE, talk.SayPrivately: HOUSE}


def test_what_is_said_at_another_table_is_not_heard() -> None:
    alone = seated()
    before = known(alone)
    opened = rounds.RoundOpened(20, 0)
    alone.hear(opened.to(THERE), talk.Said(1, 9, "Eve", "hello").to(THERE))
    assert known(alone) == before
    alone.hear(opened.to(HERE))
    assert roulette(known(alone)).round.number == 20


def test_a_second_table_is_looked_at_when_it_is_shown_and_the_first_goes_on() -> None:
    alone = seated()
    alone.dialogue.want(take_seat(Seat.WATCHER).to(THERE), 0.0)
    assert known(alone).here == HERE
    assert known(alone).at(THERE).table.wished is Seat.WATCHER
    show(alone, THERE, Seat.WATCHER)
    house = known(alone)
    assert (house.here, house.table.seat, house.live) == (THERE, Seat.WATCHER, True)
    assert house.at(HERE).table.seat is Seat.PLAYER
    alone.hear(rounds.RoundOpened(20, 0).to(HERE))
    assert roulette(known(alone)).round.number == THERE
    assert roulette(known(alone).at(HERE)).round.number == 20


def test_a_bet_lies_at_the_table_that_it_was_meant_for() -> None:
    alone = at_two()
    alone.sent.clear()
    meant = place(known(alone).at(HERE), {17: 5})
    alone.dialogue.want(meant, 0.0)
    alone.dialogue.want(bets.PlaceBets(0, THERE, (Bet(1, 2),)), 0.0)
    first, second = of(bets.PlaceBets, alone)
    assert (first.table, second.table) == (HERE, THERE)
    alone.hear(bets.BetsPlaced(first.number, HERE, 495, 5).to(HERE))
    alone.hear(bets.BetsPlaced(second.number, THERE, 493, 2).to(THERE))
    house = known(alone)
    assert roulette(house.at(HERE)).round.own == {17: 5}
    assert (roulette(house).round.own, house.balance) == ({1: 2}, 493)


def test_one_looks_at_another_of_ones_tables_and_at_no_other() -> None:
    alone = at_two()
    alone.dialogue.want(Look(HERE), 0.0)
    assert known(alone).here == HERE
    alone.dialogue.news.clear()
    for table in (HERE, STRANGE, 1234):
        alone.dialogue.want(Look(table), 0.0)
    assert (known(alone).here, alone.dialogue.news) == (HERE, [])
    assert known(alone).tables.keys() == {HERE, THERE}


def test_after_a_cut_every_seat_is_asked_for_and_each_table_about_its_own_bets() -> None:
    alone = at_two()
    alone.sent.clear()
    alone.dialogue.want(place(known(alone).at(HERE), {17: 5}), 0.0)
    alone.dialogue.want(place(known(alone), {1: 2}), 0.0)
    first, second = of(bets.PlaceBets, alone)
    alone.cut()
    assert not known(alone).live
    alone.open()
    alone.hear(GREETING, OPEN)
    alone.hear(signed(alone.answer(door.SignIn), next_number=50))
    sits = of(door.TakeSeat, alone)
    assert [(each.table, each.seat) for each in sits] == [
        (HERE, Seat.PLAYER),
        (THERE, Seat.PLAYER),
    ]
    take(alone, sits[1].number, THERE)
    assert (known(alone).here, known(alone).live) == (THERE, True)
    assert of(bets.PlaceBets, alone) == [second]
    take(alone, sits[0].number, HERE)
    assert of(bets.PlaceBets, alone) == [first]
    assert known(alone).here == THERE
    alone.hear(bets.BetsPlaced(first.number, HERE, 495, 5).to(HERE))
    assert [each.table for each in of(door.TakeSeat, alone)] == [HERE]
    assert not roulette(known(alone).at(THERE)).round.own_known
    assert known(alone).pending.keys() >= {second.number}


def test_a_seat_that_is_lost_with_the_line_is_given_up_and_another_table_looked_at() -> None:
    alone = at_two()
    alone.cut()
    alone.open()
    alone.hear(GREETING, OPEN)
    alone.hear(signed(alone.answer(door.SignIn), next_number=50))
    first, second = of(door.TakeSeat, alone)
    alone.hear(refused(second.number, Reason.NO_SUCH_TABLE))
    take(alone, first.number, HERE)
    assert (known(alone).here, known(alone).live) == (HERE, True)
    assert known(alone).tables.keys() == {HERE}
    assert [each.reason for each in known(alone).refusals] == [Reason.NO_SUCH_TABLE]


def test_who_gets_up_looks_at_another_table_and_does_not_come_back_there() -> None:
    alone = at_two()
    alone.sent.clear()
    alone.dialogue.want(leave_seat(), 0.0)
    (leaves,) = of(door.LeaveSeat, alone)
    assert (leaves.table, known(alone).here) == (THERE, THERE)
    alone.hear(door.Done(leaves.number))
    assert (known(alone).here, [*known(alone).tables]) == (HERE, [HERE])
    alone.cut()
    alone.open()
    alone.hear(GREETING, OPEN)
    alone.hear(signed(alone.answer(door.SignIn), next_number=50))
    assert [each.table for each in of(door.TakeSeat, alone)] == [HERE]


def test_who_asked_to_get_up_before_a_cut_does_not_come_back_either() -> None:
    alone = at_two()
    alone.dialogue.want(leave_seat().to(HERE), 0.0)
    alone.cut()
    alone.open()
    alone.hear(GREETING, OPEN)
    alone.hear(signed(alone.answer(door.SignIn), next_number=50))
    assert [each.table for each in of(door.TakeSeat, alone)] == [THERE]


def test_a_table_that_one_is_not_at_is_asked_for_nothing_but_a_seat() -> None:
    alone = seated()
    alone.sent.clear()
    alone.dialogue.want(announce(words="hello").to(THERE), 0.0)
    assert alone.sent == []
    assert known(alone).refusals[-1].reason is None


@pytest.mark.parametrize("name", ["8", "Corner", "corner"])
def test_one_enters_at_the_table_that_one_names(name: str) -> None:
    alone = at_the_door(Enter("Ann", table=name))
    show(alone, THERE)
    assert (known(alone).here, known(alone).live) == (THERE, True)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("3", Reason.NO_SUCH_TABLE),
        ("Attic", Reason.NO_SUCH_TABLE),
        ("٨", Reason.NO_SUCH_TABLE),
        ("Cards", Reason.NOT_SERVED),
        (str(STRANGE), Reason.NOT_SERVED),
    ],
)
def test_a_table_that_is_none_or_has_an_unknown_game_is_refused_here(
    name: str, reason: Reason
) -> None:
    alone = at_the_door(Enter("Ann", table=name))
    assert [type(each) for each in alone.sent] == []
    (refusal,) = known(alone).refusals
    assert (refusal.reason, type(refusal.request)) == (reason, door.TakeSeat)
    assert known(alone).pending == {}
    alone.dialogue.want(Enter("Ann", Seat.WATCHER), 0.0)
    show(alone, HERE, Seat.WATCHER)
    assert known(alone).live


def test_a_house_without_a_table_for_us_lets_nobody_sit() -> None:
    alone = at_the_door(Enter("Ann"), replace(OPEN, tables=TABLES[:1]))
    assert alone.sent == []
    assert known(alone).refusals[-1].reason is Reason.NO_SUCH_TABLE


def test_a_table_on_a_later_page_is_waited_for() -> None:
    alone = at_the_door(Enter("Ann", table="Attic"), replace(OPEN, more=True))
    (asked,) = alone.sent
    assert isinstance(asked, door.ListTables)
    alone.hear(door.TablesListed(asked.number, TABLES, more=True))
    (onward,) = alone.sent
    assert onward == door.ListTables(asked.number + 1, THERE)
    attic = replace(ONE, table=LATER, name="Attic")
    alone.hear(door.TablesListed(asked.number + 1, (attic,), more=False))
    assert known(alone).lobby.keys() == {STRANGE, HERE, THERE, LATER}
    assert [each.table for each in of(door.TakeSeat, alone)] == [LATER]


def test_each_table_goes_on_with_the_chain_that_it_had() -> None:
    alone = at_two()
    alone.hear(replace(OTHER, anchor=bytes(32)).to(THERE))
    assert alone.dialogue.ending is not None
    assert alone.dialogue.ending.trouble is Trouble.ANOTHER_TABLE


def test_each_table_goes_on_with_the_draw_that_it_had() -> None:
    """Nor may another table's draw be told as its own, and the same comes again over all lines."""
    for other in (bytes(16), OTHER.draw[::-1]):
        alone = at_two()
        ends = []
        for said in (OTHER, replace(OTHER, draw=other, anchor=bytes(32))):
            alone.hear(said.to(THERE))
            ends.append(alone.dialogue.ending and alone.dialogue.ending.trouble)
        assert ends == [None, Trouble.ANOTHER_TABLE]


def test_a_table_says_nothing_before_it_is_introduced_whatever_others_were() -> None:
    alone = seated()
    alone.dialogue.want(take_seat(Seat.PLAYER).to(THERE), 0.0)
    (asked,) = of(door.TakeSeat, alone)
    taken = door.SeatTaken(asked.number, Seat.PLAYER)
    words = []
    for each in (taken, shown()):
        alone.hear(each.to(THERE))
        words.append(alone.dialogue.ending and alone.dialogue.ending.words)
    assert words == [None, "it spoke of a table that it had not introduced"]


class Dealt(rounds.WheelStarted):
    """A word of another game."""

    __slots__ = ()
    GAME = 250


def test_a_table_speaks_of_its_own_game() -> None:
    alone = seated()
    alone.hear(Dealt(1, 5).to(HERE))
    assert alone.dialogue.ending is not None
    assert alone.dialogue.ending.words == "it spoke of another game than the table's"


def test_a_table_that_is_shown_again_does_not_draw_one_back_to_it() -> None:
    alone = at_two()
    alone.dialogue.want(Look(HERE), 0.0)
    alone.hear(shown(9).to(THERE))
    assert known(alone).here == HERE


def test_who_gets_up_looks_nowhere_that_was_not_shown_yet() -> None:
    alone = seated()
    alone.dialogue.want(take_seat(Seat.PLAYER).to(THERE), 0.0)
    (sits,) = of(door.TakeSeat, alone)
    alone.dialogue.want(leave_seat().to(HERE), 0.0)
    alone.hear(door.Done(of(door.LeaveSeat, alone)[0].number))
    assert (known(alone).here, known(alone).live) == (HERE, False)
    take(alone, sits.number, THERE)
    assert (known(alone).here, known(alone).live) == (THERE, True)
    assert known(alone).tables.keys() == {THERE}


def test_the_croupiers_password_goes_along_to_the_chair_after_a_cut() -> None:
    alone = seated()
    alone.dialogue.want(take_seat(Seat.CROUPIER, "sesame").to(THERE), 0.0)
    show(alone, THERE, Seat.CROUPIER)
    alone.cut()
    alone.open()
    alone.hear(GREETING, OPEN)
    alone.hear(signed(alone.answer(door.SignIn), next_number=50))
    sits = {each.table: each.croupier_password for each in of(door.TakeSeat, alone)}
    assert sits == {HERE: b"", THERE: digest("sesame")}


def test_tables_that_are_listed_at_the_door_seat_nobody() -> None:
    alone = Alone(Enter("Ann", table="Attic"))
    alone.hear(GREETING, replace(OPEN, more=True))
    alone.answer(door.SignIn)
    alone.hear(door.TablesListed(99, TABLES, more=False))
    assert alone.sent == []


def test_lists_are_kept_up_at_every_table() -> None:
    alone = at_two()
    alone.sent.clear()
    alone.dialogue.tick(5.0)
    said: list[Message] = alone.sent
    assert {each.table for each in said if each.AT_TABLE} == {HERE, THERE}


def test_whoever_watches_is_told_where_one_looks() -> None:
    alone = at_two()
    looked = [each.said for each in alone.dialogue.news if isinstance(each.said, Looked)]
    assert looked == [Looked(HERE), Looked(THERE)]


def test_a_table_that_closes_is_left_and_listed_no_more() -> None:
    alone = at_two()
    lost = door.SeatLost(HERE, "good night").to(THERE)
    alone.hear(lost, door.TablesClosed((THERE,)))
    assert (known(alone).here, [*known(alone).tables]) == (HERE, [HERE])
    assert known(alone).lobby.keys() == {STRANGE, HERE}
    assert known(alone).refusals == ()
    alone.hear(rounds.RoundOpened(30, 0).to(THERE))
    assert known(alone).tables.keys() == {HERE}
    opened = replace(TABLES[2], table=LATER)
    alone.hear(door.TablesOpened((opened,)), door.TablesChanged((replace(TABLES[1], seated=9),)))
    assert known(alone).lobby[LATER] == opened
    assert known(alone).lobby[HERE].seated == 9
