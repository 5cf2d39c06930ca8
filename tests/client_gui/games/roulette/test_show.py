"""The ball is not overtaken by the news."""

import itertools
from dataclasses import replace
from types import MappingProxyType

import pytest

from client_gui.games.roulette.looks import Time
from client_gui.games.roulette.show import AFTER, Show, Stage
from client_gui.games.roulette.view import Outcome, Phase, RouletteView
from client_gui.shell.own_limits import OwnLimits
from client_gui.shell.preferences import READING
from client_gui.shell.view import Line
from tests.client_gui.states import NOW, OUTCOME, PLAYER
from tests.client_gui.states import scene as scene_in

CLOSED = replace(PLAYER, phase=Phase.CLOSED)
NEXT = replace(
    PLAYER,
    round=1285,
    my_bets=MappingProxyType({}),
    totals=MappingProxyType({}),
    balance=3800,
    outcome=OUTCOME,
    results=(14, *PLAYER.results),
)


def shown_round() -> Show:
    """A round whose result arrived a second after the bets were closed."""
    show = Show.at_rest(RouletteView()).step(RouletteView(), PLAYER, NOW)
    return show.step(PLAYER, CLOSED, NOW).step(CLOSED, NEXT, NOW + 1)


def test_the_scene_is_drawn_again_when_the_number_is_no_longer_marked() -> None:
    scene, now = scene_in("won", "en", (960, 600))
    rest = scene.show.settled + scene.show.after
    assert rest < scene.show.changes_at(rest) < float("inf")
    assert scene.due(rest) <= scene.show.changes_at(rest)
    scene.show_table(replace(scene.known, deadline=None), now)
    scene.ui.own_limits = OwnLimits()
    assert scene.due(rest) == scene.show.changes_at(rest)


def test_while_the_ball_runs_the_table_is_as_it_was_before() -> None:
    show = shown_round()
    seen = show.shown(NEXT, show.settled - 0.01)
    assert show.stage(show.settled - 0.01)[0] is Stage.SPIN
    assert seen.phase is Phase.SPINNING
    assert (seen.balance, seen.my_bets, seen.results) == (1240, PLAYER.my_bets, PLAYER.results)
    assert seen.outcome == PLAYER.outcome


def test_the_result_is_told_when_the_ball_lies_and_the_balance_counts_up() -> None:
    show = shown_round()
    seen = show.shown(NEXT, show.settled + 0.1)
    assert (seen.outcome, seen.results[0], seen.balance) == (OUTCOME, 14, 1240)
    late = show.settled + AFTER - Time.COUNT / 2
    assert 1240 < (show.shown(NEXT, late).balance or 0) < 3800
    assert show.shown(NEXT, show.settled + AFTER) == NEXT


def test_the_stages_follow_each_other() -> None:
    show = shown_round()
    steps = int((show.settled + AFTER - NOW) * 50) + 5
    stages = [show.stage(NOW + n / 50)[0] for n in range(steps)]
    assert sorted(set(stages[:-1]) - {Stage.REST}) == list(Stage)[1:]
    changes = [b for a, b in itertools.pairwise(stages) if a != b]
    assert changes == [Stage.MARK, Stage.RAKE, Stage.PAY, Stage.COUNT, Stage.REST]


def test_the_winner_is_marked_from_when_the_ball_lies() -> None:
    show = shown_round()
    assert show.marked(show.settled - 0.01) is None
    assert show.marked(show.settled) == 14
    assert show.marked(show.settled + Time.MARKED) is None


def test_a_skipped_show_is_at_its_end_at_once() -> None:
    show = shown_round().skip(NOW + 2)
    assert show.stage(NOW + 2)[0] is Stage.REST
    assert show.shown(NEXT, NOW + 2) == NEXT
    assert show.spin.over(NOW + 2)


def test_before_the_result_there_is_nothing_to_skip_to() -> None:
    show = Show.at_rest(PLAYER).step(PLAYER, CLOSED, NOW)
    assert show.skip(NOW + 1) is show
    assert show.stage(NOW + 1)[0] is Stage.SPIN


def test_with_reduced_motion_the_ball_just_lies_there() -> None:
    show = Show.at_rest(PLAYER).step(PLAYER, CLOSED, NOW, True)
    assert not show.moves(NOW)
    show = show.step(CLOSED, NEXT, NOW + 1, True)
    assert not show.moves(NOW + 1)
    assert show.marked(NOW + 1) == 14
    assert show.marked(NOW + 1 + Time.MARKED) is None


