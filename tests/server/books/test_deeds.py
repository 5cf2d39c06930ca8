"""Every deed of the books: what it moves, and in which state of a round it is lawful."""

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from protocol.limits import ANSWERS_KEPT
from server.books.books import HOUSE, Books, Holder
from server.books.finished import as_json
from server.books.purse import BooksError, Purse
from server.books.till import Answer, Till, digest_of
from server.games import STATES
from server.games.roulette.state import RESULTS_KEPT, History, RouletteState, Round, State
from tests.server.nights import HASH, Night

ANNA, BERT, CLEO = 2, 9, 11


def opened() -> Night:
    """Three with 100 chips each, and a first round; the journal is empty."""
    night = Night(draw="aa" * 16, anchor="bb" * 32)
    for account in (BERT, ANNA, CLEO):
        night.enroll(account, f"P{account}", f"token {account}", f"10.0.0.{account}")
        night.grant(account, 100)
    night.open(1)
    night.take_journal()
    return night


def bring(night: Night, state: State) -> Night:
    """Go on with the round to this state."""
    number = night.round.number
    if state is State.VOID:
        night.void(number, "", HASH)
    if state in (State.FROZEN, State.SETTLED):
        night.freeze(number)
    if state is State.SETTLED:
        night.settle(number, 3, [0] * len(night.till.stakes), HASH)
    night.take_journal()
    return night


def wallets(night: Night) -> list[int]:
    return [night.wallet(account) for account in (ANNA, BERT, CLEO)]


def totals(night: Night) -> tuple[int, int, int]:
    return night.purse.mint, night.purse.in_pots, night.purse.bank


def unchanged(night: Night, do: Callable[..., None], *args: Any) -> bool:
    """Whether this is refused, and leaves all as it was."""
    before = as_json([night.books.snapshot(), night.books.journal])
    with pytest.raises(BooksError):
        do(*args)
    return as_json([night.books.snapshot(), night.books.journal]) == before


OPEN, FROZEN = State.OPEN, State.FROZEN
OVER = State.SETTLED, State.VOID


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("name", "arguments", "lawful", "written"),
    [
        ("lay", (ANNA, 9, [(17, 5)]), [OPEN], ("stake", 1, ANNA, 9, 5, [1, [[17, 5]]])),
        ("take", (ANNA, 9, [(17, 5)]), [OPEN], ("refund", 1, ANNA, 9, 5, [1, [[17, 5]]])),
        ("take", (ANNA, 9, []), [OPEN], ("refund", 1, ANNA, 9, 10, [1, []])),
        ("freeze", (), [OPEN], ("play", 1, "freeze", [1])),
        ("void", ("why", "r"), [OPEN], ("give_back", 1, 1, (), "r", ["why"])),
        ("settle", (3, [0], "r"), [FROZEN], ("settle", 1, 1, [0], (), "r", [3, ()])),
    ],
)
def test_a_deed_is_done_in_its_state_and_in_its_round(
    name: str, arguments: tuple[Any, ...], lawful: list[State], written: Any, state: State
) -> None:
    night = opened()
    night.lay(1, ANNA, 8, [(17, 10)])
    bring(night, state)
    do = getattr(night, name)
    for number in (0, 2):
        assert unchanged(night, do, number, *arguments)
    if state not in lawful:
        assert unchanged(night, do, 1, *arguments)
    else:
        do(1, *arguments)
        assert night.books.journal == [written]


@pytest.mark.parametrize("state", State)
def test_the_next_round_opens_when_this_one_is_over(state: State) -> None:
    night = bring(opened(), state)
    for number in (0, 1, 3):
        assert unchanged(night, night.open, number)
    if state not in OVER:
        assert unchanged(night, night.open, 2)
    else:
        night.open(2)
        assert night.round == Round(2)


