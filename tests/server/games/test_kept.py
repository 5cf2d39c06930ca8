import pytest

from server.books.purse import BooksError
from server.books.till import Till
from server.games.kept import NothingKept, settles_never
from tests.server.games.toy import Purse


def test_nothing_is_staked_where_nothing_is_kept() -> None:
    state = NothingKept()
    for deed in (state.stake, state.refund, state.settle, state.give_back):
        with pytest.raises(BooksError, match="no chips lie"):
            deed(1, 5)
    state.check({})
    with pytest.raises(BooksError, match="takes none"):
        state.check({1: 5})
    assert isinstance(NothingKept.of_snapshot(state.snapshot()), NothingKept)
    with pytest.raises(BooksError, match="no chips lie"):
        settles_never(Till("guess", "", 0, "", "", state), None, (), ())  # type: ignore[arg-type]


def test_each_stakes_the_same_once_and_no_more_than_play() -> None:
    state = Purse()
    state.stake(1, 5)
    for account, chips in ((1, 5), (2, 4), (2, 6)):
        with pytest.raises(BooksError):
            state.stake(account, chips)
    state.stake(2, 5)
    with pytest.raises(BooksError):
        state.stake(3, 5)
    assert state.stakes == {1: 5, 2: 5}
    state.check({1: 5, 2: 5})
    with pytest.raises(BooksError, match="not the chips in the pot"):
        state.check({1: 5})
    assert Purse.of_snapshot({"1": 5, "2": 5}).stakes == {1: 5, 2: 5}
    assert state.snapshot() == {1: 5, 2: 5}


def test_what_was_staked_goes_to_the_players_whole_or_back_and_is_not_taken_back() -> None:
    state = Purse()
    state.stake(1, 5)
    with pytest.raises(BooksError, match="until the end"):
        state.refund(1, 5)
    with pytest.raises(BooksError):
        state.settle(1, 5, 5)
    state.stake(2, 5)
    for returned in (9, 11):
        with pytest.raises(BooksError, match=f"{returned} of 10"):
            state.settle(1, 10, returned)
    assert state.stakes == {1: 5, 2: 5}
    state.settle(1, 10, 10)
    assert state.stakes == {}
    state.stake(1, 5)
    state.give_back(2)
    assert state.stakes == {}
