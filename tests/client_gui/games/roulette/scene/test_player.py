"""What a player's hands do: with chips, with what lies there, and with the show."""

from dataclasses import replace
from types import MappingProxyType

import pygame
import pytest

from client_gui.games.roulette import intents as play
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.show import AFTER, Stage
from client_gui.games.roulette.view import Phase, RouletteView
from client_gui.kit.box import Point
from client_gui.shell import intents as ask
from client_gui.shell.view import Line, Refusal
from protocol.games.roulette.rules import BLACK, RED, SINGLE
from tests.client_gui import states
from tests.client_gui.hands import click, key, press, spot, table, write
from tests.client_gui.states import CLASSIC, CORNER, CROUPIER, NOW, PLAYER, WATCHER

pytestmark = pytest.mark.usefixtures("display")

EMPTY = replace(PLAYER, my_bets=MappingProxyType({}))


def drag(scene: TableScene, start: Point, end: Point) -> list[ask.Intent]:
    down = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=start, button=1, touch=False)
    way = pygame.event.Event(pygame.MOUSEMOTION, pos=end, rel=(0, 0), buttons=(1, 0, 0))
    up = pygame.event.Event(pygame.MOUSEBUTTONUP, pos=end, button=1, touch=False)
    return [wish for event in (down, way, up) for wish in scene.handle(event, NOW)]


def test_a_stack_is_drawn_to_another_spot_whole() -> None:
    scene = table()
    wishes = drag(scene, spot(scene, CORNER), spot(scene, 29))
    assert wishes == [play.TakeBack(((CORNER, 25),)), play.PlaceBets(((29, 25),))]
    scene.show_table(replace(PLAYER, my_bets={14: 60, 29: 25, BLACK: 100}), NOW)
    assert press(scene, "button:undo") == [
        play.TakeBack(((29, 25),)), play.PlaceBets(((CORNER, 25),))
    ]  # fmt: skip


def test_a_stack_that_is_let_go_beside_the_layout_stays() -> None:
    scene = table()
    assert drag(scene, spot(scene, CORNER), (640, 30)) == []
    assert drag(scene, spot(scene, 5), spot(scene, 29)) == [play.PlaceBets(((5, 25),))]


def test_a_click_on_my_own_stack_lays_more_on_it() -> None:
    scene = table()
    assert click(scene, spot(scene, 14)) == [play.PlaceBets(((14, 25),))]


def test_undone_is_redone() -> None:
    scene = table(EMPTY)
    click(scene, spot(scene, 5))
    scene.show_table(replace(EMPTY, my_bets={5: 25}), NOW)
    assert key(scene, pygame.K_z, pygame.KSCAN_Z) == [play.TakeBack(((5, 25),))]
    scene.show_table(EMPTY, NOW)
    assert press(scene, "button:undo") == []
    assert key(scene, pygame.K_y, pygame.KSCAN_Y) == [play.PlaceBets(((5, 25),))]


def test_what_is_not_answered_for_is_not_undone() -> None:
    scene = table(replace(EMPTY, my_bets={3: 10}))
    click(scene, spot(scene, 5))
    scene.show_table(replace(EMPTY, my_bets={3: 10}, pending={5: 25}), NOW)
    assert press(scene, "button:undo") == []
    scene.show_table(replace(EMPTY, my_bets={3: 10, 5: 25}), NOW)
    assert press(scene, "button:undo") == [play.TakeBack(((5, 25),))]


def test_a_refused_bet_is_not_undone() -> None:
    scene = table(replace(EMPTY, my_bets={5: 10}))
    click(scene, spot(scene, 5))
    refused = Refusal(1, "note.limit_most", (("n", 30),), 5)
    scene.show_table(replace(EMPTY, my_bets={5: 10}, refusal=refused), NOW)
    assert scene.ui.deeds.done == ()


def test_on_an_empty_table_double_lays_the_last_bets_twice_over() -> None:
    scene = table()
    scene.show_table(replace(EMPTY, round=1285), NOW)
    twice = tuple((each, 2 * chips) for each, chips in PLAYER.my_bets.items())
    assert key(scene, pygame.K_d, pygame.KSCAN_D) == [play.PlaceBets(twice)]


def test_all_in_is_laid_by_the_second_click_on_the_same_spot() -> None:
    scene = table()
    key(scene, pygame.K_a, pygame.KSCAN_A)
    assert click(scene, spot(scene, 5)) == []
    assert "1\u2009240" in scene.banner(NOW)
    assert click(scene, spot(scene, 8)) == []
    assert click(scene, spot(scene, 8)) == [play.PlaceBets(((8, 1240),))]
    assert scene.ui.amount() == 25