def test_a_till_is_opened_once_and_a_name_given_once() -> None:
    night = opened()
    books = night.books
    assert (night.till.draw, night.till.anchor) == ("aa" * 16, "bb" * 32)
    assert (night.till.game, night.till.name, night.till.purse) == ("roulette", "", HOUSE)
    assert unchanged(night, books.open_till, 1, "roulette", "", HOUSE, "cc", "dd")
    assert unchanged(night, books.open_till, 2, "roulette", "", 7, "cc", "dd")
    assert unchanged(night, books.enroll, ANNA, "Somebody", "", "")
    assert unchanged(night, books.enroll, 77, "P9", "", "")
    assert books.holders[ANNA] == Holder(ANNA, "P2", "token 2", "10.0.0.2")
    books.entrust(ANNA, "other", "10.0.0.77")
    assert books.holders[ANNA] == Holder(ANNA, "P2", "other", "10.0.0.77")
    assert books.named["P2"] is books.holders[ANNA]
    assert books.holders[BERT].token == "token 9"


def test_a_game_does_its_own_deeds_and_no_others() -> None:
    night = opened()
    for name in ("stake", "refund", "settle", "give_back", "snapshot", "_verify", "nothing"):
        assert unchanged(night, night.books.play, 1, name, [1])
    assert unchanged(night, night.books.stake, 1, ANNA, 5, 4, [1, [[17, 5]]])  # 4 are not 5.
    night.lay(1, ANNA, 5, [(17, 5), (18, 5)])
    assert unchanged(night, night.books.refund, 1, ANNA, 6, 9, [1, []])
    assert unchanged(night, night.books.refund, 1, ANNA, 6, 4, [1, [[17, 5]]])


def test_chips_come_from_the_mint_and_not_less_than_one() -> None:
    night = opened()
    assert (wallets(night), totals(night)) == ([100, 100, 100], (-300, 0, 0))
    for chips in (0, -1):
        assert unchanged(night, night.grant, ANNA, chips)
    night.grant(ANNA, 1)
    assert (wallets(night), totals(night)) == ([101, 100, 100], (-301, 0, 0))


def test_a_bet_goes_from_the_wallet_to_the_table() -> None:
    night = opened()
    night.lay(1, ANNA, 5, [(17, 10), (3, 2), (17, 1)])
    night.lay(1, BERT, 5, [(17, 100)])
    night.lay(1, ANNA, 7, [(3, 4)])
    assert (wallets(night), totals(night)) == ([83, 0, 100], (-300, 117, 0))
    assert night.round.bets == {ANNA: {17: 11, 3: 6}, BERT: {17: 100}}
    assert night.till.stakes == {ANNA: 17, BERT: 100}
    assert [night.books.holders[each].last_request for each in (ANNA, BERT, CLEO)] == [7, 5, 0]
    for bets in ([(17, 0)], [(17, -1)], [(17, 84)], [(17, 80), (18, 4)], [(17, 5), (18, 0)]):
        assert unchanged(night, night.lay, 1, ANNA, 8, bets)
    night.books.check()


def test_chips_taken_back_go_to_the_wallet_that_they_came_from() -> None:
    night = opened()
    night.lay(1, ANNA, 5, [(17, 10), (3, 2)])
    night.lay(1, BERT, 5, [(17, 50)])
    night.take(1, ANNA, 6, [(17, 4)])
    assert (wallets(night), totals(night)) == ([92, 50, 100], (-300, 58, 0))
    assert night.round.bets == {ANNA: {17: 6, 3: 2}, BERT: {17: 50}}
    assert night.till.stakes == {ANNA: 8, BERT: 50}
    night.take(1, ANNA, 7, [(17, 6)])
    assert night.round.bets[ANNA] == {3: 2}
    night.take(1, ANNA, 8, [])
    assert (night.round.bets, night.till.stakes) == ({BERT: {17: 50}}, {BERT: 50})
    assert (wallets(night), totals(night)) == ([100, 50, 100], (-300, 50, 0))
    for bets in ([(17, 51)], [(18, 1)], [(17, 0)], [(17, -1)]):
        assert unchanged(night, night.take, 1, BERT, 6, bets)
    night.take(1, BERT, 6, [(17, 50)])
    assert (night.round.bets, night.purse.in_pots) == ({}, 0)
    night.books.check()


