"""What is asked of the house is shown: its people, its help."""

from protocol.house import door
from protocol.house.lists import Presence, Reason, Seat
from protocol.house.people import PlayerEntry, PlayersListed
from tests.client_text.fakes import BOB, Sitting


def test_people_are_asked_for_and_shown() -> None:
    anna = Sitting().sit()
    anna.type("players")
    entry = PlayerEntry(BOB, "Bob", Seat.CROUPIER, Presence.AWAY, muted=True, balance=1)
    listed = PlayersListed(anna.desk.asked().number, (entry,), more=False)
    assert anna.hear(listed) == ["Bob (croupier, away, 1 chip, muted)"]


def test_a_list_that_is_refused_is_not_shown_when_somebody_else_asks() -> None:
    anna = Sitting().sit()
    assert anna.type("/users") == []
    refused = door.Refused(anna.desk.asked().number, Reason.TOO_FAST, 255, 1500, "")
    assert anna.hear(refused) == ["✗ Too fast: wait 2 s and ask again."]
    assert anna.hear(PlayersListed(99, (), more=False)) == []


def test_help_says_all_words_or_what_one_of_them_does() -> None:
    anna = Sitting().sit()
    assert anna.type("help tables") == ["tables: every table of the house, and where you are."]
    assert anna.type("help me") == ["There is no such word. `help` lists them."]
    parts = [line for line in anna.type("help") if not line.startswith("  ")]
    assert parts == [
        *("Bets", "Your bets", "Rounds", "Wheel"),
        *("Look", "Table", "Croupier", "Talk"),
    ]


def test_a_croupier_who_is_not_let_in_stays_what_he_was() -> None:
    anna = Sitting().sit()
    anna.type("sit croupier")
    anna.type("not this")
    anna.desk.want(door.TakeSeat(0, Seat.CROUPIER, b""))
    wrong = door.Refused(anna.desk.asked().number, Reason.WRONG_CROUPIER_PASSWORD, 255, 0, "")
    assert anna.hear(wrong) == ["✗ The croupier's password is another."]
    assert anna.visit.prompt == "> "
    assert anna.visit.over is None
