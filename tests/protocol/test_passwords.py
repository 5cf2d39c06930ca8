"""A password comes in one of four ways, and not in two at once."""

import argparse
from collections.abc import Mapping

import pytest

from protocol.passwords import PasswordError, add_options, chosen

FILES = {"one": "geheim\r\nsecond line\n", "bare": " open sesame ", "empty": "\n", "none": ""}


def found(*options: str, kept: str = "", environment: Mapping[str, str] | None = None) -> str:
    parser = argparse.ArgumentParser()
    for whose in ("croupier", "table"):
        add_options(parser, whose, "a password")
    return chosen(
        "table",
        vars(parser.parse_args(options)),
        kept,
        environment=environment or {},
        read=lambda path: FILES[path],
        ask=lambda question: {"The table's password: ": "asked"}[question],
    )


ENVIRONMENT = {"CROUPIER_TABLE_PASSWORD": "from outside", "CROUPIER_PASSWORD": "another"}


@pytest.mark.parametrize(
    ("options", "kept", "environment", "password"),
    [
        ([], "", {}, ""),
        ([], "", ENVIRONMENT, "from outside"),
        ([], "settings", ENVIRONMENT, "settings"),
        (["--table-password", "here"], "settings", ENVIRONMENT, "here"),
        (["--table-password", ""], "settings", ENVIRONMENT, "settings"),
        (["--table-password", "-"], "settings", ENVIRONMENT, "asked"),
        (["--table-password-file", "one"], "settings", ENVIRONMENT, "geheim"),
        (["--table-password-file", "bare"], "", {}, " open sesame "),
        (["--croupier-password", "his"], "", {}, ""),
    ],
)
def test_a_password_is_taken_from_where_it_was_said_to_be(
    options: list[str], kept: str, environment: dict[str, str], password: str
) -> None:
    assert found(*options, kept=kept, environment=environment) == password


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--table-password", "a", "--table-password-file", "one"], "are two passwords"),
        (["--table-password-file", "empty"], "--table-password-file: the password is empty"),
        (["--table-password-file", "none"], "--table-password-file: the password is empty"),
    ],
)
def test_a_password_that_cannot_be_meant_is_told_in_words(options: list[str], words: str) -> None:
    with pytest.raises(PasswordError, match=words):
        found(*options, kept="settings", environment=ENVIRONMENT)


@pytest.mark.parametrize(
    ("whose", "variable"),
    [("croupier", "CROUPIER_PASSWORD"), ("table", "CROUPIER_TABLE_PASSWORD")],
)
def test_each_password_has_its_own_options_variable_and_question(whose: str, variable: str) -> None:
    parser = argparse.ArgumentParser()
    add_options(parser, whose, "what it is for")
    given = vars(parser.parse_args([]))
    known = {variable: "outside"}
    assert chosen(whose, given, environment=known, read=str, ask=str) == "outside"
    asked = given | {f"{whose}_password": "-"}
    assert chosen(whose, asked, environment={}, read=str, ask=str) == f"The {whose}'s password: "
    told = " ".join(parser.format_help().split())
    assert (
        f"--{whose}-password WORDS what it is for; others on this machine can read it here (ps). "
        f"- asks for it here; without, ${variable} "
        f"--{whose}-password-file FILE the {whose}'s password is the first line of this file"
    ) in told


def test_an_empty_answer_is_no_password() -> None:
    with pytest.raises(PasswordError, match="--table-password: the password is empty"):
        chosen(
            "table",
            {"table_password": "-", "table_password_file": None},
            environment={},
            read=lambda _: "",
            ask=lambda _: "",
        )
