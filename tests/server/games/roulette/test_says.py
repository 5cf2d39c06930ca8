"""The players' say: whose it is, which refusal comes first, and each limit reached exactly."""

import pytest

from protocol import fairness
from protocol.fairness import ROUNDS_WITHOUT_SAY
from protocol.games.roulette.fields import Bet, Reveal
from protocol.house.lists import Reason
from protocol.limits import CONTRIBUTORS
from server.books.books import HOUSE, Books
from server.games import STATES
from server.games.roulette.betting import place
from server.games.roulette.ended import reveals_of
from server.games.roulette.play import Roulette
from server.games.roulette.says import commit_secret, reveal_secret
from server.games.roulette.settings import Rules
from server.games.roulette.state import State
from tests.server.pure import SEEDS, means, why_not

ANNA, BERT, CLEO = 2, 9, 4
MANY = range(100, 100 + CONTRIBUTORS + 1)


def opened() -> Roulette:
    books = Books(STATES)
    for account in (ANNA, BERT, CLEO, *MANY):
        books.enroll(account, f"Player {account}", "", "")
        books.grant(HOUSE, account, 100)
    table = Roulette(means(books), Rules(), 0.0)
    table.advance(0.0)
    place(table, CLEO, 1, 1, [Bet(17, 5)])
    return table


def secret(account: int) -> bytes:
    return account.to_bytes(32, "big")


def sealed(account: int, number: int = 1, opens: bytes = b"") -> bytes:
    return fairness.commitment(SEEDS.table, number, account, opens or secret(account))


def seal(table: Roulette, account: int) -> tuple[Reason, int] | None:
    number = table.round.number
    return why_not(commit_secret, table, account, sealed(account, number))


def show(table: Roulette, account: int, opens: bytes = b"") -> tuple[Reason, int] | None:
    return why_not(reveal_secret, table, account, opens or secret(account))


def test_a_say_is_sealed_once_and_the_same_again_is_the_same() -> None:
    table = opened()
    assert seal(table, ANNA) is None
    journal = list(table.books.journal)
    assert seal(table, ANNA) is None
    assert table.books.journal == journal
    assert why_not(commit_secret, table, ANNA, bytes(32)) == (Reason.NOT_NOW, 0)
    assert seal(table, BERT) is None
    assert table.round.commitments == {each: sealed(each).hex() for each in (ANNA, BERT)}


def test_a_say_is_sealed_in_its_round_while_bets_are_open() -> None:
    table = opened()
    seal(table, ANNA)
    assert show(table, ANNA) == (Reason.NOT_NOW, 0)
    table.close_betting(0.0)
    assert seal(table, ANNA) == (Reason.TOO_LATE, 0)
    assert seal(table, BERT) == (Reason.TOO_LATE, 0)


def test_so_many_have_a_say_and_who_has_one_may_say_it_again() -> None:
    table = opened()
    assert [seal(table, account) for account in MANY[:-1]] == [None] * CONTRIBUTORS
    assert seal(table, MANY[-1]) == (Reason.ENOUGH_SAY, 0)
    assert seal(table, MANY[0]) is None
    assert why_not(commit_secret, table, MANY[0], bytes(32)) == (Reason.NOT_NOW, 0)
    table.state.silent_until[ANNA] = 1
    assert seal(table, ANNA) == (Reason.NO_SAY, 1)


def test_who_withheld_has_a_say_again_after_so_many_rounds() -> None:
    table = opened()
    seal(table, ANNA)
    table.start_spin(0.0, 1)
    table.advance(3.0)
    for number in range(2, ROUNDS_WITHOUT_SAY + 2):
        assert seal(table, ANNA) == (Reason.NO_SAY, ROUNDS_WITHOUT_SAY + 2 - number)
        assert seal(table, BERT) is None
        table.void(3.0, number, "")
        table.advance(3.0)
    assert table.round.number == ROUNDS_WITHOUT_SAY + 2
    assert seal(table, ANNA) is None


def test_only_ones_own_secret_opens_a_say() -> None:
    table = opened()
    seal(table, ANNA)
    seal(table, BERT)
    table.close_betting(0.0)
    assert show(table, ANNA, secret(BERT)) == (Reason.WRONG_SECRET, 0)
    assert show(table, CLEO) == (Reason.WRONG_SECRET, 0)
    assert show(table, BERT) is None
    assert (table.round.reveals, table.secrets_awaited()) == ({BERT: secret(BERT).hex()}, True)
    assert reveals_of(table.round) == (
        Reveal(ANNA, False, bytes(32)),
        Reveal(BERT, True, secret(BERT)),
    )


def test_a_secret_is_shown_once_in_time_and_the_same_again_at_any_time() -> None:
    table = opened()
    seal(table, ANNA)
    seal(table, BERT)
    table.close_betting(0.0)
    assert show(table, ANNA) is None
    journal = list(table.books.journal)
    assert show(table, ANNA) is None
    assert table.books.journal == journal
    table.advance(3.0)
    assert table.round.state is State.REVEALED
    assert show(table, ANNA) is None
    assert show(table, ANNA, bytes(32)) == (Reason.WRONG_SECRET, 0)
    assert show(table, BERT) == (Reason.TOO_LATE, 0)


@pytest.mark.parametrize(
    ("account", "says"), [(ANNA, [False, True, True, False]), (CLEO, [False] * 4)]
)
def test_who_sealed_a_say_has_it_while_the_round_is_frozen(account: int, says: list[bool]) -> None:
    table = opened()
    seal(table, ANNA)
    had = [table.has_say(account)]
    table.close_betting(0.0)
    had.append(table.has_say(account))
    table.advance(3.0)
    had.append(table.has_say(account))
    table.start_spin(3.0, 1)
    table.advance(3.0)
    had.append(table.has_say(account))
    assert had == says


@pytest.mark.parametrize("state", [State.SETTLED, State.VOID])
def test_who_sealed_a_say_contributes_until_the_round_is_over(state: State) -> None:
    table = opened()
    seal(table, ANNA)
    assert list(table.contributors) == [ANNA]
    table.close_betting(0.0)
    assert ANNA in table.contributors
    table.round.state = state  # As after the last round of all, behind which none opens.
    assert ANNA not in table.contributors
