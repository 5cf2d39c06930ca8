"""What a house that cut the line, or goes back on its word, owes oneself: that is not forgotten."""

from dataclasses import replace
from typing import Any

import pytest

from client.games.roulette.fair.verdicts import Step
from client.games.roulette.state import Round, roulette
from client.house.state import Pending
from protocol.games.roulette import bets, records, rounds
from protocol.games.roulette.fields import Bet, Payout, PlacedBet
from protocol.games.roulette.lists import End, Phase, RoundState
from protocol.games.roulette.rules import returned
from protocol.house import door
from protocol.house.lists import Seat
from tests.client.games.roulette.fair.followed import (
    ROWS,
    SEEDS,
    House,
    listed,
    proven,
    refused,
    settled,
)
from tests.client.states import changed

BACK = returned(1, 10, settled(1).pocket)


def after_a_cut() -> House:
    """Somebody came back to a round that they have a say in, and that was frozen then."""
    house = House()
    house.seal(1)
    house.witness.shown(house.state, house.state)
    house.close(1)
    house.new()
    return house


@pytest.mark.parametrize("torn", [False, True])
def test_who_was_paid_nothing_knows_it_if_he_was_there(torn: bool) -> None:
    house = House()
    house.open(1, own={})
    (commit,) = house.new()
    house.answer(commit, door.Done(commit.number))
    if torn:
        house.witness.shown(house.state, house.state)
    house.close(1)
    house.new()
    house.witness.settled(settled(1), house.state)
    verdict = house.list(bets=())
    assert verdict is not None
    assert verdict.own.payouts == (None if torn else {})


PAID = records.OwnRoundEntry(1, RoundState.SETTLED, 0, 1, 0, (Payout(1, 10, BACK),))
OTHER_ROUND = replace(PAID, round_number=2, payouts=(Payout(3, 1, 1),))


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("told", "payouts"), [((OTHER_ROUND, PAID), {1: (10, BACK, End.PAID)}), ((OTHER_ROUND,), {})]
)
def test_who_may_have_missed_his_payout_asks_for_the_record_of_it(
    told: tuple[records.OwnRoundEntry, ...], payouts: dict[int, Any], known: bool
) -> None:
    house = House()
    house.seal(1)
    house.state = changed(house.state, round=replace(roulette(house.state).round, own_known=known))
    house.witness.shown(house.state, house.state)
    house.close(1)
    house.new()
    house.witness.settled(settled(1), house.state)
    house.record(*told)
    verdict = house.list()
    assert verdict is not None
    assert verdict.own.payouts == payouts
    assert verdict.failed is (None if payouts or not known else Step.OWN_PAYOUT)


def test_where_the_record_is_refused_nobody_says_that_the_round_holds() -> None:
    house = after_a_cut()
    house.witness.settled(settled(1), house.state)
    (record,) = house.new()
    assert house.answer(record, door.Done(record.number)) is None
    assert house.new() == []  # That says nothing.
    house.open(2)
    house.witness.settled(settled(1), house.state)
    record = house.new()[-1]
    assert isinstance(record, records.ListOwnRounds)
    assert house.answer(record, refused(record.number)) is None
    house.witness.settled(settled(1), house.state)
    assert house.new() == []


def test_a_record_that_a_person_asks_for_is_no_answer() -> None:
    house = after_a_cut()
    house.witness.settled(settled(1), house.state)
    (record,) = house.new()
    other = replace(record, number=77)
    said = records.OwnRoundsListed(77, (), more=False)
    assert house.answer(other, said) is None
    assert house.new() == []


@pytest.mark.parametrize("was", [{"own": {}}, {}])
def test_a_guest_or_who_had_no_bets_asks_for_no_record(was: dict[str, Any]) -> None:
    house = House()
    if not was:
        house.state = changed(house.state, account=0, seat=Seat.WATCHER)
    house.open(1, **was)
    house.witness.shown(house.state, house.state)
    house.close(1)
    house.new()
    house.witness.settled(settled(1), house.state)
    assert house.list() is not None


def test_what_was_known_of_a_round_is_known_where_the_table_went_on_meanwhile() -> None:
    house = House()
    house.play(1)
    house.new()
    before = house.state
    there = Round(3, Phase.BETTING, SEEDS[2], own_known=True)
    house.state = changed(before, round=there, previous=None)
    house.witness.shown(before, house.state)
    (listing,) = (each for each in house.new() if isinstance(each, bets.ListBets))
    verdict = house.answer(listing, listed(listing.number, 1))
    assert verdict is not None
    assert (verdict.own.bets, verdict.own.payouts) == ({1: 10}, {1: (10, BACK, End.PAID)})