def test_each_player_gets_what_is_his_and_the_bank_the_rest() -> None:
    night = opened()
    night.lay(1, BERT, 5, [(17, 10)])
    night.lay(1, ANNA, 5, [(3, 20)])
    night.lay(1, CLEO, 5, [(4, 30)])
    bring(night, State.FROZEN)
    for returned in ([1, 2], [1, 2, 3, 4], [1, -1, 2]):
        assert unchanged(night, night.settle, 1, 7, returned, HASH)
    night.settle(1, 7, [5, 90, 0], HASH)
    assert wallets(night) == [85, 180, 70]
    assert totals(night) == (-300, 0, -35)
    assert (night.round.state, night.till.stakes) == (State.SETTLED, {})
    assert night.state.history == History(1, 1, 60, 95)
    assert list(night.state.results) == [7]
    assert [night.state.rounds_of(each) for each in (ANNA, BERT, CLEO)] == [[1]] * 3
    night.open(2)
    night.lay(2, BERT, 6, [(17, 40)])
    bring(night, State.SETTLED)
    assert (wallets(night), totals(night)) == ([85, 140, 70], (-300, 0, 5))
    assert night.state.history == History(2, 2, 100, 95)
    assert list(night.state.results) == [7, 3]
    assert [night.state.rounds_of(each) for each in (ANNA, BERT, CLEO)] == [[1], [1, 2], [1]]


def test_a_void_gives_back_to_each_what_was_his_and_counts_for_nothing() -> None:
    night = opened()
    night.lay(1, BERT, 5, [(17, 10)])
    night.lay(1, ANNA, 5, [(3, 20), (4, 1)])
    bring(night, State.VOID)
    assert (wallets(night), totals(night)) == ([100, 100, 100], (-300, 0, 0))
    assert (night.round.state, night.till.stakes) == (State.VOID, {})
    assert (night.state.history, list(night.state.results)) == (History(), [])
    assert [night.state.rounds_of(each) for each in (ANNA, BERT, CLEO)] == [[1], [1], []]


def test_only_so_many_numbers_are_remembered() -> None:
    night = opened()
    for number in range(1, RESULTS_KEPT + 3):
        night.freeze(number)
        night.settle(number, number % 37, [], HASH)
        night.open(number + 1)
    assert list(night.state.results) == [number % 37 for number in range(3, RESULTS_KEPT + 3)]


# --- answers --------------------------------------------------------------------------------------


def test_the_answer_of_a_request_is_found_by_whose_it_is() -> None:
    night = opened()
    night.lay(1, ANNA, 5, [(17, 10)])
    night.lay(1, BERT, 5, [(17, 20)])
    night.take(1, BERT, 7, [(17, 1)])

    def digest(deed: str, number: int, *bets: tuple[int, int]) -> str:
        return digest_of(deed, [number, [[*bet] for bet in bets]])

    answered = night.till.answered
    assert answered(ANNA, 5) == Answer(5, digest("stake", 1, (17, 10)), 90, 10)
    assert answered(BERT, 5) == Answer(5, digest("stake", 1, (17, 20)), 80, 20)
    assert answered(BERT, 7) == Answer(7, digest("refund", 1, (17, 1)), 81, 19)
    for account, request in ((ANNA, 7), (CLEO, 5), (ANNA, 4), (BERT, 6)):
        assert answered(account, request) is None
    bring(night, State.VOID)
    night.open(2)
    night.lay(2, ANNA, 6, [(17, 10)])
    assert answered(ANNA, 6) == Answer(6, digest("stake", 2, (17, 10)), 90, 10)
    assert answered(ANNA, 5) == Answer(5, digest("stake", 1, (17, 10)), 90, 10)


def test_a_number_below_the_last_serves_no_more() -> None:
    night = opened()
    night.lay(1, ANNA, 5, [(17, 10)])
    for request in (4, 5):
        with pytest.raises(BooksError, match=f"account 2 used the request {request} before"):
            night.lay(1, ANNA, request, [(17, 10)])


