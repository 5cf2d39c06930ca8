"""How a round is recomputed, step by step, with everything that goes in and comes out. Pure.

`judge` says whether a round holds; here is the same arithmetic laid open, for whoever wants
to see it done. A round that is still on the table is shown as far as it is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile

from client.games.roulette.fair import judge, verdicts
from client.games.roulette.fair.verdicts import Own, Verdict
from client.games.roulette.state import Round as OnTable
from client.games.roulette.state import roulette
from client.house.state import HouseState
from protocol import fairness
from protocol.fairness import Account, Hash
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import Pocket, written


class Part(StrEnum):
    """The steps, in this order."""

    SEED = "seed"
    """The house's seed leads back to what was published before the bets."""
    SHARES = "shares"
    """The players' secrets fit what they had committed to."""
    BETS = "bets"
    FREEZE = "freeze"
    REVEALS = "reveals"
    NUMBER = "number"
    OWN = "own"
    """One's own secret, bets and payout are as one was told."""


CHECKS: dict[Part, tuple[verdicts.Step, ...]] = {
    Part.SEED: (verdicts.Step.CHAIN,),
    Part.SHARES: (verdicts.Step.SECRETS,),
    Part.BETS: (verdicts.Step.BETS,),
    Part.FREEZE: (verdicts.Step.FREEZE,),
    Part.REVEALS: (),
    Part.NUMBER: (verdicts.Step.POCKET,),
    Part.OWN: (verdicts.Step.OWN_SAY, verdicts.Step.OWN_BETS, verdicts.Step.OWN_PAYOUT),
}
"""What of `judge` each of them shows."""
assert {step for steps in CHECKS.values() for step in steps} == set(verdicts.Step)


@dataclass(frozen=True, slots=True)
class Share:
    """A player's part in the number."""

    account: Account
    commitment: Hash
    secret: Hash | None = None
    """None: it was withheld, or is not due yet."""


@dataclass(frozen=True, slots=True)
class Working:
    """One step."""

    part: Part
    holds: bool | None = None
    """None: it cannot be told yet, or was not asked for."""
    failed: verdicts.Step | None = None
    """What of it does not hold."""
    inputs: tuple[tuple[str, str], ...] = ()
    """What goes in: its sign, and its value in hexadecimal or as a number."""
    result: str = ""
    """What comes out here."""
    claimed: str = ""
    """What the house said, where it said something."""
    shares: tuple[Share, ...] = ()
    bytes_: tuple[int, ...] = ()
    """Of the spin: the bytes that were looked at, the last of which counts."""
    pockets: int = 37
    """Of how many pockets the number is one."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A round laid open."""

    number: int
    pocket: Pocket | None = None
    workings: tuple[Working, ...] = ()
    live: bool = False
    """It is on the table still."""
    full: bool = True
    """Whether every bet of it is here."""
    anchor: str = ""
    """The public end of the house's chain: whoever wrote it down can check every round by it."""

    @property
    def failed(self) -> Working | None:
        return next((each for each in self.workings if each.holds is False), None)


def finished(verdict: Verdict) -> Proof | None:
    """A round that is over; nothing, if nothing of it was kept."""
    played = verdict.round
    if played is None:
        return None
    makers = (_seed, _shares, _bets, _freeze, _reveals, _number, _own)
    made = (make(played, verdict.own) for make in makers)
    known = tuple(_judged(each, played, verdict) for each in made if each is not None)
    full = played.bets is not None
    return Proof(played.number, played.drawn.pocket, known, full=full, anchor=played.anchor.hex())


def _judged(working: Working, played: verdicts.Round, verdict: Verdict) -> Working:
    """The step with what `judge` says of it, so that the two never differ."""
    if working.part is Part.BETS and played.bets is None:
        return working
    checks = CHECKS[working.part]
    broken = (step for step in checks if not judge.holds(step, played, verdict.own))
    failed = next(broken, verdict.failed if verdict.failed in checks else None)
    return replace(working, holds=failed is None, failed=failed)


def _all(played: verdicts.Round) -> tuple[Share, ...]:
    reveals = played.drawn.reveals
    sealed = sorted(played.frozen.commitments.items())
    return tuple(Share(account, sealing, reveals.get(account)) for account, sealing in sealed)


def _seed(played: verdicts.Round, _: Own) -> Working:
    made = fairness.previous_seed(played.table, played.drawn.seed)
    inputs = (("S", played.drawn.seed.hex()), ("table", played.table.hex()))
    return Working(Part.SEED, inputs=inputs, result=made.hex(), claimed=played.seed_before.hex())


