"""The steps that a round of blackjack has, and those that it does not allow."""

from collections.abc import Mapping

import pytest

from protocol.fair.drawing import Misread, Unlawful
from protocol.fair.hashes import What
from protocol.fair.words import Words
from protocol.games.blackjack.cards import CODES
from protocol.games.blackjack.drawing import BLACKJACK, Act, Table
from tests.protocol.games.blackjack.tables import (
    FULL,
    boxes,
    dealer,
    dealt,
    decision,
    insurances,
    note,
    peek,
    shoe,
    table,
    take,
)
from tests.protocol.games.chance import Chosen

STAND, SPLIT, SECOND, DOUBLE, HIT = Act.STAND, Act.SPLIT, Act.SECOND, Act.DOUBLE, Act.HIT
SURRENDER, STOOD, EVEN = Act.SURRENDER, Act.STOOD, Act.EVEN_MONEY
TWO = {1: [(1, 0, 10)], 2: [(2, 0, 10)]}


def refused(made: Table, what: int, detail: bytes = b"", fault: type[Exception] = Unlawful) -> str:
    with pytest.raises(fault) as refusal:
        made.draw(what, detail, Chosen(*[0] * 30))
    return str(refusal.value)


def no_card(made: Table, box: int, hand: int, act: int) -> str:
    return refused(made, What.CARD, decision(box, hand, act))


# --- the deal -----------------------------------------------------------------------------------


def test_a_deal_goes_round_twice_with_the_dealer_between() -> None:
    made = table(stakes={1: [(3, 0, 10)], 2: [(5, 1, 10)]}, state=shoe("2c 3c 4c 5c 6c"))
    words = Chosen(4, 0, 1, 1, 0)
    result = made.draw(What.DEAL, boxes(3, 5), words)
    assert result == {"boxes": {"3": ["6c", "5c"], "5": ["2c", "3c"]}, "up": "4c"}
    assert words.used_up


def test_a_deal_takes_nothing_out_of_the_shoe_until_it_is_kept() -> None:
    made = table(state=shoe("2c 3c 4c"))
    for _ in range(2):
        result = made.draw(What.DEAL, boxes(1), Chosen(0, 0, 0))
    made.keep(What.DEAL, boxes(1), result)
    assert made.hands.boxes[1][0].cards == [CODES["2c"], CODES["4c"]]
    assert made.hands.dealer == [CODES["3c"]]
    with pytest.raises(ValueError, match="below 0"):
        made.draw(What.CARD, decision(1, 0, HIT), Words(bytes(32), bytes(32), bytes(32)))


@pytest.mark.parametrize("detail", [b"", b"\2\1", b"\1\1\2", b"\2\2\1", b"\2\1\1"])
def test_the_boxes_are_counted_and_ascending(detail: bytes) -> None:
    assert "ascending" in refused(table(), What.DEAL, detail, Misread)


@pytest.mark.parametrize("numbers", [(), (0,), (0, 1), (1, 8)])
def test_there_are_seven_boxes(numbers: tuple[int, ...]) -> None:
    assert "1 to 7" in refused(table(), What.DEAL, boxes(*numbers))


def test_every_box_with_a_bet_is_dealt_and_no_other() -> None:
    for numbers in ((1,), (2,), (1, 2, 3)):
        assert "not the boxes" in refused(table(stakes=TWO), What.DEAL, boxes(*numbers))
    side = {1: [(1, 0, 10), (2, 2, 5)]}
    assert "not the boxes" in refused(table(stakes=side), What.DEAL, boxes(1, 2))
    part = BLACKJACK.start([], FULL, {1: [(1, 0, 10)]}, False)
    assert part.draw(What.DEAL, boxes(1, 2, 7), Chosen(*[0] * 7))["up"] == "Ac"


def test_the_cards_are_dealt_once_and_before_all_others() -> None:
    for what in (What.PEEK, What.CARD, What.DEALER):
        assert "before all" in refused(table(), what)
    assert "dealt once" in refused(dealt("2c 3c", "9c"), What.DEAL, boxes(1))
    with pytest.raises(Unlawful, match="nothing to decide"):
        note(table(), 1, 0, STAND)


def test_nothing_is_done_when_it_is_over() -> None:
    made = dealt("Tc 9c", "9c")
    note(made, 1, 0, STAND)
    dealer(made, "9c 8d")
    for what in (What.DEAL, What.PEEK, What.CARD, What.DEALER):
        refused(made, what)
    with pytest.raises(Unlawful, match="nothing to decide"):
        note(made, 1, 0, STAND)