def test_so_many_answers_of_one_round_are_kept_and_no_more() -> None:
    night = opened()
    night.grant(ANNA, 2 * ANSWERS_KEPT)
    night.lay(1, BERT, 1, [(17, 1)])
    for request in range(1, ANSWERS_KEPT + 2):
        night.lay(1, ANNA, request, [(17, 1)])
    kept = [answer.request for answer in night.till.answers[-1][ANNA]]
    assert kept == [*range(2, ANSWERS_KEPT + 2)]
    assert [answer.request for answer in night.till.answers[-1][BERT]] == [1]


# --- what always holds, and what is kept ----------------------------------------------------------


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda night: setattr(night.purse, "bank", 1), "the sum of all balances is not 0"),
        (lambda night: setattr(night.purse, "mint", -301), "the sum of all balances is not 0"),
        (lambda night: night.purse.wallets.update({ANNA: 91}), "the wallets are not what"),
        (lambda night: setattr(night.purse, "in_wallets", 291), "the wallets are not what"),
        (lambda night: setattr(night.purse, "in_pots", 9), "the chips on the tables are not"),
        (lambda night: setattr(night.till, "pot", 9), "the chips on the tables are not"),
        (lambda night: night.till.stakes.update({ANNA: 9}), "the pot of table 1 is not what"),
        (lambda night: night.round.bets[ANNA].update({17: 9}), "the chips on the layout are not"),
    ],
)
def test_what_must_always_hold_is_checked(break_it: Callable[[Night], None], words: str) -> None:
    night = opened()
    night.lay(1, ANNA, 5, [(17, 10)])
    night.books.check()
    break_it(night)
    with pytest.raises(BooksError, match=words):
        night.books.check()


def test_what_a_round_comes_to_is_checked_at_its_end() -> None:
    night = opened()
    night.lay(1, ANNA, 5, [(17, 10)])
    bring(night, State.FROZEN)
    night.purse.bank = 1
    with pytest.raises(BooksError, match="the sum of all balances is not 0"):
        night.settle(1, 3, [0], HASH)
    night = opened()
    night.purse.mint += 1
    with pytest.raises(BooksError, match="the sum of all balances is not 0"):
        night.void(1, "", HASH)


def test_no_wallet_is_below_nothing() -> None:
    night = opened()
    night.purse.wallets |= {ANNA: 200, BERT: 0}
    night.books.check()
    night.purse.wallets |= {ANNA: 201, BERT: -1}
    with pytest.raises(BooksError, match="a wallet is below 0"):
        night.books.check()


def test_no_chip_goes_from_one_purse_to_another() -> None:
    night = opened()
    books = night.books
    books.purses[3] = Purse()
    books.open_till(2, "roulette", "", 3, "cc" * 16, "dd" * 32)
    cup = Night(books, table=2)
    books.grant(3, ANNA, 50)
    cup.open(1)
    assert unchanged(night, cup.lay, 1, ANNA, 5, [(17, 51)])  # Though the other purse has it.
    cup.lay(1, ANNA, 5, [(17, 30)])
    night.lay(1, ANNA, 6, [(17, 100)])
    assert (books.purses[3].wallets, night.wallet(ANNA)) == ({ANNA: 20}, 0)
    books.check()
    cup.freeze(1)
    cup.settle(1, 3, [7], HASH)
    assert (books.purses[3].wallets, books.purses[3].bank) == ({ANNA: 27}, 23)
    assert (night.till.stakes, night.purse.bank) == ({ANNA: 100}, 0)
    assert (night.till.ended, cup.till.ended) == (0, 1)
    night.void(1, "", HASH)
    assert night.wallet(ANNA) == 100
    books.check()
    again = Books.of_snapshot(json.loads(as_json(books.snapshot())), STATES)
    assert again.purses == books.purses
    again.check()


def evening() -> Night:
    """A night in which nothing is as it was at first."""
    night = opened()
    night.lay(1, ANNA, 5, [(17, 10)])
    night.freeze(1)
    night.settle(1, 7, [30], HASH)
    night.open(2)
    night.lay(2, BERT, 5, [(17, 10), (3, 4)])
    for account in (ANNA, BERT):
        night.books.draw(1, "register", [account, HASH])
    night.books.draw(1, "admit", [])
    night.freeze(2)
    night.books.draw(1, "freeze", [2, 1, HASH, "", "", 2, HASH, 1, HASH, HASH])
    night.books.draw(1, "step", [1, "", HASH])
    return night