def test_the_letter_that_comes_with_the_key_does_not_put_all_in_away() -> None:
    scene = table()
    key(scene, pygame.K_a, pygame.KSCAN_A)
    write(scene, "a")
    assert scene.ui.amount() == 1240


def test_all_in_is_put_away_by_a_chip_a_digit_or_a_second_press() -> None:
    scene = table()
    press(scene, "button:all")
    press(scene, "button:all")
    assert scene.ui.amount() == 25
    press(scene, "button:all")
    press(scene, "chip:5")
    assert click(scene, spot(scene, 5)) == [play.PlaceBets(((5, 5),))]
    press(scene, "button:all")
    write(scene, "7")
    assert click(scene, spot(scene, 5)) == [play.PlaceBets(((5, 7),))]


@pytest.mark.parametrize("number", sorted(SINGLE.spots))
def test_a_click_bets_on_any_spot(number: int) -> None:
    scene = table()
    assert click(scene, spot(scene, number)) == [play.PlaceBets(((number, 25),))]


def test_a_typed_sum_works_where_a_chip_works() -> None:
    scene = table()
    write(scene, "0137x")
    assert scene.ui.sum == "137"
    key(scene, pygame.K_BACKSPACE)
    assert click(scene, spot(scene, RED)) == [play.PlaceBets(((RED, 13),))]
    key(scene, pygame.K_ESCAPE)
    assert click(scene, spot(scene, RED)) == [play.PlaceBets(((RED, 25),))]


def test_a_chip_is_chosen_by_clicking_it() -> None:
    scene = table()
    press(scene, "chip:100")
    assert click(scene, spot(scene, 36)) == [play.PlaceBets(((36, 100),))]


def test_a_right_click_takes_back_what_is_in_the_hand_and_no_more_than_lies_there() -> None:
    scene = table()
    assert click(scene, spot(scene, BLACK), 3) == [play.TakeBack(((BLACK, 25),))]
    press(scene, "chip:500")
    assert click(scene, spot(scene, 14), 3) == [play.TakeBack(((14, 60),))]
    assert click(scene, spot(scene, 1), 3) == []
    assert scene.banner(NOW) == "You have no chip here"


def test_what_cannot_be_is_said_in_words_and_not_asked_for() -> None:
    scene = table(replace(PLAYER, balance=40))
    press(scene, "chip:100")
    assert click(scene, spot(scene, 5)) == []
    assert scene.banner(NOW) == "Not enough chips: you have 40"
    assert scene.banner(NOW + 60) == ""


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (replace(PLAYER, phase=Phase.CLOSED), "No more bets in this round"),
        (replace(PLAYER, line=Line.LOST), "The line is down. Trying again…"),
        (WATCHER, "You watch: to bet, sit down as a player"),
        (CROUPIER, "That is not for this seat"),
    ],
)
def test_who_may_not_bet_is_told_why(view: RouletteView, said: str) -> None:
    scene = table(view)
    assert click(scene, spot(scene, 5)) == []
    assert scene.banner(NOW) == said


def test_a_refusal_of_the_server_is_shown_once() -> None:
    scene = table()
    refused = replace(PLAYER, refusal=Refusal(4, "note.limit_most", (("n", 100),), 17))
    scene.show_table(refused, NOW)
    assert scene.banner(NOW) == "At most 100 here"
    scene.show_table(replace(refused, balance=7), NOW + 100)
    assert scene.banner(NOW + 100) == ""


def test_undo_takes_back_click_by_click_and_then_what_is_left() -> None:
    scene = table(replace(PLAYER, my_bets=MappingProxyType({})))
    click(scene, spot(scene, 5))
    click(scene, spot(scene, 8))
    scene.show_table(replace(PLAYER, my_bets={3: 10, 5: 25, 8: 25}), NOW)
    assert key(scene, pygame.K_z, pygame.KSCAN_Z) == [play.TakeBack(((8, 25),))]
    assert press(scene, "button:undo") == [play.TakeBack(((5, 25),))]
    scene.show_table(replace(PLAYER, my_bets={3: 10}), NOW)
    assert press(scene, "button:undo") == [play.TakeBack(((3, 10),))]


