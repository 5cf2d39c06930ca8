"""Chips on the layout: whose they are, how many are known, and whether these are all."""

from dataclasses import replace
from typing import Any

import pytest

from client.games.roulette import reduce
from client.games.roulette.state import pending_chips, roulette
from client.house import bounds
from client.house.reduce import paged
from client.house.state import HouseState
from protocol.games.roulette import bets
from protocol.games.roulette.fields import Bet, PlacedBet, SpotTotal
from protocol.house import talk
from tests.client.known import KNOWN, ME, asked, changes
from tests.client.states import changed, over

PLACED = bets.BetsPlaced(3, 7, 470, 40)
TAKEN = bets.BetsTakenBack(3, 7, 530, 0)
OTHERS = {(8, 2): 5}
assert roulette(KNOWN).round.own == {1: 10}


def place(*row: Bet, round_number: int = 7) -> HouseState:
    return asked(bets.PlaceBets(3, round_number, row))


def take(*row: Bet, round_number: int = 7) -> HouseState:
    return asked(bets.TakeBackBets(3, round_number, row))


@pytest.mark.parametrize(
    ("before", "said", "own"),
    [
        (place(Bet(1, 30), Bet(4, 1)), PLACED, {1: 40, 4: 1}),
        (take(Bet(1, 9)), TAKEN, {1: 1}),
        (take(Bet(1, 10)), TAKEN, {}),
        (take(Bet(1, 11)), TAKEN, {}),
        (take(), TAKEN, {}),
    ],
)
def test_an_answer_changes_ones_own_chips_and_no_others(
    before: HouseState, said: Any, own: dict[int, int]
) -> None:
    lying = {**OTHERS, **{(ME, spot): amount for spot, amount in own.items()}}
    assert changes(before, said) == {
        "pending": {},
        "balance": said.balance,
        "round": replace(roulette(KNOWN).round, own=own, bets=lying),
    }


def test_an_answer_may_come_after_its_round() -> None:
    told = changes(place(Bet(3, 5), round_number=6), replace(PLACED, round_number=6))
    assert told == {
        "pending": {},
        "balance": 470,
        "previous": replace(over(KNOWN), own={3: 25}, bets={(ME, 3): 25}),
    }
    gone = changes(place(Bet(3, 5), round_number=5), replace(PLACED, round_number=5))
    assert gone == {"pending": {}, "balance": 470}


def test_what_the_table_has_shown_already_is_no_news() -> None:
    assert changes(KNOWN, PLACED) == {}
    again = place(Bet(1, 30))
    again = replace(again, pending={3: replace(again.pending[3], again=True)})
    assert changes(again, PLACED) == {"pending": {}}
    assert changes(asked(talk.Say(3, "x")), PLACED) == {"pending": {}}


def test_chips_are_added_and_spots_without_any_are_left_out() -> None:
    own = {1: 5, 2: 3}
    assert reduce.added(own, (Bet(2, 1), Bet(3, 4))) == {1: 5, 2: 4, 3: 4}
    assert reduce.added(own, (Bet(1, 4), Bet(2, 3)), -1) == {1: 1}
    assert own == {1: 5, 2: 3}


def broadcast(**changed: Any) -> bets.BetsChanged:
    said = bets.BetsChanged(
        7, 5, 3, 4, 77, (SpotTotal(1, 0, 0), SpotTotal(2, 9, 2)),
        (PlacedBet(8, 2, 0), PlacedBet(9, 2, 4), PlacedBet(ME, 1, 11)), complete=True,
    )  # fmt: skip
    return replace(said, **changed)


def test_a_broadcast_says_what_lies_there_now() -> None:
    told = {
        "round": replace(
            roulette(KNOWN).round, totals={2: SpotTotal(2, 9, 2)}, bets={(ME, 1): 11, (9, 2): 4},
            players=3, count=4, staked=77, revision=5,
        )
    }  # fmt: skip
    assert changes(KNOWN, broadcast()) == told
    same = changes(KNOWN, broadcast(revision=4))
    assert same["round"] == replace(told["round"], revision=4)
    assert changes(KNOWN, broadcast(revision=3)) == {}
    assert changes(KNOWN, broadcast(round_number=5, revision=99)) == {}
    assert changes(KNOWN, broadcast(round_number=6, revision=9))["previous"].count == 4


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("count", [0, 4])
def test_all_bets_are_known_while_no_broadcast_left_one_out(
    known: bool, complete: bool, count: int
) -> None:
    before = changed(KNOWN, round=replace(roulette(KNOWN).round, bets_known=known))
    told = changes(before, broadcast(complete=complete, bets=count))
    assert told["round"].bets_known is (count == 0 or (known and complete))


def full() -> dict[tuple[int, int], int]:
    return {(account, 1): 1 for account in range(1, bounds.BETS_KEPT + 1)}