def test_a_snapshot_gives_the_same_books_again() -> None:
    books = evening().books
    again = Books.of_snapshot(json.loads(as_json(books.snapshot())), STATES)
    for name in ("holders", "named", "purses"):
        assert getattr(again, name) == getattr(books, name), name
    assert again.journal == []
    assert again.named[f"P{ANNA}"] is again.holders[ANNA]
    (there,), (till,) = books.tills.values(), again.tills.values()
    for each in fields(Till):
        if each.name not in ("state", "drawing"):
            assert getattr(till, each.name) == getattr(there, each.name), each.name
    assert isinstance(till.state, RouletteState)
    assert vars(till.state) == vars(there.state)
    assert till.state.results.maxlen == RESULTS_KEPT
    assert till.state.round.state is State.FROZEN
    assert vars(till.drawing) == vars(there.drawing)
    assert till.drawing.asked is not None
    assert list(books.snapshot()) == ["holders", "purses", "tills"]


def test_deeds_done_again_give_the_same_books_and_are_not_written_again() -> None:
    books = Books(STATES)
    books.open_till(1, "roulette", "", HOUSE, "aa" * 16, "bb" * 32)
    books.enroll(ANNA, "P2", "", "")
    books.grant(HOUSE, ANNA, 5)
    deeds = books.take_journal()
    assert deeds == [
        ("open_till", 1, "roulette", "", 0, "aa" * 16, "bb" * 32),
        ("enroll", ANNA, "P2", "", ""),
        ("grant", 0, ANNA, 5),
    ]
    assert books.take_journal() == []
    again = Books(STATES)
    again.replay(json.loads(as_json(deeds)))
    assert (again.snapshot(), again.journal) == (books.snapshot(), [])


def test_a_till_is_closed_for_good_when_no_chips_lie_on_it() -> None:
    night = opened()
    books = night.books
    night.lay(1, ANNA, 1, [(17, 10)])
    assert unchanged(night, books.close_till, 1)
    night.void(1, "", "", [])
    books.close_till(1)
    till = books.tills[1]
    assert (till.closed, till.stakes, till.pot, till.answers, till.ended) == (True, {}, 0, [{}], 1)
    assert vars(till.state) == vars(RouletteState())
    for deed in (
        (books.close_till, 1),
        (books.open_till, 1, "roulette", "", HOUSE, "cc", "dd"),
        (books.play, 1, "open", [1]),
        (books.stake, 1, ANNA, 9, 1, [1, [[17, 1]]]),
        (books.refund, 1, ANNA, 9, 1, [1, [[17, 1]]]),
    ):
        assert unchanged(night, *deed)
    again = Books.of_snapshot(json.loads(as_json(books.snapshot())), STATES)
    assert again.tills[1].closed
    assert as_json(again.snapshot()) == as_json(books.snapshot())
    books.check()


# --- what stays, and halves -----------------------------------------------------------------------


def frozen() -> Night:
    """Two stakes of 10 on 17, and the wheel has turned."""
    night = opened()
    for account in (ANNA, BERT):
        night.lay(1, account, 1, [(151, 10)])
    return bring(night, State.FROZEN)


def test_what_stays_is_in_the_pot_and_no_stake_that_ended() -> None:
    night = frozen()
    night.settle(1, 0, [0, 5], HASH, rest=[[ANNA, 10, 0]], locked=[[ANNA, 164, 10]])
    assert (night.till.pot, night.till.stakes) == (10, {ANNA: 10})
    assert (wallets(night), totals(night)) == ([90, 95, 100], (-300, 10, 5))
    assert night.state.history == History(1, 1, 10, 5)
    night.books.check()
    night.open(2)
    assert night.round.bets == {ANNA: {164: 10}}
    assert night.state.locked == {}
    night.books.check()
    night.void(2, "", HASH, [[ANNA, 10]])
    assert (night.till.pot, night.state.locked) == (10, {ANNA: {164: 10}})
    night.books.check()
    night.clear()
    assert (night.till.pot, night.till.stakes, night.state.locked) == (0, {}, {})
    assert (wallets(night), totals(night)) == ([100, 95, 100], (-300, 0, 5))
    night.books.check()


