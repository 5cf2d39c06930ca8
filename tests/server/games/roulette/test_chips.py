"""What a player asks of the round: first its number, then its allowance, then the rest."""

import pytest

from protocol.games.roulette.bets import BetsPlaced, PlaceBets, TakeBackBets
from protocol.games.roulette.fields import Bet
from protocol.house.lists import Reason
from server.books.books import HOUSE, Books
from server.games import STATES
from server.games.roulette import chips
from server.games.roulette.play import Roulette
from server.games.roulette.settings import Rules
from server.limits import Limits
from server.refusal import Refusal
from tests.server.pure import means, why_not

ANNA = 2
LIMITS = Limits(written_a_second=108.0, written_burst=216.0)
"""Two bets of one spot at once, and one more a second."""


def opened() -> Roulette:
    books = Books(STATES)
    books.enroll(ANNA, "Anna", "", "")
    books.grant(HOUSE, ANNA, 100)
    play = Roulette(means(books, LIMITS), Rules(), 0.0)
    play.advance(0.0)
    play.means.now = 1_000.0
    return play


def test_what_is_written_takes_ink_and_what_is_refused_takes_none() -> None:
    play = opened()
    laid = PlaceBets(1, 1, (Bet(17, 5),))
    assert chips.place_bets(play, ANNA, laid) == BetsPlaced(1, 1, 95, 5)
    too_much = PlaceBets(2, 1, (Bet(17, 500),))
    for _ in range(5):
        assert why_not(chips.place_bets, play, ANNA, too_much) == (Reason.NOT_ENOUGH_CHIPS, 95)
    nothing = TakeBackBets(2, 1, (Bet(3, 1),))
    for _ in range(5):
        assert why_not(chips.take_back_bets, play, ANNA, nothing) == (Reason.NOTHING_THERE, 0)
    chips.take_back_bets(play, ANNA, TakeBackBets(2, 1, (Bet(17, 5),)))
    for do, request in (
        (chips.place_bets, PlaceBets(3, 1, (Bet(17, 5),))),
        (chips.take_back_bets, TakeBackBets(3, 1, (Bet(17, 5),))),
    ):
        with pytest.raises(Refusal, match="too fast") as refused:
            do(play, ANNA, request)  # type: ignore[arg-type] # each its own
        assert (refused.value.reason, refused.value.figure) == (Reason.TOO_FAST, 1001)
    play.means.now += 1.0
    chips.place_bets(play, ANNA, PlaceBets(3, 1, (Bet(17, 5),)))
