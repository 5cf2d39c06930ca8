"""What may be told of a round, and in which words its rules are written."""

from typing import Any

import pytest

from protocol.fair.drawing import Misread, Unlawful
from protocol.fair.hashes import What
from protocol.games.blackjack.drawing import BLACKJACK, Act, Table
from protocol.games.blackjack.hands import Rules, known
from tests.protocol.games.blackjack.tables import FULL, boxes, dealt, decision, shoe, table
from tests.protocol.games.chance import Chosen


def test_a_ten_may_be_told_either_way() -> None:
    made = table(state=shoe("Tc Td Th"))
    for told in ("Th", "10h"):
        wanted = {"boxes": {"1": ["Tc", told]}, "up": "Td"}
        assert made.fits(What.DEAL, boxes(1), Chosen(0, 0, 0), wanted)
    assert not made.fits(
        What.DEAL, boxes(1), Chosen(0, 0, 0), {"boxes": {"1": ["Tc", "Td"]}, "up": "Th"}
    )


@pytest.mark.parametrize("told", ["xx", "", "1h", 5, None, ["Th"], {"Th": 1}])
def test_what_is_no_card_is_another_result(told: Any) -> None:
    made = table(state=shoe("Tc Td Th"))
    result = {"boxes": {"1": ["Tc", told]}, "up": "Td"}
    assert not made.fits(What.DEAL, boxes(1), Chosen(0, 0, 0), result)


def test_a_result_that_never_ends_is_none() -> None:
    objects: Any = "Tc"
    lists: Any = "Tc"
    for _ in range(900):
        objects, lists = {"boxes": objects}, [lists]
    for told in (objects, lists, {"boxes": lists}):
        assert not table().fits(What.DEAL, boxes(1), Chosen(0, 0, 0), told)


@pytest.mark.parametrize(
    ("what", "result"),
    [
        (What.CARD, {"card": "1c"}),
        (What.CARD, {"card": 5}),
        (What.CARD, {"card": "Kd"}),
        (What.DEALER, {"dealer": ["9c", "xx"]}),
        (What.DEALER, {"dealer": ""}),
        (What.DEALER, {"dealer": {}}),
        (What.DEAL, {"boxes": {"1": "2c"}, "up": "9c"}),
        (What.DEAL, {"boxes": {"1": []}, "up": ["9c"]}),
    ],
)
def test_a_card_that_there_is_not(what: int, result: Any) -> None:
    made = dealt("5c 6c", "9c", state=shoe("5c 6c 9c 2c"))
    with pytest.raises(Unlawful):
        made.keep(what, decision(1, 0, Act.HIT) if what == What.CARD else b"", result)


def test_a_shoe_counts_52_cards() -> None:
    for size in (0, 103, 105):
        with pytest.raises(Misread, match="52 cards"):
            Table([], bytes(size), {}, True)
    made = Table([], b"\1\0" + bytes(102), {1: [(1, 0, 1)]}, True)
    assert made.draw(What.DEAL, boxes(1), Chosen(255, 254, 253))["up"] == "Ac"


# --- rules --------------------------------------------------------------------------------------


def test_rules_are_read_from_their_words() -> None:
    words = ["decks=6", "s17", "bj=6:5", "das", "ls", "hands=3", "peek", "cut=75"]
    assert all(map(known, words))
    assert Rules.of(words) == Rules((6, 5), False, True, True, True, False, 3)
    assert Rules.of([]) == Rules((3, 2), False, False, False, False, False, 4)
    assert Rules.of(["h17", "es"]) == Rules((3, 2), True, False, False, True, True, 4)


@pytest.mark.parametrize(
    "word",
    ["", "H17", "bj=7:5", "bj=", "bj", "hands=", "hands=x", "hands=1000", "cut=７", "s17=1", "obo"],
)
def test_other_words_are_not_known(word: str) -> None:
    assert not known(word)
    assert not BLACKJACK.known(word)
    Table([word], FULL, {}, True)


def test_its_number_in_the_freeze() -> None:
    assert BLACKJACK.number == 3
