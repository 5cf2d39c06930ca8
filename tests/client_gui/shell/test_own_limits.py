"""A night has an end, and a limit that was set holds."""

from dataclasses import replace

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_gui.games.roulette import intents as play
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.view import RouletteView
from client_gui.kit.words import LANGUAGES
from client_gui.shell import intents as ask
from client_gui.shell.own_limits import BREAK, LOSSES, MINUTES, PAUSE, Amount, Limit, OwnLimits
from protocol.games.roulette.rules import RED
from tests.client_gui.hands import click, key, press, spot, table
from tests.client_gui.states import CROUPIER, EVENING, NOW, PLAYER, WATCHER, night_of_nets

pytestmark = pytest.mark.usefixtures("display")

amounts: st.SearchStrategy[Amount] = st.one_of(st.none(), st.integers(1, 10_000))

# --- limits ---------------------------------------------------------------------------------------


def test_the_nets_of_the_house_are_not_ones_own() -> None:
    assert replace(CROUPIER, elsewhere=-30).net == -30
    assert replace(PLAYER, elsewhere=-30).net == PLAYER.night.net - 30


def test_a_lower_limit_counts_at_once() -> None:
    limit = Limit().ask(500, 100.0).ask(200, 101.0)
    assert limit.at(101.0) == 200
    assert not limit.waits(101.0)


@pytest.mark.parametrize("wish", [1000, None])
def test_a_higher_limit_counts_after_a_pause(wish: Amount) -> None:
    limit = Limit(200, 200).ask(wish, 1000.0)
    assert limit.at(1000.0 + PAUSE - 1) == 200
    assert limit.waits(1000.0 + PAUSE - 1)
    assert limit.at(1000.0 + PAUSE) == wish
    assert not limit.waits(1000.0 + PAUSE)


def test_what_is_asked_for_in_the_pause_begins_it_anew() -> None:
    limit = Limit(200, 200).ask(500, 0.0).ask(1000, PAUSE - 1)
    assert limit.at(PAUSE + 1) == 200
    assert limit.at(2 * PAUSE - 1) == 1000


def test_who_thinks_better_of_it_keeps_the_lower_one() -> None:
    limit = Limit(200, 200).ask(500, 0.0).ask(200, 1.0)
    assert not limit.waits(1.0)
    assert limit.at(PAUSE * 3) == 200


@given(st.lists(st.tuples(amounts, st.floats(0, 3000)), max_size=12))
def test_no_way_of_asking_raises_a_limit_within_the_pause(
    wishes: list[tuple[Amount, float]],
) -> None:
    limit, now = Limit(100, 100), 0.0
    low, since = 100, 0.0
    for wish, later in wishes:
        now += later
        before = limit.at(now)
        limit = limit.ask(wish, now)
        here = limit.at(now)
        size = float("inf") if here is None else here
        assert before is None or size <= before
        if here is not None and (here < low or now - since >= PAUSE):
            low, since = here, now
        assert size >= 1


@pytest.mark.parametrize("steps", [LOSSES, MINUTES])
def test_the_steps_lead_from_none_to_the_least_and_back(steps: tuple[Amount, ...]) -> None:
    limit, now, down = Limit(), 0.0, []
    for _ in steps:
        limit = limit.step(-1, steps, now)
        down.append(limit.at(now))
    assert down == [*reversed(steps[:-1]), steps[0]]
    for _ in steps:
        limit = limit.step(1, steps, now)
    assert (limit.at(now), limit.wish) == (steps[0], None)


def test_a_step_from_between_two_steps_goes_to_the_next() -> None:
    assert Limit(250, 250).step(-1, LOSSES, 0.0).wish == 200
    assert Limit(250, 250).step(1, LOSSES, 0.0).wish == 300


# --- nights ---------------------------------------------------------------------------------------


