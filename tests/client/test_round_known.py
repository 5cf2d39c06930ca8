"""What each message changes of what is known of the round, and that it changes nothing else."""

from dataclasses import replace
from typing import Any

from client.games.roulette.state import Round, Statistics, roulette
from client.house.state import Line, Status
from protocol.games.roulette import records, rounds
from protocol.games.roulette.fields import Bet, Payout, Result, SpotTotal
from protocol.games.roulette.lists import Phase, RoundState
from protocol.house.fields import NO_DEADLINE
from protocol.house.people import ChipsGranted
from protocol.limits import RESULTS_KEPT
from tests.client.known import EARLIER, KNOWN, ME, NOW, changes
from tests.client.states import changed, over

# --- the round ------------------------------------------------------------------------------------

SHOWN = rounds.TableShown(
    7, Phase.CLOSED, 2500, auto_seconds=60, croupier=8, croupier_name="Bob",
    players=3, bets=4, staked=90, revision=6, balance=333, at_stake=7,
    totals=(SpotTotal(1, 30, 2), SpotTotal(2, 0, 0)), own_bets=(Bet(1, 7), Bet(9, 0)),
)  # fmt: skip


def test_a_table_that_is_shown_is_all_that_lies_there() -> None:
    result = rounds.PlayerSettled(7, 1, 2, ())
    door_ = changed(
        KNOWN,
        status=Status(Line.DOOR, latency=0.02),
        round=replace(roulette(KNOWN).round, own_known=False, result=result),
    )
    seen = {
        "status": Status(Line.LIVE, latency=0.02),
        "auto": 60,
        "croupier": 8,
        "croupier_name": "Bob",
        "balance": 333,
        "names": {ME: "Ann", 9: "Zoe", 8: "Bob"},
        "phase_since": NOW,
        "deadline": 102.5,
    }
    told = Round(
        7, Phase.CLOSED, own={1: 7}, own_known=True,
        bets=roulette(KNOWN).round.bets, bets_known=False,
        totals={1: SpotTotal(1, 30, 2)}, players=3, count=4, staked=90, revision=6,
    )  # fmt: skip
    assert changes(door_, SHOWN) == {**seen, "round": replace(told, result=result)}
    following = changes(door_, replace(SHOWN, round_number=8))
    assert following == {
        **seen,
        "round": replace(told, number=8, bets={}),
        "previous": roulette(door_).round,
    }
    empty = changes(door_, replace(SHOWN, bets=0, ms_left=NO_DEADLINE))
    assert (empty["round"].bets, empty["round"].bets_known) == ({}, True)
    assert empty["deadline"] is None


def test_before_the_first_round_there_was_none() -> None:
    first = changed(KNOWN, round=Round())
    assert "previous" not in changes(first, SHOWN)
    assert "previous" not in changes(first, rounds.RoundOpened(8, 0))
    assert "names" not in changes(first, replace(SHOWN, croupier=0, croupier_name=""))


def test_a_round_that_opens_leaves_the_one_before_behind() -> None:
    assert changes(KNOWN, rounds.RoundOpened(8, 1500)) == {
        "round": Round(8, Phase.BETTING),
        "previous": roulette(KNOWN).round,
        "phase_since": NOW,
        "deadline": 101.5,
    }
    closed = changed(KNOWN, round=replace(roulette(KNOWN).round, phase=Phase.CLOSED))
    assert changes(closed, rounds.RoundOpened(7, 1500)) == {
        "round": roulette(KNOWN).round,
        "phase_since": NOW,
        "deadline": 101.5,
    }


def test_a_deadline_moves_in_its_round_only() -> None:
    assert changes(KNOWN, rounds.DeadlineMoved(7, 500)) == {"deadline": 100.5}
    assert changes(KNOWN, rounds.DeadlineMoved(6, 500)) == {}
    assert changes(KNOWN, rounds.AutoChanged(0)) == {"auto": 0}
    assert changes(KNOWN, ChipsGranted(400, 900)) == {"balance": 900}


def test_the_phases_of_a_round_begin_when_they_are_told() -> None:
    closed = rounds.BettingClosed(7, 3000)
    assert changes(KNOWN, closed) == {
        "round": replace(roulette(KNOWN).round, phase=Phase.CLOSED),
        "phase_since": NOW,
        "deadline": 103.0,
    }
    assert changes(KNOWN, replace(closed, round_number=6)) == {}
    assert changes(KNOWN, rounds.WheelStarted(7, 2000)) == {
        "round": replace(roulette(KNOWN).round, phase=Phase.SPINNING),
        "phase_since": NOW,
        "deadline": 102.0,
    }
    assert changes(KNOWN, rounds.WheelStarted(6, 2000)) == {}


