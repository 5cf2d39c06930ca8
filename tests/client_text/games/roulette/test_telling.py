"""What happens at a roulette is told in words."""

from client.house.events import Judged
from protocol.games.roulette import bets, rounds
from protocol.games.roulette.fields import Payout, PlacedBet, Result
from protocol.games.roulette.lists import End
from protocol.games.roulette.rules import BLACK, RED
from tests.client.states import judged
from tests.client_text.fakes import BOB, ME, Sitting, bob, settled


def test_what_others_do_is_told_as_differences() -> None:
    anna = Sitting().sit()
    anna.hear(bob())
    changed = bets.BetsChanged(
        5, 1, 1, 2, 35, (), (PlacedBet(BOB, 17, 25), PlacedBet(BOB, RED, 10)), complete=True
    )
    assert anna.hear(changed) == ["Bob bets 25 on 17, 10 on red."]
    again = bets.BetsChanged(
        5, 2, 1, 2, 45, (), (PlacedBet(BOB, 17, 40), PlacedBet(BOB, RED, 0)), complete=True
    )
    assert anna.hear(again) == ["Bob bets 15 on 17.", "Bob takes back 10 on red."]
    mine = bets.BetsChanged(5, 3, 2, 3, 55, (), (PlacedBet(ME, BLACK, 10),), complete=True)
    assert anna.hear(mine) == []


def test_of_many_bets_at_once_a_few_are_named() -> None:
    anna = Sitting().sit()
    rows = tuple(PlacedBet(account, 17, 1) for account in range(20, 50))
    lines = anna.hear(bets.BetsChanged(5, 1, 90, 90, 90, (), rows, complete=False))
    assert len(lines) == 6
    assert lines[-1] == "Many bet at once. On the table: 90 chips, by 90 players."


def test_a_round_is_told_from_the_last_bet_to_the_proof() -> None:
    anna = Sitting().sit()
    anna.bet("17 25")
    assert anna.hear(
        rounds.BettingClosed(5, 3000),
        rounds.WheelStarted(5, 4000),
        settled(5, 17, Result(ME, "Anna", 875), Result(BOB, "Bob", -10)),
        rounds.PlayerSettled(5, 875, 1375, (Payout(17, 25, 900),)),
        Judged(judged(5)),
        rounds.RoundOpened(6, 20_000),
    ) == [
        "No more bets: 0 chips on the table.",
        "The wheel turns.",
        "=> 17 black, odd, low",
        "Results: Anna +875, Bob -10",
        "You win 875 chips. You have 1375 chips.",
        "✓ Round 5 is checked: nobody could steer the number, and your own say is in it.",
        "Round 6. Place your bets (0:20).",
    ]


def test_what_zero_keeps_is_told_and_half_a_chip_that_is_owed() -> None:
    anna = Sitting().sit()
    anna.bet("red 25")
    payouts = (Payout(RED, 25, 0, End.LOCKED),)
    assert anna.hear(rounds.PlayerSettled(5, 0, 975, payouts)) == [
        "You neither win nor lose. You have 975 chips.",
        "Zero keeps 25 on red, locked until the next number.",
    ]
    payouts = (Payout(RED, 25, 12, End.HALVED),)
    assert anna.hear(rounds.PlayerSettled(5, -13, 987, payouts, half_owed=True)) == [
        "You lose 13 chips. You have 987 chips.",
        "Half a chip is kept for you until the next half.",
    ]


def test_a_round_that_does_not_add_up_is_said_loudly_and_again_on_request() -> None:
    anna = Sitting().sit()
    words = (
        "✗ Round 5 does not add up: the result does not follow. Ask the host before you play on."
    )
    evidence = "The evidence is kept in /x.json; anybody can check it: python run.py verify FILE"
    assert anna.type("verify") == ["No round has been checked here yet."]
    assert anna.hear(Judged(judged(5, "draw"), "/x.json")) == [words, evidence]
    assert anna.type("verify") == [words, evidence]
    assert anna.type("verify 4") == ["Round 4 has not been checked here."]


def test_only_what_leaves_nothing_to_believe_has_a_tick() -> None:
    anna = Sitting().sit()
    for seen in (judged(5, greys=("joined", "withheld")), judged(5, "late", "void")):
        (line, *_) = anna.hear(Judged(seen))
        assert "✓" not in line
    assert anna.type("verify")[0] == (
        "✗ Round 5 does not add up: what was due did not come; a frozen round was called off."
        " Ask the host before you play on."
    )
    assert anna.hear(Judged(judged(6, greys=("joined",)))) == [
        "Round 6 is checked as far as it can be: your chain does not count yet: you came within"
        " the round."
    ]


def test_a_voided_round_says_why() -> None:
    anna = Sitting().sit()
    anna.bet("17 25")
    voided = rounds.RoundVoided(5, "the ball fell out")
    payout = rounds.PlayerSettled(5, 0, 500, (Payout(17, 25, 25),))
    assert anna.hear(voided, payout) == [
        "Round 5 is void (the ball fell out): every stake went back."
    ]


def test_a_round_that_was_voided_without_a_reason_has_none() -> None:
    anna = Sitting().sit()
    assert anna.hear(rounds.RoundVoided(5, "")) == ["Round 5 is void: every stake went back."]


def test_the_status_shows_the_phase_and_what_one_has() -> None:
    anna = Sitting().sit()
    assert anna.visit.status(0.0) == "round 5 · Bets are open · 500 chips"
    anna.bet("17 25", balance=475)
    assert anna.visit.status(0.0) == "round 5 · Bets are open · 475 chips · 25 on the table"
    anna.hear(rounds.DeadlineMoved(5, 12_000))
    assert anna.visit.status(0.5).startswith("round 5 · Bets are open 0:12 · ")
    anna.type("red 10")
    assert anna.visit.status(0.0).endswith("asking ...")