@pytest.mark.parametrize("what", [0, What.SPIN, What.BALL, What.CARDS, What.SAMPLE, 12])
def test_no_other_step(what: int) -> None:
    assert f"no step {int(what)}" in refused(dealt("2c 3c", "9c"), what)
    dealt("2c 3c", "9c").keep(what, b"", {})


# --- the peek -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("up", "left", "index", "natural"),
    [
        ("Ac", "9c Th Kd", 0, "Kd"),
        ("Ac", "9c Th Kd", 1, "Th"),
        ("Ac", "9c Th Kd", 2, None),
        ("Kc", "Ah Th 9d", 0, "Ah"),
        ("Kc", "Ah Th 9d", 1, None),
    ],
)
def test_a_peek_draws_only_whether_it_is_a_natural(
    up: str, left: str, index: int, natural: str | None
) -> None:
    made = dealt("2c 3c", up, state=shoe(f"2c 3c {up} {left}"))
    words = Chosen(index)
    assert made.draw(What.PEEK, b"", words) == {"natural": natural}
    assert words.used_up


def test_there_is_a_peek_only_under_an_ace_or_a_ten_and_once() -> None:
    assert "nothing to look for" in refused(dealt("2c 3c", "9c"), What.PEEK)
    assert "nothing to look for" in refused(dealt("2c 3c", "Ac", "s17"), What.PEEK)
    made = dealt("2c 3c", "Ac")
    peek(made)
    assert "nothing to look for" in refused(made, What.PEEK)


@pytest.mark.parametrize("up", ["Ac", "Kc"])
def test_the_peek_comes_before_all_that_is_played(up: str) -> None:
    made = dealt("2c 3c", up, "peek;ls")
    for what, detail in ((What.CARD, decision(1, 0, HIT)), (What.DEALER, b"")):
        assert "looks at the hole" in refused(made, what, detail)
    for act in (STAND, STOOD, SURRENDER):
        with pytest.raises(Unlawful, match="not decided now"):
            note(made, 1, 0, act)
    peek(made)
    note(made, 1, 0, SURRENDER)


def test_without_a_peek_nobody_waits_for_it() -> None:
    made = dealt("2c 3c", "Ac", "ls")
    take(made, 1, 0, HIT, "4c")
    note(made, 1, 0, STOOD)
    dealer(made, "Ac Kd")


def test_insurance_is_half_the_bet_at_the_most_under_an_ace() -> None:
    stakes = {1: [(1, 0, 11)], 7: [(1, 1, 4), (2, 0, 1)]}
    made = dealt("2c 3c, 4c 5c", "Ac", stakes=stakes)
    assert made.draw(What.PEEK, insurances((1, 1, 5), (7, 1, 2)), Chosen(200)) == {"natural": None}
    for row in ((1, 1, 6), (1, 1, 0), (7, 2, 1), (9, 1, 1), (1, 2, 1)):
        assert "an insurance of" in refused(made, What.PEEK, insurances(row))
    assert "has no hand" in refused(made, What.PEEK, insurances((1, 3, 1)))
    ten = dealt("2c 3c, 4c 5c", "Kc", stakes=stakes)
    assert "an insurance of" in refused(ten, What.PEEK, insurances((1, 1, 5)))


def test_an_insurance_of_somebody_who_is_not_listed_is_believed() -> None:
    made = BLACKJACK.start(["peek"], FULL, {}, False)
    made.keep(What.DEAL, boxes(1), {"boxes": {"1": ["2c", "3c"]}, "up": "Ac"})
    assert made.draw(What.PEEK, insurances((9, 1, 10**6)), Chosen(0))["natural"]


@pytest.mark.parametrize(
    "detail",
    [
        b"x",
        bytes(16),
        insurances((1, 1, 1)) * 2,
        insurances((2, 1, 1), (1, 1, 1)),
        insurances((1, 2, 1), (1, 1, 1)),
    ],
)
def test_insurances_are_ascending_rows(detail: bytes) -> None:
    made = dealt("2c 3c, 4c 5c", "Ac", stakes={1: [(1, 0, 11), (2, 0, 11)], 2: [(1, 1, 11)]})
    refused(made, What.PEEK, detail, Misread)


# --- cards --------------------------------------------------------------------------------------