def test_a_second_look_begins_with_the_first_page() -> None:
    house = House()
    for _ in range(2):
        house.witness.examine(1, house.state)
        (asked,) = house.new()
        house.answer(asked, proven(asked.number, 1, RoundState.SETTLED))
        (page,) = house.new()
        said = bets.BetsListed(page.number, 1, 1, (PlacedBet(*ROWS[0]),), more=True)
        assert house.answer(page, said) is None
        (page,) = house.new()
    said = bets.BetsListed(page.number, 1, 1, (PlacedBet(*ROWS[1]),), more=False)
    verdict = house.answer(page, said)
    assert verdict is not None
    assert verdict.holds


def test_a_look_at_a_round_that_is_not_judged_yet_forgets_nothing_of_it() -> None:
    house = House()
    house.play(1)
    house.new()
    over = house.state
    house.state = changed(over, round=Round(9), previous=None)
    house.witness.opened(over, house.state)
    house.witness.examine(1, house.state)
    asked = house.new()[-1]
    house.answer(asked, proven(asked.number, 1, RoundState.SETTLED))
    (page,) = house.new()
    verdict = house.answer(page, listed(page.number, 1))
    assert verdict is not None
    assert (verdict.own.bets, verdict.own.payouts) == ({1: 10}, {1: (10, BACK, End.PAID)})
    assert verdict.own.commitment is not None


def test_what_was_asked_before_a_cut_is_asked_again_after_it() -> None:
    house = House()
    house.play(1)
    (first,) = house.new()
    before = house.state
    house.at(2)
    house.witness.shown(before, house.state)
    again = [each for each in house.new() if isinstance(each, bets.ListBets)]
    assert [(each.round_number, each.number != first.number) for each in again] == [(1, True)]


@pytest.mark.parametrize(
    ("was", "asking", "told"),
    [
        ({"own": {1: 10}}, False, {1: 10}),
        ({"own": {1: 10}, "own_known": False}, False, {}),
        ({"own": {1: 10}}, True, {}),
        ({"own": {}}, False, {}),
    ],
)
def test_chips_that_are_gone_after_a_cut_are_held_against_the_house(
    was: dict[str, Any], asking: bool, told: dict[int, int]
) -> None:
    house = House()
    house.open(1, **was)
    (commit,) = house.new()
    house.answer(commit, door.Done(commit.number))
    before = house.state
    if asking:
        laid = bets.PlaceBets(3, 1, (Bet(1, 10),))
        before = replace(before, pending={3: Pending(laid, 1.0)})
    house.state = changed(
        house.state, round=replace(roulette(house.state).round, own={}, own_known=True)
    )
    house.witness.shown(before, house.state)
    house.close(1)
    house.new()
    house.witness.settled(settled(1), house.state)
    if told:
        house.record()
    verdict = house.list()
    assert verdict is not None
    assert verdict.own.bets == told


@pytest.mark.parametrize("way", ["shown", "opened"])
def test_a_house_that_goes_on_and_comes_back_is_held_to_the_chips(way: str) -> None:
    house = House()
    house.seal(1)
    for number in (2, 1):
        before = house.state
        house.at(number, own={})
        if way == "shown":
            house.witness.shown(before, house.state)
        else:
            house.witness.opened(before, house.state)
    asked = [each for each in house.new() if isinstance(each, records.AskProof)]
    house.close(1)
    house.new()
    house.witness.settled(settled(1), house.state)
    if way == "shown":
        house.record()
    else:
        house.answer(asked[0], proven(asked[0].number, 1, RoundState.SETTLED))
    verdict = house.list(bets=())
    assert verdict is not None
    assert verdict.own.bets == {1: 10}
    assert not verdict.holds


def test_who_contradicts_himself_twice_is_held_to_the_first_word() -> None:
    house = House()
    house.seal(1)
    for own in ({}, {2: 5}, {}):
        before = house.state
        house.state = changed(before, round=replace(roulette(before).round, own=own))
        house.witness.shown(before, house.state)
    house.close(1)
    house.new()
    house.witness.settled(settled(1), house.state)
    house.record()
    verdict = house.list(bets=())
    assert verdict is not None
    assert verdict.own.bets == {1: 10}


def test_chips_of_the_round_before_are_no_chips_of_this_one() -> None:
    house = House()
    house.seal(1)
    before = house.state
    house.witness.shown(before, house.at(2, own={}))
    (commit,) = (each for each in house.new() if isinstance(each, rounds.CommitSecret))
    house.answer(commit, door.Done(commit.number))
    house.close(2)
    house.new()
    house.witness.settled(settled(2), house.state)
    verdict = house.list()
    assert verdict is not None
    assert verdict.own.bets == {}


def test_chips_that_are_not_known_are_held_against_nobody() -> None:
    house = House()
    house.play(1)
    unsure = replace(roulette(house.state).round, own_known=False)
    house.state = changed(house.state, round=unsure)
    verdict = house.list()
    assert verdict is not None
    assert verdict.own.bets is None
