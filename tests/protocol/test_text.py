import pytest

from protocol.text import UnfitTextError, decode_name, fit_line, fit_name


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("alice", "alice"),
        ("  Анна   Б ", "Анна Б"),
        ("e\u0301", "\u00e9"),
        ("ж" * 32, "ж" * 32),
        ("a" * 64, "a" * 64),
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
        ("\u0301", "at least one letter"),
        ("\u034f \u034f", "at least one letter"),
        ("Z" + "\u0335" * 5, "too many marks"),
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
    for bad, why in (
        ("\u202ehello", "202E"),
        (" ", "empty line"),
        ("\u200d\u0301", "empty line"),
        ("x" * 401, "401 bytes"),
    ):
        with pytest.raises(UnfitTextError, match=why):
            fit_line(bad)
