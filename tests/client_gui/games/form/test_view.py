"""What the window makes of a small game's table."""

from dataclasses import replace

from client.games.form.state import UNKNOWN
from client.house.state import HouseState
from client.house.state import Refusal as Refused
from client_gui.games.form.view import FormView, FormViewMaker, Found
from client_gui.kit.words import Words
from client_gui.shell.view import Refusal
from protocol.fair.verdict import Colour
from protocol.house.form import Act
from protocol.house.lists import Reason, Seat
from tests.client.states import judged
from tests.client_gui.games.form.test_panel import FORMS

MATCH = replace(FORMS["rps"], ends_at=9.0)


def seen(state: HouseState) -> FormView:
    return FormViewMaker(Words("en")).see(state)


def at(seat: Seat) -> HouseState:
    state = HouseState(account=7, name="Anna", balance=500).at(2)
    return state.with_table(seat=seat, live=True, game=MATCH)


def test_it_has_the_form_its_clock_and_what_one_has() -> None:
    view = seen(at(Seat.PLAYER))
    assert view.form is MATCH
    assert MATCH.introduced is not None
    assert (view.table, view.deadline) == (MATCH.introduced.name, 9.0)
    assert (view.balance, view.at_stake) == (500, MATCH.at_stake)
    assert seen(replace(at(Seat.WATCHER), account=0)).balance is None


def test_it_has_what_was_found_of_the_last_number_while_one_is_there() -> None:
    assert seen(at(Seat.PLAYER)).found is None
    known = {"verdicts": {4: judged(4, "draw")}, "saved": {4: "there"}}
    found = seen(at(Seat.PLAYER).with_table(**known)).found
    assert found == Found(Colour.RED, ("draw",), "there")
    assert seen(at(Seat.NONE).with_table(**known)).found is None


def test_of_a_table_that_has_closed_no_form_is_left() -> None:
    view = seen(at(Seat.NONE))
    assert (view.form, view.table, view.deadline) == (UNKNOWN, "", None)


def test_a_form_that_has_changed_meanwhile_is_said_to_have() -> None:
    late = Refused(Act(1, 4, 2, 0, ""), Reason.WRONG_ROUND)
    state = replace(at(Seat.PLAYER), refusals=(late,))
    assert seen(state).refusal == Refusal(late.serial, "note.another_form", (("n", late.figure),))
    other = replace(late, request=None)
    refusal = seen(replace(state, refusals=(other,))).refusal
    assert refusal is not None
    assert refusal.key == "note.closed"
