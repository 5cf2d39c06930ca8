"""Lines are broken between words, and a moment is written as a clock does."""

from hypothesis import given
from hypothesis import strategies as st

from client.local_time import local_time
from client_text.lines import folded


@given(st.text("ab ", max_size=300), st.integers(1, 100))
def test_a_line_is_broken_between_words(text: str, columns: int) -> None:
    rows = folded(text, columns).split("\n")
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    if columns >= 20:
        assert all(len(row) <= columns or " " not in row.strip() for row in rows)


def test_a_moment_that_the_calendar_does_not_have_is_no_crash() -> None:
    assert len(local_time(1_700_000_000_000)) == len("21:05")
    assert local_time(2**64 - 1) == ""
