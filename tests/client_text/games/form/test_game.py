"""A small game in the terminal: what is typed, what is printed and when; where else one goes."""

from dataclasses import replace

import pytest

from client.house.events import Looked
from client.requests import digest
from client_text.games.form.sheets import PAUSE
from client_text.visit import LEFT, Manner
from protocol.house import door
from protocol.house.fields import NO_DEADLINE, NO_SPOT
from protocol.house.form import (
    FORM,
    Act,
    FormAction,
    FormIntroduced,
    FormLine,
    FormShown,
    Part,
    Sentence,
    Wording,
)
from protocol.house.lists import ActionKind, Reason, Seat
from tests.client.states import listed
from tests.client_text.fakes import HOUSE, Sitting, shown

PERSON = Manner()
ATTIC, CELLAR = 2, 3
ENTRIES = (
    listed(0, "Oak", True, 3, 1),
    replace(listed(ATTIC, "Attic", game=FORM), automatic=True, seats=8),
    replace(listed(CELLAR, "Cellar"), password_needed=True, watching_allowed=False),
)
EN = Wording("en", tuple(map(Sentence, ("A toy", "{0} did it", "Count", "Go"))))
RU = Wording("ru", tuple(map(Sentence, ("Игрушка", "Сделали: {0}", "Число", "Пуск"))))
MET = FormIntroduced("Attic", "toy", (EN, RU))
COUNT = FormAction(1, ActionKind.NUMBER, 2, False, 3, 5, ())
GO = FormAction(2, ActionKind.PRESS, 3, False, 0, 0, ())


def the_form(did: int = 0, turn: int = 1, ms_left: int = NO_DEADLINE) -> FormShown:
    return FormShown(turn, ms_left, 0, (FormLine(1, (Part(str(did)),)),), (COUNT, GO))


def in_a_hall(language: str = "en", manner: Manner = PERSON) -> Sitting:
    anna = Sitting(language=language, manner=manner).sit()
    anna.desk.say(replace(HOUSE, tables=ENTRIES))
    anna.desk.say(door.SignedIn(90, 7, "Anna", b"", 500, 0), shown(5))
    anna.visit.news()
    anna.read()
    return anna


def arrive(anna: Sitting, seat: Seat = Seat.PLAYER) -> list[str]:
    anna.type("table 2" if seat is Seat.PLAYER else "watch 2")
    asked = anna.desk.asked()
    assert isinstance(asked, door.TakeSeat)
    taken = door.SeatTaken(asked.number, seat)
    return anna.hear(taken.to(ATTIC), MET.to(ATTIC), Looked(ATTIC), the_form().to(ATTIC))


def at_the_attic(language: str = "en", manner: Manner = PERSON) -> Sitting:
    anna = in_a_hall(language, manner)
    arrive(anna)
    return anna


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["A toy", "0 did it", "  a  Count (3–5)", "  b  Go"]),
        ("ru", ["Игрушка", "Сделали: 0", "  a  Число (3–5)", "  b  Пуск"]),
    ],
)
def test_who_sits_down_or_watches_reads_the_whole_form(language: str, lines: list[str]) -> None:
    for seat in (Seat.PLAYER, Seat.WATCHER):
        told = arrive(in_a_hall(language), seat)
        assert told[1:] == [f"[Attic] {line}" for line in lines]


@pytest.mark.parametrize(
    ("line", "act"),
    [
        *(("4", Act(0, 1, 1, 4, "")), ("a 3", Act(0, 1, 1, 3, "")), ("b", Act(0, 1, 2, 0, ""))),
        *(("/b", Act(0, 1, 2, 0, "")), ("/a 5", Act(0, 1, 1, 5, ""))),
    ],
)
def test_a_letter_or_a_number_does_what_the_form_offers(line: str, act: Act) -> None:
    anna = at_the_attic()
    anna.type(line)
    asked = anna.desk.asked()
    assert asked == replace(act, number=asked.number).to(ATTIC)


def test_what_is_out_of_range_is_said_and_not_asked() -> None:
    anna = at_the_attic()
    before = len(anna.desk.wishes)
    assert anna.type("9") == ["✗ At most 5 here."]
    assert len(anna.desk.wishes) == before


