"""The table scene at tables with two zeros, or with a rule for the one."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pygame
import pytest

from client_gui.games.roulette import intents as play
from client_gui.games.roulette import spots
from client_gui.games.roulette.panels.track import may_turn
from client_gui.games.roulette.view import Outcome, outcome_by_pocket
from client_gui.kit.words import Words
from protocol.games.roulette.lists import WheelKind, Zero
from protocol.games.roulette.rules import BLACK, DOUBLE, LOCK, RED, SINGLE
from protocol.games.roulette.zero import PLAIN, Law
from tests.client_gui.hands import click, key, spot, table
from tests.client_gui.states import LOCKED, NOW, PLAYER, TWO_ZEROS

pytestmark = pytest.mark.usefixtures("display")


def test_the_cloth_and_the_wheel_are_those_of_the_table() -> None:
    scene = table()
    assert "spot:157" not in scene.spot_hits(NOW)
    scene.show_table(TWO_ZEROS, NOW)
    hits = scene.spot_hits(NOW)
    placed = {name for name in hits if name.startswith("spot:")}
    assert placed == {f"spot:{each}" for each in DOUBLE.spots}
    assert not [name for name in hits if name.startswith("track:")]
    assert not may_turn(scene.frame(NOW))
    assert scene.show.spin.wheel is DOUBLE
    scene.show_table(replace(PLAYER, results=TWO_ZEROS.results), NOW)
    assert scene.show.spin.wheel is SINGLE
    assert "spot:157" not in scene.spot_hits(NOW)


@pytest.mark.parametrize("where", [157, 158, 159, 160, 161, 162, 163])
def test_a_click_lays_on_the_spots_of_two_zeros(where: int) -> None:
    scene = table(replace(TWO_ZEROS, my_bets=MappingProxyType({})))
    assert click(scene, spot(scene, where)) == [play.PlaceBets(((where, 25),))]


def test_what_is_locked_is_left_alone_by_every_button() -> None:
    scene = table(LOCKED)
    unlocked = {17: 25, RED: 50}
    assert key(scene, 0, pygame.KSCAN_X) == [play.TakeBack(tuple(unlocked.items()))]
    assert key(scene, 0, pygame.KSCAN_D) == [play.PlaceBets(tuple(unlocked.items()))]
    scene.show_table(replace(LOCKED, round=1285, my_bets=MappingProxyType({})), NOW)
    assert scene.ui.last == tuple(unlocked.items())
    only = table(replace(LOCKED, my_bets=MappingProxyType({166: 40})))
    assert key(only, 0, pygame.KSCAN_X) == []
    assert key(only, 0, pygame.KSCAN_Z) == []


@pytest.mark.parametrize(
    ("law", "bets", "nets"),
    [
        (PLAIN, {RED: 9}, {0: -9, 1: 9, 2: -9}),
        (Law(zero=Zero.PARTAGE), {RED: 9, 17: 1}, {0: -6, 17: 26, 2: -10}),
        (Law(zero=Zero.PRISON), {RED: 9, LOCK[RED]: 4}, {0: -4, 1: 9, 2: -13}),
        (Law(zero=Zero.PRISON2), {LOCK[RED]: 4, 0: 1}, {0: 35, 1: -1, 2: -5}),
        (Law(WheelKind.DOUBLE), {163: 2, BLACK: 1}, {37: 11, 0: 11, 2: 13, 4: -1}),
        (Law(WheelKind.DOUBLE, Zero.SURRENDER), {RED: 8}, {37: -4, 0: -4, 1: 8}),
    ],
)
def test_what_each_number_would_bring_follows_the_rules(
    law: Law, bets: Mapping[int, int], nets: dict[int, int]
) -> None:
    outcome = outcome_by_pocket(bets, law)
    assert len(outcome) == (38 if law.wheel is WheelKind.DOUBLE else 37)
    assert {pocket: outcome[pocket] for pocket in nets} == nets


def test_half_a_stake_that_comes_back_is_no_loss_of_all() -> None:
    outcome = Outcome(1, 0, bets=MappingProxyType({RED: 10, 17: 5}), zero=Zero.PARTAGE)
    assert outcome.won == {RED: 5}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_rule_stands_on_the_plaque_in_words(language: str) -> None:
    words = Words(language)
    names = ("double", *(zero.name.lower() for zero in Zero if zero is not Zero.NOTHING))
    assert len({words(f"law.{name}") for name in names}) == len(names)
    assert words.percent(1 / 74, 2).replace(",", ".").startswith("1.35")


@pytest.mark.parametrize(
    ("spot", "name", "title"),
    [
        (157, "00", "00 · straight up"),
        (159, "split 00 · 2", "00 · 2 · split"),
        (161, "trio 0·00·2", "0 · 00 · 2 · trio"),
        (163, "top line", "0 · 00 · 1 · 2 · 3 · top line"),
        (166, "RED, locked", "RED, locked · locked by zero"),
        (172, "RED, locked again", "RED, locked again · locked by zero"),
    ],
)
def test_the_new_spots_have_names(spot: int, name: str, title: str) -> None:
    words = Words("en")
    assert (spots.name_of(words, spot), spots.title_of(words, spot)) == (name, title)