def test_a_night_goes_on_over_a_closed_window_and_ends_with_a_long_break() -> None:
    night = OwnLimits().sit(EVENING).sit(EVENING + 600)
    again = night.sit(EVENING + 600 + BREAK - 1)
    assert again.began == EVENING
    assert again.sit(again.seen + BREAK).began == again.seen + BREAK


def test_limits_stay_for_the_next_night() -> None:
    night = OwnLimits(loss=Limit(200, 200)).sit(EVENING).sit(EVENING + 2 * BREAK)
    assert night.loss.at(EVENING + 2 * BREAK) == 200


def test_a_clock_that_was_set_back_begins_a_new_night() -> None:
    assert OwnLimits().sit(EVENING).sit(EVENING - 9999).began == EVENING - 9999


def test_what_is_left_counts_the_loss_and_what_lies_on_the_table() -> None:
    night = OwnLimits(loss=Limit(200, 200))
    assert night.left(-120, 30, 0.0) == 50
    assert night.left(-250, 0, 0.0) == 0
    assert night.left(+100, 0, 0.0) == 300
    assert OwnLimits().left(-9999, 0, 0.0) is None


@given(amounts, amounts, st.floats(0, 1e10), st.floats(0, 1e10))
def test_what_was_written_is_read_again(
    loss: Amount, minutes: Amount, began: float, counts: float
) -> None:
    limits = Limit(loss, minutes, counts), Limit(minutes, loss, counts)
    night = OwnLimits(began, began + 60, *limits, told=3)
    assert OwnLimits.read(night.written()) == night


@pytest.mark.parametrize(
    "kept", [None, 5, "x", [], {}, {"began": "x", "seen": 1}, {"loss": [1], "minutes": "x"}]
)
def test_a_file_of_nonsense_is_a_night_without_limits(kept: object) -> None:
    assert OwnLimits.read(kept) == OwnLimits()


# --- at the table ---------------------------------------------------------------------------------


def at_table(night: OwnLimits, view: RouletteView = PLAYER) -> TableScene:
    scene = table(view)
    scene.greet(night, EVENING, NOW)
    return scene


def told(scene: TableScene) -> list[str]:
    return [line.text for line in scene.ui.talk.own]


def test_a_bet_that_could_lose_more_than_the_limit_is_not_laid() -> None:
    view = replace(PLAYER, night=night_of_nets(-200, 50), my_bets={RED: 100})
    scene = at_table(OwnLimits(loss=Limit(300, 300)), view)
    assert click(scene, spot(scene, 17)) == [play.PlaceBets(((17, 25),))]
    press(scene, "chip:100")
    assert click(scene, spot(scene, 17)) == []
    assert scene.banner(NOW) == "Your own limit for tonight leaves you 50"


def test_a_limit_counts_what_was_lost_and_lies_at_other_tables() -> None:
    view = replace(PLAYER, night=night_of_nets(-100), my_bets={}, elsewhere=-100)
    scene = at_table(OwnLimits(loss=Limit(300, 300)), replace(view, staked_elsewhere=80))
    assert click(scene, spot(scene, 17)) == []
    assert scene.banner(NOW) == "Your own limit for tonight leaves you 20"
    scene.show_table(replace(view, staked_elsewhere=75), NOW)
    assert click(scene, spot(scene, 17)) == [play.PlaceBets(((17, 25),))]


def test_where_a_limit_is_reached_nothing_is_laid_and_all_may_be_taken_back() -> None:
    scene = at_table(OwnLimits(loss=Limit(300, 300)), replace(PLAYER, night=night_of_nets(-300)))
    assert click(scene, spot(scene, 17)) == []
    assert scene.banner(NOW).startswith("Your own limit for tonight is reached")
    for scancode in (pygame.KSCAN_D, pygame.KSCAN_R):
        assert key(scene, 0, scancode) == []
    assert key(scene, 0, pygame.KSCAN_X) == [play.TakeBack(tuple(PLAYER.my_bets.items()))]


