"""A client at a modern table, without a socket between them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from client.chain import AT_ONCE
from client.dialogue import Wish
from client.proof import Step, evidence
from client.requests import Examine, list_rounds, place, take_back
from protocol import verify
from protocol.messages import bets, door, rounds
from protocol.messages.lists import Phase, Reason, RoundState, Seat
from protocol.roulette import RED
from protocol.wire import Message
from tests.client.fakes import TABLE, FakeTable, Holder, Things, Wire, seated


def wants(wire: Wire, wish: Wish) -> None:
    wire.dialogue.want(wish, wire.now)
    wire.run()


def test_a_player_signs_in_sits_down_and_sees_the_table() -> None:
    things = Things()
    wire, _ = seated(FakeTable(), "Ann", things)
    state = wire.state
    assert (state.account, state.name, state.seat) == (1001, "Ann", Seat.PLAYER)
    assert (state.balance, state.round.number, state.round.phase) == (500, 1, Phase.BETTING)
    assert things.keyring.token(TABLE, "Ann")
    assert not state.pending
    assert state.roster_known
    assert state.status.latency is not None


def test_a_bet_is_pending_until_it_is_answered() -> None:
    wire, dialogue = seated(FakeTable())
    dialogue.want(place(wire.state, {17: 25, RED: 5}), wire.now)
    assert wire.state.pending_chips == {17: 25, RED: 5}
    assert wire.state.round.own == {}
    wire.run()
    assert wire.state.pending_chips == {}
    assert wire.state.round.own == {17: 25, RED: 5}
    assert wire.state.round.bets == {(1001, 17): 25, (1001, RED): 5}
    assert wire.state.round.totals[17].chips == 25
    assert (wire.state.balance, wire.state.round.at_stake) == (470, 30)


def test_chips_can_be_taken_back_one_by_one_and_all_together() -> None:
    wire, _ = seated(FakeTable())
    wants(wire, place(wire.state, {17: 25, 18: 5}))
    wants(wire, take_back(wire.state, {17: 10}))
    assert wire.state.round.own == {17: 15, 18: 5}
    wants(wire, take_back(wire.state, {}))
    assert wire.state.round.own == {}
    assert wire.state.balance == 500


def test_the_tables_rounds_are_read_to_their_end() -> None:
    table = FakeTable()
    ann, _ = seated(table, "Ann")
    for _ in range(5):
        wants(ann, place(ann.state, {17: 25}))
        table.close()
        ann.run()
        table.settle()
        ann.run()
    late, _ = seated(table, "Bob")
    assert not late.state.rounds
    wants(late, list_rounds())
    assert [each.round_number for each in late.state.rounds] == [5, 4, 3, 2, 1]
    assert not late.state.rounds_more
    assert [each.pocket for each in late.state.rounds] == table.pockets


def test_a_refused_bet_says_why_and_where_it_lay() -> None:
    wire, _ = seated(FakeTable())
    wants(wire, place(wire.state, {17: 900}))
    (refusal,) = wire.state.refusals
    assert (refusal.reason, refusal.spot) == (Reason.NOT_ENOUGH_CHIPS, 17)
    assert not wire.state.pending
    assert wire.state.balance == 500


def test_everybodys_bets_are_known_by_name() -> None:
    table = FakeTable()
    ann, _ = seated(table, "Ann")
    bob, _ = seated(table, "Bob")
    wants(bob, place(bob.state, {0: 10}))
    ann.dialogue.want(place(ann.state, {0: 5}), ann.now)
    for wire in (ann, bob, ann):
        wire.run()
    for state in (ann.state, bob.state):
        assert state.round.bets == {(1001, 0): 5, (1002, 0): 10}
        assert [state.name_of(account) for account, _ in state.round.bets] == ["Bob", "Ann"]
        assert (state.round.totals[0].chips, state.round.totals[0].players) == (15, 2)


def test_who_comes_in_the_middle_sees_all_the_bets() -> None:
    table = FakeTable()
    ann, _ = seated(table, "Ann")
    wants(ann, place(ann.state, dict.fromkeys(range(100), 1)))
    bob, _ = seated(table, "Bob")
    assert bob.state.round.bets_known
    assert len(bob.state.round.bets) == len(bob.state.round.totals) == 100


def play(table: FakeTable, *wires: Wire) -> int:
    """One round to its end, with every secret shown."""
    table.close()
    for wire in wires:
        wire.run()
    pocket = table.settle()
    for wire in wires:
        wire.run()
    return pocket


def test_a_round_is_shown_to_its_end_and_found_right() -> None:
    table, things = FakeTable(), Things()
    wire, _ = seated(table, things=things)
    wants(wire, place(wire.state, {RED: 100}))
    pocket = play(table, wire)
    state = wire.state
    assert state.round.number == 2
    assert state.previous is not None
    assert (state.previous.pocket, state.previous.own) == (pocket, {RED: 100})
    assert state.previous.net in (100, -100)
    assert state.balance == 500 + state.previous.net
    assert state.statistics.pockets == (pocket,)
    assert [entry.round_number for entry in state.own_rounds] == [1]
    verdict = state.verdicts[1]
    assert verdict.holds
    assert verdict.full
    assert things.saved == []


def test_every_secret_is_fresh_and_shown_once_the_bets_are_frozen() -> None:
    table, things = FakeTable(), Things()
    wire, _ = seated(table, things=things)
    shown = []
    for number in (1, 2, 3):
        assert table.commitments.keys() == {1001}
        table.close()
        assert table.reveals == {}
        wire.run()
        shown.append(table.reveals[1001])
        table.settle()
        wire.run()
        assert wire.state.verdicts[number].holds
    assert len(set(shown)) == 3


def lies(kind: type[Message], **changes: Callable[[Any], object]) -> Callable[[Message], Message]:
    """A table that says one thing differently, each time."""

    def tamper(said: Message) -> Message:
        if not isinstance(said, kind):
            return said
        return replace(said, **{name: change(said) for name, change in changes.items()})  # type: ignore[type-var]  # every message is a dataclass

    return tamper


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
    assert wrong_in(evidence(wire.state.verdicts[1])) == []


NOUGHT = bytes(32)
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
    wire, _ = seated(table, things=things)
    wants(wire, place(wire.state, {5: 10}))
    play(table, wire)
    verdict = wire.state.verdicts[1]
    assert verdict.failed is step
    assert wire.state.saved[1] == "evidence 1"
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
    assert wire.state.verdicts[1].failed is Step.FREEZE


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
    assert wire.state.verdicts[1].failed is Step.FREEZE
    if table.number == 1:  # What follows does not make it good again.
        table.close()
        table.settle()
        wire.run()
        assert wire.state.verdicts[1].failed is Step.FREEZE


def test_a_void_before_the_freeze_holds() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    void(table, wire)
    assert wire.state.verdicts[1].holds


def test_an_acknowledged_commitment_that_is_left_out_is_told() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    table.commitments.clear()
    table.close()
    wire.run()
    assert wire.state.verdicts[1].failed is Step.OWN_SAY
    table.settle()
    wire.run()
    assert wire.state.verdicts[1].failed is Step.OWN_SAY
    assert wire.state.saved


def test_an_acknowledged_bet_that_is_not_among_the_frozen_is_told() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    wants(wire, place(wire.state, {5: 10}))
    del table.bets[1001, 5]
    play(table, wire)
    assert wire.state.verdicts[1].failed is Step.OWN_BETS


def test_an_acknowledged_bet_that_is_gone_after_a_cut_is_told() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    wants(wire, place(wire.state, {5: 10}))
    wire.cut()
    del table.bets[1001, 5]
    wire.open()
    wire.run()
    assert wire.state.round.own == {}
    play(table, wire)
    assert wire.state.verdicts[1].failed is Step.OWN_BETS


def test_the_chain_of_seeds_goes_on_from_round_to_round() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    play(table, wire)
    table.void("the lights went out")
    wire.run()
    assert wire.state.verdicts[2].holds
    assert wire.state.previous is not None
    assert wire.state.previous.voided == "the lights went out"
    # A house that starts another chain binds itself to another seed than it showed.
    table.seeds[3] = b"\1" * 32
    table.tamper = lies(rounds.RoundOpened, seed_before=lambda _: NOUGHT)
    play(table, wire)
    table.seeds[4] = b"\2" * 32
    play(table, wire)
    assert wire.state.verdicts[4].failed is Step.CHAIN


def test_at_a_big_table_only_ones_own_bets_are_checked() -> None:
    table = FakeTable()
    table.bets.update({(account, spot): 1 for account in range(1, 5) for spot in range(157)})
    for account in range(1, 5):
        table.holders[account] = Holder(f"crowd {account}", b"")
    wire, _ = seated(table)
    wants(wire, place(wire.state, {5: 10}))
    play(table, wire)
    verdict = wire.state.verdicts[1]
    assert verdict.holds
    assert not verdict.full
    assert verdict.own.listed == {5: 10}


def test_a_big_table_is_checked_in_full_on_request() -> None:
    table = FakeTable()
    table.bets.update({(account, spot): 1 for account in range(1, 5) for spot in range(157)})
    for account in range(1, 5):
        table.holders[account] = Holder(f"crowd {account}", b"")
    wire, _ = seated(table)
    wants(wire, place(wire.state, {5: 10}))
    play(table, wire)
    wants(wire, Examine(1))
    verdict = wire.state.verdicts[1]
    assert verdict.holds
    assert verdict.full
    assert verdict.round is not None
    assert len(verdict.round.bets or ()) == 4 * 157 + 1
    assert (verdict.own.bets, verdict.own.listed) == ({5: 10}, {5: 10})
    table.history[1] = replace(table.history[1], pocket=(verdict.round.drawn.pocket + 1) % 37)
    wants(wire, Examine(1))
    assert wire.state.verdicts[1].failed is Step.POCKET


def test_a_round_before_one_came_is_checked_on_request() -> None:
    table = FakeTable()
    early, _ = seated(table, "Early")
    play(table, early)
    wire, _ = seated(table)
    wants(wire, Examine(1))
    assert wire.state.verdicts[1].holds
    wants(wire, Examine(77))
    wants(wire, Examine(2))
    assert wire.state.verdicts.keys() == {1}
    assert not wire.state.pending


def test_a_chain_that_does_not_lead_to_the_published_end_is_told() -> None:
    table = FakeTable(lies(door.TableIntroduced, anchor=lambda _: NOUGHT))
    wire, _ = seated(table)
    play(table, wire)
    assert wire.state.verdicts[1].failed is Step.CHAIN


@pytest.mark.parametrize("honest", [True, False])
def test_a_long_chain_is_walked_back_while_one_plays(honest: bool) -> None:
    tamper = lies(door.TableIntroduced, anchor=lambda said: said.anchor if honest else NOUGHT)
    table = FakeTable(tamper, first_round=3 * AT_ONCE)
    wire, _ = seated(table)
    for _ in range(10):
        wire.dialogue.tick(wire.now)
    if not honest:
        assert wire.state.verdicts[3 * AT_ONCE].failed is Step.CHAIN
    play(table, wire)
    assert wire.state.verdicts[3 * AT_ONCE].holds is honest
    assert wire.dialogue.tick(wire.now) > wire.now


def test_a_chain_is_followed_over_the_rounds_that_one_missed() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    wire.cut()
    for _ in range(5):
        table.close()
        table.settle()
    wire.open()
    wire.run()
    play(table, wire)
    assert wire.state.verdicts[6].holds


def test_a_round_that_ended_while_the_line_was_down_is_checked_too() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    wants(wire, place(wire.state, {5: 10}))
    wire.cut()
    table.close()
    table.settle()
    wire.open()
    wire.run()
    assert wire.state.round.number == 2
    assert wire.state.verdicts[1].holds
    assert wire.state.verdicts[1].full


def test_a_secret_is_still_shown_when_the_line_was_down_at_the_freeze() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    wire.cut()
    table.close()
    wire.open()
    wire.run()
    assert table.reveals.keys() == {1001}
    table.settle()
    wire.run()
    assert wire.state.verdicts[1].holds
