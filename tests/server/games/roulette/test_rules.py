"""What a spin does to the bets."""

import pytest

from protocol.games.roulette.lists import End, Zero
from protocol.games.roulette.rules import BLACK, CHANCES, DOUBLE_ZERO, LOCK, POCKETS, RED, SPOTS
from protocol.games.roulette.zero import in_halves, locks, payout
from server.games.roulette.rules import in_order, settle


def test_each_spot_returns_36_of_37_over_all_pockets() -> None:
    for info in SPOTS[:157]:
        back = sum(settle([(1, info.spot, 7)], pocket).returned[0] for pocket in POCKETS)
        assert back == 36 * 7, info


def test_a_straight_pays_35_to_1_and_the_stake_comes_back() -> None:
    assert settle([(5, 17, 10), (5, 18, 1)], 17).payouts() == [(5, 11, 360)]


def test_zero_loses_on_every_chance() -> None:
    bets = [(5, spot, 1) for spot in range(145, 157)]
    assert settle(bets, 0).payouts() == [(5, 12, 0)]


def test_without_a_number_every_stake_comes_back() -> None:
    outcome = settle([(2, 0, 3), (2, 17, 4), (9, 156, 5)], None)
    assert outcome.payouts() == [(2, 7, 7), (9, 5, 5)]
    assert outcome.nets == [0, 0]


def test_an_empty_table_ends_for_nobody() -> None:
    outcome = settle([], 17)
    assert (outcome.payouts(), outcome.nets, list(outcome.first)) == ([], [], [0])


def test_the_bets_of_each_account_lie_together() -> None:
    outcome = settle(in_order({9: {3: 1, 1: 2}, 2: {0: 4}, 5: {}}), 3)
    assert outcome.payouts() == [(2, 4, 0), (9, 3, 36)]
    assert outcome.nets == [-4, 33]
    assert outcome.first == [0, 1, 3]
    assert outcome.bets == [0, 4, 0, 0, 1, 2, 0, 0, 3, 1, 36, 0]


# --- what a zero does -----------------------------------------------------------------------------

EACH = [(3, spot, 10 + 3 * at) for at, spot in enumerate((0, 17, *CHANCES, *LOCK.values(), 163))]
ONCE, TWICE = LOCK[RED], LOCK[LOCK[RED]]


@pytest.mark.parametrize("zero", Zero)
@pytest.mark.parametrize("pocket", [0, 1, 2, 36, DOUBLE_ZERO])
def test_each_bet_ends_as_the_protocol_says(zero: Zero, pocket: int) -> None:
    for bet in EACH:
        _, spot, stake = bet
        outcome = settle([bet], pocket, zero)
        assert outcome.bets == [spot, stake, *payout(zero, spot, stake, pocket)]
        stays = locks(zero, pocket)
        assert outcome.staked == [0 if spot in stays else stake]
        assert outcome.returned == [in_halves(zero, spot, stake, pocket) // 2]
        assert outcome.locked == ([(3, stays[spot], stake)] if spot in stays else [])
        assert outcome.halves == ([3] if in_halves(zero, spot, stake, pocket) % 2 else [])


def test_halves_of_a_round_are_added_up_and_one_that_is_owed_makes_a_chip() -> None:
    bets = [(2, RED, 5), (2, BLACK, 3), (4, RED, 7), (9, RED, 1), (9, 17, 4)]
    outcome = settle(bets, 0, Zero.PARTAGE, owed={9})
    assert outcome.payouts() == [(2, 8, 4), (4, 7, 3), (9, 5, 1)]
    assert outcome.halves == [4, 9]
    assert outcome.rest == [[4, 0, 1], [9, 0, 1]]
    assert outcome.bets[3::4] == [*[End.HALVED] * 4, End.PAID]
    assert settle(bets, 0, Zero.PARTAGE).returned == [4, 3, 0]
    assert settle(bets, 1, Zero.PARTAGE, owed={2, 9}).returned == [10, 14, 2]


def test_what_zero_locks_stays_and_counts_as_no_stake_that_ended() -> None:
    bets = [(2, 17, 4), (2, RED, 5), (2, ONCE, 3), (2, TWICE, 2), (7, RED, 9)]
    prison = settle(bets, 0, Zero.PRISON)
    assert prison.payouts() == [(2, 9, 0), (7, 0, 0)]
    assert prison.locked == [(2, ONCE, 5), (7, ONCE, 9)]
    assert prison.rest == [[2, 5, 0], [7, 9, 0]]
    assert prison.nets == [-9, 0]
    again = settle(bets, 0, Zero.PRISON2)
    assert again.payouts() == [(2, 4, 0), (7, 0, 0)]
    assert again.locked == [(2, ONCE, 5), (2, TWICE, 5), (7, ONCE, 9)]
    assert again.bets[3::4] == [End.PAID, *[End.LOCKED] * 4]
    freed = settle(bets, 1, Zero.PRISON)
    assert freed.payouts() == [(2, 14, 10 + 3 + 2), (7, 9, 18)]
    assert (freed.locked, freed.rest) == ([], [])


def test_a_voided_round_leaves_locked_what_was_locked() -> None:
    outcome = settle([(2, RED, 5), (2, ONCE, 3), (7, TWICE, 9)], None)
    assert outcome.payouts() == [(2, 5, 5), (7, 0, 0)]
    assert outcome.locked == [(2, ONCE, 3), (7, TWICE, 9)]
    assert outcome.bets == [RED, 5, 5, End.PAID, ONCE, 3, 0, End.KEPT, TWICE, 9, 0, End.KEPT]
