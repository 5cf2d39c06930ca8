"""What of a form is printed, and not more often than it can be read."""

from dataclasses import replace

from client.games.form.state import FormState
from client_text.games.form.sheets import PAUSE, Sheets
from protocol.house.form import FormShown
from tests.client_text.games.form.test_game import MET, the_form


def state(shown: FormShown) -> FormState:
    return FormState(MET, shown)


def test_another_turn_is_told_at_once_and_only_what_is_new() -> None:
    sheets = Sheets()
    assert len(sheets.take(1, state(the_form()), "en", 0.0)) == 4
    assert sheets.take(1, state(the_form(1, turn=2)), "en", 0.1) == ["1 did it"]
    assert sheets.take(1, state(the_form(1, turn=2)), "en", 99.0) == []


def test_what_others_do_is_told_late_and_once() -> None:
    sheets = Sheets()
    sheets.take(1, state(the_form()), "en", 0.0)
    for did in range(1, 50):
        assert sheets.take(1, state(the_form(did)), "en", did / 50) == []
    assert sheets.holds
    assert sheets.late("en", PAUSE - 0.01) == {}
    assert sheets.late("en", PAUSE) == {1: ["49 did it"]}
    assert sheets.late("en", 2 * PAUSE) == {}
    assert sheets.take(1, state(the_form(50)), "en", 2 * PAUSE) == ["50 did it"]


def test_each_table_has_its_own_sheet_and_a_closed_one_none() -> None:
    sheets = Sheets()
    sheets.take(1, state(the_form()), "en", 0.0)
    assert len(sheets.take(2, state(the_form()), "en", 0.0)) == 4
    sheets.take(1, state(the_form(1)), "en", 0.0)
    sheets.forget(1)
    assert not sheets.holds
    assert len(sheets.take(1, state(the_form()), "en", 0.0)) == 4


def test_what_one_did_is_awaited_until_it_is_shown_or_one_has_left() -> None:
    sheets = Sheets()
    sheets.take(1, state(the_form()), "en", 0.0)
    assert not sheets.awaits(1, 0.0)
    for over in (lambda: sheets.take(1, state(the_form(1)), "en", 1.0), lambda: sheets.forget(1)):
        sheets.did(1, 1.0)
        assert sheets.awaits(1, 1.0)
        assert not sheets.awaits(2, 1.0)
        over()
        assert not sheets.awaits(1, 1.0)
    sheets.did(1, 1.0)
    assert len(sheets.take(1, state(the_form(1)), "en", 1.0)) == 4
    assert not sheets.awaits(1, 1.0)


def test_a_form_in_which_there_is_nothing_to_do_is_not_all_that_comes_of_what_one_did() -> None:
    sheets, waiting = Sheets(), replace(the_form(1), actions=())
    sheets.take(1, state(the_form()), "en", 0.0)
    sheets.did(1, 1.0)
    assert sheets.take(1, state(waiting), "en", 1.0) == ["1 did it"]
    assert sheets.awaits(1, 1.0)
    assert len(sheets.take(1, state(the_form(2)), "en", 1.1)) == 3
    assert not sheets.awaits(1, 1.1)
    sheets.did(1, 10.0)
    sheets.take(1, state(waiting), "en", 10.0 + PAUSE)
    assert (
        sheets.take(1, state(replace(waiting, lines=the_form(3).lines)), "en", 10.1 + PAUSE) == []
    )
