"""A finished round as it is kept: all that it takes to verify it.

It is written whenever everybody waits for the result, so its bets lie beside it as they were packed
to be hashed, and in it stands what came back to each player. `vector` gives it in the shape of the
test vectors.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from protocol.fair.document import Document, Round, write
from protocol.fair.hashes import Account
from protocol.games.roulette.drawing import stake_of
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.lists import End, RoundState
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.games.roulette.rules import Pocket
from protocol.games.roulette.zero import GAME_OF, TOKENS, ZERO_OF
from server.books.finished import Finished, as_json
from server.books.till import Till
from server.draw.kept import told
from server.games.roulette.packed_bets import Bet, rows_of, unpack
from server.games.roulette.rules import Outcome, settle
from server.games.roulette.state import Round as Play


def finish(
    table: int,
    play: Play,
    bets: bytes,
    outcome: Outcome,
    at: int,
    draw: dict[str, Any] | None = None,
    *,
    pocket: Pocket | None = None,
    reason: str = "",
    owed: Collection[Account] = (),
) -> Finished:
    """The record of a settled round or, without a pocket, of a voided one. `bets` are packed.
    `draw` is what is kept of its draw; `owed`: to whom half a chip was owed before.
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
        "game": GAME_OF[play.law.wheel],
        "rules": TOKENS[play.law.zero],
    }
    if pocket is None:
        record["void"] = reason
    else:
        record |= {"pocket": pocket, "returned": outcome.returned, "draw": draw}
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


def payouts(done: Finished, record: dict[str, Any]) -> list[list[int]]:
    """Of each who had chips: the stakes that ended, and what came back to the wallet."""
    outcome = _outcome(record, unpack(done.bets))
    rows = zip(outcome.accounts, outcome.staked, record["returned"], strict=True)
    return [list(row) for row in rows]


def as_told(done: Finished, record: dict[str, Any], table: bytes) -> Round:
    """A round that was drawn, as a file has it."""
    stakes: dict[Account, list[tuple[int, int, int]]] = {}
    for account, spot, chips in unpack(done.bets):
        stakes.setdefault(account, []).append(stake_of(spot, chips))
    paid = dict(zip(sorted(stakes), record["returned"], strict=True))
    more = {"stakes": stakes, "payouts": paid}
    return told(record["draw"], table, record["game"], {"pocket": record["pocket"]}, **more)


def export_round(till: Till, done: Finished) -> str | None:
    """A round as a document that `run.py verify` reads; nothing where nothing was drawn."""
    record = json.loads(done.record)
    if "void" in record:
        return None
    table = bytes.fromhex(till.draw)
    document = Document(table, bytes.fromhex(till.anchor), [as_told(done, record, table)])
    return json.dumps(write(document), indent=1, ensure_ascii=False) + "\n"
