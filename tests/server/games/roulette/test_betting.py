"""Chips on the layout: each limit reached exactly and passed by one, two faults at once, and whose
chips and answers they are.
"""

from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec

import pytest

from protocol.games.roulette.bets import BetsPlaced, BetsTakenBack
from protocol.games.roulette.fields import Bet, PlacedBet, SpotTotal
from protocol.games.roulette.rules import BLACK, RED, Group
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason
from protocol.limits import REQUEST_NUMBERS
from server.books.books import HOUSE, Books
from server.books.finished import as_json
from server.games import STATES
from server.games.roulette.betting import answer_again, place, take_back
from server.games.roulette.play import Roulette
from server.games.roulette.settings import Rules, Stakes
from server.refusal import Refusal
from tests.server.pure import means

ANNA, BERT, CLEO = 2, 3, 4
WALLETS = {ANNA: 500, BERT: 30, CLEO: 100}
PLAQUE = {
    **Rules().plaque,
    Group.STRAIGHT: Stakes(5, 50),
    Group.CHANCE: Stakes(2, 60),
}
Chips = Sequence[tuple[int, int]]
Why = tuple[Reason, int, int]
P = ParamSpec("P")


def opened() -> Roulette:
    """A table of three, at which every limit is near."""
    books = Books(STATES)
    for account, chips in WALLETS.items():
        books.enroll(account, f"Player {account}", "", "")
        books.grant(HOUSE, account, chips)
    table = Roulette(means(books), Rules(table_most=100, plaque=PLAQUE), 0.0)
    table.advance(0.0)
    return table


def lay(table: Roulette, account: int, *chips: tuple[int, int]) -> BetsPlaced:
    request = table.books.holders[account].last_request + 1
    return place(table, account, request, table.round.number, bets(chips))


def take(table: Roulette, account: int, *chips: tuple[int, int]) -> BetsTakenBack:
    request = table.books.holders[account].last_request + 1
    return take_back(table, account, request, table.round.number, bets(chips))


def bets(chips: Chips) -> tuple[Bet, ...]:
    return tuple(Bet(*each) for each in chips)


def why_not(
    do: Callable[Concatenate[Roulette, P], object],
    table: Roulette,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Why | None:
    """The reason, the figure and the spot; a refusal leaves everything as it was."""
    before = standing(table)
    try:
        do(table, *args, **kwargs)
    except Refusal as refusal:
        why = refusal.reason, refusal.figure, refusal.spot
    else:
        return None
    assert standing(table) == before
    return why


def standing(table: Roulette) -> object:
    return as_json(table.books.snapshot()), table.layout.version, table.layout.totals()


# --- laying ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "asked", "why"),
    [
        # One spot's least and most, at the edge and past it.
        ([], [(17, 5)], None),
        ([], [(17, 4)], (Reason.UNDER_LEAST, 5, 17)),
        ([], [(RED, 2)], None),
        ([], [(RED, 1)], (Reason.UNDER_LEAST, 2, RED)),
        ([(17, 5)], [(17, 1)], None),
        ([(17, 5)], [(17, 0)], (Reason.UNDER_LEAST, 5, 17)),
        ([(18, 5)], [(17, 1)], (Reason.UNDER_LEAST, 5, 17)),
        ([], [(17, 50)], None),
        ([], [(17, 51)], (Reason.OVER_MOST, 50, 17)),
        ([(17, 45)], [(17, 5)], None),
        ([(17, 45)], [(17, 6)], (Reason.OVER_MOST, 50, 17)),
        ([(17, 45)], [(18, 6)], None),
        ([], [(RED, 60)], None),
        ([], [(RED, 61)], (Reason.OVER_MOST, 60, RED)),
        # One spot twice, and none at all.
        ([], [(17, 5), (17, 5)], (Reason.OVER_MOST, 50, 17)),
        ([], [], (Reason.UNDER_LEAST, 0, NO_SPOT)),
        # The table's most.
        ([], [(17, 50), (18, 50)], None),
        ([], [(17, 50), (RED, 51)], (Reason.OVER_TABLE_MOST, 100, NO_SPOT)),
        ([(17, 50), (18, 10)], [(RED, 40)], None),
        ([(17, 50), (18, 10)], [(RED, 41)], (Reason.OVER_TABLE_MOST, 100, NO_SPOT)),
        # Two faults: the first that is named, and a spot's before the table's.
        ([], [(17, 4), (18, 51)], (Reason.UNDER_LEAST, 5, 17)),
        ([], [(18, 51), (17, 4)], (Reason.OVER_MOST, 50, 18)),
        ([], [(17, 50), (18, 50), (RED, 1)], (Reason.UNDER_LEAST, 2, RED)),
        ([], [(17, 50), (18, 50), (RED, 61)], (Reason.OVER_MOST, 60, RED)),
        ([(17, 50)], [(17, 0)], (Reason.UNDER_LEAST, 5, 17)),
        ([], [(17, 5), (17, 4)], (Reason.UNDER_LEAST, 5, 17)),
    ],
)
def test_a_limit_may_be_reached_and_not_passed(there: Chips, asked: Chips, why: Why | None) -> None:
    table = opened()
    if there:
        lay(table, ANNA, *there)
    assert why_not(lay, table, ANNA, *asked) == why


