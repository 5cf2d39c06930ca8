"""One player's pace and manners."""

from dataclasses import replace

import pytest

from bots.games.roulette.player import LAST_SECONDS, NEVER, Player
from bots.games.roulette.tempers import TEMPERS
from client.games.roulette.state import Round, roulette
from client.house.state import HouseState, Line
from protocol.games.roulette.bets import PlaceBets, SayReady
from protocol.games.roulette.lists import Phase
from protocol.house.lists import Seat
from protocol.wire import Request
from tests.client.alone import MET
from tests.client.states import changed
from tests.client.test_reduce import SEATED, settled

OPEN = changed(SEATED, introduced=MET, deadline=130.0)


def evening(player: Player, state: HouseState, start: float) -> list[tuple[float, Request]]:
    """All that he does in a round, and when."""
    done = [(start, wish) for wish in player.look(state, start)]
    while player.due != NEVER:
        at = player.due
        done += [(at, wish) for wish in player.look(state, at)]
    return done


@pytest.mark.parametrize("style", TEMPERS)
def test_he_thinks_clicks_and_is_ready_before_the_bets_close(style: str) -> None:
    rounds_played = 0
    for seed in range(30):
        done = evening(Player(TEMPERS[style], str(seed)), OPEN, 100.0)
        times = [at for at, _ in done]
        assert times == sorted(times)
        assert times[0] > 100.5
        assert times[-1] <= 130.0 - LAST_SECONDS
        assert isinstance(done[-1][1], SayReady)
        rounds_played += any(isinstance(wish, PlaceBets) for _, wish in done)
    assert rounds_played >= 20


def test_he_does_not_begin_when_it_is_too_late() -> None:
    assert evening(Player(TEMPERS["lucky"], "1"), changed(OPEN, deadline=100.5), 100.0) == []


def test_he_begins_when_more_time_is_given_because_nobody_bet() -> None:
    player = Player(TEMPERS["lucky"], "1")
    assert evening(player, changed(OPEN, deadline=100.5), 100.0) == []
    assert evening(player, changed(OPEN, deadline=100.5), 100.2) == []
    assert evening(player, changed(OPEN, deadline=130.0), 100.6)
    assert evening(player, changed(OPEN, deadline=150.0), 131.0) == []


def test_when_the_croupier_keeps_no_clock_he_bets_all_the_same() -> None:
    assert evening(Player(TEMPERS["lucky"], "1"), changed(OPEN, deadline=None), 100.0)


def test_he_bets_once_a_round_and_again_in_the_next() -> None:
    player = Player(TEMPERS["flat"], "3")
    assert evening(player, OPEN, 100.0)
    assert evening(player, OPEN, 110.0) == []
    lost = Round(1, Phase.SETTLED, own={156: 10})
    following = changed(OPEN, round=Round(2), previous=lost, deadline=160.0)
    assert evening(player, following, 130.0)


def test_he_watches_the_ball_before_he_bets_again() -> None:
    over = changed(OPEN, previous=Round(1, Phase.SETTLED, settled=settled()), round=Round(2))
    alone = changed(over, auto=20, deadline=132.0)
    assert evening(Player(TEMPERS["lucky"], "1"), alone, 100.0)[0][0] > 112.0
    by_hand = changed(over, deadline=None)
    assert evening(Player(TEMPERS["lucky"], "1"), by_hand, 100.0)[0][0] > 109.0


@pytest.mark.parametrize(
    "state",
    [
        changed(OPEN, round=replace(roulette(OPEN).round, phase=Phase.SPINNING)),
        changed(OPEN, seat=Seat.WATCHER),
        replace(OPEN, status=replace(OPEN.status, line=Line.LOST)),
        changed(OPEN, round=replace(roulette(OPEN).round, own={1: 1})),
    ],
)
def test_he_keeps_still_when_there_is_nothing_to_do(state: HouseState) -> None:
    assert evening(Player(TEMPERS["lucky"], "1"), state, 100.0) == []


def test_no_more_bets_stops_his_hand() -> None:
    player = Player(TEMPERS["spender"], "2")
    player.look(OPEN, 100.0)
    assert player.due < NEVER
    closed = changed(OPEN, round=replace(roulette(OPEN).round, phase=Phase.CLOSED))
    assert player.look(closed, player.due) == []
    assert player.due == NEVER


def test_he_knows_when_he_has_nothing_left() -> None:
    player = Player(TEMPERS["flat"], "2")
    assert not player.broke(OPEN)
    assert player.broke(replace(OPEN, balance=0))
    assert not player.broke(changed(OPEN, balance=0, round=Round(1, own={1: 500})))
