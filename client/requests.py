"""What a person wants, as the request that says it.

These leave the number at 0: whoever sends the request numbers it.
"""

import hashlib
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from protocol.fair.hashes import Account
from protocol.house import door
from protocol.house.lists import Phrase, Seat
from protocol.house.people import Announce, HandOver, KickPlayer
from protocol.wire import Request

UNNUMBERED = 0

R = TypeVar("R", bound=Request)


@dataclass(frozen=True, slots=True)
class Enter:
    """Sign in and sit down: what somebody types at the door."""

    name: str
    """Empty: a guest, who may only watch."""
    seat: Seat = Seat.PLAYER
    croupier_password: str = ""
    table_password: str = ""
    new_table: bool = False
    """The host has begun anew: take the table that answers for the one that is known there."""
    table: str = ""
    """At which table: its number or its name; empty: where one is, or the first that one can play
    at."""


@dataclass(frozen=True, slots=True)
class Look:
    """Look at another of the tables at which one is."""

    table: int


def kick(account: Account, words: str) -> KickPlayer:
    return KickPlayer(UNNUMBERED, account, words)


def announce(phrase: Phrase = Phrase.OTHER, words: str = "") -> Announce:
    return Announce(UNNUMBERED, phrase, words)


def hand_over(account: Account) -> HandOver:
    return HandOver(UNNUMBERED, account)


def take_seat(seat: Seat, croupier_password: str = "") -> door.TakeSeat:
    return door.TakeSeat(UNNUMBERED, seat, digest(croupier_password))


def leave_seat() -> door.LeaveSeat:
    return door.LeaveSeat(UNNUMBERED)


def list_tables() -> door.ListTables:
    return door.ListTables(UNNUMBERED, 0)


def digest(password: str) -> bytes:
    """How a password goes over the wire; none is nothing."""
    encoded = password.encode("utf-8", "surrogatepass")
    return hashlib.sha512(encoded).digest() if password else b""


def numbered(request: R, number: int) -> R:
    """The same request under this number."""
    return cast(R, replace(cast(Any, request), number=number))
