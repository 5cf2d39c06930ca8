"""What a hand returns, in half chips: every rule by cases."""

import pytest

from protocol.fair.drawing import Unlawful
from protocol.games.blackjack.drawing import Act, Table
from tests.protocol.games.blackjack.tables import dealer, dealt, note, peek, take

STAND, SPLIT, SECOND, DOUBLE, HIT = Act.STAND, Act.SPLIT, Act.SECOND, Act.DOUBLE, Act.HIT
SURRENDER, EVEN = Act.SURRENDER, Act.EVEN_MONEY


def back(made: Table, account: int = 1) -> list[int]:
    halves = made.payouts()
    assert halves is not None
    return halves[account]


def stood(hand: str, end: str, rules: str = "peek") -> list[int]:
    """A bet of 10 on these two cards, against these of the dealer."""
    made = dealt(hand, end.split()[0], rules)
    if end[0] in "AKQJT" and "peek" in rules:
        peek(made)
    if not made.hands.settled:
        note(made, 1, 0, STAND)
    dealer(made, end)
    return back(made)


@pytest.mark.parametrize(
    ("hand", "end", "halves"),
    [
        ("Tc 9d", "9c 9d", 40),
        ("Tc 9d", "9c Td", 20),
        ("Tc 8d", "9c Td", 0),
        ("2c 3d", "6c Td Th", 40),
        ("Ac 8d", "9c Td", 20),
        ("Tc Ac", "7c Td", 50),
        ("Tc 9c", "6c 5c Td", 0),
    ],
)
def test_win_push_and_lose(hand: str, end: str, halves: int) -> None:
    assert stood(hand, end) == [halves]


@pytest.mark.parametrize(
    ("word", "bet", "halves"),
    [
        ("bj=3:2", 10, 50),
        ("bj=3:2", 15, 75),
        ("bj=3:2", 1, 5),
        ("bj=6:5", 10, 44),
        ("bj=6:5", 15, 66),
        ("bj=6:5", 14, 60),
        ("bj=6:5", 4, 16),
        ("bj=1:1", 15, 60),
        ("bj=2:1", 15, 90),
        ("s17", 15, 75),
    ],
)
def test_a_natural_wins_more(word: str, bet: int, halves: int) -> None:
    made = dealt("Ac Kd", "9c", word, {1: [(1, 0, bet)]})
    assert back(made) == [halves]


def test_a_natural_beats_a_21_of_three_cards_and_pushes_a_natural() -> None:
    assert stood("Ac Kd", "Tc 4d 7c") == [50]
    assert stood("Ac Kd", "Tc Ad", "s17") == [20]
    made = dealt("Ac Kd, Tc 9c", "Kc", stakes={1: [(1, 0, 10)], 2: [(2, 0, 10)]})
    peek(made, "As")
    assert made.payouts() == {1: [20], 2: [0]}


def test_21_of_a_split_hand_is_no_natural() -> None:
    made = dealt("Ac Ad", "9c")
    take(made, 1, 0, SPLIT, "Kd", {1: 10})
    take(made, 1, 1, SECOND, "9d")
    dealer(made, "9c 5d 7h")
    assert back(made) == [20, 0]


def test_a_bust_hand_loses_even_when_the_dealer_busts() -> None:
    made = dealt("Tc 9d", "6c", "")
    take(made, 1, 0, HIT, "Th")
    assert back(made) == [0]
    dealer(made, "6c Td Th")
    assert back(made) == [0]


def test_double_is_one_stake() -> None:
    for end, halves in (("9c 8d", 80), ("9c Td", 40), ("9c 2d Td", 0)):
        made = dealt("5c 6d", "9c")
        take(made, 1, 0, DOUBLE, "8h", {1: 10})
        dealer(made, end)
        assert back(made) == [halves]


def test_double_for_less_adds_what_was_put_on_top() -> None:
    made = dealt("5c 6d", "9c")
    take(made, 1, 0, DOUBLE, "9h", {1: 3})
    dealer(made, "9c 8d")
    assert back(made) == [4 * 13]
    made = dealt("5c 6d", "9c")
    take(made, 1, 0, DOUBLE, "8h", {1: 3})
    dealer(made, "9c Td")
    assert back(made) == [2 * 13]
    made = dealt("5c 6d", "9c")
    take(made, 1, 0, DOUBLE, "7h", {1: 3})
    dealer(made, "9c Td")
    assert back(made) == [0]


def test_each_hand_of_a_split_returns_its_own() -> None:
    made = dealt("8c 8d", "6c", "das")
    take(made, 1, 0, SPLIT, "3h", {1: 10})
    take(made, 1, 0, DOUBLE, "Th", {1: 10})
    take(made, 1, 1, SECOND, "Kh")
    note(made, 1, 1, STAND)
    dealer(made, "6c Td 3c")
    assert back(made) == [80, 0]


def test_surrender_gives_half_back() -> None:
    for rules in ("ls", "es"):
        made = dealt("Tc 6d", "9c", rules, {1: [(1, 0, 15)]})
        note(made, 1, 0, SURRENDER)
        assert back(made) == [15]


def test_surrender_stands_against_a_natural() -> None:
    made = dealt("Tc 6d, Tc 9c", "Kc", "es;peek", {1: [(1, 0, 15)], 2: [(2, 0, 10)]})
    note(made, 1, 0, SURRENDER)
    peek(made, "As")
    assert made.payouts() == {1: [15], 2: [0]}


