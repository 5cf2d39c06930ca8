"""A finished round as it is kept: all that it takes to verify it, in the shape of the vectors."""

import json
import re
from collections.abc import Sequence
from typing import Any

from protocol.fairness import Account, Hash
from protocol.messages.fields import Payout
from protocol.messages.lists import RoundState
from protocol.messages.records import OwnRoundEntry, RoundEntry
from protocol.roulette import Pocket, returned
from server.books import Round
from server.finished import Finished, as_json
from server.rules import Bet, Outcome


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
        "bets": bets,
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
            "payouts": outcome.payouts(),
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
        for spot, chips in _bets_of(done.record, account)
    )
    net = sum(each.returned - each.stake for each in payouts)
    return OwnRoundEntry(entry.round_number, entry.state, entry.pocket, entry.at, net, payouts)


def _bets_of(record: str, account: Account) -> list[tuple[int, int]]:
    """One player's bets in a record. They are looked for in its text: to take apart all of it for
    one of ten thousand players would take a hundred times as long.
    """
    start = record.index('"bets":[')
    bets = record[start : record.index('],"', start)]
    found = re.findall(rf"\[{account},(\d+),(\d+)\]?", bets)
    return [(int(spot), int(chips)) for spot, chips in found]


def export_round(table: str, chain_length: int, anchor: str, record: str | bytes) -> str:
    """A round as a document that `run.py verify` reads."""
    document = {
        "table": table,
        "chain_length": chain_length,
        "seed_0": anchor,
        "vectors": [json.loads(record)],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
