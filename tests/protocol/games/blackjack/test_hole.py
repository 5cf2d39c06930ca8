"""A hole card that is drawn late has the law of one that was dealt first: by all ways of chance."""

from collections.abc import Iterator, Sequence

import pytest

from protocol.fair.hashes import What
from protocol.fair.words import Words
from protocol.games.blackjack.cards import NAMES, Card, is_ace, is_natural, is_ten, value
from protocol.games.blackjack.drawing import Act
from tests.protocol.games.blackjack.tables import cards, dealt, decision, shoe
from tests.protocol.games.chance import every

HIT = decision(1, 0, Act.HIT)
End = tuple[str, ...]


def late(words: Words, up: str, left: str, rules: str, hits: int) -> End:
    """Our way: the peek, so many cards, the dealer's turn."""
    made = dealt("2c 3d", up, rules, state=shoe(f"2c 3d {up} {left}"))
    up_card = cards(up)[0]
    if "peek" in rules and (is_ace(up_card) or is_ten(up_card)):
        result = made.draw(What.PEEK, b"", words)
        made.keep(What.PEEK, b"", result)
        if result["natural"]:
            return ("natural", result["natural"])
    drawn = []
    for _ in range(hits):
        result = made.draw(What.CARD, HIT, words)
        made.keep(What.CARD, HIT, result)
        drawn.append(result["card"])
    if not made.hands.settled:
        made.note(decision(1, 0, Act.STAND))
    return (*drawn, "dealer", *made.draw(What.DEALER, b"", words)["dealer"][1:])


def first(words: Words, up: str, left: str, rules: str, hits: int) -> End:
    """The way of a table of wood: the hole card lies there from the beginning."""
    pool = sorted(cards(left))
    hand = [*cards(up), words.take(pool)]
    if "peek" in rules and is_natural(hand):
        return ("natural", NAMES[hand[1]])
    drawn = [NAMES[words.take(pool)] for _ in range(hits)]
    while wants(hand, rules):
        hand.append(words.take(pool))
    return (*drawn, "dealer", *(NAMES[card] for card in hand[1:]))


def wants(hand: Sequence[Card], rules: str) -> bool:
    total, soft = value(hand)
    return total < 17 or ("h17" in rules and soft and total == 17)


def shoes() -> Iterator[tuple[str, str, str, int]]:
    for rules in ("peek", "peek;h17", "s17"):
        for hits in range(3 if rules == "peek" else 2):
            yield "Ac", "Td Kh 9c 8c 7d", rules, hits
            yield "Ac", "Td Td 9c 9c 6d", rules, hits
            yield "Kc", "Ad Ah 9c Ts 7d", rules, hits
            yield "9c", "Ad Th 9d 8c 7d", rules, hits


@pytest.mark.parametrize(("up", "left", "rules", "hits"), [*shoes()])
def test_the_hole_card_drawn_late_has_the_law_of_one_dealt_first(
    up: str, left: str, rules: str, hits: int
) -> None:
    ours = every(lambda words: late(words, up, left, rules, hits))
    theirs = every(lambda words: first(words, up, left, rules, hits))
    assert sum(ours.values()) == 1
    assert ours == theirs


def test_a_card_of_a_player_is_never_one_that_the_hole_needs() -> None:
    """One card is left that makes no natural: it is owed, and a player never gets it."""
    made = dealt("2c 3d", "Ac", "peek", state=shoe("2c 3d Ac 9c Th Kd"))
    made.keep(What.PEEK, b"", {"natural": None})
    drawn = every(lambda words: str(made.draw(What.CARD, HIT, words)["card"]))
    assert drawn.keys() == {"Th", "Kd"}
    made.keep(What.CARD, HIT, {"card": "Th"})
    made.note(decision(1, 0, Act.STAND))
    assert every(lambda words: str(made.draw(What.DEALER, b"", words)["dealer"])).keys() == {
        "['Ac', '9c']"
    }
