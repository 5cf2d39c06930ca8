"""A finished round as it is kept: all that it takes to verify it.

It is written whenever everybody waits for the result, so its bets lie beside it as they were packed
to be hashed, and in it stands what came back to each player. `vector` gives it in the shape of the
test vectors.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from protocol.fairness import CHAIN_LENGTH, Account, Bet, Hash
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.games.roulette.rules import Pocket, returned
from server.books.finished import Finished, as_json
from server.books.till import Till
from server.games.roulette.packed_bets import pack, rows_of, unpack
from server.games.roulette.rules import Outcome, settle
from server.games.roulette.state import Round


def finish(
    table: int,
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
    return Finished(table, play.number, as_json(summary), as_json(record), pack(bets))


def round_entries(summaries: Iterable[str]) -> list[RoundEntry]:
    """The lines of the list of rounds, of which a page is read in one step."""
    return [
        RoundEntry(
            what["round"],
            RoundState.VOID if what["pocket"] is None else RoundState.SETTLED,
            what["pocket"] or 0,
            what["at"],
            what["players"],
            what["staked"],
            what["returned"],
        )
        for what in json.loads(f"[{','.join(summaries)}]")
    ]


def own_entry(done: Finished, account: Account) -> OwnRoundEntry:
    """One player's part in a round."""
    (entry,) = round_entries([done.summary])
    void = entry.state is RoundState.VOID
    payouts = tuple(
        Payout(spot, chips, chips if void else returned(spot, chips, entry.pocket))
        for _, spot, chips in rows_of(done.bets, account)
    )
    net = sum(each.returned - each.stake for each in payouts)
    return OwnRoundEntry(entry.round_number, entry.state, entry.pocket, entry.at, net, payouts)


def vector(done: Finished) -> dict[str, Any]:
    """A round in the shape of the vectors, row by row."""
    what: dict[str, Any] = json.loads(done.record)
    bets = unpack(done.bets)
    what["bets"] = [list(bet) for bet in bets]
    if "returned" in what:
        outcome = settle(bets, what["pocket"])
        rows = zip(outcome.accounts, outcome.staked, what.pop("returned"), strict=True)
        what["payouts"] = [list(row) for row in rows]
    return what


def export_round(till: Till, done: Finished) -> str:
    """A round as a document that `run.py verify` reads."""
    document = {
        "table": till.draw,
        "chain_length": CHAIN_LENGTH,
        "seed_0": till.anchor,
        "vectors": [vector(done)],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
