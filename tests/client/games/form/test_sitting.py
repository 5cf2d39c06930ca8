"""A small game on the line: it is shown, played, cut off and come back to."""

from dataclasses import replace

from client.games.form.game import awaits
from client.games.form.state import form, shows_form
from client.house.state import HouseState
from client.requests import UNNUMBERED, Enter, digest, take_seat
from protocol.house import door
from protocol.house.fields import NO_DEADLINE
from protocol.house.form import (
    FORM,
    Act,
    ChipsMoved,
    FormAction,
    FormIntroduced,
    FormShown,
    Sentence,
    Wording,
)
from protocol.house.lists import ActionKind, Reason, Seat
from protocol.house.people import ListPlayers
from protocol.house.talk import ListTalk
from tests.client.alone import GREETING, INTRODUCED, Alone, of, refused, signed
from tests.client.states import listed

TABLE = 4
ENTRY = replace(listed(TABLE, "Attic", game=FORM), password_needed=True)
HOUSE = replace(INTRODUCED, tables=(*INTRODUCED.tables, ENTRY))
MET = FormIntroduced("Attic", "toy", (Wording("en", (Sentence("A toy"), Sentence("Go"))),))
GO = FormAction(1, ActionKind.PRESS, 1, False, 0, 0, ())


def shown(turn: int = 1, ms_left: int = NO_DEADLINE) -> FormShown:
    return FormShown(turn, ms_left, 0, (), (GO,))


def known(alone: Alone) -> HouseState:
    return alone.dialogue.state


def at_the_attic(password: str = "oak") -> Alone:
    alone = Alone(Enter("Ann", table="Attic", table_password=password))
    alone.hear(GREETING, HOUSE, signed(1))
    (asked,) = of(door.TakeSeat, alone)
    assert (asked.table, asked.table_password) == (TABLE, digest(password))
    alone.hear(door.SeatTaken(asked.number, Seat.PLAYER).to(TABLE))
    alone.hear(MET.to(TABLE), shown().to(TABLE))
    return alone


def test_a_small_game_has_no_draw_and_its_form_is_where_one_is() -> None:
    alone = at_the_attic()
    state = known(alone)
    assert state.live
    assert state.here == TABLE
    assert shows_form(state)
    assert form(state).title("en") == "A toy"
    assert [type(each) for each in alone.sent] == [ListTalk]
    alone.dialogue.tick(0.0)
    assert ListPlayers in [type(each) for each in alone.sent]


def test_what_is_moved_there_is_known_of_the_wallet_and_of_the_table() -> None:
    alone = at_the_attic()
    alone.hear(ChipsMoved(450, 50).to(TABLE))
    assert (known(alone).balance, form(known(alone)).at_stake) == (450, 50)


def test_a_clock_that_runs_and_something_to_do_await_who_plays() -> None:
    alone = at_the_attic()
    assert not awaits(known(alone))
    alone.hear(shown(2, 5000).to(TABLE))
    assert awaits(known(alone))
    assert not awaits(known(alone).with_table(seat=Seat.WATCHER))
    alone.hear(replace(shown(3, 5000), actions=()).to(TABLE))
    assert not awaits(known(alone))


def test_after_a_cut_the_seat_is_asked_for_with_the_password_and_the_act_by_its_number() -> None:
    alone = at_the_attic()
    alone.dialogue.want(Act(UNNUMBERED, 1, 1, 0, ""), 0.0)
    (act,) = of(Act, alone)
    assert act.table == TABLE
    alone.cut()
    alone.open()
    alone.hear(GREETING, HOUSE)
    alone.hear(signed(alone.answer(door.SignIn), next_number=1))
    (asked,) = of(door.TakeSeat, alone)
    assert (asked.table, asked.table_password) == (TABLE, digest("oak"))
    alone.hear(door.SeatTaken(asked.number, Seat.PLAYER).to(TABLE))
    alone.hear(MET.to(TABLE), shown().to(TABLE))
    assert of(Act, alone) == [act]


def test_a_table_that_takes_no_password_is_told_none() -> None:
    alone = Alone(Enter("Ann", table_password="oak"))
    alone.hear(GREETING, HOUSE, signed(1))
    (asked,) = of(door.TakeSeat, alone)
    assert (asked.table, asked.table_password) == (0, b"")


def test_one_sits_on_elsewhere_in_a_table_whose_password_one_has_given() -> None:
    alone = at_the_attic()
    alone.dialogue.want(take_seat(Seat.WATCHER).to(TABLE), 0.0)
    (asked,) = of(door.TakeSeat, alone)
    assert asked.table_password == digest("oak")


def test_of_a_table_that_lets_nobody_in_nothing_is_kept() -> None:
    alone = Alone(Enter("Ann", table="Attic", table_password="elm"))
    alone.hear(GREETING, HOUSE, signed(1))
    alone.hear(refused(alone.answer(door.TakeSeat), Reason.WRONG_TABLE_PASSWORD))
    assert not known(alone).live
    assert known(alone).refusals[-1].reason is Reason.WRONG_TABLE_PASSWORD
