"""A finished round as the books keep it. Pure."""

import hashlib
import json
from typing import NamedTuple


class Finished(NamedTuple):
    """A round that ended, as it is kept: `summary` for lists, `record` and `bets` to verify it."""

    table: int
    round: int
    summary: str
    record: str
    bets: bytes
    """As `packed_bets` packs them."""

    @property
    def digest(self) -> str:
        return round_digest(self.summary.encode(), self.record.encode(), self.bets).hex()


as_json = json.JSONEncoder(
    separators=(",", ":"),
    ensure_ascii=False,
    check_circular=False,  # Nothing of ours is in one, and to look for it takes half the time.
).encode


def round_digest(summary: bytes, record: bytes, bets: bytes) -> bytes:
    lengths = b"%d,%d\n" % (len(summary), len(record))
    return hashlib.sha256(b"".join((lengths, summary, record, bets))).digest()
