"""What is shown is what can be seen: nothing that a terminal would obey, and nothing unbounded."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.local_time import local_time
from client_text.lines import LONGEST, folded, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Привет, 17 — красное ✓", "Привет, 17 — красное ✓"),
        ("\x1b[31mred", "�[31mred"),
        ("a\r\nb\tc", "a��b�c"),
        ("\u202eturned\u2069", "�turned�"),
        ("\x9b2J\x85", "�2J�"),
        ("zero\u200bwidth\ufeff", "zero�width�"),
        ("\ud800", "�"),
        ("\u2028\U000e0041\ue000", "���"),
        ("e\u0301", "e\u0301"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 4),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_only_what_can_be_seen_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    for character in visible(text):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
        assert unicodedata.category(character) != "Cf" or character in "\u200c\u200d"


def test_a_line_has_an_end() -> None:
    assert len(visible("x" * 10**6)) == LONGEST


@given(st.text("ab ", max_size=300), st.integers(1, 100))
def test_a_line_is_broken_between_words(text: str, columns: int) -> None:
    rows = folded(text, columns).split("\n")
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    if columns >= 20:
        assert all(len(row) <= columns or " " not in row.strip() for row in rows)


def test_a_moment_that_the_calendar_does_not_have_is_no_crash() -> None:
    assert len(local_time(1_700_000_000_000)) == len("21:05")
    assert local_time(2**64 - 1) == ""
