from collections import Counter
from typing import Any

import pytest

from protocol.fair.drawing import Drawing, Misread, Unlawful
from protocol.fair.hashes import What, u16, u64
from protocol.fair.words import Words
from protocol.games.bingo.drawing import BINGO_75, BINGO_90, Card, card_of_75, ticket_of_90
from tests.protocol.games.chance import Chosen

ZERO = bytes(32)


def words(at: int = 0) -> Words:
    return Words(at.to_bytes(32, "big"), ZERO, ZERO)


def hall(
    stakes: Any = None, *, balls: int = 75, rules: tuple[str, ...] = (), whole: bool = True
) -> Drawing:
    kind = BINGO_75 if balls == 75 else BINGO_90
    return kind.start(rules, u16(balls), stakes or {}, whole)


# --- cards --------------------------------------------------------------------------------------


@pytest.mark.parametrize("free", [True, False])
def test_a_card_of_75_has_five_columns_of_their_fifteen_numbers(*, free: bool) -> None:
    seen: Counter[tuple[int, int]] = Counter()
    for at in range(300):
        card = card_of_75(words(at), free=free)
        assert [len(column) for column in card] == [5] * 5
        for number, column in enumerate(card):
            numbers = [each for each in column if each]
            assert len({*numbers}) == len(numbers) == 5 - (free and number == 2)
            assert {*numbers} <= {*range(15 * number + 1, 15 * number + 16)}
            seen.update((number, each) for each in numbers)
        assert (card[2][2] == 0) is free
    assert len(seen) == 75


def test_a_card_of_75_is_drawn_column_by_column_from_the_top() -> None:
    chance = Chosen(*(14, 0, 0, 0, 0), *[0] * 5, *(0, 13, 0, 0), *[10] * 10)
    assert card_of_75(chance, free=True) == [
        [15, 1, 2, 3, 4],
        [16, 17, 18, 19, 20],
        [31, 45, 0, 32, 33],
        [56, 57, 58, 59, 60],
        [71, 72, 73, 74, 75],
    ]
    assert chance.used_up


def test_a_ticket_of_90_has_three_rows_of_five_and_no_empty_column() -> None:
    seen: set[tuple[int, int]] = set()
    for at in range(300):
        ticket = ticket_of_90(words(at))
        assert [len(row) for row in ticket] == [9] * 3
        assert [sum(map(bool, row)) for row in ticket] == [5] * 3
        for column, down in enumerate(zip(*ticket, strict=True)):
            numbers = [each for each in down if each]
            assert numbers
            assert numbers == sorted({*numbers})
            seen.update((column, each) for each in numbers)
    wanted = [(column, n) for column in range(9) for n in range(10 * column, 10 * column + 10)]
    assert seen == {*wanted, (8, 90)} - {(0, 0)}


def test_a_ticket_with_an_empty_column_is_thrown_away_and_all_drawn_again() -> None:
    rows = [*[0] * 5, *[0] * 5, *[0] * 5]
    again = [*[0] * 5, *[4] * 5, *(0, 0, 0, 0, 2)]
    chance = Chosen(*rows, *again, *(8, 0), *(0, 8), *[0] * 10, 10)
    ticket = ticket_of_90(chance)
    assert [[column for column, number in enumerate(row) if number] for row in ticket] == [
        [0, 1, 2, 3, 4],
        [4, 5, 6, 7, 8],
        [0, 1, 2, 3, 6],
    ]
    assert [row[0] for row in ticket] == [1, 0, 9]
    assert [row[1] for row in ticket] == [10, 0, 19]
    assert ticket[1][8] == 90
    assert chance.used_up


def test_every_card_has_a_stream_of_its_own() -> None:
    for balls, free in ((75, True), (75, False), (90, False)):
        made = hall({7: [(2, 0, 10)], 3: [(1, 0, 5)]}, balls=balls, rules=("free",) * free)
        result = made.draw(What.CARDS, b"", words())
        assert [*result["cards"]] == ["3/0", "7/0", "7/1"]
        for name, card in result["cards"].items():
            account, number = map(int, name.split("/"))
            stream = words().apart(f"bingo{balls}", u64(account) + u16(number))
            assert card == (card_of_75(stream, free=free) if balls == 75 else ticket_of_90(stream))


def test_who_has_bought_in_two_goes_has_all_cards_in_a_row() -> None:
    made = hall({3: [(1, 0, 5), (2, 0, 10)]})
    assert [*made.draw(What.CARDS, b"", words())["cards"]] == ["3/0", "3/1", "3/2"]


def test_nobody_buys_without_end() -> None:
    most = hall({3: [(200, 0, 5), (55, 0, 5)]})
    assert len(most.draw(What.CARDS, b"", words())["cards"]) == 255
    for whole in (True, False):
        with pytest.raises(Unlawful, match="255"):
            hall({2: [(1, 0, 1)], 3: [(200, 0, 5), (56, 0, 5)]}, whole=whole)


def test_cards_are_dealt_once() -> None:
    made = hall({3: [(1, 0, 5)]})
    with pytest.raises(Misread, match="no detail"):
        made.draw(What.CARDS, b"x", words())
    made.keep(What.CARDS, b"", made.draw(What.CARDS, b"", words()))
    with pytest.raises(Unlawful, match="no step 6 now"):
        made.draw(What.CARDS, b"", words())


def told(stakes: Any, cards: Any, *, whole: bool) -> bool:
    return hall(stakes, whole=whole).fits(What.CARDS, b"", words(), {"cards": cards})


