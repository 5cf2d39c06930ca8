"""What is asked of a roulette is shown: bets, rounds, numbers, help."""

from protocol.games.roulette import bets, records, rounds
from protocol.games.roulette.fields import Payout, PlacedBet, SpotTotal
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.rules import RED
from protocol.house.people import ChipsGranted
from tests.client_text.fakes import BOB, Sitting, bob


def test_the_list_of_bets_is_asked_for_only_where_it_is_not_known() -> None:
    anna = Sitting().sit()
    assert anna.type("list") == ["Nobody has bet in this round yet."]
    anna.hear(bob(), bets.BetsChanged(5, 1, 1, 1, 25, (), (PlacedBet(BOB, 17, 25),), complete=True))
    assert anna.type("list") == ["Bob: 25 on 17 (25)", "25 chips on the table."]
    anna.hear(bets.BetsChanged(5, 2, 9, 9, 90, (), (), complete=False))
    assert anna.type("list") == []
    assert isinstance(anna.desk.asked(), bets.ListBets)
    listed = bets.BetsListed(anna.desk.asked().number, 5, 2, (PlacedBet(BOB, RED, 90),), more=False)
    assert anna.hear(listed) == ["Bob: 90 on red (90)", "90 chips on the table."]


def test_a_list_too_long_to_know_is_shown_by_place() -> None:
    anna = Sitting().sit()
    totals = tuple(SpotTotal(spot, spot + 1, 1) for spot in range(40))
    anna.hear(bets.BetsChanged(5, 1, 900, 900, 820, totals, (), complete=False))
    anna.type("list")
    lines = anna.hear(bets.BetsListed(anna.desk.asked().number, 5, 1, (), more=True))
    assert lines[:2] == ["Too many to list by name. By place:", "40 on 0-3"]
    assert lines[-2:] == ["… and 25 more", "820 chips on the table."]


def test_one_s_own_bets_are_known_without_asking() -> None:
    anna = Sitting().sit()
    assert anna.type("mine") == ["You have no chips on the table."]
    anna.bet("17 25, red 10")
    assert anna.type("mine") == ["Anna: 25 on 17, 10 on red (35)"]


def test_the_house_gives_chips_and_runs_the_table() -> None:
    anna = Sitting().sit()
    assert anna.hear(ChipsGranted(500, 500), rounds.AutoChanged(30), rounds.AutoChanged(0)) == [
        "The house gives you 500 chips.",
        "The table now runs itself: 30 seconds for bets.",
        "The table now waits for its croupier.",
    ]


def test_history_rounds_and_numbers_are_asked_for_and_shown() -> None:
    anna = Sitting().sit()
    anna.type("history")
    own = records.OwnRoundEntry(4, RoundState.SETTLED, 17, 0, 875, (Payout(17, 25, 900),))
    void = records.OwnRoundEntry(3, RoundState.VOID, 0, 0, 0, ())
    history = records.OwnRoundsListed(anna.desk.asked().number, (own, void), more=False)
    assert anna.hear(history) == ["Round 4: 17 black, +875. 25 on 17", "Round 3: void"]

    anna.type("rounds")
    entries = (
        records.RoundEntry(4, RoundState.SETTLED, 0, 0, 1, 25, 0),
        records.RoundEntry(3, RoundState.VOID, 0, 0, 0, 0, 0),
    )
    assert anna.hear(records.RoundsListed(anna.desk.asked().number, entries, more=False)) == [
        "Round 4: 0 green. 25 bet, 0 back, 1 player",
        "Round 3: void",
    ]

    anna.type("numbers")
    numbers = records.ResultsListed(anna.desk.asked().number, 4, 4, 0, 0, (17, 0, 3, 1))
    assert anna.hear(numbers) == [
        "Latest first: 17 0 3 1",
        "Of 4 rounds: red 50.0 %, black 25.0 %, zero 25.0 %.",
    ]


def test_the_limits_and_the_help_need_no_question() -> None:
    anna = Sitting().sit()
    assert "number: 1 to 100, pays 35 to 1" in anna.type("limits")
    assert anna.type("help rebet") == [
        "rebet: lays what you had in the last round that you played."
    ]
    assert any("voisins 9" in line for line in anna.type("help"))
    assert any("voisins 9" in line for line in anna.type("help dozen"))
    assert anna.desk.wishes == []
