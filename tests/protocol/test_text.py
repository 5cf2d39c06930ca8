import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.text import (
    NAME_MARKS,
    UnfitTextError,
    after_mark,
    as_name,
    decode_name,
    fit_line,
    fit_name,
    is_word,
    isolated,
    visible,
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("alice", "alice"),
        ("  Анна   Б ", "Анна Б"),
        ("e\u0301", "\u00e9"),
        ("ж" * 32, "ж" * 32),
        ("a" * 64, "a" * 64),
        ("Z" + "\u0335" * 4, "Z" + "\u0335" * 4),
        ("Z" + "\u20dd" * 4 + "Z" + "\u0335" * 4, "Z" + "\u20dd" * 4 + "Z" + "\u0335" * 4),
        ("☺", "☺"),
        ("7", "7"),
        ("?", "?"),
    ],
)
def test_a_name_is_written_one_way(typed: str, shown: str) -> None:
    assert fit_name(typed) == shown
    assert decode_name(typed.encode()) == shown


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "at least one letter"),
        ("   ", "at least one letter"),
        ("a" * 65, "65 bytes are too long"),
        ("ж" * 33, "66 bytes are too long"),
        ("a" * 1_000_000, "too long"),
        ("\u0344" * 32, "too long"),
        ("a\x00b", r"U\+0000"),
        ("a\nb", r"U\+000A"),
        ("a\u202eb", r"U\+202E"),
        ("a\u200bb", r"U\+200B"),
        ("a\u200db", r"U\+200D"),
        ("a\ud800b", r"U\+D800"),
        ("\u3164", r"U\+3164"),
        ("e\u0301" * 22, "66 bytes are too long"),
        ("\u0344" * 32, "128 bytes are too long"),
        ("\u0301", "at least one letter"),
        ("\u034f \u034f", "at least one letter"),
        ("Z" + "\u0335" * 5, "too many marks"),
        ("Za" + "\u0335" * 5, "too many marks"),
        ("Z" + "\u20dd" * 5, "too many marks"),
        ("\u0335" * 5 + "Z", "too many marks"),
        ("the ‹house", "stand around names"),
        ("the house›", "stand around names"),
    ],
)
def test_an_unfit_name_is_refused_in_words(typed: str, why: str) -> None:
    with pytest.raises(UnfitTextError, match=why):
        fit_name(typed)


def test_a_name_that_is_not_utf8_is_unfit() -> None:
    with pytest.raises(UnfitTextError, match="not UTF-8"):
        decode_name(b"\xff\xfe")


def test_a_line_may_join_its_letters_but_not_turn_them() -> None:
    assert fit_line(" \U0001f468\u200d\U0001f469 hello ") == "\U0001f468\u200d\U0001f469 hello"
    assert fit_line("می\u200cخواهم  ‹two spaces›") == "می\u200cخواهم  ‹two spaces›"
    assert fit_line("x" * 400) == "x" * 400
    for bad, why in (
        ("\u202ehello", "202E"),
        (" ", "empty line"),
        ("\u200d\u0301", "empty line"),
        ("x" * 401, "401 bytes"),
    ):
        with pytest.raises(UnfitTextError, match=why):
            fit_line(bad)


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
        ("\u3164\u2800", "��"),
        ("\u2028\U000e0041\ue000", "���"),
        ("e\u0301", "e\u0301"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 4),
        ("\u0301" * 40 + "e", "\u0301" * 4 + "e"),
        ("e" + "\u20dd" * 5 + "e\u0301", "e" + "\u20dd" * 4 + "e\u0301"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_only_what_can_be_seen_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


UNSEEN = "\x7f\u2066\udfff\U0010fffd\u0378\u2028\u2029"
"""One of each category that draws nothing."""
BLANK = "\u115f\u1160\u3164\uffa0\u2800"


@pytest.mark.parametrize("unseen", [*UNSEEN, *BLANK], ids=ascii)
def test_what_draws_nothing_is_neither_taken_nor_shown(unseen: str) -> None:
    assert visible(f"a{unseen}b") == "a�b"
    for fit in (fit_name, fit_line):
        with pytest.raises(UnfitTextError, match=rf"U\+{ord(unseen):04X} cannot be shown"):
            fit(f"a{unseen}b")


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    for character in visible(text):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
        assert unicodedata.category(character) != "Cf" or character in "\u200c\u200d"


def test_a_line_has_an_end() -> None:
    assert visible("x" * 4000 + "y" * 10**6) == "x" * 4000


@pytest.mark.parametrize(
    "name",
    [
        *("O’Neil", "Jean-Luc-Marie", "x" * 64),
        *("Anna", "Ёжик", "O'Neil", "Jean-Luc", "bot-7", "שלום", "محمد", "e\u0301", "क्ष", "Ænne"),
        *(
            "Νίκη",
            "Արամ",
            "ნინო",
            "สมชาย",
            "花子",
            "はなこ",
            "ハナコ",
            "철수",
            "አበበ",
            "D’Arcy",
            "7",
        ),
    ],
)
def test_a_name_of_one_word_is_shown_as_it_is(name: str) -> None:
    assert as_name(name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Anna Maria", "‹Anna Maria›"),
        ("House:", "‹House:›"),
        ("The house calls: no more bets", "‹The house calls: no more bets›"),
        ("✓", "‹✓›"),
        ("bot_7", "‹bot_7›"),
        *((f"House{sign}no", f"‹House{sign}no›") for sign in "ꓽꓸːǃǀʘʔʼʹʻˈꞌꞏ²Ⅳ٠ꓮㅡー🄰Ⓐᵃªๆ๏"),
        ("Anna.", "‹Anna.›"),
        ("-Anna", "‹-Anna›"),
        ("Anna-", "‹Anna-›"),
        ("Anna--Luc", "‹Anna--Luc›"),
        ("_", "‹_›"),
        ("", "‹›"),
        ("a›: b‹", "‹a�: b�›"),
        ("\x1b[2J", "‹�[2J›"),
        ("x" * 500, "x" * 64),
    ],
)
def test_a_name_that_could_be_read_as_something_else_stands_in_marks(name: str, shown: str) -> None:
    assert as_name(name) == shown


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_outside_its_marks_a_name_says_nothing(name: str) -> None:
    shown = as_name(name)
    if is_word(shown):
        assert not set(shown) & set(" .,:;!?…=<>✓✗_ꓽꓸːǃ")
    else:
        assert (shown[0], shown[-1]) == NAME_MARKS
        assert not set(NAME_MARKS) & set(shown[1:-1])


@given(st.text(max_size=40))
def test_what_is_read_can_be_typed(name: str) -> None:
    try:
        fitted = fit_name(name)
    except UnfitTextError:
        return
    assert after_mark(f"{as_name(fitted)} 5") in ((fitted, "5"), None)
    assert after_mark(f"{fitted} 5") is None
    assert after_mark(f"‹{fitted}›  5 › ") == (fitted, "5 ›")
    assert after_mark(f"‹{fitted}") == (fitted, "")


def test_what_is_written_from_the_right_turns_nothing_but_itself() -> None:
    assert isolated("Анна, 17!") == "Анна, 17!"
    for text in ("שלום!", "a مرحبا", "\u0661"):
        assert isolated(text) == f"\u2068{text}\u2069" == isolated(isolated(text))


def test_up_to_four_marks_on_a_letter_are_writing() -> None:
    for letters in ("Z", "Za"):
        name = "".join(letter + "\u0335" * 4 for letter in letters)
        assert fit_name(name) == name
        assert visible(name) == name