def test_what_a_hand_may_do() -> None:
    made = dealt("8c 8d, 2c 3c", "9c", stakes=TWO)
    assert "no hand 1" in no_card(made, 1, 1, HIT)
    assert "no hand 0" in no_card(made, 3, 0, HIT)
    assert "split hand has one" not in no_card(made, 1, 0, SECOND)
    for act in (0, STAND, SURRENDER, STOOD, EVEN, 9):
        assert "takes no card" in no_card(made, 1, 0, act)
    take(made, 2, 0, HIT, "4c")
    for act in (DOUBLE, SPLIT, SECOND):
        assert "does nothing now" in no_card(made, 2, 0, act)
    take(made, 2, 0, HIT, "Tc")
    note(made, 2, 0, STAND)
    assert "does nothing now" in no_card(made, 2, 0, HIT)


def test_a_hand_that_was_split_has_one_card_first() -> None:
    made = dealt("8c 8d", "9c")
    take(made, 1, 0, SPLIT, "2c", {1: 10})
    for act in (HIT, DOUBLE, SPLIT):
        assert "does nothing now" in no_card(made, 1, 1, act)
    with pytest.raises(Unlawful, match="does nothing now"):
        note(made, 1, 1, STAND)
    take(made, 1, 1, SECOND, "3c")
    assert "does nothing now" in no_card(made, 1, 1, SECOND)
    take(made, 1, 1, HIT, "4c")


def test_a_hand_of_one_card_that_was_not_split_gets_no_second() -> None:
    made = table()
    made.keep(What.DEAL, boxes(1), {"boxes": {"1": ["8c"]}, "up": "9c"})
    assert "only a split hand" in no_card(made, 1, 0, SECOND)


def test_21_stands_by_itself_and_so_do_a_bust_and_a_double() -> None:
    for drawn in ("Tc", "Jc"):
        made = dealt("5c 6c" if drawn == "Tc" else "Tc 6c", "9c")
        take(made, 1, 0, HIT, drawn)
        assert "does nothing now" in no_card(made, 1, 0, HIT)
    made = dealt("5c 6c", "9c")
    take(made, 1, 0, DOUBLE, "2c", {1: 10})
    assert "does nothing now" in no_card(made, 1, 0, HIT)
    assert made.hands.settled


def test_split_aces_get_one_card_each() -> None:
    made = dealt("Ac Ad", "9c")
    take(made, 1, 0, SPLIT, "Ah", {1: 10})
    take(made, 1, 1, SECOND, "2c")
    for hand in (0, 1):
        assert "does nothing now" in no_card(made, 1, hand, HIT)
        assert "does nothing now" in no_card(made, 1, hand, SPLIT)
    assert made.hands.settled


def not_kept(made: Table, act: Act, added: Mapping[int, int] | None, hand: int = 0) -> str:
    """What is wrong with it is seen when the game goes on."""
    detail = decision(1, hand, act, added)
    made.draw(What.CARD, detail, Chosen(0, 0))
    with pytest.raises(Unlawful) as refusal:
        made.keep(What.CARD, detail, {"card": "2h"})
    return str(refusal.value)


@pytest.mark.parametrize("added", [{1: 11}, {1: 0}, {2: 10}, {1: 10, 2: 1}])
def test_double_adds_up_to_the_bet(added: Mapping[int, int]) -> None:
    assert "more on hand 0" in not_kept(dealt("5c 6c", "9c"), DOUBLE, added)


@pytest.mark.parametrize("added", [{1: 11}, {1: 9}, {2: 10}])
def test_split_adds_the_same_bet(added: Mapping[int, int]) -> None:
    assert "same bet" in not_kept(dealt("8c 8d", "9c"), SPLIT, added)


def test_chips_of_somebody_who_is_not_listed_are_believed() -> None:
    for hand, act in (("8c 8d", SPLIT), ("5c 6c", DOUBLE)):
        made = BLACKJACK.start([], FULL, {}, False)
        made.keep(What.DEAL, boxes(1), {"boxes": {"1": hand.split()}, "up": "9c"})
        made.keep(What.CARD, decision(1, 0, act, {9: 10**6}), {"card": "2h"})


def test_only_cards_of_the_same_value_are_split() -> None:
    assert "not split" in not_kept(dealt("8c 9d", "9c"), SPLIT, {1: 10})
    take(dealt("Tc Kd", "9c"), 1, 0, SPLIT, "2c", {1: 10})


