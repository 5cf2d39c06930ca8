"""Several tables in one terminal: going there, looking there, and lines that say where."""

from dataclasses import replace

import pytest

from client.house.events import Looked
from client.requests import Look
from client_text.visit import LEFT, Manner
from protocol.games.roulette import bets, rounds
from protocol.house import door, talk
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason, Seat
from protocol.house.people import PlayersListed
from protocol.wire import Message
from tests.client.states import listed
from tests.client_text.fakes import HOUSE, TABLE, Sitting, laid, shown

PERSON = Manner()
ENTRIES = (
    listed(0, "Oak", True, 3, 1),
    listed(2, "Corner"),
    listed(3, "Cards", False, 2, 0, game=250),
)
OTHER = replace(TABLE, draw=b"c" * 16, name="Corner")
SCRIPT = Manner(interactive=False, patient=True)


def in_a_hall(manner: Manner = PERSON) -> Sitting:
    anna = Sitting(manner=manner).sit()
    anna.desk.say(replace(HOUSE, tables=ENTRIES))
    anna.desk.say(door.SignedIn(90, 7, "Anna", b"", 500, 0), shown(5))
    anna.visit.news()
    anna.read()
    return anna


def arrive(anna: Sitting, seat: Seat = Seat.PLAYER, number: int = 8) -> list[str]:
    """The house gives the seat that was asked for last."""
    asked = anna.desk.asked()
    words: tuple[Message, ...] = door.SeatTaken(asked.number, seat), OTHER
    said = [each.to(2) for each in words]
    return anna.hear(*said, Looked(2), shown(number).to(2))


def at_two() -> Sitting:
    anna = in_a_hall()
    anna.type("table 2")
    arrive(anna)
    return anna


def test_the_tables_are_asked_for_and_listed() -> None:
    anna = in_a_hall()
    anna.type("/tables")
    asked = anna.desk.asked()
    assert isinstance(asked, door.ListTables)
    assert anna.hear(door.TablesListed(asked.number, ENTRIES, more=False)) == [
        "0  Oak (roulette, with a croupier, 3 seated, 1 watching, you look at it)",
        "2  Corner (roulette, no croupier, 0 seated, 0 watching)",
        "3  Cards (a game that this program does not know, no croupier, 2 seated, 0 watching)",
    ]


@pytest.mark.parametrize(
    ("line", "seat"),
    [
        ("/table 2", Seat.PLAYER),
        ("table corner", Seat.PLAYER),
        ("/watch Corner", Seat.WATCHER),
        ("стол 2", Seat.PLAYER),
        ("смотреть 2", Seat.WATCHER),
    ],
)
def test_one_goes_to_another_table_by_its_number_or_name(line: str, seat: Seat) -> None:
    anna = in_a_hall()
    anna.type(line)
    assert anna.desk.asked() == door.TakeSeat(anna.desk.asked().number, seat, b"").to(2)


def test_what_is_typed_is_meant_for_the_table_that_one_looks_at() -> None:
    anna = at_two()
    anna.type("17 25")
    asked = anna.desk.asked()
    assert (asked.table, laid(asked)) == (2, {17: 25})
    anna.type("table Oak")
    assert anna.desk.wishes[-1] == Look(0)
    assert anna.hear(Looked(0)) == ["You look at Oak."]
    anna.type("red 10")
    assert anna.desk.asked().table == 0


def test_undone_is_what_was_laid_last_at_this_table() -> None:
    for late in (False, True):
        anna = in_a_hall()
        anna.bet("17 5")
        anna.type("table 2")
        arrive(anna, number=5)
        anna.type("17 25")
        placed = bets.BetsPlaced(anna.desk.asked().number, 5, 475, 25).to(2)
        anna.hear(*(Looked(0), placed) if late else (placed, Looked(0)))
        anna.type("undo")
        asked = anna.desk.asked()
        assert isinstance(asked, bets.TakeBackBets)
        assert (asked.table, laid(asked)) == (0, {17: 5})


