import pytest

from protocol.fair.drawing import Unlawful
from protocol.games.blackjack.cards import (
    CARDS,
    CODES,
    NAMES,
    Shoe,
    any_card,
    dealer_draws,
    is_ace,
    is_natural,
    is_ten,
    points,
    value,
)
from tests.protocol.games.blackjack.tables import cards


def test_a_code_is_thirteen_times_the_suit_and_the_rank() -> None:
    assert NAMES[0] == "Ac"
    assert [NAMES[12], NAMES[13], NAMES[26], NAMES[39], NAMES[51]] == ["Kc", "Ad", "Ah", "As", "Ks"]
    assert [NAMES[9], NAMES[10], NAMES[11]] == ["Tc", "Jc", "Qc"]
    assert len({*NAMES}) == 52
    assert [CODES[name] for name in NAMES] == [*CARDS]


def test_a_ten_may_be_written_either_way() -> None:
    assert [CODES[f"10{suit}"] for suit in "cdhs"] == cards("Tc Td Th Ts")
    assert len(CODES) == 56


def test_what_each_rank_counts() -> None:
    assert [points(card) for card in CARDS] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10] * 4
    assert [card for card in CARDS if is_ace(card)] == cards("Ac Ad Ah As")
    assert len([card for card in CARDS if is_ten(card)]) == 16
    assert all(map(any_card, CARDS))


@pytest.mark.parametrize(
    ("names", "total", "soft"),
    [
        ("", 0, False),
        ("Ac", 11, True),
        ("Ac Ad", 12, True),
        ("Ac Kd", 21, True),
        ("Ac Ad 9h", 21, True),
        ("Ac Ad Th", 12, False),
        ("Ac 5d 5h", 21, True),
        ("Ac 5d 6h", 12, False),
        ("Tc Kd", 20, False),
        ("Tc Kd 2h", 22, False),
        ("Ac 6d", 17, True),
    ],
)
def test_an_ace_counts_eleven_where_it_fits(names: str, total: int, soft: bool) -> None:
    assert value(cards(names)) == (total, soft)


def test_a_natural_is_of_two_cards() -> None:
    assert is_natural(cards("Ac Kd"))
    assert is_natural(cards("Ts As"))
    assert not is_natural(cards("7c 7d 7h"))
    assert not is_natural(cards("Tc Kd"))


@pytest.mark.parametrize(
    ("names", "stands", "hits"),
    [
        ("Tc 6d", True, True),
        ("Tc 7d", False, False),
        ("Ac 6d", False, True),
        ("Ac 5d", True, True),
        ("Ac 7d", False, False),
        ("Ac 6d Th", False, False),
        ("Ac 3d 3h", False, True),
        ("Tc 2d 4h", True, True),
    ],
)
def test_the_dealer_draws_to_17_and_on_a_soft_one_where_it_is_hit(
    names: str, stands: bool, hits: bool
) -> None:
    assert dealer_draws(cards(names), hits_soft_17=False) is stands
    assert dealer_draws(cards(names), hits_soft_17=True) is hits


def test_a_shoe_counts_copies_by_ascending_code() -> None:
    counts = [0] * 52
    counts[3], counts[12], counts[51] = 2, 1, 3
    shoe = Shoe(counts)
    assert shoe.left() == 6
    assert [shoe.find(at) for at in range(6)] == [3, 3, 12, 51, 51, 51]
    assert shoe.left(is_ten) == 4
    assert [shoe.find(at, is_ten) for at in range(4)] == [12, 51, 51, 51]
    with pytest.raises(Unlawful, match="not so many"):
        shoe.find(6)
    with pytest.raises(Unlawful, match="not so many"):
        shoe.find(4, is_ten)


def test_what_is_removed_is_gone() -> None:
    counts = [0] * 52
    counts[3] = 1
    shoe = Shoe(counts)
    shoe.remove(3)
    assert (shoe.left(), counts[3]) == (0, 1)
    with pytest.raises(Unlawful, match="no 4c left"):
        shoe.remove(3)