def test_when_the_time_is_up_nothing_is_laid() -> None:
    night = OwnLimits(EVENING - 3600, EVENING - 5, minutes=Limit(60, 60))
    scene = at_table(night)
    assert click(scene, spot(scene, 17)) == []
    assert scene.banner(NOW).startswith("Your own time for tonight is up")


def test_reaching_a_limit_is_said_once_and_stays_among_the_messages() -> None:
    scene = at_table(OwnLimits(loss=Limit(300, 300)))
    scene.mind(EVENING + 1, NOW + 1)
    assert told(scene) == []
    scene.show_table(replace(PLAYER, night=night_of_nets(-400)), NOW + 2)
    for second in range(3, 9):
        scene.mind(EVENING + second, NOW + second)
    (line,) = scene.ui.talk.own
    assert line.text.startswith("Your own limit for tonight is reached")
    assert scene.ui.talk.lines[-1] == line


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hour_is_told_with_ones_net(language: str) -> None:
    scene = table(PLAYER, language)
    scene.greet(OwnLimits(), EVENING, NOW)
    for minute in range(0, 185, 5):
        scene.mind(EVENING + 60 * minute, NOW + 60 * minute)
    texts = [line.text for line in scene.ui.talk.own]
    expected = {
        "en": "You have been here for 3 hours. Tonight: +310.",
        "ru": "Вы здесь уже 3 часа. За вечер: +310.",
    }
    assert len(texts) == 3
    assert texts[-1] == expected[language]


def test_an_hour_that_was_told_is_not_told_again_when_the_window_comes_back() -> None:
    scene = at_table(OwnLimits(EVENING - 3700, EVENING - 60, told=1))
    scene.mind(EVENING, NOW)
    assert told(scene) == []
    scene = at_table(OwnLimits(EVENING - 3700, EVENING - 60))
    (kept,) = scene.mind(EVENING, NOW)
    assert len(told(scene)) == 1
    assert isinstance(kept, ask.KeepOwnLimits)
    assert (kept.own_limits.told, kept.own_limits.began) == (1, EVENING - 3700)


def test_who_only_watches_is_told_the_hour_without_a_net() -> None:
    scene = at_table(OwnLimits(), WATCHER)
    scene.mind(EVENING + 3601, NOW + 3601)
    assert [line.text for line in scene.ui.talk.own] == ["You have been here for 1 hour."]
    scene.ui.menu = True
    assert "set:loss" not in scene.hits(NOW)


def test_a_computer_that_slept_is_told_the_hours_it_missed() -> None:
    scene = at_table(OwnLimits())
    scene.mind(EVENING + 3 * 3600, NOW + 10)
    assert [line.text[:28] for line in scene.ui.talk.own] == ["You have been here for 3 hou"]


def test_the_clock_costs_a_frame_a_minute() -> None:
    scene = at_table(OwnLimits(EVENING - 90, EVENING), replace(PLAYER, deadline=None))
    assert scene.due(NOW) == NOW + 30
    surface = pygame.Surface((1280, 800))
    scene.paint(surface, NOW)
    assert scene.paint(surface, NOW + 29) == []
    (area,) = scene.paint(surface, NOW + 31)
    assert area.h <= scene.frame(NOW).layout.top.h


def test_the_night_is_kept_once_a_minute() -> None:
    scene = at_table(OwnLimits())
    kept = [scene.mind(EVENING + second, NOW + second) for second in range(0, 150, 10)]
    assert sum(map(len, kept)) == 2


def test_limits_are_set_under_the_gear_and_the_pause_is_said() -> None:
    scene = at_table(OwnLimits())
    key(scene, 0, pygame.KSCAN_S)
    for _ in range(3):
        (wish,) = press(scene, "less:loss")
    assert isinstance(wish, ask.KeepOwnLimits)
    assert wish.own_limits.loss.at(EVENING) == 2000
    press(scene, "more:loss")
    assert scene.ui.own_limits.loss.at(EVENING) == 2000
    assert scene.banner(NOW).startswith("A higher limit counts from ")
