"""A visit from the door to the goodbye, by a person or a script, in either dialect."""

import pytest

from client.house.events import LinkGone, LinkLost, Trouble
from client.requests import Enter
from client_text.visit import FAILED, LEFT, MISTAKES, USAGE, Manner
from protocol.games.roulette import bets, desk, rounds
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import RED
from protocol.house import door
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Farewell, Reason, Seat
from tests.client_text.fakes import TABLE, Sitting, laid, settled, shown

SCRIPT = Manner(interactive=False, patient=True)


def test_what_the_command_line_leaves_open_is_asked_before_anything_is_dialled() -> None:
    carl = Sitting(Enter("", Seat.CROUPIER))
    assert (carl.visit.prompt, carl.visit.hidden) == ("The croupier's password: ", True)
    carl.type("secret")
    assert (carl.visit.prompt, carl.visit.hidden) == ("Your name: ", False)
    assert carl.dialled == []
    carl.type("")
    carl.type("Carl")
    assert carl.dialled == [Enter("Carl", Seat.CROUPIER, "secret")]
    assert carl.visit.prompt == "> "


@pytest.mark.parametrize(
    ("reason", "prompt", "answer", "enter"),
    [
        (Reason.NAME_TAKEN, "Another name: ", "Ann", Enter("Ann")),
        (Reason.WRONG_TOKEN, "Another name: ", "Ann", Enter("Ann")),
        (
            Reason.WRONG_TABLE_PASSWORD,
            "The table's password: ",
            "x",
            Enter("Anna", table_password="x"),
        ),
    ],
)
def test_who_is_refused_at_the_door_may_answer_again(
    reason: Reason, prompt: str, answer: str, enter: Enter
) -> None:
    anna = Sitting()
    anna.desk.say(TABLE)
    anna.desk.want(door.SignIn(0, "Anna", b"", b""))
    assert anna.hear(door.Refused(1, reason, 255, 0, ""))[-1].startswith("✗ ")
    assert anna.visit.prompt == prompt
    anna.type(answer)
    assert anna.desk.wishes[-1] == enter


def test_who_answers_after_the_line_has_ended_dials_again() -> None:
    anna = Sitting()
    anna.desk.want(door.SignIn(0, "Anna", b"", b""))
    anna.hear(door.Refused(1, Reason.NAME_TAKEN, 255, 0, ""))
    anna.cut()
    assert anna.visit.over is None
    anna.type("Ann")
    assert anna.dialled == [Enter("Anna"), Enter("Ann")]


def test_a_seat_is_changed_at_the_table() -> None:
    anna = Sitting().sit()
    anna.type("sit watcher")
    assert anna.desk.wishes[-1] == Enter("Anna", Seat.WATCHER)
    anna.type("sit croupier")
    assert anna.visit.hidden
    anna.type("secret")
    assert anna.desk.wishes[-1] == Enter("Anna", Seat.CROUPIER, "secret")
    assert anna.hear(door.SeatTaken(9, Seat.CROUPIER)) == ["You are the croupier."]


def test_the_classic_menu_asks_for_the_role_first() -> None:
    anna = Sitting(None, classic=True)
    assert anna.visit.prompt == "1 player, 2 croupier: "
    anna.type("3")
    assert anna.visit.prompt == "1 player, 2 croupier: "
    anna.type("1")
    anna.type("Anna")
    assert anna.dialled == [Enter("Anna")]


def test_the_classic_menu_bets_lists_and_leaves() -> None:
    anna = Sitting(classic=True).sit()
    assert anna.visit.prompt.startswith("1 bet, 2 list of bets, 0 leave")
    anna.type("1")
    anna.type("100")
    assert anna.visit.prompt == "On what (0-36, even or odd): "
    anna.type("17")
    assert laid(anna.desk.asked()) == {17: 100}
    anna.type("2")
    assert isinstance(anna.desk.asked(), bets.ListBets)
    anna.type("0")
    assert anna.visit.over == LEFT


def test_the_classic_croupier_starts_by_the_menu() -> None:
    carl = Sitting(Enter("", Seat.CROUPIER, "secret"), classic=True).sit(Seat.CROUPIER)
    carl.type("1")
    assert isinstance(carl.desk.asked(), desk.StartSpin)


def test_a_script_waits_for_each_answer() -> None:
    anna = Sitting(manner=SCRIPT)
    for line in ("17 25", "red 10", "quit"):
        anna.type(line)
    assert anna.desk.wishes == []
    anna.sit()
    assert laid(anna.desk.asked()) == {17: 25}
    anna.hear(bets.BetsPlaced(anna.desk.asked().number, 5, 475, 25))
    assert laid(anna.desk.asked()) == {RED: 10}
    assert anna.visit.over is None
    anna.hear(bets.BetsPlaced(anna.desk.asked().number, 5, 465, 35))
    assert anna.visit.over == LEFT


def test_a_script_answers_the_classic_menu_with_its_next_lines() -> None:
    anna = Sitting(manner=SCRIPT, classic=True)
    for line in ("1", "100", "17", "2", "0"):
        anna.type(line)
    anna.sit()
    assert laid(anna.desk.asked()) == {17: 100}
    anna.hear(bets.BetsPlaced(anna.desk.asked().number, 5, 400, 100))
    assert isinstance(anna.desk.asked(), bets.ListBets)