def test_all_cards_are_told_where_all_bets_are_listed() -> None:
    stakes = {3: [(2, 0, 5)]}
    cards = hall(stakes).draw(What.CARDS, b"", words())["cards"]
    assert told(stakes, cards, whole=True)
    assert not told(stakes, {"3/0": cards["3/0"]}, whole=True)
    assert not told({3: [(1, 0, 5)]}, cards, whole=True)


def test_each_card_that_is_told_is_the_one_it_is_called() -> None:
    cards = hall({3: [(2, 0, 5)], 8: [(1, 0, 5)]}).draw(What.CARDS, b"", words())["cards"]
    mine = {3: [(2, 0, 5)]}
    assert told(mine, cards, whole=False)
    assert told({}, cards, whole=False)
    assert told({}, {}, whole=False)
    assert not told(mine, {"3/0": cards["3/0"]}, whole=False)
    assert not told(mine, {**cards, "8/0": cards["3/0"]}, whole=False)


@pytest.mark.parametrize(
    "name", ["", "3", "3/0/0", "/0", "3/", "x/0", "03/0", "3/00", " 3/0", "+3/0", "３/0"]
)
def test_a_card_is_called_in_one_way(name: str) -> None:
    card = hall({3: [(1, 0, 5)]}).draw(What.CARDS, b"", words())["cards"]["3/0"]
    assert told({}, {"3/0": card}, whole=False)
    with pytest.raises(ValueError):  # noqa: PT011 -- "not enough values" as well as our own words
        told({}, {name: card}, whole=False)


@pytest.mark.parametrize("name", ["-1/0", "3/-1", "3/255", f"{2**64}/0", f"3/{2**16}"])
def test_there_are_so_many_accounts_and_cards(name: str) -> None:
    with pytest.raises(Unlawful, match="its account and its number"):
        told({}, {name: []}, whole=False)


def test_the_last_account_may_have_cards() -> None:
    name = f"{2**64 - 1}/254"
    card: Card = card_of_75(words().apart("bingo75", b"\xff" * 8 + u16(254)), free=False)
    assert told({}, {name: card}, whole=False)


# --- balls --------------------------------------------------------------------------------------


@pytest.mark.parametrize("balls", [75, 90])
def test_balls_are_drawn_until_none_is_left(balls: int) -> None:
    made = hall(balls=balls)
    drawn = []
    for call in range(1, balls + 1):
        result = made.draw(What.BALL, u16(call), words(call))
        assert made.fits(What.BALL, u16(call), words(call), result)
        made.keep(What.BALL, u16(call), result)
        drawn.append(result["ball"])
    assert sorted(drawn) == [*range(1, balls + 1)]
    with pytest.raises(Unlawful, match="no step 7 now"):
        made.draw(What.BALL, u16(balls + 1), words())


def test_a_ball_is_drawn_from_the_ascending_ones_that_are_left() -> None:
    made = hall()
    for call, (index, ball) in enumerate(((74, 75), (0, 1), (0, 2), (71, 74)), 1):
        assert made.draw(What.BALL, u16(call), Chosen(index)) == {"ball": ball}
        made.keep(What.BALL, u16(call), {"ball": ball})


def test_calls_are_counted() -> None:
    made = hall()
    for call in (0, 2):
        with pytest.raises(Unlawful, match="no step 7 now"):
            made.draw(What.BALL, u16(call), words())
    for detail in (b"", b"\1", b"\0\0\1"):
        with pytest.raises(Misread, match="number of its call"):
            made.draw(What.BALL, detail, words())
    made.keep(What.BALL, u16(1), {"ball": 5})
    with pytest.raises(Unlawful, match="no step 7 now"):
        made.draw(What.BALL, u16(1), words())
    made.draw(What.BALL, u16(2), words())


@pytest.mark.parametrize("ball", [0, 76, 5, "6", True, 6.0, None])
def test_there_is_no_such_ball(ball: Any) -> None:
    made = hall()
    made.keep(What.BALL, u16(1), {"ball": 5})
    with pytest.raises(Unlawful, match="no such ball"):
        made.keep(What.BALL, u16(2), {"ball": ball})


def test_a_ball_may_be_another_than_was_drawn_and_the_game_goes_on() -> None:
    made = hall()
    assert not made.fits(What.BALL, u16(1), Chosen(0), {"ball": 2})
    made.keep(What.BALL, u16(1), {"ball": 2})
    assert made.draw(What.BALL, u16(2), Chosen(1)) == {"ball": 3}


# --- the rest -----------------------------------------------------------------------------------


@pytest.mark.parametrize("what", [0, What.SPIN, What.DEAL, What.SAMPLE, 12])
def test_no_other_step(what: int) -> None:
    with pytest.raises(Unlawful, match=f"no step {int(what)} now"):
        hall().draw(what, b"", words())


def test_the_state_is_how_many_balls_there_are() -> None:
    for state in (b"", b"\0", b"\0\0\x4b"):
        with pytest.raises(Misread, match="how many balls"):
            BINGO_75.start((), state, {}, True)
    for kind, balls in ((BINGO_75, 90), (BINGO_90, 75), (BINGO_75, 0)):
        with pytest.raises(Unlawful, match="balls"):
            kind.start((), u16(balls), {}, True)


def test_nothing_is_decided_and_nothing_judged_that_is_paid() -> None:
    with pytest.raises(Unlawful, match="nothing is decided"):
        hall().note(b"")
    assert hall().payouts() is None
    assert (BINGO_75.number, BINGO_90.number) == (4, 5)
    assert all(kind.known(word) for kind in (BINGO_75, BINGO_90) for word in ("free", "pot=100"))


def test_a_stream_of_a_card_moves_no_other() -> None:
    chance = words()
    hall({3: [(2, 0, 5)]}).draw(What.CARDS, b"", chance)
    assert chance.below(2**16) == words().below(2**16)
