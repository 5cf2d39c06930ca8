"""What a spin does to the bets."""

from protocol.roulette import POCKETS, SPOTS
from server.rules import Payout, settle


def test_each_spot_returns_36_of_37_over_all_pockets() -> None:
    for info in SPOTS:
        back = sum(settle({1: {info.spot: 7}}, pocket)[0].returned for pocket in POCKETS)
        assert back == 36 * 7, info


def test_a_straight_pays_35_to_1_and_the_stake_comes_back() -> None:
    assert settle({5: {17: 10, 18: 1}}, 17) == [Payout(5, 11, 360)]


def test_zero_loses_on_every_chance() -> None:
    assert settle({5: dict.fromkeys(range(145, 157), 1)}, 0) == [Payout(5, 12, 0)]


def test_payouts_come_by_ascending_account_and_only_for_those_with_chips() -> None:
    assert [each.account for each in settle({9: {0: 1}, 2: {0: 1}, 5: {}}, 1)] == [2, 9]
