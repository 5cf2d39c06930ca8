"""A file that may come from anybody, read into what it says: or one plain line on what is wrong."""

import json
from reprlib import Repr
from typing import Any, NoReturn


class NotADocument(Exception):
    """The file does not have the shape of rounds to verify."""


def read_json(content: str | bytes) -> dict[str, Any]:
    """The object that the whole file is."""
    try:
        raw = json.loads(content, object_pairs_hook=_object, parse_constant=_no_number)
    except ValueError as error:
        raise NotADocument(f"this is not JSON: {error}") from None
    except RecursionError:
        raise NotADocument("there are too many brackets in brackets") from None
    return as_object(raw, "the document")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Said twice, it would be one thing to one reader and another to the next."""
    what = dict(pairs)
    if len(what) != len(pairs):
        raise NotADocument("something in it is said twice, and who can tell which is meant")
    return what


def _no_number(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no numbers")


def as_object(raw: Any, what: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise NotADocument(f"{what} is not an object in braces")
    return raw


def as_list(raw: Any, what: str) -> list[Any]:
    if not isinstance(raw, list):
        raise NotADocument(f"{what} is not a list")
    return raw


def as_number(raw: Any, what: str, below: int) -> int:
    if type(raw) is not int or not 0 <= raw < below:
        shown = _SHORT.repr(raw)
        raise NotADocument(f"{what}: {shown} is not a whole number from 0 to {below - 1}")
    return raw


_SHORT = Repr()
_SHORT.maxlevel = 1
"""As much of a value as says what it is."""


def as_text(raw: Any, what: str) -> str:
    if not isinstance(raw, str):
        raise NotADocument(f"{what} is not a text")
    try:
        raw.encode()
    except UnicodeEncodeError:
        raise NotADocument(f"{what} has half a letter in it") from None
    return raw


def as_bytes(text: Any, what: str, size: int | None = None) -> bytes:
    """Of this size, or of any that a step may have."""
    try:
        value = bytes.fromhex(text)
    except (TypeError, ValueError):
        value = None
    if (
        value is None
        or value.hex() != text.lower()
        or (len(value) != size if size is not None else len(value) >= 2**16)
    ):
        wanted = "" if size is None else f" {size}"
        raise NotADocument(f"{what} is not{wanted} bytes in hexadecimal")
    return value


def as_account(name: str, what: str) -> int:
    """Written in one way only, so that no account is there twice."""
    if not (name.isdecimal() and len(name) <= 20 and str(int(name)) == name):
        raise NotADocument(f"{what} names something that is no account")
    return as_number(int(name), "an account", 2**64)