@pytest.mark.parametrize(("word", "most"), [("hands=2", 2), ("hands=4", 4), ("s17", 4)])
def test_a_box_is_split_into_so_many_hands(word: str, most: int) -> None:
    made = dealt("8c 8d", "9c", word)
    for _ in range(most - 1):
        take(made, 1, 0, SPLIT, "8h", {1: 10})
    assert len(made.hands.boxes[1]) == most
    assert "not split" in not_kept(made, SPLIT, {1: 10})


def test_a_split_hand_is_doubled_where_that_is_a_rule() -> None:
    for rules in ("", "das"):
        made = dealt("8c 8d", "9c", rules)
        take(made, 1, 0, SPLIT, "2c", {1: 10})
        if rules:
            take(made, 1, 0, DOUBLE, "3c", {1: 10})
        else:
            assert "not doubled" in not_kept(made, DOUBLE, {1: 10})


@pytest.mark.parametrize(
    "detail",
    [
        b"",
        bytes(4),
        bytes((1, 0, 1, 0, 1)),
        decision(1, 0, 2, {1: 1}) + b"x",
        bytes((1, 0, 2, 0, 2)) + decision(1, 0, 2, {2: 1})[5:] + decision(1, 0, 2, {1: 1})[5:],
        bytes((1, 0, 2, 0, 2)) + 2 * decision(1, 0, 2, {1: 1})[5:],
    ],
)
def test_a_decision_has_its_layout(detail: bytes) -> None:
    made = dealt("5c 6c", "9c")
    refused(made, What.CARD, detail, Misread)
    for call in (made.note, lambda each: made.keep(What.CARD, each, {"card": "2h"})):
        with pytest.raises(Misread):
            call(detail)


# --- decisions without a card -------------------------------------------------------------------


def test_surrender_is_of_the_first_two_cards_where_that_is_a_rule() -> None:
    with pytest.raises(Unlawful, match="cannot be given up"):
        note(dealt("Tc 6c", "9c"), 1, 0, SURRENDER)
    made = dealt("5c 6c", "9c", "ls")
    take(made, 1, 0, HIT, "2c")
    with pytest.raises(Unlawful, match="does nothing now"):
        note(made, 1, 0, SURRENDER)
    made = dealt("8c 8d", "9c", "ls")
    take(made, 1, 0, SPLIT, "2c", {1: 10})
    with pytest.raises(Unlawful, match="cannot be given up"):
        note(made, 1, 0, SURRENDER)


def test_early_surrender_is_before_the_peek() -> None:
    made = dealt("Tc 6c", "Ac", "es;peek")
    note(made, 1, 0, SURRENDER)
    assert made.hands.settled


def test_even_money_is_for_a_natural_under_an_ace_before_the_peek() -> None:
    for hand, up in (("Ac Kc", "Kd"), ("Tc 9c", "Ad"), ("7c 7d", "Ad")):
        with pytest.raises(Unlawful, match="even money"):
            note(dealt(hand, up), 1, 0, EVEN)
    made = dealt("Ac Kc", "Ad")
    peek(made)
    with pytest.raises(Unlawful, match="not decided now"):
        note(made, 1, 0, EVEN)


@pytest.mark.parametrize("act", [0, HIT, DOUBLE, SPLIT, SECOND, 9])
def test_what_draws_a_card_is_no_note(act: int) -> None:
    with pytest.raises(Unlawful, match="not decided now"):
        note(dealt("Tc 6c", "9c"), 1, 0, act)


# --- the dealer ---------------------------------------------------------------------------------


def test_the_dealer_plays_when_no_hand_is_open() -> None:
    made = dealt("Tc 6c", "9c")
    assert "open yet" in refused(made, What.DEALER)
    note(made, 1, 0, STOOD)
    assert "no detail" in refused(made, What.DEALER, b"x", Misread)


@pytest.mark.parametrize(
    ("rules", "choices", "cards"),
    [
        ("s17", (0,), ["6c", "Ac"]),
        ("h17", (0, 1), ["6c", "Ac", "Tc"]),
        ("s17", (2, 0), ["6c", "Tc", "Ac"]),
        ("s17", (1, 0, 0), ["6c", "5c", "Ac", "Tc"]),
    ],
)
def test_the_dealer_draws_to_17(rules: str, choices: tuple[int, ...], cards: list[str]) -> None:
    made = dealt("Tc 9c", "6c", rules, state=shoe("Tc 9c 6c Ac 5c Tc 2d"))
    note(made, 1, 0, STAND)
    words = Chosen(*choices)
    assert made.draw(What.DEALER, b"", words) == {"dealer": cards}
    assert words.used_up
