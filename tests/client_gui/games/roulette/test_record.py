"""The record in a window without a screen: it opens, turns, scrolls and is left again."""

from dataclasses import replace
from typing import Any

import pygame
import pytest

from client.fair.witness import Judged
from client.games.roulette.fair.steps import Part, laid_open
from client.games.roulette.night.night import Night
from client_gui.games.roulette import intents as play
from client_gui.games.roulette.panels import proof
from client_gui.games.roulette.record import RecordUi, chosen, step
from client_gui.games.roulette.scene.table import TableScene
from client_gui.kit import theme
from client_gui.kit.resources import Line
from client_gui.shell import intents as ask
from protocol.fair.verdict import Colour
from tests.client_gui.hands import click, key, press, table, write
from tests.client_gui.states import (
    CLASSIC,
    CROUPIER,
    NIGHT,
    NOW,
    PLAYER,
    UNSURE,
    VERDICTS,
    WATCHER,
    WRONG,
    KeptType,
)


@pytest.fixture(autouse=True, scope="module")
def _display() -> None:
    pygame.display.init()
    pygame.display.set_mode((8, 8))


def hit(scene: TableScene, scancode: int) -> list[ask.Intent]:
    return key(scene, 0, scancode)


def reading(page: str = "night") -> TableScene:
    scene = table(PLAYER)
    scene.open_record(page, NOW)
    return scene


@pytest.mark.parametrize("view", [PLAYER, CROUPIER, WATCHER], ids=["player", "croupier", "watcher"])
def test_a_key_opens_it_for_everybody_and_shuts_it(view: object) -> None:
    scene = table(view)  # type: ignore[arg-type]  # a view, by its name
    assert hit(scene, pygame.KSCAN_E) == [play.AskRecord()]
    assert scene.ui.record.open
    assert "record" in scene.hits(NOW)
    assert hit(scene, pygame.KSCAN_E) == []
    assert "record" not in scene.hits(NOW)


def test_the_classic_protocol_is_not_asked_for_what_it_has_not() -> None:
    scene = table(CLASSIC)
    assert hit(scene, pygame.KSCAN_E) == []
    assert scene.ui.record.open


def test_statistics_and_curve_are_the_way_in() -> None:
    scene = table(PLAYER)
    press(scene, "record:night")
    assert (scene.ui.record.open, scene.ui.record.page) == (True, "night")
    press(scene, "record:numbers")
    assert scene.ui.record.page == "numbers"
    press(scene, "button:shut")
    assert not scene.ui.record.open


def test_nothing_under_it_can_be_reached() -> None:
    scene = reading()
    layout = scene.frame(NOW).layout
    for at in (
        layout.anchor(17),
        layout.keys.middle,
        layout.chip_tray.middle,
        layout.messages.middle,
    ):
        assert click(scene, at) == []
        assert click(scene, at, 3) == []
    write(scene, "500")
    assert scene.ui.sum == ""
    for letter in (pygame.KSCAN_Z, pygame.KSCAN_X, pygame.KSCAN_R, pygame.KSCAN_RETURN):
        assert hit(scene, letter) == []
    assert scene.ui.hover is None


def test_escape_leaves_it_and_what_was_typed_is_still_there() -> None:
    scene = table(PLAYER)
    write(scene, "37")
    scene.open_record("numbers", NOW)
    key(scene, pygame.K_ESCAPE)
    assert not scene.ui.record.open
    assert scene.ui.sum == "37"


def test_arrows_turn_the_pages_and_walk_the_rounds() -> None:
    scene = reading("numbers")
    hit(scene, pygame.KSCAN_RIGHT)
    assert scene.ui.record.page == "night"
    newest = NIGHT.rounds[-1].round
    hit(scene, pygame.KSCAN_UP)
    assert chosen(scene.known, scene.ui.record) == NIGHT.rounds[-1]
    for _ in range(len(NIGHT.rounds) + 3):
        hit(scene, pygame.KSCAN_DOWN)
    assert scene.ui.record.round == NIGHT.rounds[0].round
    assert f"round:{NIGHT.rounds[0].round}" in scene.hits(NOW)
    for _ in range(len(NIGHT.rounds) + 3):
        hit(scene, pygame.KSCAN_UP)
    assert f"round:{newest}" in scene.hits(NOW)
    assert scene.ui.record.round == 0


def test_the_latest_round_is_followed_until_another_is_chosen() -> None:
    scene = reading()
    more = replace(NIGHT.rounds[-1], round=1284)
    later = replace(PLAYER, night=Night((*NIGHT.rounds, more)))
    scene.show_table(later, NOW)
    assert chosen(scene.known, scene.ui.record) == more
    press(scene, "round:1283")
    scene.show_table(
        replace(later, night=Night((*later.night.rounds, replace(more, round=1285)))), NOW
    )
    here = chosen(scene.known, scene.ui.record)
    assert here is not None
    assert here.round == 1283


def test_the_mouse_scrolls_the_rounds_to_their_end() -> None:
    scene = reading()
    assert "round:1267" not in scene.hits(NOW)
    scene.scrolled("rounds", 100, NOW)
    assert "round:1267" in scene.hits(NOW)
    scene.scrolled("rounds", -100, NOW)
    assert "round:1283" in scene.hits(NOW)


