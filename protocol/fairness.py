"""A number that nobody can steer: commit, freeze, reveal, draw. Hashes only.

The house's seeds are fixed before the first round (a hash chain, published from its end), the
players' secrets are committed before any bet and revealed after the bets are frozen, and the frozen
bets themselves go into the draw. `docs/fairness.md` tells the story; this file is the arithmetic.

All integers are unsigned and big-endian.
"""

import hashlib
import hmac
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import TypeAlias

from protocol.games.roulette.rules import Pocket, Spot
from protocol.house.fields import Chips

Hash: TypeAlias = bytes
"""32 bytes: a SHA-256, or a secret of that size."""
Account: TypeAlias = int
"""Who holds chips; a number that the house gives."""
Bet: TypeAlias = tuple[Account, Spot, Chips]
Bets: TypeAlias = Iterable[Bet]

SECRET_SIZE = 32
TABLE_ID_SIZE = 16
CHAIN_LENGTH = 2**20
ROUNDS_WITHOUT_SAY = 20
"""For how many rounds an account that withheld its secret may not contribute again."""

_BET = "QBQ"
BET_SIZE = struct.calcsize(">" + _BET)


def tagged_hash(tag: str, message: bytes) -> Hash:
    """SHA-256 with a domain: what is hashed for one purpose never serves another."""
    name = tag.encode("ascii")
    return hashlib.sha256(bytes((len(name),)) + name + message).digest()


def previous_seed(table: bytes, seed: Hash) -> Hash:
    """The link of the house's chain before this one; it is the public commitment to `seed`."""
    return tagged_hash("croupier/1/chain", table + seed)


def commitment(table: bytes, round_number: int, account: Account, secret: Hash) -> Hash:
    """What a player publishes before the bets, bound to the table, the round and himself."""
    where = table + _u64(round_number) + _u64(account)
    return tagged_hash("croupier/1/commit", where + secret)


def bets_root(bets: Bets) -> Hash:
    """One hash for all the chips on the table: a row for each account and spot."""
    rows = sorted(bets)
    return tagged_hash("croupier/1/bets", len(rows).to_bytes(4, "big") + pack_bets(rows))


def pack_bets(bets: Sequence[Bet]) -> bytes:
    """The bets as they are hashed, all in one step."""
    return struct.pack(">" + _BET * len(bets), *chain.from_iterable(bets))


def unpack_bets(packed: bytes) -> Iterator[Bet]:
    """What `pack_bets` packed, one by one."""
    return struct.iter_unpack(">" + _BET, packed)


def freeze(
    table: bytes,
    round_number: int,
    seed_before: Hash,
    commitments: Mapping[Account, Hash],
    root: Hash,
) -> Hash:
    """Everything that was decided when betting closed."""
    parts = [table, _u64(round_number), seed_before, len(commitments).to_bytes(2, "big")]
    parts += [_u64(account) + commitments[account] for account in sorted(commitments)]
    return tagged_hash("croupier/1/freeze", b"".join(parts) + root)


def reveals_hash(
    frozen: Hash, committed: Iterable[Account], reveals: Mapping[Account, Hash]
) -> Hash:
    """What the committed players showed; a withheld secret counts as zeros, visibly."""
    parts = [
        b"\1" + reveals[account] if account in reveals else b"\0" + bytes(SECRET_SIZE)
        for account in sorted(committed)
    ]
    return tagged_hash("croupier/1/reveals", frozen + b"".join(parts))


def fair_bytes(pockets: int) -> int:
    """Bytes below this map to so many pockets evenly; the others are thrown away."""
    return 256 - 256 % pockets


def spin_block(seed: Hash, frozen: Hash, revealed: Hash, index: int) -> bytes:
    tag = b"croupier/1/spin"
    message = bytes((len(tag),)) + tag + frozen + revealed + index.to_bytes(4, "big")
    return hmac.digest(seed, message, "sha256")


def draw(seed: Hash, frozen: Hash, revealed: Hash, pockets: int = 37) -> Pocket:
    """Which of the pockets of a wheel: the first byte that maps to them evenly."""
    return next(
        byte % pockets
        for index in count()
        for byte in spin_block(seed, frozen, revealed, index)
        if byte < fair_bytes(pockets)
    )


def _u64(number: int) -> bytes:
    return number.to_bytes(8, "big")
