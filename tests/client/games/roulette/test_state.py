"""What is known of a roulette before anything is said, and which of its rounds is meant."""

from dataclasses import replace

import pytest

from client.games.roulette.state import (
    Roulette,
    Round,
    Statistics,
    awaits,
    pending_chips,
    roulette,
    spot_of,
    with_roulette,
)
from client.house.state import HouseState, Line, Pending, Refusal, Status
from protocol.games.roulette.bets import PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.house.lists import Seat


def test_at_first_nothing_is_known() -> None:
    assert Statistics() == Statistics((), 0, 0, 0, 0)
    nothing = Round(
        number=0, phase=Phase.BETTING, own={}, own_known=True, bets={},
        bets_known=True, totals={}, players=0, count=0, staked=0, revision=0,
        settled=None, result=None, voided=None,
    )  # fmt: skip
    assert Round() == nothing
    assert (nothing.at_stake, nothing.pocket, nothing.net) == (0, None, None)
    assert roulette(HouseState()) == Roulette(
        introduced=None, auto=0, round=nothing, previous=None, phase_since=0.0, deadline=None,
        statistics=Statistics(), own_rounds=(), own_rounds_more=False, rounds=(),
        rounds_more=False,
    )  # fmt: skip


def test_a_round_is_found_and_changed_while_it_is_looked_at() -> None:
    game = Roulette(round=Round(7), previous=Round(6))
    assert game.find_round(7) is game.round
    assert game.find_round(6) is game.previous
    assert game.find_round(5) is None
    assert Roulette(round=Round(7)).find_round(6) is None
    assert game.with_round(7, staked=5) == replace(game, round=Round(7, staked=5))
    assert game.with_round(6, staked=5) == replace(game, previous=Round(6, staked=5))
    assert game.with_round(5, staked=5) is game
    assert Roulette(round=Round(7)).with_round(6, staked=5) == Roulette(round=Round(7))
    twice = Roulette(round=Round(7, staked=1), previous=Round(7))  # A house may say anything.
    assert twice.find_round(7) is twice.round
    assert twice.with_round(7, staked=5).round.staked == 5


def test_each_table_has_its_own() -> None:
    house = with_roulette(with_roulette(HouseState(), auto=30).at(2), auto=45)
    assert (roulette(house).auto, roulette(house.at(0)).auto) == (45, 30)
    other = house.with_table(game="the state of another game")
    assert roulette(other) == Roulette()


def test_chips_under_way_lie_at_the_table_that_they_were_laid_at() -> None:
    house = with_roulette(HouseState(here=2), round=Round(7))
    laid = Pending(PlaceBets(1, 7, (Bet(17, 5),)).to(2), 0.0)
    house = replace(house, pending={1: laid})
    assert pending_chips(house) == {17: 5}
    assert pending_chips(with_roulette(house.at(3), round=Round(7))) == {}


@pytest.mark.parametrize(
    ("seat", "round_", "auto", "waits"),
    [
        (Seat.PLAYER, Round(7), 0, True),
        (Seat.PLAYER, Round(7), 30, True),
        (Seat.PLAYER, Round(7, own={1: 5}), 0, False),
        (Seat.PLAYER, Round(7, Phase.CLOSED), 0, False),
        (Seat.WATCHER, Round(7), 0, False),
        (Seat.CROUPIER, Round(7, count=1), 0, True),
        (Seat.CROUPIER, Round(7), 0, False),
        (Seat.CROUPIER, Round(7, count=1), 30, False),
    ],
)
def test_a_table_awaits_who_can_do_something_there(
    seat: Seat, round_: Round, auto: int, waits: bool
) -> None:
    there = HouseState(status=Status(Line.LIVE)).with_table(live=True, seat=seat)
    there = with_roulette(there, round=round_, auto=auto)
    assert awaits(there) is waits
    assert not awaits(there.with_table(live=False))
    laid = Pending(PlaceBets(1, 7, (Bet(17, 5),)), 0.0)
    if seat is Seat.PLAYER:
        assert not awaits(replace(there, pending={1: laid}))


def test_a_spot_that_is_none_is_not_named() -> None:
    assert [spot_of(Refusal(None, None, spot)) for spot in (None, 0, 175, 176)] == [
        *(None, 0, 175, None)
    ]
