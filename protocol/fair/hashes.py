"""The hashes of the draw, in the order in which a round makes them.

The house has a chain of seeds, each player a chain of links; both are used from their public end.
A *freeze* (F) fixes everything that goes into a round but what is not shown yet. Each draw in it is
an *event*: a *step* (T) says what is drawn, everybody who has a say shows their next link, the
house shows its own, and `done` (D) closes the event over all that ever happened at the table.

All integers are unsigned and big-endian.
"""

import hashlib
import struct
from collections.abc import Iterable
from enum import IntEnum
from functools import cache
from itertools import chain
from typing import TypeAlias

Hash: TypeAlias = bytes
"""32 bytes: a SHA-256, or a secret of that size."""
Account: TypeAlias = int
"""Who holds chips, or has a say; a number that the house gives."""
Stake: TypeAlias = tuple[int, int, int]
"""Place, kind, chips: what the first two are says the game."""

HASH_SIZE = 32
TABLE_SIZE = 16
NOTHING = bytes(HASH_SIZE)
"""What has happened before the first event."""
SCHEME = "croupier/2"


class What(IntEnum):
    """What a step says."""

    SPIN = 1
    DEAL = 2
    PEEK = 3
    CARD = 4
    DEALER = 5
    CARDS = 6
    BALL = 7
    NOTE = 8
    SAMPLE = 9
    OUT = 10
    GUESS = 11


NOTES = frozenset((What.NOTE, What.OUT))
"""They draw nothing, and are no event."""


def tagged(tag: str, message: bytes) -> Hash:
    """SHA-256 with a domain: what is hashed for one purpose never serves another."""
    return hashlib.sha256(domain(tag) + message).digest()


@cache
def domain(tag: str) -> bytes:
    """What stands before everything that is hashed for this purpose."""
    name = f"{SCHEME}/{tag}".encode("ascii")
    return bytes((len(name),)) + name


def seed_before(table: bytes, seed: Hash) -> Hash:
    """The link of the house's chain before this one, the public commitment to it."""
    return tagged("house", table + seed)


def link_before(table: bytes, account: Account, link: Hash) -> Hash:
    """The same in a player's chain."""
    return tagged("player", table + u64(account) + link)


def say_leaf(account: Account, link: Hash) -> Hash:
    """Of the tree of says: the last link that is known of this account."""
    return tagged("say", u64(account) + link)


def stake_leaf(account: Account, bets: Iterable[Stake]) -> Hash:
    """Of the tree of stakes: everything that one account has on the table, ascending."""
    rows = sorted(bets)
    packed = struct.pack(f">QH{'BBQ' * len(rows)}", account, len(rows), *chain.from_iterable(rows))
    return tagged("stake", packed)


def freeze(
    where: bytes,
    number: int,
    event: int,
    draw: int,
    seed: Hash,
    history: Hash,
    rules: str,
    state: bytes,
    says: tuple[int, Hash],
    stakes: tuple[int, Hash],
) -> Hash:
    """F: everything that is fixed when a round closes. `where` is the table, `event` the next one,
    `seed` and `history` are those before it; of both trees the count of leaves and the root.
    """
    fixed = tagged("rules", rules.encode()) + tagged("state", state)
    counted = u32(says[0]) + says[1] + u32(stakes[0]) + stakes[1]
    place = where + u64(number) + u64(event) + bytes((draw,))
    return tagged("freeze", place + seed + history + fixed + counted)


def step(before: Hash, what: int, detail: bytes) -> Hash:
    """T: what is drawn, or noted, next. `before` is F, the T of a note, or the D of an event."""
    return tagged("step", before + bytes((what,)) + u16(len(detail)) + detail)


def reveals(step: Hash, says: int, links: Hash) -> Hash:
    """R: the links that were shown, as the root of their tree."""
    return tagged("reveals", step + u32(says) + links)


def done(step: Hash, shown: Hash, seed: Hash) -> Hash:
    """D: the event is over; and with it everything before it is fixed."""
    return tagged("done", step + shown + seed)


def u16(number: int) -> bytes:
    return number.to_bytes(2, "big")


def u32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def u64(number: int) -> bytes:
    return number.to_bytes(8, "big")
