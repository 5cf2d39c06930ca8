from typing import Any

import pytest

from protocol.fair.drawing import Kind, Misread, Unlawful
from protocol.fair.hashes import What, u16
from protocol.fair.words import Words
from protocol.games.guess import GUESS, SAMPLE
from tests.protocol.games.chance import Chosen


def two(first: int, second: int) -> bytes:
    return u16(first) + u16(second)


def drawn(kind: Kind, what: int, detail: bytes, words: Words) -> Any:
    return kind.start((), b"", {}, True).draw(what, detail, words)


def fits(number: int, hints: Any) -> bool:
    made = GUESS.start((), b"", {}, True)
    return made.fits(What.GUESS, two(1, 100), Chosen(47), {"number": number, "hints": hints})


@pytest.mark.parametrize(
    ("low", "high", "index", "number"), [(1, 100, 0, 1), (1, 100, 99, 100), (7, 7, 0, 7)]
)
def test_a_number_from_low_to_high(low: int, high: int, index: int, number: int) -> None:
    assert drawn(GUESS, What.GUESS, two(low, high), Chosen(index)) == {"number": number}


def test_a_number_of_the_widest_range() -> None:
    assert drawn(GUESS, What.GUESS, two(0, 65535), Chosen(65535)) == {"number": 65535}


def test_no_number_lies_in_an_empty_range() -> None:
    with pytest.raises(Unlawful, match="from 8 to 7"):
        drawn(GUESS, What.GUESS, two(8, 7), Chosen(0))


def test_the_hints_are_checked_as_well() -> None:
    hints = [[50, "lower"], [25, "higher"], [48, "right"]]
    assert fits(48, hints)
    assert fits(48, [])
    assert not fits(47, hints)
    for at, other in ((0, "higher"), (1, "lower"), (2, "lower"), (2, "higher")):
        lie = [[*row] for row in hints]
        lie[at][1] = other
        assert not fits(48, lie)


@pytest.mark.parametrize("guess", [True, 50.0])
def test_a_guess_is_a_whole_number(guess: Any) -> None:
    assert not fits(48, [[guess, "lower" if guess == 50 else "higher"]])


@pytest.mark.parametrize("hints", [None, 5, [5], [[5]], [["5", "higher"]], [[5, "higher", 1]]])
def test_hints_of_another_shape(hints: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        fits(48, hints)


def test_a_sample_is_in_the_order_in_which_it_comes() -> None:
    words = Words(bytes(32), bytes(32), bytes(32))
    apart, pool = words.apart("sample", b""), [*range(10)]
    wanted = [apart.take(pool) for _ in range(4)]
    assert drawn(SAMPLE, What.SAMPLE, two(10, 4), words) == {"sample": wanted}
    assert words.below(2**16) == Words(bytes(32), bytes(32), bytes(32)).below(2**16)


def test_all_of_them_are_a_shuffle() -> None:
    shuffled = drawn(SAMPLE, What.SAMPLE, two(52, 52), Words(bytes(32), bytes(32), bytes(32)))
    assert sorted(shuffled["sample"]) == [*range(52)]
    assert shuffled["sample"] != [*range(52)]
    nothing = drawn(SAMPLE, What.SAMPLE, two(0, 0), Words(bytes(32), bytes(32), bytes(32)))
    assert nothing == {"sample": []}


def test_a_sample_is_told_as_it_was_drawn() -> None:
    made, detail = SAMPLE.start((), b"", {}, True), two(9, 9)
    words = [Words(bytes(32), bytes(32), bytes(32)) for _ in range(3)]
    result = made.draw(What.SAMPLE, detail, words[0])
    assert made.fits(What.SAMPLE, detail, words[1], result)
    made.keep(What.SAMPLE, detail, result)
    result["sample"].reverse()
    assert not made.fits(What.SAMPLE, detail, words[2], result)


def test_more_than_there_are() -> None:
    with pytest.raises(Unlawful, match="5 are not among 4"):
        drawn(SAMPLE, What.SAMPLE, two(4, 5), Chosen())


@pytest.mark.parametrize("kind", [GUESS, SAMPLE])
def test_what_neither_has(kind: Kind) -> None:
    made = kind.start(("any",), b"", {}, True)
    what = What.GUESS if kind is GUESS else What.SAMPLE
    for detail in (b"", bytes(3), bytes(5)):
        with pytest.raises(Misread, match="four bytes"):
            made.draw(what, detail, Chosen())
    other = What.SAMPLE if kind is GUESS else What.GUESS
    with pytest.raises(Unlawful, match="has no step"):
        made.draw(other, two(1, 2), Chosen())
    with pytest.raises(Misread, match="no state"):
        kind.start((), b"x", {}, True)
    with pytest.raises(Unlawful, match="nothing is decided"):
        made.note(b"")
    assert made.payouts() is None
    assert kind.known("anything")
    assert kind.number == (6 if kind is GUESS else 7)