def test_what_another_table_lists_is_no_answer_to_what_one_asked_here() -> None:
    anna = at_two()
    anna.hear(Looked(0))
    anna.type("players")
    asked = anna.desk.asked()
    assert asked.table == 0
    elsewhere = PlayersListed(99, (), more=False)
    assert anna.hear(elsewhere.to(2)) == []
    assert anna.hear(PlayersListed(asked.number, (), more=False)) != []


def test_at_two_tables_each_line_says_where_it_is_from() -> None:
    anna = in_a_hall()
    assert anna.hear(talk.Said(1000, 8, "Bob", "hi")) == ["00001 Bob: hi"]
    anna = at_two()
    assert anna.hear(talk.Said(1000, 8, "Bob", "hi")) == ["[Oak] 00001 Bob: hi"]
    assert anna.hear(rounds.WheelStarted(8, 3000).to(2)) == ["[Corner] The wheel turns."]
    assert anna.hear(rounds.BettingClosed(5, 3000)) == ["[Oak] No more bets: 0 chips on the table."]
    assert anna.visit.status(0.0).startswith("Corner · round 8")


def test_arriving_says_what_is_on_the_table() -> None:
    anna = in_a_hall()
    anna.type("watch 2")
    told = arrive(anna, Seat.WATCHER)
    assert told[0] == "[Corner] You watch the table."
    assert told[1].startswith("[Corner] Round 8")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("table 9", "✗ There is no table 9 here. `tables` lists them."),
        ("table Attic", "✗ There is no table Attic here. `tables` lists them."),
        ("table 3", "✗ At Cards they play a game that this program does not know."),
        ("watch cards", "✗ At Cards they play a game that this program does not know."),
    ],
)
def test_where_one_cannot_go_is_said_at_once(line: str, said: str) -> None:
    anna = in_a_hall()
    before = len(anna.desk.wishes)
    assert anna.type(line) == [said]
    assert len(anna.desk.wishes) == before


def test_a_table_has_to_be_named() -> None:
    assert "Which table?" in in_a_hall().type("table")[-1]


def test_leaving_gets_up_here_and_from_the_only_table_leaves_the_house() -> None:
    anna = at_two()
    anna.type("/leave")
    assert anna.desk.asked() == door.LeaveSeat(anna.desk.asked().number).to(2)
    assert anna.visit.over is None
    anna.hear(door.Done(anna.desk.asked().number), Looked(0))
    anna.type("leave")
    assert anna.visit.over == LEFT


def test_a_script_bets_where_it_has_gone_and_not_before_it_is_there() -> None:
    anna = in_a_hall(SCRIPT)
    anna.type("table 2")
    anna.type("17 25")
    asked = anna.desk.asked()
    assert isinstance(asked, door.TakeSeat)
    anna.hear(door.SeatTaken(asked.number, Seat.PLAYER).to(2), OTHER.to(2))
    assert anna.desk.asked() == asked
    anna.hear(Looked(2))
    assert anna.desk.asked() == asked
    anna.hear(shown(8).to(2))
    assert (anna.desk.asked().table, laid(anna.desk.asked())) == (2, {17: 25})


def test_a_script_goes_on_where_it_was_when_a_seat_is_refused() -> None:
    anna = in_a_hall(SCRIPT)
    anna.type("table 2")
    anna.type("17 25")
    asked = anna.desk.asked()
    anna.hear(door.Refused(asked.number, Reason.FULL, NO_SPOT, 0, "full"))
    assert anna.desk.asked().table == 0


def test_a_script_waits_until_it_looks_elsewhere() -> None:
    anna = at_two()
    anna.visit.manner = SCRIPT
    anna.type("table Oak")
    anna.type("17 25")
    assert anna.desk.wishes[-1] == Look(0)
    anna.hear(Looked(0))
    assert anna.desk.asked().table == 0
