"""Numbers that are put in order when somebody asks."""

from hypothesis import given
from hypothesis import strategies as st

from server.people.ascending import FEW, Ascending

NUMBERS = st.integers(0, 60)
DEEDS = st.lists(
    st.tuples(st.sampled_from(("add", "discard", "ask")), st.lists(NUMBERS, max_size=FEW + 9)),
    max_size=12,
)


@given(DEEDS, NUMBERS)
def test_it_is_a_set_in_order_whatever_comes_and_goes(
    deeds: list[tuple[str, list[int]]], after: int
) -> None:
    numbers, kept = Ascending(), set[int]()
    for deed, some in deeds:
        for number in some:
            if deed != "ask":
                getattr(numbers, deed)(number)
                getattr(kept, deed)(number)
        if deed == "ask":
            assert list(numbers) == sorted(kept)
    assert list(numbers.after(after)) == [number for number in sorted(kept) if number > after]


def test_it_begins_with_what_there_is() -> None:
    assert list(Ascending((5, 3, 5))) == [3, 5]


def test_each_is_there_once_until_it_goes() -> None:
    numbers = Ascending((5, 0))
    for number in (3, 3, 1, 5):
        numbers.add(number)
    assert list(numbers) == [0, 1, 3, 5]
    assert (list(numbers.after(0)), list(numbers.after(2))) == ([1, 3, 5], [3, 5])
    for number in (3, 9):
        numbers.discard(number)
    numbers.add(7)
    numbers.discard(7)
    assert list(numbers) == [0, 1, 5]
    numbers.add(3)
    assert list(numbers) == [0, 1, 3, 5]


def test_many_at_once_are_put_in_order_too() -> None:
    numbers = Ascending((FEW, 500))
    for number in range(2 * FEW, -1, -1):
        numbers.add(number)
    assert list(numbers) == [*range(2 * FEW + 1), 500]
    assert list(numbers.after(2 * FEW - 1)) == [2 * FEW, 500]
