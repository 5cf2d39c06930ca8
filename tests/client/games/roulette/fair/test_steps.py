"""A round laid open: each step comes to what the house said, and a lie shows where it was told."""

import json
from dataclasses import replace
from typing import Any

import pytest

from client.games.roulette.fair import judge as proof
from client.games.roulette.fair import verdicts
from client.games.roulette.fair.judge import evidence, judge
from client.games.roulette.fair.steps import CHECKS, Part, Proof, Share, Working, finished, on_table
from client.games.roulette.fair.verdicts import Own, Round, Step, Verdict
from client.games.roulette.state import roulette
from client.house.state import HouseState
from client.reduce import reduce
from protocol import fairness, verify
from protocol.games.roulette.fields import Commitment
from protocol.games.roulette.lists import End, Phase, RoundState
from protocol.games.roulette.records import AskProof, ProofShown
from protocol.games.roulette.rounds import BettingClosed, RoundOpened, TableIntroduced
from protocol.games.roulette.rules import RED
from tests.client.games.roulette.night.test_night import Evening
from tests.client.states import changed
from tests.client_gui.states import drawn, proven

NUMBER = 1283
SHA = b"\x07" * 32


def honest() -> tuple[Round, Own]:
    verdict = proven(NUMBER)
    assert verdict.holds
    assert verdict.round is not None
    return verdict.round, verdict.own


def broken(steps: Verdict) -> set[Part]:
    laid = finished(steps)
    assert laid is not None
    return {each.part for each in laid.workings if each.holds is False}


def test_every_step_of_an_honest_round_holds() -> None:
    laid = finished(proven(NUMBER))
    assert laid is not None
    assert [each.part for each in laid.workings] == list(Part)
    assert all(each.holds for each in laid.workings)
    assert laid.failed is None
    for each in laid.workings:
        if each.claimed:
            assert each.result == each.claimed, each.part
    assert laid.pocket == drawn(NUMBER).pocket


def test_the_last_byte_that_was_looked_at_gives_the_number() -> None:
    for number in range(1, 60):
        laid = finished(proven(number))
        assert laid is not None
        (step,) = (each for each in laid.workings if each.part is Part.NUMBER)
        *passed, last = step.bytes_
        assert all(byte >= fairness.fair_bytes(37) for byte in passed)
        assert last % 37 == laid.pocket == int(step.result)


def test_who_withheld_is_named() -> None:
    laid = finished(proven(NUMBER))
    assert laid is not None
    (step,) = (each for each in laid.workings if each.part is Part.SHARES)
    assert [(each.account, each.secret is None) for each in step.shares] == [
        (2, False), (3, True), (7, False),
    ]  # fmt: skip
    played, own = honest()
    backwards = dict(sorted(played.frozen.commitments.items(), reverse=True))
    again = finished(
        judge(replace(played, frozen=replace(played.frozen, commitments=backwards)), own)
    )
    assert again is not None
    assert step in again.workings


def lie(**changes: Any) -> Verdict:
    """A round in which one thing is another than it was."""
    played, own = honest()
    return judge(replace(played, **changes), own)


def test_a_lie_is_shown_at_the_step_where_it_was_told() -> None:
    played, own = honest()
    frozen, drawn_ = played.frozen, played.drawn
    assert broken(lie(seed_before=SHA)) >= {Part.SEED}
    secrets = replace(drawn_, reveals={**drawn_.reveals, 2: SHA})
    assert broken(lie(drawn=secrets)) >= {Part.SHARES}
    assert broken(lie(bets=((2, 17, 999),))) == {Part.BETS}
    assert broken(lie(frozen=replace(frozen, freeze=SHA))) >= {Part.FREEZE}
    other = replace(drawn_, pocket=(drawn_.pocket + 1) % 37)
    assert Part.NUMBER in broken(lie(drawn=other))
    short = {spot: (stake, 0, End.PAID) for spot, (stake, *_) in (own.payouts or {}).items()}
    paid = judge(played, replace(own, payouts=short, bets=dict.fromkeys(short, 1)))
    assert broken(paid) == {Part.OWN}


@pytest.mark.parametrize("step", list(Step))
def test_what_the_judge_names_is_never_shown_as_holding(step: Step) -> None:
    """A freeze that was taken back, for one, is known only to who watched."""
    played, own = honest()
    laid = finished(Verdict(NUMBER, step, True, played, own))
    assert laid is not None
    assert laid.failed is not None
    assert laid.failed.failed is step
    assert step in CHECKS[laid.failed.part]


def test_a_list_of_bets_that_was_not_fetched_is_left_open() -> None:
    played, own = honest()
    laid = finished(judge(replace(played, bets=None), own))
    assert laid is not None
    assert not laid.full
    (step,) = (each for each in laid.workings if each.part is Part.BETS)
    assert (step.holds, step.result) == (None, "")
    assert laid.failed is None
    assert all(each.holds for each in laid.workings if each.part is not Part.BETS)