def test_numbers_are_counted_of_as_many_spins_as_one_wants() -> None:
    scene = reading("numbers")
    press(scene, "spins:37")
    assert scene.ui.record.span == 37


def test_arrows_point_at_the_fields_of_the_heat_map() -> None:
    scene = reading("numbers")
    for _ in range(3):
        hit(scene, pygame.KSCAN_DOWN)
    assert scene.ui.focus == "heat:2"
    hit(scene, pygame.KSCAN_UP)
    assert scene.ui.focus == "heat:1"


def test_a_night_is_saved_when_there_is_one() -> None:
    scene = reading()
    assert press(scene, "save:csv") == [play.SaveNight("csv")]
    assert press(scene, "save:html") == [play.SaveNight("html")]
    assert "button:open" not in scene.hits(NOW)
    scene.ui.record.say("Saved", "/tmp/night.html")
    assert press(scene, "button:open") == [ask.OpenFile("/tmp/night.html")]
    empty = table(replace(PLAYER, night=Night()))
    empty.open_record("night", NOW)
    assert press(empty, "save:csv") == []


def test_what_came_of_a_save_is_not_said_on_another_page() -> None:
    scene = reading()
    scene.ui.record.say("Saved", "/tmp/night.html")
    press(scene, "round:1280")
    assert scene.ui.record.said == "Saved"
    hit(scene, pygame.KSCAN_RIGHT)
    assert (scene.ui.record.said, scene.ui.record.file) == ("", "")


def test_the_ball_is_drawn_beside_it_and_costs_no_more() -> None:
    scene = reading()
    scene.show_table(replace(PLAYER, deadline=None), NOW)
    surface = pygame.Surface((1280, 800))
    scene.paint(surface, NOW)
    closed = replace(PLAYER, phase=PLAYER.phase.__class__("closed"), deadline=None)
    scene.show_table(closed, NOW)
    scene.paint(surface, NOW)
    (area,) = scene.paint(surface, NOW + 0.5)
    wheel = scene.frame(NOW).layout.wheel
    assert area.clipped(wheel) == area


def test_an_alarm_shuts_it() -> None:
    scene = reading()
    scene.show_table(replace(PLAYER, verified=False, proof="evidence.json"), NOW)
    assert not scene.ui.record.open
    assert "does not hold" in scene.banner(NOW)


def test_a_step_beyond_the_last_round_stays_there() -> None:
    ui = RecordUi()
    step(replace(PLAYER, night=Night()), ui, -1)
    assert ui.round == 0


def test_what_is_grey_has_no_tick_and_says_why() -> None:
    for seen, words in (
        (UNSURE, "Checked as far as it could be"),
        (WRONG, "does not hold"),
    ):
        scene = table(replace(PLAYER, verdicts={**VERDICTS, 1283: seen}))
        scene.open_record("proof", NOW)
        frame = scene.frame(NOW + 99)
        text, ink = proof.ProofPage._outcome(frame, frame.proof(1283), done=True)
        assert words.split(";")[0] in text
        assert ink != theme.OK
    frame = reading("proof").frame(NOW + 99)
    assert proof.ProofPage._outcome(frame, frame.proof(1283), done=True)[1] == theme.OK
    assert not proof.ProofPage._outcome(frame, None, done=True)[0].startswith("Every")


def test_what_does_not_hold_is_said_at_its_step() -> None:
    failed = {each.part: each.failed for each in laid_open(WRONG).workings if each.failed}
    assert failed == {Part.NUMBER: ("draw",), Part.OWN: ("own_payout",)}
    assert (laid_open(WRONG).pocket, laid_open(WRONG).colour) == (1283 % 37, Colour.RED)


def test_a_grey_round_can_be_opened_from_the_corner_that_says_so() -> None:
    scene = table(replace(PLAYER, verified=None, proof="joined"))
    press(scene, "record:proof")
    assert scene.ui.record.page == "proof"
    unjudged = table(replace(PLAYER, verified=None, proof=""))
    assert "record:proof" not in unjudged.hits(NOW)


@pytest.mark.parametrize(
    ("verdicts", "pocket", "words"),
    [
        ({1283: UNSURE}, 14, "Checked as far as it could be"),
        ({}, 14, "Not checked here"),
        ({1283: UNSURE}, None, "The round did not count"),
    ],
)
def test_a_round_of_the_evening_says_how_far_it_was_checked(
    monkeypatch: pytest.MonkeyPatch, verdicts: dict[int, Judged], pocket: int | None, words: str
) -> None:
    last = replace(NIGHT.rounds[-1], round=1283, pocket=pocket, verified=None)
    view = replace(PLAYER, night=Night((last,)), verdicts={})
    scene = table(view)
    scene.open_record("night", NOW)
    said: set[str] = set()
    line = KeptType.line

    def heard(self: KeptType, text: str, *rest: Any) -> Line:
        said.add(text)
        return line(self, text, *rest)

    monkeypatch.setattr(KeptType, "line", heard)
    surface = pygame.Surface((1280, 800))
    scene.paint(surface, NOW + 9)
    scene.show_table(replace(view, verdicts=verdicts), NOW + 9)
    scene.paint(surface, NOW + 9)
    assert words in said
