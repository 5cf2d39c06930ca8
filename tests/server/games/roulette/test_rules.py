"""What a spin does to the bets."""

from protocol.games.roulette.rules import POCKETS, SPOTS
from server.games.roulette.rules import in_order, settle


def test_each_spot_returns_36_of_37_over_all_pockets() -> None:
    for info in SPOTS:
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
    assert outcome.bets == [0, 4, 0, 1, 2, 0, 3, 1, 36]
