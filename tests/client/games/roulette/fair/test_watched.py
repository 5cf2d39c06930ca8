"""A round that is watched: what is missing of it is asked for, until it can be judged."""

from dataclasses import replace

import pytest

from client.fair.chain import AT_ONCE
from client.games.roulette.fair import follow
from client.games.roulette.fair.follow import ROUNDS_WATCHED
from client.games.roulette.fair.verdicts import Own, Step, Verdict
from client.games.roulette.state import Round
from protocol import fairness
from protocol.games.roulette import bets, records, rounds
from protocol.games.roulette.fields import Payout, PlacedBet
from protocol.games.roulette.lists import End, Phase, RoundState
from protocol.games.roulette.rules import SPOTS, returned
from protocol.house import door
from protocol.house.lists import Seat
from tests.client.games.roulette.fair.followed import (
    ME,
    ROWS,
    SEEDS,
    TABLE,
    House,
    closed,
    listed,
    proven,
    refused,
    settled,
)
from tests.client.known import TABLE as INTRODUCED
from tests.client.states import changed

BACK = returned(1, 10, settled(1).pocket)

# --- what is missing ------------------------------------------------------------------------------


def test_a_round_that_was_passed_over_is_asked_for() -> None:
    house = House()
    house.seal(1)
    house.open(2)
    commit, asked = house.new()
    assert (type(commit), asked.round_number) == (rounds.CommitSecret, 1)
    house.open(3)  # It is on its way.
    assert [type(each) for each in house.new()].count(records.AskProof) == 1
    assert house.answer(asked, proven(asked.number, 1, RoundState.SETTLED)) is None
    (listing,) = (each for each in house.new() if isinstance(each, bets.ListBets))
    assert (listing.round_number, listing.after_account, listing.after_spot) == (1, 0, 0)
    verdict = house.answer(listing, listed(listing.number, 1))
    assert verdict is not None
    assert verdict.failed is Step.OWN_PAYOUT  # One was there, and was told of none.


def test_an_answer_is_taken_once_and_by_whom_it_was_meant_for() -> None:
    house = House()
    house.play(1)
    (listing,) = house.new()
    other = replace(listing, number=77)
    assert house.answer(other, listed(77, 1)) is None
    gone = replace(listing, round_number=9)
    assert house.answer(gone, listed(listing.number, 9)) is None
    assert house.answer(listing, listed(listing.number, 1)) is not None
    assert house.answer(listing, listed(listing.number, 1)) is None


def test_where_the_bets_are_refused_the_rest_is_judged() -> None:
    house = House()
    house.play(1)
    (listing,) = house.new()
    verdict = house.answer(listing, refused(listing.number))
    assert verdict is not None
    assert (verdict.failed, verdict.full, verdict.own.listed) == (None, False, None)


def test_so_many_rounds_are_watched_at_once() -> None:
    house = House()
    for number in range(1, ROUNDS_WATCHED + 2):
        house.seal(number)
    house.new()
    for number in (1, 2):
        said = rounds.RoundVoided(number, SEEDS[number], "wine")
        verdict = house.witness.voided(said, house.state)
        assert (verdict is None) is (number == 1)
    assert house.witness.closed(closed(1), house.state) is None
    house.witness.settled(settled(1), house.state)
    assert house.new() == []


def test_another_table_has_another_chain() -> None:
    house = House()
    house.seal(1)
    there, last = b"u" * 16, b"w" * 32
    middle = fairness.previous_seed(there, last)
    anchor = fairness.previous_seed(there, middle)
    other = replace(INTRODUCED, draw=there, anchor=anchor)
    house.state = changed(house.state, introduced=other, round=Round(2, Phase.BETTING, middle))
    house.witness.opened(house.state, house.state)
    assert house.witness.voided(rounds.RoundVoided(1, SEEDS[1], ""), house.state) is None
    over = rounds.RoundVoided(2, last, "")
    assert house.witness.voided(over, house.state) == Verdict(2, None)


def test_an_answer_that_says_nothing_leaves_the_question_open() -> None:
    house = House()
    house.seal(1)
    house.open(2)
    (asked,) = (each for each in house.new() if isinstance(each, records.AskProof))
    assert house.answer(asked, door.Done(asked.number)) is None
    house.open(3)
    again = [each.round_number for each in house.new() if isinstance(each, records.AskProof)]
    assert again == [1, 2]


def test_what_is_missing_is_asked_for_again_whatever_was_answered() -> None:
    house = House()
    house.seal(1)
    house.witness.settled(settled(1), house.state)  # And nobody had told of the freeze.
    (asked,) = house.new()
    assert asked == records.AskProof(asked.number, 1)
    assert house.answer(asked, door.Done(asked.number)) is None
    house.open(2)
    *_, again = house.new()
    assert again == records.AskProof(again.number, 1)
    assert house.answer(again, proven(again.number, 1, RoundState.SETTLED)) is None
    assert isinstance(house.new()[-1], bets.ListBets)