@pytest.mark.parametrize("reading", READING)
def test_without_motion_the_chips_lie_until_the_result_has_been_read(reading: int) -> None:
    show = Show.at_rest(PLAYER).step(PLAYER, CLOSED, NOW, True, reading)
    show = show.step(CLOSED, NEXT, NOW, True, reading)
    seen = show.shown(NEXT, NOW + Time.CALM * reading - 0.1)
    assert (seen.balance, seen.my_bets, seen.outcome) == (1240, PLAYER.my_bets, OUTCOME)
    assert not show.moves(NOW + 0.1)
    end = show.changes_at(NOW + 0.1)
    assert end == NOW + Time.CALM * reading
    assert show.shown(NEXT, end) == NEXT
    assert show.skip(NOW + 0.2).shown(NEXT, NOW + 0.2) == NEXT


@pytest.mark.parametrize("reading", READING)
def test_who_reads_slowly_sees_the_result_longer(reading: int) -> None:
    show = Show.at_rest(PLAYER).step(PLAYER, CLOSED, NOW, False, reading)
    show = show.step(CLOSED, NEXT, NOW + 1, False, reading)
    lie = show.settled + Time.MARK + Time.READ * (reading - 1)
    assert show.stage(lie - 0.01)[0] is Stage.MARK
    assert show.stage(lie + 0.01)[0] is Stage.RAKE
    assert show.shown(NEXT, show.settled + show.after) == NEXT
    assert show.marked(show.settled + Time.MARKED * reading - 0.1) == 14
    assert not show.just_over(show.settled + show.after - 0.1)
    assert show.just_over(show.settled + show.after + 0.1)


def test_who_comes_in_the_middle_of_a_spin_sees_the_wheel_turn() -> None:
    show = Show.at_rest(RouletteView()).step(RouletteView(), CLOSED, NOW)
    assert show.stage(NOW + 1)[0] is Stage.SPIN


def test_a_result_without_a_closing_before_it_is_spun_as_well() -> None:
    """The classic protocol says nothing before the result."""
    show = Show.at_rest(PLAYER).step(PLAYER, NEXT, NOW)
    assert show.stage(NOW)[0] is Stage.SPIN
    assert show.settled > NOW + 4


def test_the_last_number_lies_in_the_wheel_when_one_comes() -> None:
    empty = replace(PLAYER, results=(), outcome=None)
    show = Show.at_rest(RouletteView()).step(RouletteView(), empty, NOW)
    assert not show.spin.thrown
    later = show.step(empty, PLAYER, NOW)
    assert later.spin.fall is not None
    assert later.spin.fall.pocket == PLAYER.results[0]


def test_a_new_round_takes_over_from_an_unfinished_show() -> None:
    show = shown_round()
    closed = replace(NEXT, phase=Phase.CLOSED)
    second = replace(NEXT, round=1286, outcome=Outcome(1285, 5))
    show = show.step(NEXT, closed, NOW + 3).step(closed, second, NOW + 4)
    assert show.outcome is not None
    assert show.outcome.pocket == 5
    assert show.stage(NOW + 5)[0] is Stage.SPIN


def test_a_result_that_a_lost_line_kept_from_us_holds_up_nothing() -> None:
    show = Show.at_rest(PLAYER).step(PLAYER, CLOSED, NOW)
    lost = replace(CLOSED, line=Line.LOST)
    back = replace(PLAYER, round=1285)
    show = show.step(CLOSED, lost, NOW + 1).step(lost, back, NOW + 5)
    assert show.stage(NOW + 5)[0] is Stage.REST
    assert show.shown(back, NOW + 5) == back
    told = replace(back, results=(33, *back.results))
    show = show.step(back, told, NOW + 6)
    assert show.spin.fall is not None
    assert show.spin.fall.pocket == 33


def test_a_lost_line_does_not_stop_the_ball() -> None:
    show = Show.at_rest(PLAYER).step(PLAYER, CLOSED, NOW)
    lost = replace(CLOSED, line=Line.LOST)
    show = show.step(CLOSED, lost, NOW + 1).step(lost, CLOSED, NOW + 2)
    assert show.stage(NOW + 2)[0] is Stage.SPIN
    assert show.step(CLOSED, NEXT, NOW + 3).spin.fall is not None