@pytest.mark.parametrize(
    "line", ["17 25", "undo", "ready", "numbers", "history", "mine", "limits", "verify", "start"]
)
def test_words_of_the_roulette_are_not_asked_of_a_small_game(line: str) -> None:
    anna = at_the_attic()
    before = len(anna.desk.wishes)
    (said,) = anna.type(line)
    assert said.startswith("✗ At Attic it is another game")
    assert len(anna.desk.wishes) == before


def test_in_a_private_session_only_a_slash_plays() -> None:
    anna = at_the_attic()
    anna.visit._talk.room = 8
    before = len(anna.desk.wishes)
    anna.type("b")
    assert not any(isinstance(each, Act) for each in anna.desk.wishes[before:])
    anna.type("/b")
    assert isinstance(anna.desk.asked(), Act)


def test_list_shows_the_form_again_and_the_line_below_has_its_title() -> None:
    anna = at_the_attic()
    assert anna.type("list") == ["A toy", "0 did it", "  a  Count (3–5)", "  b  Go"]
    assert anna.visit.status(0.0) == "Attic · A toy · 500 chips"
    anna.hear(the_form(ms_left=9000).to(ATTIC))
    assert anna.visit.status(0.0) == "Attic · A toy · 0:09 · 500 chips"


def test_too_late_for_a_form_is_said_of_the_form() -> None:
    anna = at_the_attic()
    anna.type("b")
    late = door.Refused(anna.desk.asked().number, Reason.WRONG_ROUND, NO_SPOT, 2, "")
    assert anna.hear(late) == ["✗ Too late: it is another form by now."]


def test_the_tables_say_what_is_played_who_runs_them_and_who_may_come() -> None:
    anna = in_a_hall()
    anna.type("tables")
    assert anna.hear(door.TablesListed(anna.desk.asked().number, ENTRIES, more=False)) == [
        "0  Oak (roulette, with a croupier, 3 seated, 1 watching, you look at it)",
        "2  Attic (a small game, runs itself, 0 of 8 seated, 0 watching)",
        "3  Cellar (roulette, no croupier, 0 seated, no watching, takes a password)",
    ]


def test_a_password_is_asked_hidden_and_again_if_it_is_wrong_and_nothing_typed_stays() -> None:
    anna = in_a_hall()
    before = len(anna.desk.wishes)
    anna.type("table Cellar")
    assert (anna.visit.hidden, len(anna.desk.wishes)) == (True, before)
    anna.type("elm")
    asked = anna.desk.asked()
    assert isinstance(asked, door.TakeSeat)
    assert (asked.table, asked.table_password) == (CELLAR, digest("elm"))
    wrong = door.Refused(asked.number, Reason.WRONG_TABLE_PASSWORD, NO_SPOT, 0, "no")
    assert anna.hear(wrong) == ["✗ The table's password is another."]
    assert anna.visit.prompt == "The table's password: "
    anna.type("oak")
    again = anna.desk.asked()
    assert isinstance(again, door.TakeSeat)
    assert (again.table, again.table_password) == (CELLAR, digest("oak"))
    anna.hear(replace(wrong, number=again.number))
    before = len(anna.desk.wishes)
    anna.type("")
    assert (anna.visit.question, len(anna.desk.wishes)) == (None, before)


def test_a_script_is_told_how_to_give_a_password() -> None:
    anna = in_a_hall(manner=Manner(interactive=False, patient=True))
    assert "--table-password-file" in anna.type("table Cellar")[-1]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.FULL, "✗ The table is full."),
        (Reason.NO_SUCH_SEAT, "✗ This table has no such seat."),
        (Reason.NO_SUCH_TABLE, "✗ There is no such table here, or another game is played at it."),
    ],
)
def test_a_seat_that_is_refused_is_told_and_one_stays(reason: Reason, words: str) -> None:
    anna = in_a_hall()
    anna.type("table 2")
    number = anna.desk.asked().number
    assert anna.hear(door.Refused(number, reason, NO_SPOT, 0, "")) == [words]
    assert anna.visit.over is None


