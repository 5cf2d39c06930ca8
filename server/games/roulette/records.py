"""A finished round as it is kept: all that it takes to verify it.

It is written whenever everybody waits for the result, so its bets lie beside it as they were packed
to be hashed, and in it stands what came back to each player. `vector` gives it in the shape of the
test vectors.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from protocol.fairness import CHAIN_LENGTH, Account, Bet, Hash
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.lists import End, RoundState
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.games.roulette.rules import Pocket
from protocol.games.roulette.zero import GAME_OF, TOKENS, ZERO_OF
from server.books.finished import Finished, as_json
from server.books.till import Till
from server.games.roulette.packed_bets import rows_of, unpack
from server.games.roulette.rules import Outcome, settle
from server.games.roulette.state import Round


def finish(
    table: int,
    play: Round,
    bets: bytes,
    outcome: Outcome,
    seed_before: Hash,
    seed: Hash,
    at: int,
    *,
    pocket: Pocket | None = None,
    reason: str = "",
    owed: Collection[Account] = (),
) -> Finished:
    """The record of a settled round or, without a pocket, of a voided one. `bets` are packed.
    `owed`: to whom half a chip was owed before.
    """
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
        "game": GAME_OF[play.law.wheel],
        "rules": TOKENS[play.law.zero],
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
        if owed_here := [account for account in outcome.halves if account in owed]:
            record["owed"] = owed_here
    return Finished(table, play.number, as_json(summary), as_json(record), bets)


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
    outcome = _outcome(json.loads(done.record), list(rows_of(done.bets, account)))
    rows = zip(*[iter(outcome.bets)] * 4, strict=True)
    payouts = tuple(Payout(spot, stake, back, End(end)) for spot, stake, back, end in rows)
    net = sum(outcome.nets)
    return OwnRoundEntry(entry.round_number, entry.state, entry.pocket, entry.at, net, payouts)


def _outcome(record: dict[str, Any], bets: Sequence[Bet]) -> Outcome:
    """What became of some bets of a round, by its record."""
    zero, pocket = ZERO_OF[record["rules"]], record.get("pocket")
    return settle(bets, pocket, zero, record.get("owed", ()))


def vector(done: Finished) -> dict[str, Any]:
    """A round in the shape of the vectors, row by row."""
    what: dict[str, Any] = json.loads(done.record)
    bets = unpack(done.bets)
    what["bets"] = [list(bet) for bet in bets]
    if "returned" in what:
        outcome = _outcome(what, bets)
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