def test_a_freeze_alone_is_not_judged() -> None:
    house = House()
    house.seal(1)
    house.close(1)
    house.new()
    for number, said in ((2, door.Done(0)), (3, listed(0, 1))):
        house.open(number)
        (asked,) = (each for each in house.new() if getattr(each, "round_number", 0) == 1)
        assert asked == records.AskProof(asked.number, 1)
        assert house.answer(asked, said) is None


def test_what_the_table_has_shown_since_is_not_asked_for() -> None:
    """One comes back, and the house's record of the round is there already."""
    entry = records.OwnRoundEntry(1, RoundState.SETTLED, 0, 1, 0, (Payout(1, 10, BACK),))
    for comes_back in (True, False):
        house = House()
        house.seal(1)
        house.close(1)
        house.witness.settled(settled(1), house.state)
        house.new()
        before = house.state
        if not comes_back:
            house.witness.shown(before, before)
            (record,) = house.new()[-1:]
            assert record == records.ListOwnRounds(record.number, 2)
            house.answer(record, door.Done(record.number))  # No answer.
            house.at(2)
        house.state = changed(house.state, own_rounds=(entry,))
        then = house.witness.shown if comes_back else house.witness.opened
        then(before, house.state)
        listing = house.new()[-1]
        assert listing == bets.ListBets(listing.number, 1, 0, 0)


def test_the_seed_that_a_round_was_opened_with_is_kept() -> None:
    house = House()
    house.seal(1)
    house.open(2)
    (asked,) = (each for each in house.new() if isinstance(each, records.AskProof))
    other = proven(asked.number, 1, RoundState.SETTLED, seed_before=b"x" * 32)
    assert house.answer(asked, other) is None
    (page,) = (each for each in house.new() if isinstance(each, bets.ListBets))
    verdict = house.answer(page, listed(page.number, 1))
    assert verdict is not None
    assert verdict.failed is Step.OWN_PAYOUT  # One was there, and was paid nothing.
    assert verdict.round is not None
    assert verdict.round.seed_before == SEEDS[0]


def test_what_is_judged_is_asked_for_no_more() -> None:
    house = House()
    judged_first(house)
    house.witness.shown(house.state, house.state)
    assert [each for each in house.new() if not isinstance(each, rounds.CommitSecret)] == []


def test_a_thorough_look_is_not_let_go_for_the_rounds_in_play() -> None:
    house = House()
    house.witness.examine(1, changed(house.state, round=Round(9)))
    (asked,) = house.new()
    house.witness.shown(house.state, house.at(10))
    for number in range(11, 11 + ROUNDS_WATCHED):
        house.open(number)
    house.new()
    again = replace(asked, number=0)
    house.witness.examine(1, house.state)
    (asked,) = house.new()
    assert replace(asked, number=0) == again
    house.open(15 + ROUNDS_WATCHED)
    house.new()
    assert house.answer(asked, proven(asked.number, 1, RoundState.SETTLED)) is None
    assert [type(each) for each in house.new()] == [bets.ListBets]


# --- pages ----------------------------------------------------------------------------------------


def judged_first(house: House) -> Verdict:
    house.play(1)
    verdict = house.list()
    assert verdict is not None
    return verdict


def test_of_a_long_list_only_ones_own_page_is_fetched() -> None:
    house = House()
    house.play(1)
    (listing,) = house.new()
    page = replace(listed(listing.number, 1), more=True)
    assert house.answer(listing, page) is None
    (own,) = house.new()
    assert own == bets.ListBets(own.number, 1, ME - 1, len(SPOTS) - 1)
    verdict = house.answer(own, replace(page, number=own.number))
    assert verdict is not None
    assert (verdict.holds, verdict.full, verdict.own.listed) == (True, False, {1: 10})


def test_the_first_account_has_a_page_of_its_own_too() -> None:
    house = House()
    house.state = changed(house.state, account=1, seat=Seat.WATCHER)
    house.open(1)
    house.close(1)
    house.witness.settled(settled(1), house.state)
    (listing,) = house.new()
    assert house.answer(listing, replace(listed(listing.number, 1), more=True)) is None
    (own,) = house.new()
    assert (own.after_account, own.after_spot) == (0, len(SPOTS) - 1)
    verdict = house.answer(own, bets.BetsListed(own.number, 1, 1, (), more=False))
    assert verdict is not None
    assert not verdict.full


def test_who_has_no_account_has_no_page_of_his_own() -> None:
    house = House()
    house.state = changed(house.state, account=0, seat=Seat.WATCHER)
    house.open(1)
    house.close(1)
    house.settle(1)
    (listing,) = house.new()
    verdict = house.answer(listing, replace(listed(listing.number, 1), more=True))
    assert verdict is not None
    assert house.new() == []
    assert verdict.own == Own(0, None, {}, None, None, None, linked=True)