@pytest.mark.parametrize(
    ("there", "asked", "why"),
    [
        ([], [(17, 30)], None),
        ([], [(17, 31)], (Reason.NOT_ENOUGH_CHIPS, 30, NO_SPOT)),
        ([], [(17, 15), (RED, 15)], None),
        ([], [(17, 15), (RED, 16)], (Reason.NOT_ENOUGH_CHIPS, 30, NO_SPOT)),
        ([(17, 20)], [(RED, 10)], None),
        ([(17, 20)], [(RED, 11)], (Reason.NOT_ENOUGH_CHIPS, 10, NO_SPOT)),
        # Too dear for the wallet, and something else as well: that is said.
        ([], [(17, 50), (18, 50), (RED, 2)], (Reason.OVER_TABLE_MOST, 100, NO_SPOT)),
        ([], [(17, 51)], (Reason.OVER_MOST, 50, 17)),
        ([], [(18, 50), (17, 4)], (Reason.UNDER_LEAST, 5, 17)),
    ],
)
def test_the_last_chip_can_be_laid_and_no_more(there: Chips, asked: Chips, why: Why | None) -> None:
    table = opened()
    if there:
        lay(table, BERT, *there)
    assert why_not(lay, table, BERT, *asked) == why


def test_whose_chips_lie_there_is_nobody_elses_limit() -> None:
    table = opened()
    lay(table, ANNA, (17, 50), (18, 50))
    assert lay(table, CLEO, (17, 50), (18, 50)) == BetsPlaced(1, 1, 0, 100)
    assert table.round.bets == {ANNA: {17: 50, 18: 50}, CLEO: {17: 50, 18: 50}}


def test_what_is_wrong_with_the_round_is_said_before_what_is_wrong_with_the_bet() -> None:
    table = opened()

    def asked(number: int) -> Why | None:
        return why_not(place, table, ANNA, 9, number, ())

    table.means.disk.full = True
    assert asked(1) == (Reason.DISK_FULL, 0, NO_SPOT)
    assert why_not(lay, table, ANNA, (17, 5)) == (Reason.DISK_FULL, 0, NO_SPOT)
    table.close_betting(0.0)
    assert asked(1) == (Reason.BETTING_CLOSED, 0, NO_SPOT)
    for number in (0, 2):
        assert asked(number) == (Reason.WRONG_ROUND, 1, NO_SPOT)


def test_chips_go_from_the_wallet_to_the_spot_and_who_lays_them_is_not_ready() -> None:
    table = opened()
    table.ready |= {ANNA, BERT}
    assert place(table, ANNA, 7, 1, bets([(17, 10), (RED, 5)])) == BetsPlaced(7, 1, 485, 15)
    assert place(table, ANNA, 9, 1, bets([(17, 1)])) == BetsPlaced(9, 1, 484, 16)
    assert table.books.holders[ANNA].last_request == 9
    assert table.round.bets == {ANNA: {17: 11, RED: 5}}
    assert table.ready == {BERT}
    changes = table.layout.take_changes(1)
    assert changes
    assert changes.totals == (SpotTotal(17, 11, 1), SpotTotal(RED, 5, 1))