def test_insurance_pays_two_to_one_on_a_natural_and_is_gone_otherwise() -> None:
    made = dealt("Tc 6d", "Ac")
    peek(made, "Ks", (1, 1, 5))
    assert back(made) == [0, 30]
    made = dealt("Tc 9d", "Ac")
    peek(made, None, (1, 1, 4))
    note(made, 1, 0, STAND)
    dealer(made, "Ac 8d")
    assert back(made) == [20, 0]
    made = dealt("Ac Kd", "Ad")
    peek(made, "Ks", (1, 1, 5))
    assert back(made) == [20, 30]


def test_even_money_is_two_bets_whatever_the_dealer_has() -> None:
    for natural in ("Ks", None):
        made = dealt("Ac Kd", "Ad", stakes={1: [(1, 0, 15)], 7: [(1, 1, 4)]})
        note(made, 1, 0, EVEN, {1: 0})
        peek(made, natural)
        assert made.payouts() == {1: [60], 7: [8 if natural else 20]}


def test_even_money_of_nobody_named_is_that_of_all() -> None:
    made = dealt("Ac Kd", "Ad", stakes={1: [(1, 0, 15)], 7: [(1, 1, 4)]})
    note(made, 1, 0, EVEN)
    assert made.payouts() == {1: [60], 7: [16]}


def test_who_bets_behind_shares_the_hand_and_adds_what_they_like() -> None:
    stakes = {1: [(1, 0, 10)], 7: [(1, 1, 20)], 8: [(1, 1, 6)]}
    made = dealt("8c 8d", "6c", "", stakes)
    take(made, 1, 0, SPLIT, "Th", {1: 10, 7: 20})
    note(made, 1, 0, STAND)
    take(made, 1, 1, SECOND, "3h")
    take(made, 1, 1, HIT, "Th")
    dealer(made, "6c Td 3c")
    assert made.payouts() == {1: [0, 40], 7: [0, 80], 8: [0]}
    made = dealt("5c 6d", "6c", "", stakes)
    take(made, 1, 0, DOUBLE, "Th", {1: 10, 8: 5})
    dealer(made, "6c Td 3c")
    assert made.payouts() == {1: [80], 7: [80], 8: [44]}


def test_one_account_may_have_a_box_and_bet_behind_on_it() -> None:
    made = dealt("Tc 9d", "6c", "", {1: [(1, 0, 10), (1, 1, 5)]})
    note(made, 1, 0, STAND)
    dealer(made, "6c Td 2c")
    assert back(made) == [60]


def test_without_a_peek_a_natural_takes_the_first_bet_only() -> None:
    made = dealt("8c 8d, 5c 6d, Ac Kc", "Kh", "das", {a: [(a, 0, 10)] for a in (1, 2, 3)})
    take(made, 1, 0, SPLIT, "Th", {1: 10})
    note(made, 1, 0, STAND)
    take(made, 1, 1, SECOND, "3h")
    take(made, 1, 1, DOUBLE, "Th", {1: 7})
    take(made, 2, 0, DOUBLE, "Th", {2: 4})
    dealer(made, "Kh Ad")
    assert made.payouts() == {1: [0, 2 * 17], 2: [2 * 4], 3: [20]}


def test_a_bust_hand_gets_nothing_back_from_a_natural() -> None:
    made = dealt("Tc 6d", "Kh", "")
    take(made, 1, 0, DOUBLE, "Th", {1: 7})
    dealer(made, "Kh Ad")
    assert back(made) == [0]


def test_side_bets_are_paid_by_another_page_and_so_is_who_has_one() -> None:
    stakes = {1: [(1, 0, 10), (1, 2, 5)], 2: [(1, 1, 10)], 3: [(1, 3, 1)]}
    made = dealt("Ac Kd", "9c", "", stakes)
    assert made.payouts() == {2: [50]}


# --- when it is over ----------------------------------------------------------------------------


def over(made: Table) -> bool:
    try:
        made.payouts()
    except Unlawful:
        return False
    return True


def test_a_round_is_over_when_the_dealer_has_played() -> None:
    made = dealt("Tc 9d", "6c")
    assert not over(made)
    note(made, 1, 0, STAND)
    assert not over(made)
    dealer(made, "6c Td 2c")
    assert over(made)


def test_a_natural_of_the_dealer_ends_the_round() -> None:
    made = dealt("Tc 9d", "Ac")
    peek(made, "Ks")
    assert over(made)


def test_where_no_hand_waits_the_dealer_does_not_play() -> None:
    stakes = {1: [(1, 0, 10)], 2: [(2, 0, 10)], 3: [(3, 0, 10)]}
    made = dealt("Tc 6d, Ac Kc, Tc 6c", "9c", "ls", stakes)
    take(made, 1, 0, HIT, "Th")
    assert not over(made)
    note(made, 3, 0, SURRENDER)
    assert made.payouts() == {1: [0], 2: [50], 3: [10]}


def test_a_natural_waits_while_the_dealer_may_have_one() -> None:
    for up, end in (("Ac", "Ac 5d 5h"), ("Kc", "Kc 9d")):
        made = dealt("Ac Kd", up)
        assert not over(made)
        peek(made)
        assert back(made) == [50]
        made = dealt("Ac Kd", up, "s17")
        assert not over(made)
        dealer(made, end)
        assert back(made) == [50]


def test_a_natural_does_not_wait_for_who_took_even_money() -> None:
    made = dealt("Ac Kd", "Ad", stakes={1: [(1, 0, 15)], 7: [(1, 1, 4)]})
    note(made, 1, 0, EVEN, {1: 0})
    assert not over(made)
    note(made, 1, 0, EVEN, {7: 0})
    assert over(made)


def test_nothing_is_over_before_the_deal() -> None:
    made = Table(["peek"], bytes(104), {}, True)
    assert not over(made)