def test_a_script_that_ends_before_its_answer_has_a_mistake() -> None:
    anna = Sitting(manner=SCRIPT, classic=True)
    anna.type("1")
    anna.visit.input_ended()
    anna.sit()
    assert anna.visit.over == MISTAKES


def test_a_script_can_wait_for_the_round() -> None:
    anna = Sitting(manner=SCRIPT).sit()
    anna.type("wait closed")
    anna.type("help rebet")
    assert anna.read() == []
    assert "rebet" in anna.hear(rounds.BettingClosed(5, 3000))[-1]
    anna.type("wait result")
    anna.type("help rebet")
    anna.hear(rounds.WheelStarted(5, 3000))
    assert "rebet" in anna.hear(settled(5, 17))[-1]
    anna.type("wait betting")
    anna.type("help rebet")
    assert anna.read() == []
    assert "rebet" in anna.hear(rounds.RoundOpened(6, NO_DEADLINE))[-1]


def test_a_script_waits_for_the_round_in_which_it_spoke_though_that_is_over_by_the_answer() -> None:
    carl = Sitting(Enter("Carl", Seat.CROUPIER, "secret"), manner=SCRIPT).sit(Seat.CROUPIER)
    for line in ("start", "wait result", "help rebet"):
        carl.type(line)
    start = carl.desk.asked()
    assert isinstance(start, desk.StartSpin)
    told = carl.hear(door.Done(start.number), settled(5, 17), rounds.RoundOpened(6, NO_DEADLINE))
    assert "rebet" in told[-1]
    carl.type("wait result")
    carl.type("help rebet")
    assert carl.read() == []
    assert "rebet" in carl.hear(settled(6, 3))[-1]


def test_a_person_need_not_wait() -> None:
    assert Sitting().sit().type("wait result")[0].startswith("✗ `wait` is for scripts")


def test_a_script_ends_with_its_input_and_says_whether_all_was_done() -> None:
    anna = Sitting(manner=SCRIPT).sit()
    anna.visit.input_ended()
    assert anna.visit.over == LEFT
    anna = Sitting(manner=SCRIPT).sit()
    anna.type("17 25x")
    anna.visit.input_ended()
    assert anna.visit.over == MISTAKES


def test_a_script_that_waits_for_the_end_ends_with_the_line() -> None:
    anna = Sitting(Enter("", Seat.WATCHER), manner=SCRIPT).sit(Seat.WATCHER)
    anna.type("wait end")
    anna.visit.input_ended()
    assert anna.visit.over is None
    anna.hear(LinkLost(Trouble.FAREWELL, 1.0, Farewell.STOPPING))
    assert anna.visit.over == LEFT


def test_a_script_is_not_asked() -> None:
    anna = Sitting(Enter(""), manner=SCRIPT)
    assert anna.visit.over == USAGE
    assert "--name" in anna.read()[0]
    anna = Sitting(manner=SCRIPT)
    anna.desk.want(door.SignIn(0, "Anna", b"", b""))
    anna.hear(door.Refused(1, Reason.NAME_TAKEN, 255, 0, ""))
    assert anna.visit.over == FAILED


def test_the_visit_speaks_russian() -> None:
    anna = Sitting(language="ru").sit()
    anna.type("красное 10")
    assert anna.hear(bets.BetsPlaced(anna.desk.asked().number, 5, 490, 10)) == [
        "Вы ставите: 10 на красное. У вас 490 фишек."
    ]
    assert anna.hear(settled(5, 21)) == ["=> 21 красное, нечет, большие"]
    assert anna.visit.status(0.0).startswith("раунд 5 · Число известно · 490 фишек")
    assert anna.hear(shown(6, phase=Phase.SPINNING)) == []


def test_before_another_table_a_person_is_asked_and_has_to_say_it_in_words() -> None:
    anna = Sitting()
    said = anna.hear(LinkGone(Trouble.ANOTHER_TABLE))
    assert "nothing secret was sent" in said[-1]
    assert "Only if he has begun anew" in anna.visit.prompt
    assert anna.visit.over is None
    anna.desk.closed = True
    anna.type(" New  table ")
    assert anna.dialled == [Enter("Anna"), Enter("Anna", new_table=True)]


@pytest.mark.parametrize("answer", ["", "y", "table", "new", "yes, a new table"])
def test_anything_else_leaves_the_other_table_alone(answer: str) -> None:
    anna = Sitting().sit()
    anna.hear(LinkGone(Trouble.ANOTHER_TABLE))
    anna.type(answer)
    assert anna.visit.over == LEFT
    assert anna.dialled == [Enter("Anna")]


def test_a_script_is_told_how_to_know_a_new_table_and_fails() -> None:
    anna = Sitting(manner=SCRIPT)
    said = anna.hear(LinkGone(Trouble.ANOTHER_TABLE))
    assert "--new-table" in said[-1]
    assert anna.visit.over == FAILED


def test_a_visit_says_whether_there_is_more_to_tell() -> None:
    anna = Sitting().sit()
    assert not anna.visit.behind
    anna.desk.say(rounds.AutoChanged(30))
    assert anna.visit.behind