# --- taking back ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ([(17, 20)], None),
        ([(17, 15)], None),
        ([(17, 1)], None),
        ([(17, 16)], (Reason.UNDER_LEAST, 5, 17)),
        ([(17, 19)], (Reason.UNDER_LEAST, 5, 17)),
        ([(17, 21)], (Reason.NOTHING_THERE, 20, 17)),
        ([(17, 0)], (Reason.NOTHING_THERE, 20, 17)),
        ([(RED, 6)], None),
        ([(RED, 7)], (Reason.UNDER_LEAST, 2, RED)),
        ([(RED, 8), (17, 20)], None),
        ([(18, 1)], (Reason.NOTHING_THERE, 0, 18)),
        ([(BLACK, 1)], (Reason.NOTHING_THERE, 0, BLACK)),
        # One spot twice, and two faults: the first that is named.
        ([(17, 5), (17, 5)], (Reason.NOTHING_THERE, 20, 17)),
        ([(17, 5), (17, 16)], (Reason.NOTHING_THERE, 20, 17)),
        ([(17, 16), (18, 1)], (Reason.UNDER_LEAST, 5, 17)),
        ([(18, 1), (17, 16)], (Reason.NOTHING_THERE, 0, 18)),
        ([(RED, 8), (17, 21)], (Reason.NOTHING_THERE, 20, 17)),
    ],
)
def test_what_lies_there_can_be_taken_and_no_more(asked: Chips, why: Why | None) -> None:
    table = opened()
    lay(table, ANNA, (17, 20), (RED, 8))
    lay(table, CLEO, (18, 40))
    assert why_not(take, table, ANNA, *asked) == why


def test_who_names_no_chips_takes_all_of_his_and_nobody_elses() -> None:
    table = opened()
    lay(table, ANNA, (17, 20), (RED, 8))
    lay(table, CLEO, (17, 40))
    table.ready |= {ANNA, CLEO}
    table.layout.take_changes(1)
    assert take_back(table, ANNA, 7, 1, ()) == BetsTakenBack(7, 1, 500, 0)
    assert table.round.bets == {CLEO: {17: 40}}
    assert table.ready == {CLEO}
    assert table.books.holders[ANNA].last_request == 7
    changes = table.layout.take_changes(1)
    assert changes
    assert changes.latest == (PlacedBet(ANNA, 17, 0), PlacedBet(ANNA, RED, 0))
    assert changes.totals == (SpotTotal(17, 40, 1), SpotTotal(RED, 0, 0))
    assert table.layout.rows() == [(CLEO, 17, 40)]
    assert why_not(take, table, ANNA) == (Reason.NOTHING_THERE, 0, NO_SPOT)
    assert why_not(take, table, BERT) == (Reason.NOTHING_THERE, 0, NO_SPOT)


def test_some_chips_are_taken_and_the_others_stay() -> None:
    table = opened()
    lay(table, ANNA, (17, 20), (RED, 8))
    assert take(table, ANNA, (17, 15), (RED, 8)) == BetsTakenBack(2, 1, 495, 5)
    assert table.round.bets == {ANNA: {17: 5}}
    changes = table.layout.take_changes(1)
    assert changes
    assert (changes.players, changes.bets, changes.staked) == (1, 1, 5)


def test_what_lies_when_the_bets_are_closed_stays() -> None:
    table = opened()
    lay(table, ANNA, (17, 20))
    table.close_betting(0.0)
    for asked in ([], [(17, 20)], [(18, 1)]):
        why = why_not(take, table, ANNA, *asked)
        assert why == (Reason.BETTING_CLOSED, 0, NO_SPOT)
    for number in (0, 2):
        why = why_not(take_back, table, ANNA, 9, number, ())
        assert why == (Reason.WRONG_ROUND, 1, NO_SPOT)