SETTLED = rounds.RoundSettled(
    7, 17, 1234, players=2, staked=15, returned=360,
    top=(Result(8, "Bob", 30), Result(ME, "Ann", -5)),
)  # fmt: skip
COUNTED = Statistics((17, 4, 5), 7, 3, 115, 430)


def test_a_round_that_is_settled_is_counted_once() -> None:
    entry = records.RoundEntry(7, RoundState.SETTLED, 17, 1234, 2, 15, 360)
    assert changes(KNOWN, SETTLED) == {
        "round": replace(roulette(KNOWN).round, phase=Phase.SETTLED, settled=SETTLED),
        "rounds": (entry,),
        "statistics": COUNTED,
        "names": {ME: "Ann", 9: "Zoe", 8: "Bob"},
        "phase_since": NOW,
        "deadline": None,
    }
    of_before = replace(SETTLED, round_number=6, top=())
    assert changes(KNOWN, of_before) == {
        "previous": replace(over(KNOWN), phase=Phase.SETTLED, settled=of_before),
        "rounds": (replace(entry, round_number=6),),
        "statistics": replace(COUNTED, last_round=6),
    }
    long_ago = replace(of_before, round_number=5)
    assert changes(KNOWN, long_ago) == {"rounds": (replace(entry, round_number=5),)}


def test_ones_own_round_is_noted_when_all_of_it_is_known() -> None:
    paid = rounds.PlayerSettled(7, -10, 444, (Payout(1, 10, 0),))
    alone = changes(KNOWN, paid)
    assert alone == {"round": replace(roulette(KNOWN).round, result=paid), "balance": 444}
    own = records.OwnRoundEntry(7, RoundState.SETTLED, 17, 1234, -10, paid.payouts)
    for order in ((SETTLED, paid), (paid, SETTLED)):
        assert changes(KNOWN, *order)["own_rounds"] == (own, EARLIER)
    assert "own_rounds" not in changes(KNOWN, SETTLED, replace(paid, payouts=()))
    assert "own_rounds" not in changes(KNOWN, SETTLED, replace(paid, round_number=6))
    gone = changes(KNOWN, replace(paid, round_number=2))
    assert gone == {"balance": 444}


def test_what_is_heard_of_a_round_counts_more_than_what_was_listed_of_it() -> None:
    listed = records.RoundEntry(7, RoundState.VOID, 0, 1, 0, 0, 0)
    own = records.OwnRoundEntry(7, RoundState.VOID, 0, 1, 0, ())
    before = changed(KNOWN, rounds=(listed,), own_rounds=(own,))
    paid = rounds.PlayerSettled(7, -10, 444, (Payout(1, 10, 0),))
    told = changes(before, SETTLED, paid)
    assert [each.state for each in told["rounds"]] == [RoundState.SETTLED]
    assert [each.state for each in told["own_rounds"]] == [RoundState.SETTLED]


def test_so_many_numbers_are_kept_and_all_are_counted() -> None:
    full = changed(KNOWN, statistics=Statistics((1,) * RESULTS_KEPT, 6, 9, 0, 0))
    told = changes(full, SETTLED)["statistics"]
    assert told.pockets == (17, *(1,) * (RESULTS_KEPT - 1))
    assert told.rounds == 10


def test_a_voided_round_leaves_nothing_on_the_table() -> None:
    emptied: dict[str, Any] = {
        "phase": Phase.SETTLED, "voided": "wine", "own": {}, "bets": {}, "totals": {},
        "players": 0, "count": 0, "staked": 0,
    }  # fmt: skip
    now = replace(roulette(KNOWN).round, **emptied)
    assert changes(KNOWN, rounds.RoundVoided(7, "wine")) == {
        "round": now,
        "phase_since": NOW,
        "deadline": None,
    }
    before = replace(over(KNOWN), **emptied)
    assert changes(KNOWN, rounds.RoundVoided(6, "wine")) == {"previous": before}
    assert changes(KNOWN, rounds.RoundVoided(5, "wine")) == {}
