"""Lines are broken between words, and a moment is written as a clock does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.local_time import local_time
from client_text.lines import folded, shown, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Anna", 4),
        ("\u2068שלום\u2069", 4),
        ("e\u0301", 1),
        ("席位", 4),
        ("🎲", 2),
        ("❤\ufe0f", 2),
        ("", 0),
    ],
)
def test_a_line_is_as_wide_as_a_terminal_draws_it(text: str, columns: int) -> None:
    assert width(text) == columns


def test_a_line_of_wide_letters_is_broken_where_the_terminal_ends() -> None:
    rows = folded("席位席位席 位席位席位席 \u2068שלום\u2069", 20).split("\n")
    assert rows == ["席位席位席", "  位席位席位席 \u2068שלום\u2069"]
    assert folded("\u2068שלום\u2069" + " x" * 8, 20) == "\u2068שלום\u2069" + " x" * 8


@pytest.mark.parametrize(
    ("text", "terminal", "pipe"),
    [
        ("\u2068שלום\u2069: 17", "\u2068שלום\u2069: 17", "שלום: 17"),
        ("\u2069x\u2068", "�x�", "�x�"),
        ("\u2068a\u2068b\u2069", "�a\u2068b\u2069", "�ab"),
        ("\u2068\x1b[2J\u202e\u2069", "\u2068�[2J�\u2069", "�[2J�"),
        ("\u2067x\u2069", "�x�", "�x�"),
    ],
)
def test_only_what_turns_nothing_but_itself_passes_and_to_a_terminal_only(
    text: str, terminal: str, pipe: str
) -> None:
    assert shown(text, turned=True) == terminal
    assert shown(text) == pipe


@given(st.text("ab ", max_size=300), st.integers(1, 100))
def test_a_line_is_broken_between_words(text: str, columns: int) -> None:
    rows = folded(text, columns).split("\n")
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    if columns >= 20:
        assert all(len(row) <= columns for row in rows)
        for word in filter(None, text.split(" ")):
            assert len(word) > columns - 2 or any(word in row.split(" ") for row in rows)


NO_BREAKS = ["\u00a0", *map(chr, range(0x2000, 0x200B)), "\u3000", "x", "席", "e\u0301", "🎲"]


@pytest.mark.parametrize("filler", NO_BREAKS)
@pytest.mark.parametrize("columns", [20, 79, 80])
@pytest.mark.parametrize("before", ["", "08:11 Boris: ", " "])
def test_nobody_writes_a_line_that_begins_at_the_edge(
    filler: str, columns: int, before: str
) -> None:
    text = f"{before}.{filler * 77}08:12 Anna: Tina, I withdraw my last bet.{filler * 99} so"
    first, *others = folded(text, columns).split("\n")
    assert all(width(row) <= columns for row in (first, *others))
    assert all(re.match("  [^ ]", row) for row in others)
    together = "".join(each.removeprefix("  ") for each in (first, *others))
    assert together.replace(" ", "") == text.replace(" ", "")


def test_a_long_word_fills_its_rows_and_the_next_goes_on_behind_it() -> None:
    assert folded("x" * 40 + " so", 20).split("\n") == ["x" * 18, "  " + "x" * 18, "  xxxx so"]
    assert folded("席" * 12, 21).split("\n") == ["席" * 9, "  席席席"]


def test_a_moment_that_the_calendar_does_not_have_is_no_crash() -> None:
    assert len(local_time(1_700_000_000_000)) == len("21:05")
    assert local_time(2**64 - 1) == ""
