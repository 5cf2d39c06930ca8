"""Every deed of the books: what it moves, and in which state of a round it is lawful."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from protocol.limits import ANSWERS_KEPT
from server.books.books import (
    RESULTS_KEPT,
    Answer,
    Books,
    BooksError,
    History,
    Holder,
    Round,
    State,
    bets_digest,
)
from server.books.finished import as_json

ANNA, BERT, CLEO = 2, 9, 11
HASH = "00" * 32


def opened() -> Books:
    """Three with 100 chips each, and a first round; the journal is empty."""
    books = Books()
    books.make("aa" * 16, "bb" * 32)
    for account in (BERT, ANNA, CLEO):
        books.enroll(account, f"P{account}", f"token {account}", f"10.0.0.{account}")
        books.grant(account, 100)
    books.open(1)
    books.take_journal()
    return books


def bring(books: Books, state: State) -> Books:
    """Go on with the round to this state."""
    number = books.round.number
    if state is State.VOID:
        books.void(number, HASH, "", HASH)
    if state in (State.FROZEN, State.REVEALED, State.SETTLED):
        books.freeze(number, HASH, HASH)
    if state in (State.REVEALED, State.SETTLED):
        books.reveal(number, HASH)
    if state is State.SETTLED:
        books.settle(number, HASH, 3, [0] * len(books.round.staked), HASH)
    books.take_journal()
    return books


def wallets(books: Books) -> list[int]:
    return [books.holders[account].wallet for account in (ANNA, BERT, CLEO)]


def totals(books: Books) -> tuple[int, int, int]:
    return books.mint, books.escrow, books.bank


def unchanged(books: Books, do: Callable[..., None], *args: Any) -> bool:
    """Whether this is refused, and leaves all as it was."""
    before = as_json([books.snapshot(), books.journal])
    with pytest.raises(BooksError):
        do(*args)
    return as_json([books.snapshot(), books.journal]) == before


OPEN, FROZEN, REVEALED = State.OPEN, State.FROZEN, State.REVEALED
OVER = State.SETTLED, State.VOID


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("name", "arguments", "lawful"),
    [
        ("seal", (ANNA, HASH), [OPEN]),
        ("stake", (ANNA, 9, [(17, 5)]), [OPEN]),
        ("refund", (ANNA, 9, [(17, 5)]), [OPEN]),
        ("freeze", (HASH, HASH), [OPEN]),
        ("void", (HASH, "", HASH), [OPEN]),
        ("start", (), [FROZEN, REVEALED]),
        ("show", (ANNA, HASH), [FROZEN]),
        ("reveal", (HASH,), [FROZEN]),
        ("settle", (HASH, 3, [0], HASH), [REVEALED]),
    ],
)
def test_a_deed_is_done_in_its_state_and_in_its_round(
    name: str, arguments: tuple[Any, ...], lawful: list[State], state: State
) -> None:
    books = opened()
    books.stake(1, ANNA, 8, [(17, 10)])
    bring(books, state)
    do = getattr(books, name)
    for number in (0, 2):
        assert unchanged(books, do, number, *arguments)
    if state not in lawful:
        assert unchanged(books, do, 1, *arguments)
    else:
        do(1, *arguments)
        assert books.journal == [(name, 1, *arguments)]


@pytest.mark.parametrize("state", State)
def test_the_next_round_opens_when_this_one_is_over(state: State) -> None:
    books = bring(opened(), state)
    for number in (0, 1, 3):
        assert unchanged(books, books.open, number)
    if state not in OVER:
        assert unchanged(books, books.open, 2)
    else:
        books.open(2)
        assert books.round == Round(2)


def test_a_table_is_made_once_and_a_name_given_once() -> None:
    books = opened()
    assert (books.table, books.seed_0) == ("aa" * 16, "bb" * 32)
    assert unchanged(books, books.make, "cc", "dd")
    assert unchanged(books, books.enroll, ANNA, "Somebody", "", "")
    assert unchanged(books, books.enroll, 77, "P9", "", "")
    assert books.holders[ANNA] == Holder(ANNA, "P2", "token 2", "10.0.0.2", 100)
    books.entrust(ANNA, "other", "10.0.0.77")
    assert books.holders[ANNA] == Holder(ANNA, "P2", "other", "10.0.0.77", 100)
    assert books.named["P2"] is books.holders[ANNA]
    assert books.holders[BERT].token == "token 9"


def test_chips_come_from_the_mint_and_not_less_than_one() -> None:
    books = opened()
    assert (wallets(books), totals(books)) == ([100, 100, 100], (-300, 0, 0))
    for chips in (0, -1):
        assert unchanged(books, books.grant, ANNA, chips)
    books.grant(ANNA, 1)
    assert (wallets(books), totals(books)) == ([101, 100, 100], (-301, 0, 0))


def test_a_bet_goes_from_the_wallet_to_the_table() -> None:
    books = opened()
    books.stake(1, ANNA, 5, [(17, 10), (3, 2), (17, 1)])
    books.stake(1, BERT, 5, [(17, 100)])
    books.stake(1, ANNA, 7, [(3, 4)])
    assert (wallets(books), totals(books)) == ([83, 0, 100], (-300, 117, 0))
    assert books.round.bets == {ANNA: {17: 11, 3: 6}, BERT: {17: 100}}
    assert books.round.staked == {ANNA: 17, BERT: 100}
    assert [books.holders[each].last_request for each in (ANNA, BERT, CLEO)] == [7, 5, 0]
    for bets in ([(17, 0)], [(17, -1)], [(17, 84)], [(17, 80), (18, 4)], [(17, 5), (18, 0)]):
        assert unchanged(books, books.stake, 1, ANNA, 8, bets)
    books.check()


def test_chips_taken_back_go_to_the_wallet_that_they_came_from() -> None:
    books = opened()
    books.stake(1, ANNA, 5, [(17, 10), (3, 2)])
    books.stake(1, BERT, 5, [(17, 50)])
    books.refund(1, ANNA, 6, [(17, 4)])
    assert (wallets(books), totals(books)) == ([92, 50, 100], (-300, 58, 0))
    assert books.round.bets == {ANNA: {17: 6, 3: 2}, BERT: {17: 50}}
    assert books.round.staked == {ANNA: 8, BERT: 50}
    books.refund(1, ANNA, 7, [(17, 6)])
    assert books.round.bets[ANNA] == {3: 2}
    books.refund(1, ANNA, 8, [])
    assert (books.round.bets, books.round.staked) == ({BERT: {17: 50}}, {BERT: 50})
    assert (wallets(books), totals(books)) == ([100, 50, 100], (-300, 50, 0))
    for bets in ([(17, 51)], [(18, 1)], [(17, 0)], [(17, -1)]):
        assert unchanged(books, books.refund, 1, BERT, 6, bets)
    books.refund(1, BERT, 6, [(17, 50)])
    assert (books.round.bets, books.escrow) == ({}, 0)
    books.check()


def test_each_player_gets_what_is_his_and_the_bank_the_rest() -> None:
    books = opened()
    books.stake(1, BERT, 5, [(17, 10)])
    books.stake(1, ANNA, 5, [(3, 20)])
    books.stake(1, CLEO, 5, [(4, 30)])
    bring(books, State.REVEALED)
    for returned in ([1, 2], [1, 2, 3, 4], [1, -1, 2]):
        assert unchanged(books, books.settle, 1, HASH, 7, returned, HASH)
    books.settle(1, HASH, 7, [5, 90, 0], HASH)
    assert wallets(books) == [85, 180, 70]
    assert totals(books) == (-300, 0, -35)
    assert (books.round.state, books.round.staked) == (State.SETTLED, {})
    assert books.history == History(1, 1, 60, 95)
    assert list(books.results) == [7]
    assert [books.holders[each].rounds for each in (ANNA, BERT, CLEO)] == [[1]] * 3
    books.open(2)
    books.stake(2, BERT, 6, [(17, 40)])
    bring(books, State.SETTLED)
    assert (wallets(books), totals(books)) == ([85, 140, 70], (-300, 0, 5))
    assert books.history == History(2, 2, 100, 95)
    assert list(books.results) == [7, 3]
    assert [books.holders[each].rounds for each in (ANNA, BERT, CLEO)] == [[1], [1, 2], [1]]


def test_a_void_gives_back_to_each_what_was_his_and_counts_for_nothing() -> None:
    books = opened()
    books.stake(1, BERT, 5, [(17, 10)])
    books.stake(1, ANNA, 5, [(3, 20), (4, 1)])
    bring(books, State.VOID)
    assert (wallets(books), totals(books)) == ([100, 100, 100], (-300, 0, 0))
    assert (books.round.state, books.round.staked) == (State.VOID, {})
    assert (books.history, list(books.results)) == (History(), [])
    assert [books.holders[each].rounds for each in (ANNA, BERT, CLEO)] == [[1], [1], []]


def test_only_so_many_numbers_are_remembered() -> None:
    books = opened()
    for number in range(1, RESULTS_KEPT + 3):
        books.freeze(number, HASH, HASH)
        books.reveal(number, HASH)
        books.settle(number, HASH, number % 37, [], HASH)
        books.open(number + 1)
    assert list(books.results) == [number % 37 for number in range(3, RESULTS_KEPT + 3)]


def test_a_say_is_sealed_shown_and_closed() -> None:
    books = opened()
    for account in (ANNA, BERT, CLEO):
        books.seal(1, account, f"sealed {account}")
    books.freeze(1, "frozen", "root")
    assert (books.round.freeze, books.round.bets_root) == ("frozen", "root")
    books.start(1)
    books.show(1, BERT, "secret")
    books.reveal(1, "revealed")
    assert books.round == Round(
        1,
        State.REVEALED,
        commitments={each: f"sealed {each}" for each in (ANNA, BERT, CLEO)},
        reveals={BERT: "secret"},
        freeze="frozen",
        bets_root="root",
        reveals_hash="revealed",
        started=True,
    )
    assert [books.holders[each].silent_until for each in (ANNA, BERT, CLEO)] == [21, 0, 21]
    assert [books.holders[each].withheld for each in (ANNA, BERT, CLEO)] == [1, 0, 1]


# --- answers --------------------------------------------------------------------------------------


def test_the_answer_of_a_request_is_found_by_whose_it_is() -> None:
    books = opened()
    books.stake(1, ANNA, 5, [(17, 10)])
    books.stake(1, BERT, 5, [(17, 20)])
    books.refund(1, BERT, 7, [(17, 1)])
    digest = bets_digest
    assert books.answered(ANNA, 5) == (1, Answer(5, "stake", digest([(17, 10)]), 90, 10))
    assert books.answered(BERT, 5) == (1, Answer(5, "stake", digest([(17, 20)]), 80, 20))
    assert books.answered(BERT, 7) == (1, Answer(7, "refund", digest([(17, 1)]), 81, 19))
    for account, request in ((ANNA, 7), (CLEO, 5), (ANNA, 4), (BERT, 6)):
        assert books.answered(account, request) is None
    bring(books, State.VOID)
    books.open(2)
    books.stake(2, ANNA, 6, [(17, 10)])
    assert books.answered(ANNA, 6) == (2, Answer(6, "stake", digest([(17, 10)]), 90, 10))
    assert books.answered(ANNA, 5) == (1, Answer(5, "stake", digest([(17, 10)]), 90, 10))


def test_a_number_below_the_last_serves_no_more() -> None:
    books = opened()
    books.stake(1, ANNA, 5, [(17, 10)])
    for request in (4, 5):
        with pytest.raises(BooksError, match=f"account 2 used the request {request} before"):
            books.stake(1, ANNA, request, [(17, 10)])


def test_so_many_answers_of_one_round_are_kept_and_no_more() -> None:
    books = opened()
    books.grant(ANNA, 2 * ANSWERS_KEPT)
    books.stake(1, BERT, 1, [(17, 1)])
    for request in range(1, ANSWERS_KEPT + 2):
        books.stake(1, ANNA, request, [(17, 1)])
    kept = [answer.request for answer in books.answers[1][ANNA]]
    assert kept == [*range(2, ANSWERS_KEPT + 2)]
    assert [answer.request for answer in books.answers[1][BERT]] == [1]


# --- what always holds, and what is kept ----------------------------------------------------------


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda books: setattr(books, "bank", 1), "the sum of all balances is not 0"),
        (lambda books: setattr(books, "mint", -301), "the sum of all balances is not 0"),
        (lambda books: setattr(books.holders[ANNA], "wallet", 91), "the sum"),
        (lambda books: books.round.staked.update({ANNA: 9}), "the chips on the table are not"),
    ],
)
def test_what_must_always_hold_is_checked(break_it: Callable[[Books], None], words: str) -> None:
    books = opened()
    books.stake(1, ANNA, 5, [(17, 10)])
    books.check()
    break_it(books)
    with pytest.raises(BooksError, match=words):
        books.check()


def test_no_wallet_is_below_nothing() -> None:
    books = opened()
    books.holders[ANNA].wallet, books.holders[BERT].wallet = 200, 0
    books.check()
    books.holders[ANNA].wallet, books.holders[BERT].wallet = 201, -1
    with pytest.raises(BooksError, match="a wallet is below 0"):
        books.check()


def evening() -> Books:
    """Books in which nothing is as it was at first."""
    books = opened()
    books.seal(1, CLEO, "sealed")
    books.stake(1, ANNA, 5, [(17, 10)])
    books.freeze(1, HASH, HASH)
    books.reveal(1, HASH)
    books.settle(1, HASH, 7, [30], HASH)
    books.open(2)
    books.stake(2, BERT, 5, [(17, 10), (3, 4)])
    books.seal(2, ANNA, "sealed")
    books.seal(2, BERT, "sealed too")
    books.freeze(2, "frozen", "root")
    books.start(2)
    books.show(2, ANNA, "secret")
    return books


def test_a_snapshot_gives_the_same_books_again() -> None:
    books = evening()
    again = Books.of_snapshot(json.loads(as_json(books.snapshot())))
    for name, value in vars(books).items():
        if name != "journal":
            assert getattr(again, name) == value, name
    assert again.journal == []
    assert again.results.maxlen == RESULTS_KEPT
    assert again.named[f"P{ANNA}"] is again.holders[ANNA]
    assert (again.round.started, again.round.state) == (True, State.FROZEN)
    assert list(books.snapshot()) == [
        *("table", "seed_0", "holders", "mint", "bank", "escrow"),
        *("round", "results", "history", "answers"),
    ]


def test_deeds_done_again_give_the_same_books_and_are_not_written_again() -> None:
    books = Books()
    books.make("aa" * 16, "bb" * 32)
    books.enroll(ANNA, "P2", "", "")
    books.grant(ANNA, 5)
    deeds = books.take_journal()
    assert deeds == [
        ("make", "aa" * 16, "bb" * 32),
        ("enroll", ANNA, "P2", "", ""),
        ("grant", ANNA, 5),
    ]
    assert books.take_journal() == []
    again = Books()
    again.replay(json.loads(as_json(deeds)))
    assert (again.snapshot(), again.journal) == (books.snapshot(), [])
