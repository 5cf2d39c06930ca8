"""Each step of a proof by itself, and the document that shows a round to anybody."""

import json
from dataclasses import replace
from typing import Any

import pytest

from client.games.roulette.fair import judge as proof
from client.games.roulette.fair import verdicts
from client.games.roulette.fair.judge import evidence, judge
from client.games.roulette.fair.verdicts import Drawn, Frozen, Own, Round, Step
from protocol import fairness, verify
from protocol.games.roulette.lists import End
from protocol.games.roulette.rules import RED, REDS

TABLE, NUMBER = bytes(range(16)), 12
ME, SHY, OTHER = 3, 9, 4
SEED = b"\x05" * 32
BEFORE = fairness.previous_seed(TABLE, SEED)
ANCHOR = b"\x0a" * 32
SECRETS = {ME: b"\x01" * 32, SHY: b"\x02" * 32}
SEALED = {who: fairness.commitment(TABLE, NUMBER, who, SECRETS[who]) for who in (SHY, ME)}
ROWS = ((SHY, 0, 5), (ME, 17, 10), (OTHER, RED, 20), (OTHER, 8, 1), (ME, RED, 30), (OTHER, 2, 4))
ROOT = fairness.bets_root(ROWS)
FREEZE = fairness.freeze(TABLE, NUMBER, BEFORE, SEALED, ROOT)
SHOWN = {ME: SECRETS[ME]}
POCKET = fairness.draw(SEED, FREEZE, fairness.reveals_hash(FREEZE, SEALED, SHOWN))
HONEST = Round(
    TABLE, ANCHOR, NUMBER, BEFORE, Frozen(SEALED, ROOT, FREEZE), Drawn(SEED, SHOWN, POCKET), ROWS
)
BACK = {17: 36 * 10 if POCKET == 17 else 0, RED: 2 * 30 if POCKET in REDS else 0}
MINE = Own(
    ME,
    bets={17: 10, RED: 30},
    listed={17: 10, RED: 30},
    commitment=SEALED[ME],
    secret=SECRETS[ME],
    payouts={RED: (30, BACK[RED], End.PAID), 17: (10, BACK[17], End.PAID)},
)


def test_an_honest_round_holds() -> None:
    verdict = judge(HONEST, MINE)
    assert (verdict.round_number, verdict.failed, verdict.full) == (NUMBER, None, True)
    assert verdict.holds
    assert (verdict.round, verdict.own) == (HONEST, MINE)
    assert judge(HONEST).holds
    assert not judge(replace(HONEST, bets=None), MINE).full


NOTHING_KNOWN: list[dict[str, Any]] = [
    {"bets": None, "payouts": None},
    {"listed": None},
    {"commitment": None, "secret": None},
    {"secret": None},
    {"payouts": None},
    {"bets": None},
    {"bets": None, "listed": None},
]


@pytest.mark.parametrize("unknown", NOTHING_KNOWN)
def test_what_is_not_known_is_passed_over(unknown: dict[str, Any]) -> None:
    assert judge(HONEST, replace(MINE, **unknown)).holds


