"""What is known before anything is said, and the words for where things are."""

from dataclasses import replace
from enum import Enum

import pytest

from client.games.roulette.night.night import NO_NIGHT, Night, Played
from client.house.events import LinkGone, LinkLost, Sent, Trouble
from client.house.state import (
    Heard,
    HouseState,
    Kind,
    Line,
    Pending,
    Refusal,
    Session,
    Status,
    TableState,
    Talk,
)
from client.talk.commands import Cannot
from client.talk.conversations import Conversation
from protocol.house import talk
from protocol.house.lists import Notice, Phrase, Reason, Seat


def test_at_first_nothing_is_known() -> None:
    assert Status() == Status(Line.APART, None, None, "", None, None)
    assert TableState() == TableState(
        live=False, seat=Seat.NONE, wished=Seat.NONE, croupier=0, croupier_name="", roster={},
        roster_known=False, seated=0, watching=0, lines=(), verdicts={}, saved={}, game=None,
    )  # fmt: skip
    assert HouseState() == HouseState(
        status=Status(), classic=False, house=None, lobby={}, account=0, name="", balance=0,
        names={}, pending={}, refusals=(), whispers=(), sessions={}, serial=0, here=0, tables={},
    )  # fmt: skip
    assert not HouseState().live


def test_what_is_not_said_is_not_so() -> None:
    say = talk.Say(1, "x")
    assert Pending(say, 2.0) == Pending(say, 2.0, 0, by_itself=False, again=False)
    assert Refusal(say, Reason.MUTED) == Refusal(say, Reason.MUTED, None, 0, "", 0)
    plain = Heard(1, Kind.SAID, 2, "x", "y")
    told = {"to": 0, "phrase": Phrase.OTHER, "notice": Notice.OTHER, "begun": False}
    assert plain == replace(plain, **told, ended=None, serial=0)  # type: ignore[arg-type]
    assert Sent(say) == Sent(say, 0, by_itself=False)
    assert LinkLost(Trouble.CUT, 1.0) == LinkLost(Trouble.CUT, 1.0, None, "")
    assert LinkGone(Trouble.CUT) == LinkGone(Trouble.CUT, None, "")
    assert Played(1, 2, 3, 4, 5) == Played(1, 2, 3, 4, 5, 0, (), 0, verified=None)
    assert NO_NIGHT == Night() == Night((), house=False)
    assert Cannot("why") == Cannot("why", "", 0)
    assert Conversation(1, "x") == Conversation(1, "x", (), None)
    assert Session("x", Talk.OPEN).name == "x"


@pytest.mark.parametrize("words", [Line, Kind, Talk, Trouble])
def test_where_things_are_has_words(words: type[Enum]) -> None:
    assert all(each.value for each in words)
    assert len({each.value for each in words}) == len(words.__members__)


def test_who_was_never_named_is_a_number() -> None:
    unknown = HouseState(names={3: ""})
    assert (unknown.name_of(3), unknown.name_of(4)) == ("№ 3", "№ 4")


def test_a_house_is_looked_at_from_one_of_its_tables() -> None:
    house = HouseState().at(7).with_table(seat=Seat.PLAYER).at(3)
    assert (house.here, house.table, house.at(7).table.seat) == (3, TableState(), Seat.PLAYER)
    assert house.at(3) is house
    both = house.with_table(seat=Seat.WATCHER)
    assert [each.seat for each in both.tables.values()] == [Seat.PLAYER, Seat.WATCHER]
    assert both.without_table(7).tables.keys() == {3}
    assert both.without_table(8) == both


def test_one_is_at_a_table_that_was_shown_on_the_line_that_is_up() -> None:
    there = HouseState(status=Status(Line.LIVE)).with_table(live=True)
    assert there.live
    assert not there.at(2).live
    assert not replace(there, status=Status(Line.LOST)).live


def test_what_was_said_there_and_to_oneself_alone_is_heard_in_order() -> None:
    first, second, third = (Heard(1, Kind.SAID, 2, "x", "y", serial=at) for at in (1, 2, 3))
    house = HouseState(whispers=(second,)).with_table(lines=(first, third))
    assert house.heard == (first, second, third)
    assert house.at(9).heard == (second,)
