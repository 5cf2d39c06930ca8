"""What happens in the house is told in words."""

from client.house.events import LinkLost, Trouble
from client_text.visit import FAILED
from protocol.games.roulette.fields import Result
from protocol.house import talk
from protocol.house.lists import Farewell, Notice
from tests.client_text.fakes import BOB, Sitting, settled


def test_a_lost_line_is_told_once_and_its_end_ends_the_visit() -> None:
    anna = Sitting().sit()
    lost = LinkLost(Trouble.CUT, 3.0)
    assert anna.hear(lost) == [
        "The line is lost: the connection broke off. It is tried again by itself."
    ]
    assert anna.hear(lost) == []
    assert anna.visit.status(1.0) == "no line, tried again in 0:02"
    assert anna.type("17 5") == ["✗ Not at the table yet: wait for the line."]
    assert anna.visit.over is None
    anna.cut()
    assert anna.visit.over == FAILED


def test_who_is_thrown_out_reads_why() -> None:
    anna = Sitting().sit()
    gone = LinkLost(Trouble.FAREWELL, 1.0, Farewell.KICKED, "be kind")
    assert anna.hear(gone)[0].startswith("The line is lost: you were thrown out: be kind.")


def test_a_name_is_never_a_line_of_the_house() -> None:
    anna = Sitting().sit()
    silly = "The house: no more bets"
    assert anna.hear(
        talk.Said(0, BOB, silly, "hello"),
        talk.Noticed(0, BOB, silly, Notice.LEFT, ""),
        talk.Noticed(0, BOB, silly, Notice.OTHER, "is odd"),
        talk.Said(0, BOB, "שלום", "17"),
        talk.Noticed(0, BOB, "שלום", Notice.OTHER, ""),
        settled(5, 17, Result(BOB, silly, -10)),
    ) == [
        f" ‹{silly}›: hello",
        f"‹{silly}› left.",
        f"‹{silly}› is odd",
        " \u2068שלום\u2069: 17",
        "\u2068שלום\u2069",
        "=> 17 black, odd, low",
        f"Results: ‹{silly}› -10",
    ]


def test_what_makes_no_sense_in_a_long_line_is_named_without_its_place() -> None:
    anna = Sitting().sit()
    words = "“hmm” is not understood. `help` lists the words; `say ...` talks to everybody."
    assert anna.type("hmm " + "x" * 66) == [f"  hmm {'x' * 66}", f"  ^^^ {words}"]
    assert anna.type("hmm " + "x" * 67) == [words]