def test_a_thorough_look_reads_to_the_end_and_remembers_ones_own_part() -> None:
    house = House()
    first = judged_first(house)
    house.state = changed(house.state, verdicts={1: first}, round=Round(2), previous=None)
    house.witness.examine(1, house.state)
    (asked,) = house.new()
    assert asked == records.AskProof(asked.number, 1)
    assert house.answer(asked, proven(asked.number, 1, RoundState.SETTLED)) is None
    for after, row, more in (((0, 0), ROWS[0], True), (ROWS[0][:2], ROWS[1], False)):
        (page,) = house.new()
        assert (page.after_account, page.after_spot) == after
        said = bets.BetsListed(page.number, 1, 1, (PlacedBet(*row),), more)
        verdict = house.answer(page, said)
    assert verdict is not None
    assert (verdict.failed, verdict.full) == (None, True)
    assert verdict.own == first.own
    assert verdict.round == first.round


def test_a_second_look_takes_the_list_that_it_was_shown() -> None:
    house = House()
    first = judged_first(house)
    house.state = changed(house.state, verdicts={1: first}, round=Round(2), previous=None)
    house.witness.examine(1, house.state)
    (asked,) = house.new()
    house.answer(asked, proven(asked.number, 1, RoundState.SETTLED))
    (page,) = house.new()
    other = bets.BetsListed(page.number, 1, 1, (PlacedBet(ME, 1, 11),), more=False)
    verdict = house.answer(page, other)
    assert verdict is not None
    assert verdict.failed is Step.BETS
    assert verdict.own == replace(first.own, listed={1: 11})


def test_a_thorough_look_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "MOST_BETS", 2)
    house = House()
    house.witness.examine(1, house.state)
    (asked,) = house.new()
    house.answer(asked, proven(asked.number, 1, RoundState.SETTLED))
    for row in ROWS:
        (page,) = house.new()
        said = bets.BetsListed(page.number, 1, 1, (PlacedBet(*row),), more=True)
        assert house.answer(page, said) is None
    (own,) = house.new()
    assert (own.after_account, own.after_spot) == (ME - 1, len(SPOTS) - 1)


def test_a_page_with_nothing_on_it_is_the_last_that_is_asked_for() -> None:
    house = House()
    house.witness.examine(1, house.state)
    (asked,) = house.new()
    house.answer(asked, proven(asked.number, 1, RoundState.SETTLED))
    (page,) = house.new()
    empty = bets.BetsListed(page.number, 1, 1, (), more=True)
    assert house.answer(page, empty) is None
    (own,) = house.new()
    assert (own.after_account, own.after_spot) == (ME - 1, len(SPOTS) - 1)


def test_a_round_in_play_is_not_examined() -> None:
    house = House()
    house.seal(1)
    house.witness.examine(1, house.state)
    assert house.new() == []
    house.close(1)
    house.new()
    house.settle(1)
    house.new()
    house.witness.examine(1, house.state)
    assert [type(each) for each in house.new()] == [records.AskProof]


def test_of_a_round_of_which_nothing_was_kept_one_knows_what_the_state_knows() -> None:
    house = House()
    entry = records.OwnRoundEntry(1, RoundState.SETTLED, 0, 1, 0, (Payout(1, 10, 999),))
    before = replace(entry, round_number=2, payouts=(Payout(2, 1, 0),))
    unkept = Verdict(1, Step.CHAIN, own=Own(ME, {9: 9}))
    house.state = changed(
        house.state, own_rounds=(before, entry), round=Round(9), verdicts={1: unkept}
    )
    house.witness.examine(1, house.state)
    (asked,) = house.new()
    house.answer(asked, proven(asked.number, 1, RoundState.SETTLED))
    (page,) = house.new()
    verdict = house.answer(page, listed(page.number, 1))
    assert verdict is not None
    assert verdict.failed is Step.OWN_PAYOUT
    assert verdict.own == Own(ME, None, {1: 10}, None, None, {1: (10, 999, End.PAID)}, linked=True)
    assert house.new() == []


# --- the chain ------------------------------------------------------------------------------------


def test_a_wide_gap_is_walked_while_the_game_goes_on() -> None:
    far = AT_ONCE + 3
    for anchor, holds in ((SEEDS[0], True), (b"x" * 32, False)):
        house = House()
        house.state = changed(
            house.state, introduced=replace(INTRODUCED, draw=TABLE, anchor=anchor)
        )
        assert house.witness.walk(house.state) is None
        busy = [house.witness.busy]
        house.open(far)
        busy.append(house.witness.busy)
        assert busy == [False, True]
        steps = []
        while house.witness.busy:
            steps.append(house.witness.walk(house.state))
        wrong = Verdict(far, Step.CHAIN, full=False)
        assert steps == [None, None if holds else wrong]
        said = rounds.RoundVoided(far, SEEDS[far], "")
        verdict = house.witness.voided(said, house.state)
        assert verdict == Verdict(far, None if holds else Step.CHAIN)


def test_a_seed_that_leads_elsewhere_is_told_with_its_round() -> None:
    house = House()
    house.seal(1)
    house.close(1)
    house.new()
    other = replace(settled(1), seed=b"x" * 32)
    house.witness.settled(other, house.state)
    verdict = house.list()
    assert verdict is not None
    assert verdict.failed is Step.CHAIN
    assert not verdict.own.linked
