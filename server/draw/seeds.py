"""The house's seeds: a hash chain made once, used from its public end.

The chain has 2**20 links. Only its secret end and every 1024th link are kept, in a file that only
the host may read; the links of one stretch are walked again when it is reached.
"""

import hashlib
import secrets
from pathlib import Path

from protocol.fair.hashes import HASH_SIZE, TABLE_SIZE, Hash, seed_before
from server.books.folder import sync_folder, write_privately

CHAIN_LENGTH = 2**20
STRETCH = 1024
_MAGIC = b"croupier seeds 1\n"


class SeedsError(Exception):
    """The file of seeds is missing, damaged, or of another table."""


class Seeds:
    """The chain of one table."""

    def __init__(self, table: bytes, knots: list[Hash]) -> None:
        self.table = table
        self._knots = knots
        """S_0, S_1024, S_2048, …, and the secret end."""
        self._stretch = -1
        self._links: list[Hash] = []

    @property
    def length(self) -> int:
        return (len(self._knots) - 1) * STRETCH

    def seed(self, number: int) -> Hash:
        """S_n: the seed of event n, and the commitment to the seed of event n + 1."""
        if not 0 <= number <= self.length:
            raise SeedsError(f"the chain has {self.length} seeds, and is used up")
        stretch, at = divmod(number, STRETCH)
        if stretch == len(self._knots) - 1:
            return self._knots[stretch]
        if stretch != self._stretch:
            links = [self._knots[stretch + 1]]
            for _ in range(STRETCH):
                links.append(seed_before(self.table, links[-1]))
            if links.pop() != self._knots[stretch]:
                raise SeedsError(f"the seeds from {stretch * STRETCH} on are damaged")
            links.append(self._knots[stretch])
            self._stretch, self._links = stretch, links[::-1]
        return self._links[at]

    @classmethod
    def make(cls, table: bytes, end: Hash, length: int = CHAIN_LENGTH) -> "Seeds":
        """Walk the whole chain, from its secret end to its public one."""
        knots, seed = [end], end
        for number in range(length - 1, -1, -1):
            seed = seed_before(table, seed)
            if number % STRETCH == 0:
                knots.append(seed)
        return cls(table, knots[::-1])

    @classmethod
    def open(cls, path: Path, *, fresh: bool) -> "Seeds":
        """The chain in this file; for a fresh table, a new one if there is none."""
        if not path.exists():
            if not fresh:
                raise SeedsError(f"{path} is missing: without its seeds a table cannot go on")
            cls.fresh().save(path)
        data = path.read_bytes()
        body, check = data[:-HASH_SIZE], data[-HASH_SIZE:]
        if not body.startswith(_MAGIC) or hashlib.sha256(body).digest() != check:
            raise SeedsError(f"{path} is damaged")
        rest = body[len(_MAGIC) :]
        table, chain = rest[:TABLE_SIZE], rest[TABLE_SIZE:]
        return cls(table, [chain[at : at + HASH_SIZE] for at in range(0, len(chain), HASH_SIZE)])

    @classmethod
    def fresh(cls) -> "Seeds":
        """A chain that nobody has seen; this takes a second or two."""
        return cls.make(secrets.token_bytes(TABLE_SIZE), secrets.token_bytes(HASH_SIZE))

    def save(self, path: Path) -> None:
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700)
            sync_folder(path.parent.parent)  # Or a power cut takes it, seeds and all.
        body = _MAGIC + self.table + b"".join(self._knots)
        write_privately(path, body + hashlib.sha256(body).digest())


class Chains:
    """The seeds of every table, in a folder: a file each, called by the table's number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, table: int) -> Path:
        return self._folder / str(table)

    def of(self, table: int, *, fresh: bool) -> Seeds:
        """Those of this table; of a fresh one they are made, if they are not there."""
        return Seeds.open(self.path(table), fresh=fresh)

    def keep(self, table: int, seeds: Seeds) -> None:
        """They are those of this new table, from now on."""
        seeds.save(self.path(table))
