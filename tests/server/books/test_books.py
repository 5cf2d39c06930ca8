"""The books: chips are neither made nor destroyed, and doing the deeds again gives the same."""

import json

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from protocol.roulette import POCKETS
from server.books.books import ROUNDS_KEPT, Books, BooksError, State, bets_digest
from server.books.finished import as_json
from server.games.roulette import rules

HASH = "00" * 32
CHIPS = st.integers(1, 60)
SPOTS = st.integers(0, 156)
WHO = st.integers(0, 4)


class Evening(RuleBasedStateMachine):
    """Any lawful or unlawful deed in any order, with every invariant after each."""

    def __init__(self) -> None:
        super().__init__()
        self.books = Books()
        self.books.make("00" * 16, HASH)
        self.written = self.books.take_journal()
        self.made = 0
        self.requests = 0

    @rule(stack=CHIPS)
    def somebody_comes(self, stack: int) -> None:
        account = len(self.books.holders) + 1
        if account > 5:
            return
        self.books.enroll(account, f"P{account}", "", "")
        self.books.grant(account, stack)
        self.made += stack

    @precondition(lambda self: self.books.round.state in (State.SETTLED, State.VOID))
    @rule()
    def a_round_opens(self) -> None:
        self.books.open(self.books.round.number + 1)

    @precondition(lambda self: self.books.holders)
    @rule(who=WHO, bets=st.lists(st.tuples(SPOTS, CHIPS), min_size=1, max_size=4))
    def somebody_bets(self, who: int, bets: list[tuple[int, int]]) -> None:
        account = 1 + who % len(self.books.holders)
        self.requests += 1
        before = as_json(self.books.snapshot())
        lawful = (
            self.books.round.state is State.OPEN
            and sum(chips for _, chips in bets) <= self.books.holders[account].wallet
        )
        if lawful:
            self.books.stake(self.books.round.number, account, self.requests, bets)
        else:
            with pytest.raises(BooksError):
                self.books.stake(self.books.round.number, account, self.requests, bets)
            assert as_json(self.books.snapshot()) == before

    @precondition(lambda self: self.books.round.state is State.OPEN and self.books.round.bets)
    @rule(data=st.data())
    def somebody_takes_back(self, data: st.DataObject) -> None:
        account = data.draw(st.sampled_from(sorted(self.books.round.bets)))
        mine = self.books.round.bets[account]
        spots = data.draw(st.lists(st.sampled_from(sorted(mine)), unique=True))
        bets = [(spot, data.draw(st.integers(1, mine[spot]))) for spot in spots]
        self.requests += 1
        self.books.refund(self.books.round.number, account, self.requests, bets)

    @precondition(lambda self: self.books.round.state is State.OPEN)
    @rule()
    def the_round_is_voided(self) -> None:
        self.books.void(self.books.round.number, HASH, "why not", HASH)

    @precondition(lambda self: self.books.round.state is State.OPEN)
    @rule(pocket=st.sampled_from(POCKETS))
    def the_round_is_played(self, pocket: int) -> None:
        number = self.books.round.number
        self.books.freeze(number, HASH, HASH)
        with pytest.raises(BooksError):
            self.books.void(number, HASH, "too late", HASH)
        self.books.reveal(number, HASH)
        outcome = rules.settle(rules.in_order(self.books.round.bets), pocket)
        self.books.settle(number, HASH, pocket, outcome.returned, HASH)
        assert self.books.escrow == 0

    @invariant()
    def nothing_is_made_or_lost(self) -> None:
        self.books.check()
        books = self.books
        wallets = sum(holder.wallet for holder in books.holders.values())
        assert wallets + books.escrow + books.bank == self.made
        live = books.round.state is State.OPEN
        on_table = sum(sum(mine.values()) for mine in books.round.bets.values()) if live else 0
        assert books.escrow == on_table

    @invariant()
    def doing_it_again_gives_the_same_books(self) -> None:
        self.written += json.loads(as_json(self.books.take_journal()))
        again = Books()
        again.replay(self.written)
        assert as_json(again.snapshot()) == as_json(self.books.snapshot())
        kept = Books.of_snapshot(json.loads(as_json(self.books.snapshot())))
        assert as_json(kept.snapshot()) == as_json(self.books.snapshot())


Evening.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestEvening = Evening.TestCase


def opened() -> Books:
    books = Books()
    books.make("00" * 16, HASH)
    for account, name in ((1, "Anna"), (2, "Bert")):
        books.enroll(account, name, "", "")
        books.grant(account, 100)
    books.open(1)
    return books


def test_a_request_number_serves_once() -> None:
    books = opened()
    books.stake(1, 1, 7, [(17, 5)])
    with pytest.raises(BooksError, match="used the request 7"):
        books.stake(1, 1, 7, [(17, 5)])


def test_what_was_asked_is_told_from_everything_else() -> None:
    asked: list[list[tuple[int, int]]] = [
        [(17, 5)],
        [(5, 17)],
        [(17, 5), (18, 5)],
        [(18, 5), (17, 5)],
        [(17, 5), (5, 18)],
        [],
    ]
    assert len({bets_digest(bets) for bets in asked}) == len(asked)
    for bets in asked:
        assert bets_digest(json.loads(as_json(bets))) == bets_digest(bets)


def test_the_answer_of_a_request_is_kept_for_two_rounds_more() -> None:
    books = opened()
    books.stake(1, 1, 7, [(17, 5)])
    for number in (1, 2, 3):
        found = books.answered(1, 7)
        assert found
        assert (found[0], found[1].balance, found[1].at_stake) == (1, 95, 5)
        books.void(number, HASH, "", HASH)
        books.open(number + 1)
    assert books.answered(1, 7) is None


def test_a_settle_that_leaves_a_bet_without_an_end_is_refused() -> None:
    books = opened()
    books.stake(1, 1, 7, [(17, 5)])
    books.freeze(1, HASH, HASH)
    books.reveal(1, HASH)
    with pytest.raises(BooksError, match="1 players, not 0"):
        books.settle(1, HASH, 3, [], HASH)


def test_who_withholds_has_no_say_for_twenty_rounds_and_it_is_counted() -> None:
    books = opened()
    books.seal(1, 1, HASH)
    books.seal(1, 2, HASH)
    books.freeze(1, HASH, HASH)
    books.show(1, 2, HASH)
    books.reveal(1, HASH)
    assert (books.holders[1].silent_until, books.holders[1].withheld) == (21, 1)
    assert (books.holders[2].silent_until, books.holders[2].withheld) == (0, 0)


def test_an_account_remembers_its_last_rounds_only() -> None:
    books = opened()
    for number in range(1, 30):
        books.stake(number, 1, number, [(17, 1)])
        books.void(number, HASH, "", HASH)
        books.open(number + 1)
    assert books.holders[1].rounds == list(range(30 - ROUNDS_KEPT, 30))