def test_a_full_disk_leaves_the_chips_where_they_lie() -> None:
    table = opened()
    lay(table, ANNA, (17, 20))
    table.means.disk.full = True
    with pytest.raises(Refusal) as refused:
        take(table, ANNA)
    assert refused.value.reason is Reason.DISK_FULL
    table.means.disk.full = False
    assert take(table, ANNA) == BetsTakenBack(2, 1, 500, 0)


# --- a number that was used -----------------------------------------------------------------------


def again(
    table: Roulette, account: int, request: int, deed: str, number: int, *chips: tuple[int, int]
) -> object:
    try:
        return answer_again(table, request, account, deed, number, bets(chips))
    except Refusal as refusal:
        return refusal.reason


def test_a_request_that_was_done_gets_the_answer_that_it_got() -> None:
    table = opened()
    placed = place(table, ANNA, 7, 1, bets([(17, 20), (18, 5)]))
    taken = take_back(table, ANNA, 9, 1, bets([(17, 5)]))
    lay(table, ANNA, (RED, 8))
    assert again(table, ANNA, 7, "stake", 1, (17, 20), (18, 5)) == placed
    assert again(table, ANNA, 9, "refund", 1, (17, 5)) == taken
    assert again(table, ANNA, 11, "stake", 1, (17, 20)) is None
    table.advance(0.0)
    table.void(0.0, 1, "")
    table.advance(0.0)
    assert table.round.number == 2
    assert again(table, ANNA, 7, "stake", 1, (17, 20), (18, 5)) == placed


@pytest.mark.parametrize(
    ("request_number", "deed", "number", "chips"),
    [
        (7, "stake", 1, [(17, 20)]),
        (7, "stake", 1, [(18, 5), (17, 20)]),
        (7, "refund", 1, [(17, 20), (18, 5)]),
        (7, "stake", 2, [(17, 20), (18, 5)]),
        (8, "stake", 1, [(17, 20), (18, 5)]),
        (0, "stake", 1, [(17, 20), (18, 5)]),
        (9, "stake", 1, [(17, 5)]),
        (9, "refund", 1, []),
    ],
)
def test_a_used_number_with_anything_else_is_refused(
    request_number: int, deed: str, number: int, chips: Chips
) -> None:
    table = opened()
    place(table, ANNA, 7, 1, bets([(17, 20), (18, 5)]))
    take_back(table, ANNA, 9, 1, bets([(17, 5)]))
    assert again(table, ANNA, request_number, deed, number, *chips) is Reason.NUMBER_REUSED


def test_the_answer_of_another_account_is_not_given() -> None:
    table = opened()
    place(table, ANNA, 7, 1, bets([(17, 10)]))
    place(table, BERT, 7, 1, bets([(17, 5)]))
    place(table, BERT, 8, 1, bets([(17, 10)]))
    place(table, CLEO, 9, 1, bets([(18, 10)]))
    assert again(table, BERT, 7, "stake", 1, (17, 5)) == BetsPlaced(7, 1, 25, 5)
    assert again(table, ANNA, 7, "stake", 1, (17, 10)) == BetsPlaced(7, 1, 490, 10)
    assert again(table, BERT, 7, "stake", 1, (17, 10)) is Reason.NUMBER_REUSED
    assert again(table, CLEO, 7, "stake", 1, (17, 10)) is Reason.NUMBER_REUSED


def test_a_number_behind_which_none_could_follow_is_refused() -> None:
    table = opened()
    last = REQUEST_NUMBERS - 1
    assert again(table, ANNA, last, "stake", 1, (17, 5)) is None
    for number in (last + 1, last + 2):
        assert again(table, ANNA, number, "stake", 1, (17, 5)) is Reason.NUMBER_REUSED
    placed = place(table, ANNA, last, 1, bets([(17, 5)]))
    assert again(table, ANNA, last, "stake", 1, (17, 5)) == placed
