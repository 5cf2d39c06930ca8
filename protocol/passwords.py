"""How a program is told a password. Pure: who calls hands in how a file is read and who is asked.

What stands on a command line can be read by everybody on the machine (`ps`), so a password can also
come from a file, from the environment, or be asked for on the terminal.
"""

import argparse
from collections.abc import Callable, Mapping
from typing import Any

ASK = "-"
VARIABLES = {"croupier": "CROUPIER_PASSWORD", "table": "CROUPIER_TABLE_PASSWORD"}
"""Whose password is taken from which variable."""


class PasswordError(Exception):
    """Which of its ways is meant, nobody can tell, or there is none; the text is one plain line."""


def add_options(parser: argparse.ArgumentParser, whose: str, about: str) -> None:
    """The two options of one password."""
    parser.add_argument(
        f"--{whose}-password",
        metavar="WORDS",
        help=f"{about}; others on this machine can read it here (ps). {ASK} asks for it here; "
        f"without, ${VARIABLES[whose]}",
    )
    parser.add_argument(
        f"--{whose}-password-file",
        metavar="FILE",
        help=f"the {whose}'s password is the first line of this file",
    )


def chosen(
    whose: str,
    given: Mapping[str, Any],
    kept: str = "",
    *,
    environment: Mapping[str, str],
    read: Callable[[str], str],
    ask: Callable[[str], str],
) -> str:
    """The password that these options mean. `kept` stands in a file of settings, and goes before
    the environment; empty: nobody set one.
    """
    option = f"--{whose}-password"
    said, file = given[f"{whose}_password"], given[f"{whose}_password_file"]
    if said is not None and file is not None:
        raise PasswordError(f"{option} and {option}-file are two passwords: which one?")
    if file is not None:
        words = read(file).partition("\n")[0].rstrip("\r")
    elif said == ASK:
        words = ask(f"The {whose}'s password: ")
    else:
        return said or kept or environment.get(VARIABLES[whose], "")
    if not words:
        raise PasswordError(f"{option}{'' if file is None else '-file'}: the password is empty")
    return words
