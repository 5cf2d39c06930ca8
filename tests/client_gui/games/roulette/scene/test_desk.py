"""The croupier's desk: which orders it gives, and which it asks about twice."""

from dataclasses import replace

import pygame
import pytest

from client_gui.games.roulette import intents as play
from client_gui.games.roulette.view import Phase
from client_gui.shell import intents as ask
from protocol.house.lists import Phrase
from tests.client_gui.hands import key, press, table, write
from tests.client_gui.states import CROUPIER, NOW

pytestmark = pytest.mark.usefixtures("display")


def test_the_croupier_gives_every_order() -> None:
    scene = table(CROUPIER)
    assert key(scene, pygame.K_SPACE, pygame.KSCAN_SPACE) == [play.StartSpin()]
    assert press(scene, "button:close") == [play.NoMoreBets()]
    assert press(scene, "button:auto") == [play.SetAuto(20)]
    scene.show_table(replace(CROUPIER, auto=60), NOW)
    assert press(scene, "button:auto") == [play.SetAuto(None)]
    press(scene, "talk:calls")
    assert press(scene, "call:LAST_CALL") == [ask.Announce("", Phrase.LAST_CALL)]
    press(scene, "field:say")
    write(scene, "Удачи!")
    press(scene, "talk:calls")
    assert press(scene, "call:OTHER") == [ask.Announce("Удачи!")]
    assert "field:say" not in scene.ui.lines


def test_what_cannot_be_undone_is_asked_twice() -> None:
    scene = table(CROUPIER)
    press(scene, "field:reason")
    write(scene, "spilled wine")
    assert press(scene, "button:void") == []
    assert press(scene, "button:void") == [play.VoidRound("spilled wine")]
    press(scene, "tab:players")
    press(scene, "person:3")
    assert press(scene, "button:kick") == []
    press(scene, "tab:players")
    assert press(scene, "button:kick") == []
    assert press(scene, "button:kick") == [ask.Kick(3, "Boris", "")]
    assert press(scene, "button:hand_over") == []
    assert press(scene, "button:hand_over") == [ask.HandOver(3, "Boris")]


def test_an_order_that_is_not_lawful_now_is_not_given() -> None:
    scene = table(replace(CROUPIER, phase=Phase.SPINNING))
    assert press(scene, "button:close") == []
    assert scene.banner(NOW) == "Not now"
