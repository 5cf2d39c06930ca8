"""Which rounds are checked, how far back, and how much of each."""

from dataclasses import replace

import pytest

from client.fair.chain import AT_ONCE
from client.games.roulette.fair.verdicts import Step
from client.games.roulette.state import roulette
from client.requests import Examine
from protocol.games.roulette import rounds
from protocol.house import door
from protocol.house.lists import Seat
from tests.client.fake_table import NOUGHT, FakeTable, Holder, lies
from tests.client.states import over
from tests.client.wire import Wire, play, seated, wants, with_a_bet

INTRODUCTIONS = (door.HouseIntroduced, rounds.TableIntroduced)


def test_the_chain_of_seeds_goes_on_from_round_to_round() -> None:
    table = FakeTable()
    wire, _ = seated(table)
    play(table, wire)
    table.void("the lights went out")
    wire.run()
    assert wire.state.table.verdicts[2].holds
    assert over(wire.state).voided == "the lights went out"
    # A house that starts another chain binds itself to another seed than it showed.
    table.seeds[3] = b"\1" * 32
    table.tamper = lies(rounds.RoundOpened, seed_before=lambda _: NOUGHT)
    play(table, wire)
    table.seeds[4] = b"\2" * 32
    play(table, wire)
    assert wire.state.table.verdicts[4].failed is Step.CHAIN


def at_a_big_table() -> Wire:
    """A player after a round in which everything was covered four times besides."""
    table = FakeTable()
    table.bets.update({(account, spot): 1 for account in range(1, 5) for spot in range(157)})
    for account in range(1, 5):
        table.holders[account] = Holder(f"crowd {account}", b"")
    wire = with_a_bet(table)
    play(table, wire)
    return wire


def test_at_a_big_table_only_ones_own_bets_are_checked() -> None:
    wire = at_a_big_table()
    verdict = wire.state.table.verdicts[1]
    assert verdict.holds
    assert not verdict.full
    assert verdict.own.listed == {5: 10}


def test_a_big_table_is_checked_in_full_on_request() -> None:
    wire = at_a_big_table()
    wants(wire, Examine(1))
    verdict = wire.state.table.verdicts[1]
    assert verdict.holds
    assert verdict.full
    assert verdict.round is not None
    assert len(verdict.round.bets or ()) == 4 * 157 + 1
    assert (verdict.own.bets, verdict.own.listed) == ({5: 10}, {5: 10})
    history = wire.table.history
    history[1] = replace(history[1], pocket=(verdict.round.drawn.pocket + 1) % 37)
    wants(wire, Examine(1))
    assert wire.state.table.verdicts[1].failed is Step.POCKET


def test_a_round_before_one_came_is_checked_on_request() -> None:
    table = FakeTable()
    early, _ = seated(table, "Early")
    play(table, early)
    wire, _ = seated(table)
    wants(wire, Examine(1))
    assert wire.state.table.verdicts[1].holds
    wants(wire, Examine(77))
    wants(wire, Examine(2))
    assert wire.state.table.verdicts.keys() == {1}
    assert not wire.state.pending


def test_a_chain_that_does_not_lead_to_the_published_end_is_told() -> None:
    table = FakeTable(lies(INTRODUCTIONS, anchor=lambda _: NOUGHT))
    wire, _ = seated(table)
    play(table, wire)
    assert wire.state.table.verdicts[1].failed is Step.CHAIN


@pytest.mark.parametrize("honest", [True, False])
def test_a_long_chain_is_walked_back_while_one_plays(honest: bool) -> None:
    tamper = lies(INTRODUCTIONS, anchor=lambda said: said.anchor if honest else NOUGHT)
    table = FakeTable(tamper, first_round=3 * AT_ONCE)
    wire, _ = seated(table)
    for _ in range(10):
        wire.dialogue.tick(wire.now)
    if not honest:
        assert wire.state.table.verdicts[3 * AT_ONCE].failed is Step.CHAIN
    play(table, wire)
    assert wire.state.table.verdicts[3 * AT_ONCE].holds is honest
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
    assert wire.state.table.verdicts[6].holds


def test_a_round_that_ended_while_the_line_was_down_is_checked_too() -> None:
    table = FakeTable()
    wire = with_a_bet(table)
    wire.cut()
    table.close()
    table.settle()
    wire.open()
    wire.run()
    assert roulette(wire.state).round.number == 2
    assert wire.state.table.verdicts[1].holds
    assert wire.state.table.verdicts[1].full


@pytest.mark.parametrize("seat", [Seat.PLAYER, Seat.CROUPIER])
def test_a_secret_is_still_shown_when_the_line_was_down_at_the_freeze(seat: Seat) -> None:
    """By who was made croupier after the secret was sealed, too."""
    table = FakeTable()
    wire, _ = seated(table)
    wants(wire, door.TakeSeat(0, seat, b""))
    wire.cut()
    table.close()
    wire.open()
    wire.run()
    assert table.reveals.keys() == {1001}
    table.settle()
    wire.run()
    assert wire.state.table.verdicts[1].holds