def test_who_had_no_part_in_it_has_no_step_of_his_own() -> None:
    played, _ = honest()
    laid = finished(judge(played, Own()))
    assert laid is not None
    assert Part.OWN not in [each.part for each in laid.workings]


def test_of_a_round_of_which_nothing_was_kept_there_is_nothing_to_show() -> None:
    assert finished(Verdict(5, Step.CHAIN)) is None


def test_evidence_of_what_is_shown_is_what_verify_takes() -> None:
    table = bytes(range(16))
    for number, fails in ((1, False), (NUMBER, True)):
        verdict = proven(number, {"pocket": drawn(NUMBER).pocket ^ 1} if fails else {})
        document, (played,) = verify.read_document(json.dumps(evidence(verdict)))
        said = list(verify.broken_steps(document.table, played))
        assert document.table == table
        assert bool(said) == fails == (verdict.failed is not None)


# --- a round in play ------------------------------------------------------------------------------


def in_play() -> HouseState:
    state = HouseState()
    table = TableIntroduced(bytes(16), SHA, "T", 0, 10_000, ())
    for said in (table, RoundOpened(3, 20_000, SHA)):
        state = reduce(state, said, 0.0)
    return state


def test_while_bets_are_open_only_the_houses_seal_is_known() -> None:
    laid = on_table(in_play())
    assert laid is not None
    assert laid.live
    assert [each.part for each in laid.workings if each.claimed] == [Part.SEED]
    assert all(each.holds is None for each in laid.workings)


def test_the_freeze_is_recomputed_as_soon_as_it_is_announced() -> None:
    root = fairness.bets_root(((7, 17, 25),))
    freeze = fairness.freeze(bytes(16), 3, SHA, {7: SHA}, root)
    for said, holds in ((freeze, True), (bytes(32), False)):
        closed = BettingClosed(3, 3000, root, said, (Commitment(7, SHA),))
        laid = on_table(reduce(in_play(), closed, 0.0))
        assert laid is not None
        (step,) = (each for each in laid.workings if each.part is Part.FREEZE)
        assert step.holds is holds
        assert [each.account for each in laid.workings[1].shares] == [7]


def test_there_is_nothing_to_show_without_a_round_or_without_proofs() -> None:
    assert on_table(HouseState()) is None
    assert on_table(replace(in_play(), classic=True)) is None
    early = changed(in_play(), round=roulette(HouseState()).round)  # Introduced, and not shown yet.
    assert on_table(early) is None


def test_a_real_house_is_laid_open_as_its_ledger_has_it() -> None:
    evening = Evening()
    evening.play()
    for number, record in evening.ledger.items():
        shown = evening.pure.ask(evening.anna, AskProof(90, number))
        assert isinstance(shown, ProofShown)
        if shown.state is RoundState.VOID:
            continue
        sealed = {each.account: each.commitment for each in shown.commitments}
        frozen = verdicts.Frozen(sealed, shown.bets_root, shown.freeze)
        reveals = {r.account: r.secret for r in shown.reveals if r.shown}
        bets = tuple((a, s, n) for a, s, n in record["bets"])  # type: ignore[attr-defined]
        played = Round(
            shown.draw, SHA, number, shown.seed_before, frozen,
            verdicts.Drawn(shown.seed, reveals, shown.pocket), bets,
        )  # fmt: skip
        laid = finished(judge(played))
        assert laid is not None
        assert laid.failed is None
        results = {each.part: each.result for each in laid.workings}
        assert results[Part.REVEALS] == record["reveals_hash"]


def test_everything_that_goes_in_and_comes_out_is_laid_open() -> None:
    played, own = honest()
    frozen, drawn_ = played.frozen, played.drawn
    revealed = fairness.reveals_hash(frozen.freeze, frozen.commitments, drawn_.reveals)
    block = fairness.spin_block(drawn_.seed, frozen.freeze, revealed, 0)
    looked = next(at for at, byte in enumerate(block) if byte < fairness.fair_bytes(37)) + 1
    paid = sum(back for _, back, _ in (own.payouts or {}).values())
    bets = {14: 60, RED: 100}
    own = replace(
        own, bets=bets, listed=bets, payouts={14: (60, paid, End.PAID), RED: (100, 0, End.PAID)}
    )
    verdict = Verdict(NUMBER, None, True, played, own)
    assert finished(verdict) == Proof(
        NUMBER,
        drawn_.pocket,
        (
            Working(
                Part.SEED,
                True,
                inputs=(("S", drawn_.seed.hex()), ("table", played.table.hex())),
                result=played.seed_before.hex(),
                claimed=played.seed_before.hex(),
            ),
            Working(
                Part.SHARES,
                True,
                shares=tuple(
                    Share(who, frozen.commitments[who], drawn_.reveals.get(who))
                    for who in (2, 3, 7)
                ),
            ),
            Working(
                Part.BETS,
                True,
                inputs=(("bets", "5"),),
                result=frozen.bets_root.hex(),
                claimed=frozen.bets_root.hex(),
            ),
            Working(
                Part.FREEZE,
                True,
                inputs=(
                    ("round", str(NUMBER)),
                    ("S−1", played.seed_before.hex()),
                    ("c", "3"),
                    ("bets", frozen.bets_root.hex()),
                ),
                result=frozen.freeze.hex(),
                claimed=frozen.freeze.hex(),
            ),
            Working(
                Part.REVEALS,
                True,
                inputs=(("F", frozen.freeze.hex()), ("r", "2/3")),
                result=revealed.hex(),
            ),
            Working(
                Part.NUMBER,
                True,
                inputs=(
                    ("S", drawn_.seed.hex()),
                    ("F", frozen.freeze.hex()),
                    ("R", revealed.hex()),
                ),
                result=str(drawn_.pocket),
                claimed=str(drawn_.pocket),
                bytes_=tuple(block[:looked]),
            ),
            own_step(verdict, (("c", frozen.commitments[7].hex()), ("staked", "160")), str(paid)),
        ),
        anchor=played.anchor.hex(),
    )


