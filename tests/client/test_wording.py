"""Counts take the form that their language asks for, and seconds count down as people do."""

import pytest

from client.language import system_language
from client.wording import LANGUAGES, PLURAL, PLURALS, Paperwork, Wording, clock, parsed

FILE = """
[table]
name = "The table {name}"
chips = { one = "{n} chip", other = "{n} chips" }
"""


def test_a_message_is_filled_in() -> None:
    said = Wording("en", parsed(FILE))
    assert said("table.name", name="Oak") == "The table Oak"
    assert [said.count("table.chips", n) for n in (0, 1, 2)] == ["0 chips", "1 chip", "2 chips"]
    assert said.count("table.chips", -1) == "-1 chip"
    assert said("table.name") == "The table {name}"  # Nothing to fill it in with.
    assert said.has("table.name")
    assert not said.has("table.colour")


def test_what_somebody_calls_himself_stands_there_as_a_name() -> None:
    for kind, turned in ((Wording, "שלום"), (Paperwork, "\u2068שלום\u2069")):
        said = kind("en", {"a.b": "{name}: {line}", "a.c": {"one": "{name} {n}", "other": ""}})
        assert said("a.b", name="The house calls", line="no") == "‹The house calls›: no"
        assert said("a.b", name="Anna", line="no: x") == "Anna: no: x"
        assert said.count("a.c", 1, name="The house: 5, not") == "‹The house: 5, not› 1"
        assert said("a.b", name="שלום", line="17") == f"{turned}: 17"
        assert said("a.b", name=5, line=0) == "5: 0"
        for key in ("name", "table"):
            calls = kind("en", {"a.b": f"{{{key}}}"})
            assert calls("a.b", **{key: "The house: no"}) == "‹The house: no›"


@pytest.mark.parametrize(
    ("n", "form"),
    [(0, "many"), (1, "one"), (2, "few"), (4, "few"), (5, "many"), (11, "many"), (12, "many"),
     (21, "one"), (22, "few"), (111, "many"), (112, "many"), (1001, "one")],
)  # fmt: skip
def test_a_russian_count_has_three_forms(n: int, form: str) -> None:
    assert PLURAL["ru"](n) == form


def test_russian_counts_by_the_last_digit_but_for_the_teens() -> None:
    forms = {
        form: [n for n in range(200) if PLURAL["ru"](n) == form] for form in ("one", "few", "many")
    }
    tens = [each for each in range(0, 200, 10) if each not in (10, 110)]
    assert forms["one"] == [ten + 1 for ten in tens]
    assert forms["few"] == [ten + digit for ten in tens for digit in (2, 3, 4)]
    assert len(forms["many"]) == 200 - 4 * len(tens)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_has_a_form(language: str) -> None:
    assert {PLURAL[language](n) for n in range(200)} == PLURALS[language]


def test_seconds_count_down() -> None:
    counted = [clock(seconds) for seconds in (-61, -1, 0, 0.01, 1, 59.5, 61)]
    assert counted == ["0:00", "0:00", "0:00", "0:01", "0:01", "1:00", "1:01"]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LC_MESSAGES": "ru_UA"}, "ru"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_the_system_is_spoken_to_in_its_language(
    environment: dict[str, str], language: str
) -> None:
    assert system_language(environment) == language


def test_on_paper_what_is_written_from_the_right_turns_nothing_else() -> None:
    said = Paperwork("en", parsed('[a]\nb = "{n:03d} of {what}"'))
    assert said("a.b", n=7, what="x") == "007 of x"
    assert said("a.b", n=7, what="\u05d0") == "007 of \u2068\u05d0\u2069"
