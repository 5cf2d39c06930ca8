"""A finished round as it is kept: all that it takes to verify it.

It is written whenever everybody waits for the result, so its bets stand in it as they were packed
to be hashed, and beside them what came back to each player. `vector` gives it in the shape of the
test vectors.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from protocol.fairness import BET_SIZE, Account, Bet, Hash, pack_bets, unpack_bets
from protocol.messages.fields import Payout
from protocol.messages.lists import RoundState
from protocol.messages.records import OwnRoundEntry, RoundEntry
from protocol.roulette import Pocket, returned
from server.books import Round
from server.finished import Finished, as_json
from server.rules import Outcome, settle


def finish(
    play: Round,
    bets: Sequence[Bet],
    outcome: Outcome,
    seed_before: Hash,
    seed: Hash,
    now: float,
    *,
    pocket: Pocket | None = None,
    reason: str = "",
) -> Finished:
    """The record of a settled round or, without a pocket, of a voided one. `bets` are ascending."""
    at = round(now * 1000)
    summary = {
        "round": play.number,
        "pocket": pocket,
        "at": at,
        "players": len(outcome.accounts),
        "staked": sum(outcome.staked),
        "returned": sum(outcome.returned),
    }
    record: dict[str, Any] = {
        "name": f"round {play.number}",
        "round": play.number,
        "seed_prev": seed_before.hex(),
        "seed": seed.hex(),
        "bets": pack_bets(bets).hex(),
    }
    if pocket is None:
        record["void"] = reason
    else:
        record |= {
            "commitments": dict(sorted(play.commitments.items())),
            "reveals": dict(sorted(play.reveals.items())),
            "bets_root": play.bets_root,
            "freeze": play.freeze,
            "reveals_hash": play.reveals_hash,
            "pocket": pocket,
            "returned": outcome.returned,
        }
    return Finished(play.number, as_json(summary), as_json(record))


def round_entry(summary: str) -> RoundEntry:
    """A line of the list of rounds."""
    what = json.loads(summary)
    pocket = what["pocket"]
    return RoundEntry(
        what["round"],
        RoundState.VOID if pocket is None else RoundState.SETTLED,
        pocket or 0,
        what["at"],
        what["players"],
        what["staked"],
        what["returned"],
    )


def own_entry(done: Finished, account: Account) -> OwnRoundEntry:
    """One player's part in a round."""
    entry = round_entry(done.summary)
    void = entry.state is RoundState.VOID
    payouts = tuple(
        Payout(spot, chips, chips if void else returned(spot, chips, entry.pocket))
        for spot, chips in _bets_of(json.loads(done.record), account)
    )
    net = sum(each.returned - each.stake for each in payouts)
    return OwnRoundEntry(entry.round_number, entry.state, entry.pocket, entry.at, net, payouts)


def _bets_of(record: dict[str, Any], account: Account) -> list[tuple[int, int]]:
    """One player's bets in a record: to take all of them apart for one of ten thousand players
    would take a hundred times as long.
    """
    packed = bytes.fromhex(record["bets"])

    def owner(at: int) -> Account:
        return int.from_bytes(packed[at : at + 8], "big")

    places = range(0, len(packed), BET_SIZE)
    first = bisect_left(places, account, key=owner)
    last = bisect_right(places, account, key=owner)
    mine = unpack_bets(packed[BET_SIZE * first : BET_SIZE * last])
    return [(spot, chips) for _, spot, chips in mine]


def bets_in(record: str) -> list[Bet]:
    """Everybody's bets, ascending."""
    return unpack_bets(bytes.fromhex(json.loads(record)["bets"]))


def vector(record: str | bytes) -> dict[str, Any]:
    """A record in the shape of the vectors, row by row."""
    what: dict[str, Any] = json.loads(record)
    bets = unpack_bets(bytes.fromhex(what["bets"]))
    what["bets"] = [list(bet) for bet in bets]
    if "returned" in what:
        outcome = settle(bets, what["pocket"])
        rows = zip(outcome.accounts, outcome.staked, what.pop("returned"), strict=True)
        what["payouts"] = [list(row) for row in rows]
    return what


def export_round(table: str, chain_length: int, anchor: str, record: str | bytes) -> str:
    """A round as a document that `run.py verify` reads."""
    document = {
        "table": table,
        "chain_length": chain_length,
        "seed_0": anchor,
        "vectors": [vector(record)],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