def test_a_new_round_knows_nothing_of_what_was_done_in_the_one_before() -> None:
    scene = table(replace(PLAYER, my_bets=MappingProxyType({})))
    click(scene, spot(scene, 5))
    click(scene, spot(scene, 8))
    scene.show_table(replace(PLAYER, my_bets={5: 25, 8: 25}), NOW)
    assert press(scene, "button:undo") == [play.TakeBack(((8, 25),))]
    following = replace(PLAYER, round=PLAYER.round + 1)
    scene.show_table(replace(following, my_bets={5: 40, 3: 10}), NOW)
    assert key(scene, pygame.K_y, pygame.KSCAN_Y) == []
    assert press(scene, "button:undo") == [play.TakeBack(((3, 10),))]


def test_clear_double_and_rebet() -> None:
    scene = table()
    lying = tuple(PLAYER.my_bets.items())
    assert key(scene, pygame.K_x, pygame.KSCAN_X) == [play.TakeBack(lying)]
    assert key(scene, pygame.K_d, pygame.KSCAN_D) == [play.PlaceBets(lying)]
    scene.show_table(replace(PLAYER, round=1285, my_bets={}), NOW)
    assert press(scene, "button:rebet") == [play.PlaceBets(lying)]


def test_shortcuts_are_matched_by_place_not_by_letter() -> None:
    """On a Russian layout the key at Z says я."""
    scene = table()
    assert key(scene, ord("я"), pygame.KSCAN_X) == [play.TakeBack(tuple(PLAYER.my_bets.items()))]


def test_hovering_tells_what_a_spot_is_and_pays() -> None:
    scene = table()
    move = pygame.event.Event(
        pygame.MOUSEMOTION, pos=spot(scene, 26), rel=(1, 1), buttons=(0, 0, 0)
    )
    scene.handle(move, NOW)
    assert scene.ui.hover == 26
    scene.handle(pygame.event.Event(pygame.WINDOWLEAVE), NOW)
    assert scene.ui.hover is None


def test_a_click_while_chips_are_paid_ends_the_show_and_bets() -> None:
    scene, _ = states.scene("won", "en", (1280, 800))
    now = scene.show.settled + 0.2
    assert scene.show.stage(now)[0] is Stage.MARK
    down = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=spot(scene, 9), button=1, touch=False)
    assert scene.handle(down, now) == [play.PlaceBets(((9, 25),))]
    assert scene.show.stage(now)[0] is Stage.REST


def test_a_click_while_the_ball_runs_waits_for_it() -> None:
    scene, _ = states.scene("spinning", "en", (1280, 800))
    now = scene.show.settled - 3
    down = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=spot(scene, 9), button=1, touch=False)
    assert scene.handle(down, now) == []
    assert "ball is running" in scene.banner(now)


def test_space_skips_the_show() -> None:
    scene, _ = states.scene("spinning", "en", (1280, 800))
    now = scene.show.settled - 3
    space = pygame.event.Event(
        pygame.KEYDOWN, key=pygame.K_SPACE, scancode=pygame.KSCAN_SPACE, mod=0, unicode=" "
    )
    scene.handle(space, now)
    assert scene.show.stage(now)[0] is Stage.REST
    assert scene.frame(now).view.results[0] == 14


def test_a_space_that_comes_too_late_to_skip_starts_nothing() -> None:
    scene, _ = states.scene("croupier result", "en", (1280, 800))
    space = pygame.event.Event(
        pygame.KEYDOWN, key=pygame.K_SPACE, scancode=pygame.KSCAN_SPACE, mod=0, unicode=" "
    )
    over = scene.show.settled + AFTER
    assert scene.handle(space, over + 0.1) == []
    assert scene.handle(space, over + 2) == [play.StartSpin()]


def test_a_player_has_no_orders() -> None:
    scene = table()
    assert key(scene, pygame.K_n, pygame.KSCAN_N) == []
    assert "button:spin" not in scene.hits(NOW)


def test_classic_takes_one_bet_on_what_it_has() -> None:
    scene = table(replace(CLASSIC, my_bets=MappingProxyType({})))
    assert click(scene, spot(scene, RED)) == []
    assert scene.banner(NOW) == "This protocol has no bet for that"
    assert click(scene, spot(scene, 8)) == [play.PlaceBets(((8, 25),))]
    scene.show_table(CLASSIC, NOW)
    assert click(scene, spot(scene, 8)) == []
    assert scene.banner(NOW) == "One bet a round in this protocol"
    assert press(scene, "button:list") == [play.AskList()]
