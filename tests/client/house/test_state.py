"""What is known before anything is said, and the words for where things are."""

from dataclasses import replace
from enum import Enum

import pytest

from client.fair.steps import Part, Proof, Share, Working
from client.house.events import LinkGone, LinkLost, Sent, Trouble
from client.house.state import (
    Heard,
    Kind,
    Line,
    Pending,
    Refusal,
    Round,
    Session,
    Statistics,
    Status,
    TableState,
    Talk,
)
from client.house.verdicts import Frozen, Own, Step, Verdict
from client.night.night import NO_NIGHT, Night, Played
from client.talk.commands import Cannot
from client.talk.conversations import Conversation
from protocol.games.roulette.lists import Phase
from protocol.house import talk
from protocol.house.lists import Notice, Phrase, Reason, Seat

NOUGHT = bytes(32)


def test_at_first_nothing_is_known() -> None:
    assert Status() == Status(Line.APART, None, None, "", None, None)
    assert Statistics() == Statistics((), 0, 0, 0, 0)
    nothing = Round(
        number=0, phase=Phase.BETTING, seed_before=NOUGHT, own={}, own_known=True, bets={},
        bets_known=True, totals={}, players=0, count=0, staked=0, revision=0, closed=None,
        settled=None, result=None, voided=None, freeze=NOUGHT,
    )  # fmt: skip
    assert Round() == nothing
    assert (nothing.at_stake, nothing.pocket, nothing.net) == (0, None, None)
    assert TableState() == TableState(
        status=Status(), classic=False, table=None, account=0, name="", seat=Seat.NONE,
        wished=Seat.NONE, balance=0, auto=0, croupier=0, croupier_name="", round=nothing,
        previous=None, phase_since=0.0, deadline=None, roster={}, roster_known=False, seated=0,
        watching=0, names={}, statistics=Statistics(), own_rounds=(), own_rounds_more=False,
        rounds=(), rounds_more=False, pending={}, refusals=(), lines=(), sessions={}, verdicts={},
        saved={}, serial=0,
    )  # fmt: skip
    assert not TableState().live


def test_what_is_not_said_is_not_so() -> None:
    say = talk.Say(1, "x")
    assert Pending(say, 2.0) == Pending(say, 2.0, 0, by_itself=False, again=False)
    assert Refusal(say, Reason.MUTED) == Refusal(say, Reason.MUTED, None, 0, "", 0)
    plain = Heard(1, Kind.SAID, 2, "x", "y")
    told = {"to": 0, "phrase": Phrase.OTHER, "notice": Notice.OTHER, "begun": False}
    assert plain == replace(plain, **told, ended=None, serial=0)  # type: ignore[arg-type]
    assert Own() == Own(0, None, None, None, None, None, linked=True)
    assert Verdict(3, None) == Verdict(3, None, full=True, round=None, own=Own())
    assert Sent(say) == Sent(say, 0, by_itself=False)
    assert LinkLost(Trouble.CUT, 1.0) == LinkLost(Trouble.CUT, 1.0, None, "")
    assert LinkGone(Trouble.CUT) == LinkGone(Trouble.CUT, None, "")
    assert Played(1, 2, 3, 4, 5) == Played(1, 2, 3, 4, 5, 0, (), 0, verified=None)
    assert NO_NIGHT == Night() == Night((), house=False)
    assert Working(Part.BETS) == Working(Part.BETS, None, None, (), "", "", (), ())
    assert Proof(3) == Proof(3, None, (), live=False, full=True, anchor="")
    assert Share(1, NOUGHT) == Share(1, NOUGHT, None)
    assert Cannot("why") == Cannot("why", "", 0)
    assert Conversation(1, "x") == Conversation(1, "x", (), None)
    assert Session("x", Talk.OPEN).name == "x"
    assert Frozen({}, NOUGHT, NOUGHT).commitments == {}


@pytest.mark.parametrize("words", [Line, Kind, Talk, Trouble, Step, Part])
def test_where_things_are_has_words(words: type[Enum]) -> None:
    assert all(each.value for each in words)
    assert len({each.value for each in words}) == len(words.__members__)


def test_a_round_is_found_and_changed_while_it_is_looked_at() -> None:
    state = TableState(round=Round(7), previous=Round(6))
    assert state.find_round(7) is state.round
    assert state.find_round(6) is state.previous
    assert state.find_round(5) is None
    assert TableState(round=Round(7)).find_round(6) is None
    assert state.with_round(7, staked=5) == replace(state, round=Round(7, staked=5))
    assert state.with_round(6, staked=5) == replace(state, previous=Round(6, staked=5))
    assert state.with_round(5, staked=5) is state
    assert TableState(round=Round(7)).with_round(6, staked=5) == TableState(round=Round(7))
    twice = TableState(round=Round(7, staked=1), previous=Round(7))  # A house may say anything.
    assert twice.find_round(7) is twice.round
    assert twice.with_round(7, staked=5).round.staked == 5
    unknown = TableState(names={3: ""})
    assert (unknown.name_of(3), unknown.name_of(4)) == ("№ 3", "№ 4")
