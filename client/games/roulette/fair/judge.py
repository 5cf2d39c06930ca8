"""Check a round: that the number follows from what was fixed before it, and nobody steered it.

Hashes and comparisons only. What is not known (the list of bets of a big table) is passed over,
and the verdict says so.
"""

from collections.abc import Callable, Mapping
from typing import Any

from client.games.roulette.fair.verdicts import Frozen, Own, Round, Step, Verdict
from protocol import fairness
from protocol.fairness import Account, Hash
from protocol.games.roulette.lists import End
from protocol.games.roulette.zero import GAME_OF, TOKENS, in_halves, locks, payout

NO_PART = Own()


def judge(played: Round, own: Own = NO_PART) -> Verdict:
    """Check every step in order; the first that fails is named."""
    failed = next((step for step, holds in _STEPS.items() if not holds(played, own)), None)
    return Verdict(played.number, failed, played.bets is not None, played, own)


def holds(step: Step, played: Round, own: Own) -> bool:
    """Whether one step does."""
    return _STEPS[step](played, own)


def frozen_wrongly(
    table: bytes,
    number: int,
    seed_before: Hash,
    frozen: Frozen,
    own: Own,
) -> Step | None:
    """Why the secret is not to be shown; None: the freeze is over what was said, oneself included.

    A secret that is shown before everything else is fixed would let the house choose.
    """
    made = fairness.freeze(table, number, seed_before, frozen.commitments, frozen.bets_root)
    if made != frozen.freeze:
        return Step.FREEZE
    if own.commitment not in (None, frozen.commitments.get(own.account)):
        return Step.OWN_SAY
    return None


def _chain(played: Round, own: Own) -> bool:
    before = fairness.previous_seed(played.table, played.drawn.seed)
    return own.linked and before == played.seed_before


def _secrets(played: Round, _: Own) -> bool:
    return all(
        fairness.commitment(played.table, played.number, account, secret)
        == played.frozen.commitments.get(account)
        for account, secret in played.drawn.reveals.items()
    )


def _freeze(played: Round, _: Own) -> bool:
    frozen = played.frozen
    made = fairness.freeze(
        played.table, played.number, played.seed_before, frozen.commitments, frozen.bets_root
    )
    return made == frozen.freeze


def _pocket(played: Round, _: Own) -> bool:
    spin = (played.drawn.seed, played.frozen.freeze, played.reveals_hash)
    return fairness.draw(*spin, played.pockets) == played.drawn.pocket


def _bets(played: Round, _: Own) -> bool:
    return played.bets is None or fairness.bets_root(played.bets) == played.frozen.bets_root


def _own_say(played: Round, own: Own) -> bool:
    if own.commitment not in (None, played.frozen.commitments.get(own.account)):
        return False
    return own.secret in (None, played.drawn.reveals.get(own.account))


def _own_bets(_: Round, own: Own) -> bool:
    return own.bets is None or own.listed is None or own.listed == own.bets


def _own_payout(played: Round, own: Own) -> bool:
    if own.payouts is None:
        return True
    stakes = {spot: stake for spot, (stake, *_) in own.payouts.items()}
    return own.bets in (None, stakes) and all(
        (back, end) == payout(played.law.zero, spot, stake, played.drawn.pocket)
        for spot, (stake, back, end) in own.payouts.items()
    )


_STEPS: dict[Step, Callable[[Round, Own], bool]] = {
    Step.CHAIN: _chain,
    Step.SECRETS: _secrets,
    Step.FREEZE: _freeze,
    Step.POCKET: _pocket,
    Step.BETS: _bets,
    Step.OWN_SAY: _own_say,
    Step.OWN_BETS: _own_bets,
    Step.OWN_PAYOUT: _own_payout,
}


def evidence(verdict: Verdict) -> dict[str, Any]:
    """The round as a document that `run.py verify` takes, and that can be shown to anybody.

    Without the list of bets it shows what one was told, but cannot be recomputed in full.
    """
    played = verdict.round
    if played is None:
        raise ValueError(f"nothing of round {verdict.round_number} was kept")
    vector: dict[str, Any] = {
        "name": f"round {played.number}",
        "round": played.number,
        "seed_prev": played.seed_before.hex(),
        "seed": played.drawn.seed.hex(),
        "game": GAME_OF[played.law.wheel],
        "rules": TOKENS[played.law.zero],
        "commitments": _hex_of(played.frozen.commitments),
        "reveals": _hex_of(played.drawn.reveals),
        "bets_root": played.frozen.bets_root.hex(),
        "freeze": played.frozen.freeze.hex(),
        "reveals_hash": played.reveals_hash.hex(),
        "pocket": played.drawn.pocket,
    }
    if played.bets is not None:
        vector["bets"] = [list(row) for row in sorted(played.bets)]
        if verdict.failed is Step.OWN_PAYOUT:
            vector["payouts"] = _payouts(played, verdict.own)
    own = verdict.own
    if own.account:
        vector["witness"] = {
            "account": own.account,
            "failed": verdict.failed.name.lower() if verdict.failed else None,
            "commitment": own.commitment.hex() if own.commitment else None,
            "secret": own.secret.hex() if own.secret else None,
            "bets": None if own.bets is None else sorted(own.bets.items()),
            "payouts": None
            if own.payouts is None
            else [[spot, *paid] for spot, paid in sorted(own.payouts.items())],
        }
    return {"table": played.table.hex(), "seed_0": played.anchor.hex(), "vectors": [vector]}


def _payouts(played: Round, own: Own) -> list[list[int]]:
    """The stakes of each player that ended and what is owed for them; of oneself, what one was
    told. Counted in half chips, as far as nobody was owed any before.
    """
    zero, pocket = played.law.zero, played.drawn.pocket
    stays = locks(zero, pocket)
    sums: dict[Account, list[int]] = {}
    for account, spot, chips in played.bets or ():
        ended = sums.setdefault(account, [0, 0])
        ended[0] += 0 if spot in stays else chips
        ended[1] += in_halves(zero, spot, chips, pocket)
    mine = sums[own.account] = [0, 0]
    for stake, back, end in (own.payouts or {}).values():
        mine[0] += 0 if end is End.LOCKED else stake
        mine[1] += 2 * back + (stake % 2 if end is End.HALVED else 0)
    return [[account, staked, back // 2] for account, (staked, back) in sorted(sums.items())]


def _hex_of(hashes: Mapping[Account, Hash]) -> dict[str, str]:
    return {str(account): value.hex() for account, value in sorted(hashes.items())}
