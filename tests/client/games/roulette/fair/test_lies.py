"""A house that lies is found out, and the evidence of it is saved."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from client.games.roulette.fair.judge import evidence
from client.games.roulette.fair.verdicts import Step
from client.games.roulette.requests import place
from client.games.roulette.state import roulette
from protocol import verify
from protocol.games.roulette import bets, records, rounds
from protocol.games.roulette.lists import Phase, RoundState
from protocol.games.roulette.rules import RED
from protocol.house import door
from protocol.wire import Message
from tests.client.fake_table import NOUGHT, FakeTable, Holder, lies
from tests.client.things import Things
from tests.client.wire import Wire, play, seated, wants, with_a_bet


def wrong_in(document: Mapping[str, Any]) -> list[str]:
    """What `run.py verify` says of it."""
    read, rounds_read = verify.read_document(json.dumps(document))
    (played,) = rounds_read
    return list(verify.broken_steps(read.table, played, read.seed_0))


def test_a_round_can_be_shown_to_anybody() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    wants(wire, place(wire.state, {5: 10, RED: 5}))
    play(table, wire)
    assert wrong_in(evidence(wire.state.table.verdicts[1])) == []


LIES = {
    "another seed": (Step.CHAIN, lies(rounds.RoundSettled, seed=lambda _: NOUGHT)),
    "another secret": (
        Step.SECRETS,
        lies(
            rounds.RoundSettled,
            reveals=lambda said: tuple(replace(each, secret=b"x" * 32) for each in said.reveals),
        ),
    ),
    "a secret of nobody": (
        Step.SECRETS,
        lies(
            rounds.RoundSettled,
            reveals=lambda said: tuple(replace(each, account=7) for each in said.reveals),
        ),
    ),
    "another number": (
        Step.POCKET,
        lies(rounds.RoundSettled, pocket=lambda said: (said.pocket + 1) % 37),
    ),
    "a freeze of something else": (
        Step.FREEZE,
        lies(rounds.BettingClosed, freeze=lambda _: NOUGHT),
    ),
    "no commitments": (Step.FREEZE, lies(rounds.BettingClosed, commitments=lambda _: ())),
    "another root": (Step.FREEZE, lies(rounds.BettingClosed, bets_root=lambda _: NOUGHT)),
    "a secret passed over": (
        Step.POCKET,
        lies(
            rounds.RoundSettled,
            reveals=lambda said: tuple(replace(each, shown=False) for each in said.reveals),
        ),
    ),
    "bets that were not there": (Step.BETS, lies(bets.BetsListed, bets=lambda _: ())),
    "a smaller payout": (
        Step.OWN_PAYOUT,
        lies(
            rounds.PlayerSettled,
            payouts=lambda said: tuple(replace(each, returned=1) for each in said.payouts),
        ),
    ),
    "a smaller stake": (
        Step.OWN_PAYOUT,
        lies(
            rounds.PlayerSettled,
            payouts=lambda said: tuple(replace(each, stake=1) for each in said.payouts),
        ),
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_named_and_its_evidence_saved(lie: str) -> None:
    step, tamper = LIES[lie]
    table, things = FakeTable(tamper), Things()
    wire = with_a_bet(table, things)
    play(table, wire)
    verdict = wire.state.table.verdicts[1]
    assert verdict.failed is step
    assert wire.state.table.saved[1] == "evidence 1"
    (document,) = things.saved
    assert document == evidence(verdict)
    assert wrong_in(document)
    assert document["vectors"][0]["witness"]["failed"] == step.name.lower()


def test_a_secret_is_kept_when_the_freeze_does_not_follow() -> None:
    _, tamper = LIES["a freeze of something else"]
    table = FakeTable(tamper)
    wire, _ = seated(table)
    table.close()
    wire.run()
    assert table.reveals == {}
    assert wire.state.table.verdicts[1].failed is Step.FREEZE


def a_bet_of_an_accomplice(table: FakeTable) -> None:
    table.holders[1002] = Holder("Bob", b"")
    table.bets[1002, 5] = 5


def freeze_again(table: FakeTable, wire: Wire) -> None:
    a_bet_of_an_accomplice(table)
    table.close()
    wire.run()


def void(table: FakeTable, wire: Wire) -> None:
    table.void("the lights went out")
    wire.run()


def open_again(table: FakeTable, wire: Wire) -> None:
    wire.cut()
    table.phase, table.freeze = Phase.BETTING, NOUGHT
    wire.open()
    wire.run()


def freeze_again_while_the_line_is_down(table: FakeTable, wire: Wire) -> None:
    wire.cut()
    a_bet_of_an_accomplice(table)
    table.close()
    wire.open()
    wire.run()


def void_while_the_line_is_down(table: FakeTable, wire: Wire) -> None:
    table.history[1] = replace(table._proof(RoundState.VOID, 0, table.seeds[1]), freeze=NOUGHT)
    wire.cut()
    table.void("the lights went out")
    wire.open()
    wire.run()


def pass_over(table: FakeTable, wire: Wire) -> None:
    table._open()
    wire.run()


@pytest.mark.parametrize(
    "cheat",
    [
        freeze_again,
        void,
        open_again,
        freeze_again_while_the_line_is_down,
        void_while_the_line_is_down,
        pass_over,
    ],
)
def test_a_freeze_that_is_taken_back_once_the_secrets_are_shown_is_told(
    cheat: Callable[[FakeTable, Wire], None],
) -> None:
    table = FakeTable()
    wire, _ = seated(table)
    table.close()
    wire.run()
    assert table.reveals.keys() == {1001}
    cheat(table, wire)
    assert wire.state.table.verdicts[1].failed is Step.FREEZE
    if table.number == 1:  # What follows does not make it good again.
        table.close()
        table.settle()
        wire.run()
        assert wire.state.table.verdicts[1].failed is Step.FREEZE


def test_a_void_before_the_freeze_holds() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    void(table, wire)
    assert wire.state.table.verdicts[1].holds


def test_an_acknowledged_commitment_that_is_left_out_is_told() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    table.commitments.clear()
    table.close()
    wire.run()
    assert wire.state.table.verdicts[1].failed is Step.OWN_SAY
    table.settle()
    wire.run()
    assert wire.state.table.verdicts[1].failed is Step.OWN_SAY
    assert wire.state.table.saved


def test_an_acknowledged_bet_that_is_not_among_the_frozen_is_told() -> None:
    table = FakeTable()
    wire = with_a_bet(table)
    del table.bets[1001, 5]
    play(table, wire)
    assert wire.state.table.verdicts[1].failed is Step.OWN_BETS


def test_an_acknowledged_bet_that_is_gone_after_a_cut_is_told() -> None:
    table = FakeTable()
    wire = with_a_bet(table)
    wire.cut()
    del table.bets[1001, 5]
    wire.open()
    wire.run()
    assert roulette(wire.state).round.own == {}
    play(table, wire)
    assert wire.state.table.verdicts[1].failed is Step.OWN_BETS


def unpaid(said: Message) -> Message:
    """A house that tells nobody what he was paid, and keeps no record of it."""
    if isinstance(said, rounds.PlayerSettled):
        return door.Pong(0)
    return replace(said, rounds=()) if isinstance(said, records.OwnRoundsListed) else said


@pytest.mark.parametrize("cut", [True, False])
def test_a_house_that_cuts_the_line_pays_all_the_same(cut: bool) -> None:
    """Or it shows the table once more, where nobody asked: as good as a cut."""
    table = FakeTable(unpaid)
    wire = with_a_bet(table)
    table.close()
    wire.run()
    if cut:
        wire.cut()
        wire.open()
    else:
        assert wire.chair is not None
        wire.inbox.append(table._shown(wire.chair))
    wire.run()
    table.settle()
    wire.run()
    assert wire.state.table.verdicts[1].failed is Step.OWN_PAYOUT


def test_who_was_cut_off_and_paid_sees_that_the_round_holds() -> None:
    table = FakeTable()
    wire = with_a_bet(table)
    table.close()
    wire.run()
    wire.cut()
    table.settle()
    wire.open()
    wire.run()
    verdict = wire.state.table.verdicts[1]
    assert (verdict.failed, verdict.own.bets) == (None, {5: 10})
    assert verdict.own.payouts
    assert list(verdict.own.payouts) == [5]


def test_a_house_that_lists_late_is_held_to_the_bets_that_it_took() -> None:
    late: list[Message] = []

    def tamper(said: Message) -> Message:
        if isinstance(said, bets.BetsListed) and said.round_number == 1:
            late.append(said)
            return door.Pong(0)
        return said

    table = FakeTable(tamper)
    wire = with_a_bet(table)
    table.bets.clear()  # They are not in what it freezes.
    for _ in range(3):
        play(table, wire)
    wire.inbox += late
    wire.run()
    assert wire.state.table.verdicts[1].failed is Step.OWN_BETS
