"""The passwords of whoever starts a client: from its options, a file, the environment, or asked."""

import argparse
import getpass
import os
import warnings
from pathlib import Path

from protocol import passwords

ABOUT = {"croupier": "the croupier's password", "table": "the table's password, if it has one"}


def add_options(parser: argparse.ArgumentParser, *whose: str) -> None:
    """The options for these passwords."""
    for each in whose:
        passwords.add_options(parser, each, ABOUT[each])


def read(parser: argparse.ArgumentParser, given: argparse.Namespace, whose: str) -> str:
    """The password that was given, or empty; ends the program with a plain line if it cannot be."""
    try:
        return passwords.chosen(whose, vars(given), environment=os.environ, read=_text, ask=_ask)
    except passwords.PasswordError as error:
        parser.error(str(error))
    except (OSError, UnicodeDecodeError) as error:
        path = getattr(given, f"{whose}_password_file")
        parser.error(f"{path}: {getattr(error, 'strerror', None) or 'this is no text in UTF-8'}")


def _text(path: str) -> str:
    return Path(path).read_text("utf-8")


def _ask(question: str) -> str:
    with warnings.catch_warnings():
        # Where it cannot be typed unseen, it is not asked for.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(question)
        except (getpass.GetPassWarning, EOFError):
            raise passwords.PasswordError("there is no terminal to ask for a password") from None