def test_a_table_that_closes_says_so_and_the_list_leads_on() -> None:
    anna = in_a_hall()
    lost = anna.hear(door.SeatLost(0, "").to(0))
    assert lost[0].startswith("The table Oak has closed")
    asked = anna.desk.asked()
    assert isinstance(asked, door.ListTables)
    anna.hear(door.TablesClosed((0,)))
    listing = anna.hear(door.TablesListed(asked.number, ENTRIES[1:], more=False))
    assert [line[:1] for line in listing] == ["2", "3"]
    assert anna.visit.status(0.0) == "at no table"
    anna.type("table 2")
    seat = anna.desk.asked()
    assert isinstance(seat, door.TakeSeat)
    assert seat.table == ATTIC


# --- not more than can be read ----------------------------------------------------------------


def test_the_visit_tells_what_was_held_when_its_time_has_come() -> None:
    anna = at_the_attic()
    assert anna.hear(the_form(7).to(ATTIC)) == []
    assert anna.visit.holds
    anna.visit.tick(PAUSE)
    assert anna.read() == ["[Attic] 7 did it"]
    assert not anna.visit.holds


def test_what_one_did_oneself_is_told_at_once() -> None:
    anna = at_the_attic()
    anna.type("b")
    done = door.Done(anna.desk.asked().number)
    assert anna.hear(done, the_form(1).to(ATTIC)) == ["[Attic] 1 did it"]
    assert anna.hear(the_form(2).to(ATTIC)) == []


def test_time_that_passes_with_nothing_to_tell_wakes_no_screen() -> None:
    anna = at_the_attic()
    put: list[object] = []
    anna.visit._put = put.append
    anna.visit.tick(9 * PAUSE)
    assert put == []


def pressing(*labels: str) -> Sitting:
    """At a form that offers to press these."""
    wording = Wording("en", tuple(map(Sentence, ("A toy", *labels))))
    actions = tuple(
        FormAction(at, ActionKind.PRESS, at, False, 0, 0, ()) for at in range(1, len(labels) + 1)
    )
    anna = at_the_attic()
    met = FormIntroduced("Attic", "toy", (wording,))
    anna.hear(met.to(ATTIC), FormShown(2, NO_DEADLINE, 0, (), actions).to(ATTIC))
    return anna


def test_what_stands_in_the_form_is_typed_as_it_is() -> None:
    anna = pressing("Sing", "Play a song")
    for line, action in (("sing", 1), ("PLAY A  SONG", 2), ("/sing", 1)):
        anna.type(line)
        asked = anna.desk.asked()
        assert isinstance(asked, Act)
        assert (asked.action, asked.turn, asked.table) == (action, 2, ATTIC)


def test_no_label_hides_a_command() -> None:
    anna = pressing("Sing", "help tables", "Quit")
    before = len(anna.desk.wishes)
    assert anna.type("help tables") == ["tables: every table of the house, and where you are."]
    anna.type("quit")
    assert (anna.visit.over, len(anna.desk.wishes)) == (LEFT, before)


def test_with_a_slash_a_letter_is_the_command_that_it_is() -> None:
    anna = pressing(*"12345678")
    assert "This game" in anna.type("/h")
    anna.type("h")
    asked = anna.desk.asked()
    assert isinstance(asked, Act)
    assert asked.action == 8


def test_a_table_that_has_closed_has_nothing_more_to_tell() -> None:
    anna = at_the_attic()
    anna.hear(the_form(7).to(ATTIC))
    assert anna.visit.holds
    anna.hear(door.SeatLost(0, "").to(ATTIC))
    assert not anna.visit.holds


def test_a_script_reads_what_came_of_a_line_before_the_next() -> None:
    anna = at_the_attic(manner=Manner(interactive=False, patient=True))
    anna.type("4")
    first = anna.desk.asked()
    anna.type("3")
    anna.hear(door.Done(first.number))
    assert anna.desk.asked() is first
    anna.hear(the_form(1, turn=2).to(ATTIC))
    second = anna.desk.asked()
    assert isinstance(second, Act)
    assert (second.value, second.turn) == (3, 2)


def test_a_script_does_not_wait_for_ever_for_a_form_that_is_not_shown() -> None:
    anna = at_the_attic(manner=Manner(interactive=False, patient=True))
    anna.type("4")
    first = anna.desk.asked()
    anna.type("3")
    anna.hear(door.Done(first.number))
    for after, waits in ((PAUSE - 0.1, True), (PAUSE, False)):
        anna.visit.tick(after)
        anna.visit.news()
        assert (anna.desk.asked() is first) == waits