def _shares(played: verdicts.Round, _: Own) -> Working:
    return Working(Part.SHARES, shares=_all(played))


def _bets(played: verdicts.Round, _: Own) -> Working:
    claimed = played.frozen.bets_root.hex()
    if played.bets is None:
        return Working(Part.BETS, claimed=claimed)
    made = fairness.bets_root(played.bets).hex()
    return Working(
        Part.BETS, inputs=(("bets", str(len(played.bets))),), result=made, claimed=claimed
    )


def _freeze(played: verdicts.Round, _: Own) -> Working:
    frozen = played.frozen
    return _frozen(
        played.table, played.number, played.seed_before, frozen.commitments, frozen.bets_root,
        frozen.freeze,
    )  # fmt: skip


def _frozen(
    table: bytes, number: int, seed_before: Hash, commitments: Mapping[Account, Hash],
    root: Hash, freeze: Hash,
) -> Working:  # fmt: skip
    made = fairness.freeze(table, number, seed_before, commitments, root)
    inputs = (
        ("round", str(number)),
        ("S−1", seed_before.hex()),
        ("c", str(len(commitments))),
        ("bets", root.hex()),
    )
    return Working(Part.FREEZE, made == freeze, None, inputs, made.hex(), freeze.hex())


def _reveals(played: verdicts.Round, _: Own) -> Working:
    shown = len(played.drawn.reveals)
    inputs = (("F", played.frozen.freeze.hex()), ("r", f"{shown}/{len(played.frozen.commitments)}"))
    return Working(Part.REVEALS, inputs=inputs, result=played.reveals_hash.hex())


def _number(played: verdicts.Round, _: Own) -> Working:
    spin = (played.drawn.seed, played.frozen.freeze, played.reveals_hash)
    block = fairness.spin_block(*spin, 0)
    unfair = fairness.fair_bytes(played.pockets)
    passed = takewhile(lambda byte: byte >= unfair, block)
    looked = block[: len(tuple(passed)) + 1]
    inputs = (
        ("S", played.drawn.seed.hex()),
        ("F", played.frozen.freeze.hex()),
        ("R", played.reveals_hash.hex()),
    )
    return Working(
        Part.NUMBER, inputs=inputs, result=written(fairness.draw(*spin, played.pockets)),
        claimed=written(played.drawn.pocket), bytes_=tuple(looked),
        pockets=played.pockets,
    )  # fmt: skip


def _own(_: verdicts.Round, own: Own) -> Working | None:
    """Nothing for who has no part in it."""
    if not own.account or not (own.commitment or own.bets or own.payouts):
        return None
    paid = (own.payouts or {}).values()
    inputs = []
    if own.commitment is not None:
        inputs.append(("c", own.commitment.hex()))
    if own.bets:
        inputs.append(("staked", str(sum(own.bets.values()))))
    result = str(sum(back for _, back, _ in paid)) if own.payouts is not None else ""
    return Working(Part.OWN, inputs=tuple(inputs), result=result)


# --- what is not over -----------------------------------------------------------------------------


def on_table(state: HouseState) -> Proof | None:
    """The round in play, as far as it is known; nothing before there is one."""
    game = roulette(state)
    play = game.round
    if not play.number or game.introduced is None or state.classic:
        return None
    closed = play.closed
    shares = (
        tuple(Share(each.account, each.commitment) for each in closed.commitments) if closed else ()
    )
    seed = Working(Part.SEED, claimed=play.seed_before.hex())
    sealed = Working(Part.SHARES, shares=shares)
    root = Working(Part.BETS, claimed=closed.bets_root.hex() if closed else "")
    later = Working(Part.REVEALS), Working(Part.NUMBER)
    workings = (seed, sealed, root, _live_freeze(game.introduced.draw, play), *later)
    return Proof(play.number, None, workings, live=True, anchor=game.introduced.anchor.hex())


def _live_freeze(table: bytes, play: OnTable) -> Working:
    closed = play.closed
    if closed is None or play.phase is Phase.BETTING:
        return Working(Part.FREEZE)
    commitments = {each.account: each.commitment for each in closed.commitments}
    said = closed.bets_root, closed.freeze
    made = _frozen(table, play.number, play.seed_before, commitments, *said)
    return made if made.holds else replace(made, failed=verdicts.Step.FREEZE)
