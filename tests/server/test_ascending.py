"""Numbers that are put in order when somebody asks."""

from hypothesis import given
from hypothesis import strategies as st

from server.ascending import FEW, Ascending

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
