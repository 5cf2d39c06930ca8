"""Chips that zero has locked, on the side of their owner."""

from dataclasses import replace

import pytest

from client.games.roulette.locked import free, locked, staying
from client.games.roulette.state import Round, pending_chips, roulette, with_roulette
from client.reduce import reduce
from protocol.games.roulette import bets, rounds
from protocol.games.roulette.fields import Bet, Payout
from protocol.games.roulette.lists import End, Phase
from protocol.games.roulette.rounds import PlayerSettled, RoundOpened
from protocol.games.roulette.rules import BLACK, LOCK, RED
from tests.client.known import KNOWN, asked

ONCE, TWICE = LOCK[RED], LOCK[LOCK[RED]]
OWN = {17: 5, RED: 40, ONCE: 10, TWICE: 3}


def result(*payouts: Payout) -> PlayerSettled:
    return PlayerSettled(roulette(KNOWN).round.number, 0, 500, payouts)


def test_what_is_locked_can_neither_be_taken_nor_laid_again() -> None:
    assert free(OWN) == {17: 5, RED: 40}
    assert locked(OWN) == {ONCE: 10, TWICE: 3}


@pytest.mark.parametrize(
    ("payouts", "lying"),
    [
        ((), {}),
        ((Payout(RED, 40, 0, End.PAID), Payout(BLACK, 5, 2, End.HALVED)), {}),
        ((Payout(17, 5, 0, End.PAID), Payout(RED, 40, 0, End.LOCKED)), {ONCE: 40}),
        ((Payout(RED, 4, 0, End.LOCKED), Payout(ONCE, 9, 0, End.LOCKED)), {ONCE: 4, TWICE: 9}),
        ((Payout(ONCE, 9, 0, End.LOCKED), Payout(TWICE, 2, 0, End.LOCKED)), {TWICE: 11}),
        ((Payout(17, 5, 5, End.PAID), Payout(ONCE, 9, 0, End.KEPT)), {ONCE: 9}),
        ((Payout(17, 5, 0, End.LOCKED),), {}),
    ],
)
def test_the_next_round_opens_with_what_stays(
    payouts: tuple[Payout, ...], lying: dict[int, int]
) -> None:
    assert staying(result(*payouts)) == lying
    over = reduce(KNOWN, result(*payouts), 1.0)
    after = reduce(over, RoundOpened(roulette(KNOWN).round.number + 1, 1000), 2.0)
    opened = roulette(after).round
    assert (opened.own, opened.own_known, opened.phase) == (lying, True, Phase.BETTING)


def test_without_a_result_nothing_stays() -> None:
    assert staying(None) == {}


def test_to_take_back_everything_leaves_what_is_locked() -> None:
    state = asked(bets.TakeBackBets(3, 7, ()))
    state = with_roulette(state, round=replace(roulette(state).round, own=OWN))
    assert pending_chips(state) == {17: -5, RED: -40}
    after = reduce(state, bets.BetsTakenBack(3, 7, 545, 13), 1.0)
    assert roulette(after).round.own == {ONCE: 10, TWICE: 3}


def test_a_round_that_was_shown_has_what_is_locked_in_it() -> None:
    shown = rounds.TableShown(
        9, Phase.BETTING, 0, 0, 0, "", 1, 1, 40, 0, 460, 40, (),
        (Bet(ONCE, 40),),
    )  # fmt: skip
    after = reduce(with_roulette(KNOWN, round=Round(7)), shown, 1.0)
    assert roulette(after).round.own == {ONCE: 40}
