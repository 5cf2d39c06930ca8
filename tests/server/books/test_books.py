"""The books: chips are neither made nor destroyed, and doing the deeds again gives the same."""

import json

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from protocol.games.roulette.rules import POCKETS
from server.books.books import Books
from server.books.finished import as_json
from server.books.purse import BooksError
from server.books.till import digest_of
from server.games import STATES
from server.games.roulette import rules
from server.games.roulette.state import ROUNDS_KEPT, State
from tests.server.nights import HASH, Night

CHIPS = st.integers(1, 60)
SPOTS = st.integers(0, 156)
WHO = st.integers(0, 4)


class Evening(RuleBasedStateMachine):
    """Any lawful or unlawful deed in any order, with every invariant after each."""

    def __init__(self) -> None:
        super().__init__()
        self.night = Night()
        self.books = self.night.books
        self.written = self.books.take_journal()
        self.made = 0
        self.requests = 0

    @rule(stack=CHIPS)
    def somebody_comes(self, stack: int) -> None:
        account = len(self.books.holders) + 1
        if account > 5:
            return
        self.books.enroll(account, f"P{account}", "", "")
        self.night.grant(account, stack)
        self.made += stack

    @precondition(lambda self: self.night.round.state in (State.SETTLED, State.VOID))
    @rule()
    def a_round_opens(self) -> None:
        self.night.open(self.night.round.number + 1)

    @precondition(lambda self: self.books.holders)
    @rule(who=WHO, bets=st.lists(st.tuples(SPOTS, CHIPS), min_size=1, max_size=4))
    def somebody_bets(self, who: int, bets: list[tuple[int, int]]) -> None:
        account = 1 + who % len(self.books.holders)
        self.requests += 1
        before = as_json(self.books.snapshot())
        lawful = self.night.round.state is State.OPEN and sum(
            chips for _, chips in bets
        ) <= self.books.wallet(account)
        if lawful:
            self.night.lay(self.night.round.number, account, self.requests, bets)
        else:
            with pytest.raises(BooksError):
                self.night.lay(self.night.round.number, account, self.requests, bets)
            assert as_json(self.books.snapshot()) == before

    @precondition(lambda self: self.night.round.state is State.OPEN and self.night.round.bets)
    @rule(data=st.data())
    def somebody_takes_back(self, data: st.DataObject) -> None:
        account = data.draw(st.sampled_from(sorted(self.night.round.bets)))
        mine = self.night.round.bets[account]
        spots = data.draw(st.lists(st.sampled_from(sorted(mine)), unique=True))
        bets = [(spot, data.draw(st.integers(1, mine[spot]))) for spot in spots]
        self.requests += 1
        self.night.take(self.night.round.number, account, self.requests, bets)

    @precondition(lambda self: self.night.round.state is State.OPEN)
    @rule()
    def the_round_is_voided(self) -> None:
        self.night.void(self.night.round.number, "why not", HASH)

    @precondition(lambda self: self.night.round.state is State.OPEN)
    @rule(pocket=st.sampled_from(POCKETS))
    def the_round_is_played(self, pocket: int) -> None:
        number = self.night.round.number
        self.night.freeze(number)
        with pytest.raises(BooksError):
            self.night.void(number, "too late", HASH)
        outcome = rules.settle(rules.in_order(self.night.round.bets), pocket)
        self.night.settle(number, pocket, outcome.returned, HASH)
        assert self.night.till.pot == 0

    @invariant()
    def nothing_is_made_or_lost(self) -> None:
        self.books.check()
        purse, till = self.night.purse, self.night.till
        wallets = sum(purse.wallets.values())
        assert wallets + till.pot + purse.bank == self.made
        play = self.night.round
        live = play.state is State.OPEN
        on_table = sum(sum(mine.values()) for mine in play.bets.values()) if live else 0
        assert till.pot == purse.in_pots == on_table

    @invariant()
    def doing_it_again_gives_the_same_books(self) -> None:
        self.written += json.loads(as_json(self.books.take_journal()))
        again = Books(STATES)
        again.replay(self.written)
        assert as_json(again.snapshot()) == as_json(self.books.snapshot())
        kept = Books.of_snapshot(json.loads(as_json(self.books.snapshot())), STATES)
        assert as_json(kept.snapshot()) == as_json(self.books.snapshot())


Evening.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestEvening = Evening.TestCase


def opened() -> Night:
    night = Night()
    for account, name in ((1, "Anna"), (2, "Bert")):
        night.enroll(account, name)
        night.grant(account, 100)
    night.open(1)
    return night


def test_a_request_number_serves_once() -> None:
    night = opened()
    night.lay(1, 1, 7, [(17, 5)])
    with pytest.raises(BooksError, match="used the request 7"):
        night.lay(1, 1, 7, [(17, 5)])


def test_what_was_asked_is_told_from_everything_else() -> None:
    asked: list[list[list[int]]] = [
        [[17, 5]],
        [[5, 17]],
        [[17, 5], [18, 5]],
        [[18, 5], [17, 5]],
        [[17, 5], [5, 18]],
        [],
    ]
    told = {
        digest_of(deed, [number, bets])
        for deed in ("stake", "refund")
        for number in (1, 2)
        for bets in asked
    }
    assert len(told) == 4 * len(asked)
    for bets in asked:
        again = json.loads(as_json([1, bets]))
        assert digest_of("stake", again) == digest_of("stake", [1, bets])


def test_the_answer_of_a_request_is_kept_for_two_rounds_more() -> None:
    night = opened()
    night.lay(1, 1, 7, [(17, 5)])
    for number in (1, 2, 3):
        found = night.till.answered(1, 7)
        assert found
        assert (found.balance, found.at_stake) == (95, 5)
        night.void(number, "", HASH)
        night.open(number + 1)
    assert night.till.answered(1, 7) is None


def test_a_settle_that_leaves_a_bet_without_an_end_is_refused() -> None:
    night = opened()
    night.lay(1, 1, 7, [(17, 5)])
    night.freeze(1)
    with pytest.raises(BooksError, match="1 players, not 0"):
        night.settle(1, 3, [], HASH)


def test_an_account_remembers_its_last_rounds_only() -> None:
    night = opened()
    for number in range(1, 30):
        night.lay(number, 1, number, [(17, 1)])
        night.void(number, "", HASH)
        night.open(number + 1)
    assert night.state.rounds_of(1) == list(range(30 - ROUNDS_KEPT, 30))
    night.lay(30, 1, 30, [(17, 1)])
    assert night.state.rounds_of(1) == list(range(30 - ROUNDS_KEPT, 30))
    night.void(30, "", HASH)
    assert night.state.rounds_of(1) == list(range(31 - ROUNDS_KEPT, 31))
    assert night.state.rounds_of(2) == []