def test_two_halves_are_one_chip_and_one_is_owed() -> None:
    night = frozen()
    night.settle(1, 0, [5, 5], HASH, rest=[[ANNA, 0, 1], [BERT, 0, 1]])
    assert night.purse.halves == {ANNA, BERT}
    kept = Books.of_snapshot(json.loads(as_json(night.books.snapshot())), STATES)
    assert kept.purses[HOUSE].halves == {ANNA, BERT}
    night.open(2)
    night.lay(2, ANNA, 2, [(151, 10)])
    bring(night, State.FROZEN)
    night.settle(2, 0, [6], HASH, rest=[[ANNA, 0, 1]])
    assert night.purse.halves == {BERT}
    night.books.check()
    night.purse.halves.add(77)
    with pytest.raises(BooksError, match="half a chip is owed to somebody without a wallet"):
        night.books.check()


@pytest.mark.parametrize(
    "rest",
    [
        [[ANNA, 11, 0]],
        [[ANNA, -1, 0]],
        [[CLEO, 1, 0]],
        [[CLEO, 0, 1]],
        [[BERT, 5, 0], [ANNA, 5, 0]],
        [[ANNA, 5, 0], [ANNA, 5, 0]],
        [[ANNA, 0, 2]],
        [[ANNA, 0, -1]],
    ],
)
def test_no_more_stays_than_lies_there_and_no_other_part_than_half_a_chip(
    rest: list[list[int]],
) -> None:
    night = frozen()
    assert unchanged(night, lambda: night.settle(1, 0, [0, 0], HASH, rest=rest))


@pytest.mark.parametrize("locked", [[[ANNA, 164, 9]], [[ANNA, 164, 10], [BERT, 164, 1]]])
def test_what_the_game_locks_is_what_stays_in_the_pot(locked: list[list[int]]) -> None:
    night, stays = frozen(), [[ANNA, 10, 0]]
    assert unchanged(night, lambda: night.settle(1, 0, [0, 0], HASH, rest=stays, locked=locked))


def test_what_stays_without_a_lock_is_found() -> None:
    night = frozen()
    night.settle(1, 0, [0, 0], HASH, rest=[[ANNA, 10, 0]])
    with pytest.raises(BooksError, match="the chips on the layout are not the chips in the pot"):
        night.books.check()


@pytest.mark.parametrize("kept", [[[ANNA, 11]], [[CLEO, 1]], [[BERT, 1], [ANNA, 1]]])
def test_a_void_keeps_no_more_than_lies_there(kept: list[list[int]]) -> None:
    night = opened()
    for account in (ANNA, BERT):
        night.lay(1, account, 1, [(151, 10)])
    assert unchanged(night, lambda: night.void(1, "", HASH, kept))


def test_nobody_lays_on_a_spot_for_locked_stakes_or_takes_from_it() -> None:
    night = frozen()
    night.settle(1, 0, [0, 0], HASH, rest=[[ANNA, 10, 0]], locked=[[ANNA, 164, 10]])
    night.open(2)
    assert unchanged(night, night.lay, 2, ANNA, 9, [(164, 1)])
    assert unchanged(night, night.take, 2, ANNA, 9, [(164, 1)])
    night.lay(2, ANNA, 9, [(17, 4)])
    night.refund(2, ANNA, 10, [], 4)
    assert night.round.bets == {ANNA: {164: 10}}
    for wheel, zero in ((2, 0), (0, 5)):
        with pytest.raises(BooksError, match="no such rules"):
            RouletteState().open(1, wheel, zero)


def test_nothing_is_cleared_while_a_round_is_open() -> None:
    night = opened()
    assert unchanged(night, night.clear)