WRONG: dict[str, tuple[Step, dict[str, Any]]] = {
    "a chain that leads elsewhere": (Step.CHAIN, {"linked": False}),
    "one's commitment is another": (Step.OWN_SAY, {"commitment": SEALED[SHY]}),
    "one's commitment is nowhere": (Step.OWN_SAY, {"account": OTHER, "secret": None}),
    "one's secret is another": (Step.OWN_SAY, {"secret": SECRETS[SHY]}),
    "a bet too few": (Step.OWN_BETS, {"listed": {RED: 30}}),
    "a bet too many": (Step.OWN_BETS, {"listed": {17: 10, RED: 30, 3: 1}}),
    "none of one's bets": (Step.OWN_BETS, {"listed": {}}),
    "a bet on another spot": (Step.OWN_BETS, {"listed": {18: 10, RED: 30}}),
    "no payout": (Step.OWN_PAYOUT, {"payouts": {}}),
    "one payout too few": (Step.OWN_PAYOUT, {"payouts": {RED: MINE.payouts[RED]}}),  # type: ignore[index]
    "a chip too much": (
        Step.OWN_PAYOUT,
        {"payouts": {RED: (30, BACK[RED] + 1, End.PAID), 17: (10, BACK[17], End.PAID)}},
    ),
    "a chip too much, the first of them right": (
        Step.OWN_PAYOUT,
        {"payouts": {RED: (30, BACK[RED], End.PAID), 17: (10, BACK[17] + 1, End.PAID)}},
    ),
    "paid as if both lay on one": (
        Step.OWN_PAYOUT,
        {"payouts": {RED: (10, BACK[RED] // 3, End.PAID), 17: (30, 3 * BACK[17], End.PAID)}},
    ),
    "locked, where nothing is": (
        Step.OWN_PAYOUT,
        {"payouts": {RED: (30, BACK[RED], End.LOCKED), 17: (10, BACK[17], End.PAID)}},
    ),
    "payouts of bets that are not known": (
        Step.OWN_PAYOUT, {"bets": None, "payouts": {17: (10, BACK[17] + 10, End.PAID)}},
    ),
    "a bet and a payout": (Step.OWN_BETS, {"listed": {}, "payouts": {}}),
    "a commitment and a bet": (Step.OWN_SAY, {"commitment": SEALED[SHY], "listed": {}}),
}  # fmt: skip
"""What one knows otherwise, and which step is the first to say so."""


@pytest.mark.parametrize("wrong", WRONG)
def test_what_one_knows_otherwise_is_named_by_its_step(wrong: str) -> None:
    step, changes = WRONG[wrong]
    own = replace(MINE, **changes)
    assert judge(HONEST, own).failed is step
    assert not proof.holds(step, HONEST, own)
    assert proof.holds(step, HONEST, MINE)


@pytest.mark.parametrize(
    "shown",
    [
        {ME: SECRETS[ME], SHY: b"\x09" * 32},
        {SHY: b"\x09" * 32, ME: SECRETS[ME]},
        {ME: SECRETS[ME], OTHER: b"\x03" * 32},
        {ME: SECRETS[SHY], SHY: SECRETS[ME]},
    ],
)
def test_every_secret_that_is_shown_fits_what_was_sealed(shown: dict[int, bytes]) -> None:
    drawn = replace(HONEST.drawn, reveals=shown)
    assert judge(replace(HONEST, drawn=drawn)).failed is Step.SECRETS
    both = replace(HONEST.drawn, reveals=SECRETS)
    assert proof.holds(Step.SECRETS, replace(HONEST, drawn=both), proof.NO_PART)


def test_a_secret_stays_hidden_where_the_freeze_is_not_over_it() -> None:
    def why(frozen: Frozen, own: Own) -> Step | None:
        return proof.frozen_wrongly(TABLE, NUMBER, BEFORE, frozen, own)

    frozen = HONEST.frozen
    left_out = replace(MINE, commitment=SEALED[SHY])
    assert why(frozen, MINE) is None
    assert why(frozen, Own()) is None
    assert why(frozen, left_out) is Step.OWN_SAY
    assert why(replace(frozen, freeze=ROOT), MINE) is Step.FREEZE
    assert why(replace(frozen, freeze=ROOT), left_out) is Step.FREEZE


def test_the_evidence_has_everything_under_its_name() -> None:
    witness = {
        "account": ME,
        "failed": None,
        "commitment": SEALED[ME].hex(),
        "secret": SECRETS[ME].hex(),
        "bets": [(17, 10), (RED, 30)],
        "payouts": [[17, 10, BACK[17], End.PAID], [RED, 30, BACK[RED], End.PAID]],
    }
    vector = {
        "name": "round 12",
        "round": 12,
        "seed_prev": BEFORE.hex(),
        "seed": SEED.hex(),
        "game": "roulette",
        "rules": "",
        "commitments": {"3": SEALED[ME].hex(), "9": SEALED[SHY].hex()},
        "reveals": {"3": SECRETS[ME].hex()},
        "bets_root": ROOT.hex(),
        "freeze": FREEZE.hex(),
        "reveals_hash": fairness.reveals_hash(FREEZE, SEALED, SHOWN).hex(),
        "pocket": POCKET,
        "bets": [list(row) for row in sorted(ROWS)],
        "witness": witness,
    }
    told = evidence(judge(HONEST, MINE))
    assert told == {"table": TABLE.hex(), "seed_0": ANCHOR.hex(), "vectors": [vector]}
    assert list(told["vectors"][0]["commitments"]) == ["3", "9"]


def test_evidence_of_who_knows_little_says_so() -> None:
    (vector,) = evidence(judge(replace(HONEST, bets=None), Own(ME)))["vectors"]
    assert "bets" not in vector
    assert vector["witness"] == {
        "account": ME,
        "failed": None,
        "commitment": None,
        "secret": None,
        "bets": None,
        "payouts": None,
    }
    (sealed,) = evidence(judge(HONEST, replace(MINE, secret=None)))["vectors"]
    assert sealed["witness"]["commitment"] == SEALED[ME].hex()
    assert sealed["witness"]["secret"] is None
    (watching,) = evidence(judge(HONEST))["vectors"]
    assert "witness" not in watching


def rows_on(pocket: int) -> tuple[verdicts.Row, ...]:
    """Two others, one of whom has a chip on a number that wins, and two on ones that do not."""
    return ((OTHER, pocket, 20), (SHY, pocket - 1, 5), (SHY, pocket, 2), (ME, 17, 10))


def test_evidence_of_a_wrong_payout_shows_what_everybody_is_owed() -> None:
    verdict = judge(HONEST, replace(MINE, payouts={RED: (30, 7, End.PAID), 17: (10, 5, End.PAID)}))
    assert verdict.failed is Step.OWN_PAYOUT
    verdict = replace(verdict, round=replace(HONEST, bets=rows_on(POCKET)))
    (vector,) = evidence(verdict)["vectors"]
    assert vector["payouts"] == [[ME, 40, 12], [OTHER, 20, 720], [SHY, 7, 72]]
    assert vector["witness"]["failed"] == "own_payout"
    nothing = replace(verdict, own=replace(MINE, payouts={}))
    assert evidence(nothing)["vectors"][0]["payouts"][0] == [ME, 0, 0]
    held = replace(verdict, failed=Step.OWN_BETS)
    assert "payouts" not in evidence(held)["vectors"][0]
    in_part = replace(verdict, round=replace(HONEST, bets=None))
    assert "payouts" not in evidence(in_part)["vectors"][0]


def test_verify_takes_an_honest_round_and_names_a_wrong_payout() -> None:
    short = replace(
        MINE, payouts={RED: (30, BACK[RED] + 1, End.PAID), 17: (10, BACK[17], End.PAID)}
    )
    for own, wrong in ((MINE, []), (short, ["payouts"])):
        document, (played,) = verify.read_document(json.dumps(evidence(judge(HONEST, own))))
        steps = verify.broken_steps(document.table, played)
        assert [step.split(":")[0] for step in steps] == wrong


def test_there_is_no_evidence_where_nothing_was_kept() -> None:
    with pytest.raises(ValueError, match="round 12"):
        evidence(verdicts.Verdict(12, Step.CHAIN))