def test_more_bets_than_are_kept_are_not_all_of_them() -> None:
    before = changed(KNOWN, round=replace(roulette(KNOWN).round, bets=full()))
    same = broadcast(latest=(PlacedBet(1, 1, 5),))
    assert changes(before, same)["round"].bets_known
    told = changes(before, broadcast(latest=(PlacedBet(1, 2, 5),)))["round"]
    assert not told.bets_known
    assert len(told.bets) == bounds.BETS_KEPT * 3 // 4
    listing = replace(before, pending=asked(bets.ListBets(3, 7, 1, 1)).pending)
    page = bets.BetsListed(3, 7, 1, tuple(PlacedBet(a, 2, 1) for a in (2, 3)), more=True)
    told = changes(listing, replace(page, more=False))["round"]
    assert (told.bets, told.bets_known) == ({(1, 1): 1, (2, 2): 1, (3, 2): 1}, True)
    assert not changes(listing, page)["round"].bets_known
    last = replace(before, pending=asked(bets.ListBets(3, 7, bounds.BETS_KEPT, 1)).pending)
    beyond = (PlacedBet(bounds.BETS_KEPT + 1, 1, 1),)
    assert not changes(last, replace(page, bets=beyond, more=False))["round"].bets_known


def listing(after: tuple[int, int] = (0, 0), **round_: Any) -> HouseState:
    there = {(0, 0): 9, (1, 0): 9, (1, 1): 1, (2, 2): 2, (2, 3): 3, (4, 4): 4}
    what: Any = {"bets": there, "count": 6, **round_}
    return changed(asked(bets.ListBets(3, 7, *after)), round=replace(roulette(KNOWN).round, **what))


PAGE = bets.BetsListed(3, 7, 4, (PlacedBet(1, 1, 7), PlacedBet(2, 2, 8), PlacedBet(2, 9, 0)), True)
ON_PAGE = {(1, 1): 7, (2, 2): 8}


@pytest.mark.parametrize(
    ("after", "more", "kept"),
    [
        ((0, 0), True, {(4, 4): 4}),
        ((0, 0), False, {}),
        ((1, 0), True, {(0, 0): 9, (1, 0): 9, (4, 4): 4}),
        ((1, 0), False, {(0, 0): 9, (1, 0): 9}),
    ],
)
def test_a_page_holds_for_all_that_lies_between_its_ends(
    after: tuple[int, int], more: bool, kept: dict[tuple[int, int], int]
) -> None:
    before = listing(after)
    told = changes(before, replace(PAGE, more=more))
    known = roulette(before).round.bets_known and not more
    assert told == {
        "pending": {},
        "round": replace(roulette(before).round, bets=kept | ON_PAGE, bets_known=known),
    }


def test_what_a_page_says_is_newer_than_all_that_was_known() -> None:
    before = {(0, 0): 9, (2, 2): 1, (4, 4): 4}
    page = paged(before, {(1, 1): 7, (2, 2): 8}, (0, 0), more=True)
    assert [*page.items()] == [((0, 0), 9), ((4, 4), 4), ((1, 1), 7), ((2, 2), 8)]


def test_an_empty_page_is_the_end() -> None:
    empty = replace(PAGE, bets=(), more=False)
    assert changes(listing(), empty)["round"].bets == {}
    assert changes(listing((2, 2)), empty)["round"].bets == {
        key: amount for key, amount in roulette(listing()).round.bets.items() if key <= (2, 2)
    }


@pytest.mark.parametrize(
    ("after", "count", "known"),
    [((0, 0), 99, True), ((1, 0), 5, True), ((1, 0), 4, False), ((1, 0), 6, False)],
)
def test_the_last_page_makes_all_known_if_the_others_were_there(
    after: tuple[int, int], count: int, known: bool
) -> None:
    before = listing(after, bets_known=False, count=count)
    last = replace(PAGE, more=False)
    assert changes(before, last)["round"].bets_known is known
    assert not changes(before, PAGE)["round"].bets_known
    sure = listing(after, bets_known=True, count=count)
    assert reduce_known(sure, last)


def reduce_known(before: HouseState, said: bets.BetsListed) -> bool:
    told: bool = changes(before, said)["round"].bets_known
    return told


def test_a_page_that_nobody_asked_for_says_nothing() -> None:
    assert changes(KNOWN, PAGE) == {}
    assert changes(asked(talk.Say(3, "x")), PAGE) == {"pending": {}}
    assert changes(listing(), replace(PAGE, round_number=5)) == {"pending": {}}


def test_pending_chips_are_those_of_this_round() -> None:
    own = replace(roulette(KNOWN).round, own={1: 10, 2: 5})
    before = asked(
        talk.Say(1, "x"),
        bets.PlaceBets(2, 6, (Bet(1, 99),)),
        bets.PlaceBets(3, 7, (Bet(1, 3), Bet(4, 2))),
        bets.TakeBackBets(4, 7, (Bet(1, 1),)),
        bets.PlaceBets(5, 7, (Bet(4, 1),)),
        bets.PlaceBets(7, 7, ()),
    )
    assert pending_chips(changed(before, round=own)) == {1: 2, 4: 3}
    everything = {**before.pending, 6: asked(bets.TakeBackBets(6, 7, ())).pending[6]}
    assert pending_chips(changed(before, round=own, pending=everything)) == {1: -8, 4: 3, 2: -5}
    assert own.at_stake == 15