def own_step(verdict: Verdict, inputs: tuple[tuple[str, str], ...], result: str) -> Working:
    """One's own, which says what `proof` says of these payouts."""
    assert verdict.round is not None
    wrong = not proof.holds(Step.OWN_PAYOUT, verdict.round, verdict.own)
    failed = Step.OWN_PAYOUT if wrong else None
    return Working(Part.OWN, not wrong, failed, inputs, result)


def test_a_lie_shows_what_was_made_beside_what_was_claimed() -> None:
    played, own = honest()
    frozen = replace(played.frozen, freeze=SHA, bets_root=bytes(32))
    laid = finished(judge(replace(played, frozen=frozen, seed_before=SHA), own))
    assert laid is not None
    for part, claimed in ((Part.SEED, SHA), (Part.BETS, bytes(32)), (Part.FREEZE, SHA)):
        (step,) = (each for each in laid.workings if each.part is part)
        assert step.claimed == claimed.hex()
        assert step.result not in ("", step.claimed)
    (unread,) = (
        each
        for each in getattr(finished(judge(replace(played, bets=None), own)), "workings", ())
        if each.part is Part.BETS
    )
    assert unread == Working(Part.BETS, claimed=played.frozen.bets_root.hex())


def test_a_part_of_ones_own_is_what_one_knows_of_it() -> None:
    played, own = honest()
    nothing = Own(7)
    bets, payouts = {RED: 9}, {RED: (9, 3, End.PAID), 4: (1, 36, End.PAID)}
    for known, inputs, result in (
        (replace(nothing, commitment=SHA), (("c", SHA.hex()),), ""),
        (replace(nothing, bets=bets), (("staked", "9"),), ""),
        (replace(nothing, payouts=payouts), (), "39"),
        (replace(nothing, bets=bets, payouts={}), (("staked", "9"),), "0"),
    ):
        laid = finished(Verdict(NUMBER, None, True, played, known))
        assert laid is not None
        step = laid.workings[-1]
        assert (step.part, step.inputs, step.result) == (Part.OWN, inputs, result)
    for known in (nothing, replace(own, account=0), replace(nothing, bets={}, payouts={})):
        laid = finished(Verdict(NUMBER, None, True, played, known))
        assert laid is not None
        assert laid.workings[-1].part is Part.NUMBER


def test_a_round_in_play_is_laid_open_as_far_as_it_is_known() -> None:
    seal = Working(Part.SEED, claimed=SHA.hex())
    later = (Working(Part.REVEALS), Working(Part.NUMBER))
    unknown = (Working(Part.SHARES), Working(Part.BETS), Working(Part.FREEZE))
    expected = Proof(3, None, (seal, *unknown, *later), live=True, anchor=SHA.hex())
    assert on_table(in_play()) == expected
    missed = changed(in_play(), round=replace(roulette(in_play()).round, phase=Phase.CLOSED))
    assert on_table(missed) == expected  # Frozen, and the freeze was not heard.
    root, other = fairness.bets_root(((7, 17, 25),)), bytes(32)
    made = fairness.freeze(bytes(16), 3, SHA, {7: SHA}, root)
    inputs = (("round", "3"), ("S−1", SHA.hex()), ("c", "1"), ("bets", root.hex()))
    for said, failed in ((made, None), (other, Step.FREEZE)):
        closed = BettingClosed(3, 3000, root, said, (Commitment(7, SHA),))
        state = reduce(in_play(), closed, 0.0)
        freeze = Working(Part.FREEZE, failed is None, failed, inputs, made.hex(), said.hex())
        known = (
            Working(Part.SHARES, shares=(Share(7, SHA),)),
            Working(Part.BETS, claimed=root.hex()),
        )
        assert on_table(state) == replace(expected, workings=(seal, *known, freeze, *later))
        again = changed(state, round=replace(roulette(state).round, phase=Phase.BETTING))
        laid = on_table(again)  # Who opens a round again has not frozen it.
        assert laid is not None
        assert laid.workings[3] == Working(Part.FREEZE)
    assert on_table(changed(in_play(), introduced=None)) is None
