"""End to end: what one has set for oneself holds in a real window, and the hours are told there."""

from pathlib import Path
from time import time

import pytest

from client.store import Store
from client_gui.shell.own_limits import LOSSES
from protocol.games.roulette.rules import RED
from tests.client_gui.evening import Evening, played_in


@played_in("ru")
def test_a_limit_holds_when_the_window_is_closed_and_opened(evening: Evening) -> None:
    words, house = evening.words, evening.house()
    window = evening.player(house, "--name", "Anna", home="hers")
    window.until_table()
    window.press("s")
    window.wait(lambda seen: "less:loss" in seen["hits"], "the settings")
    for _ in LOSSES[1:]:
        window.click("less:loss")
    window.wait(lambda seen: seen["night"]["most_lost"] == 50, "the limit")
    window.press("Escape")
    window.bet(17)
    window.click(f"spot:{RED}")
    window.wait(lambda seen: seen["at_stake"] == 50, "all that the limit leaves")
    window.click("spot:5")
    window.wait(lambda seen: seen["banner"] == words("note.own_loss"), "the plain word")
    window.close()

    again = evening.player(house, "--name", "Anna", home="hers")
    again.until_table()
    assert (again.seen["at_stake"], again.seen["night"]["most_lost"]) == (50, 50)
    again.click("spot:5")
    again.wait(lambda seen: seen["banner"] == words("note.own_loss"), "the plain word")
    again.press("s")
    again.click("more:loss")
    pause, _ = words("note.own_waits", time="|").split("|")
    again.wait(lambda seen: seen["banner"].startswith(pause), "the pause")
    assert again.seen["night"]["most_lost"] == 50


@played_in("en")
@pytest.mark.parametrize("spent", [7300, 7196])
def test_the_hour_is_told_and_a_time_that_is_up_ends_the_betting(
    evening: Evening, language: str, tmp_path: Path, spent: int
) -> None:
    """The second hour was full while the window was closed, or is while one looks at it."""
    now = time()
    limit = {"began": now - spent, "seen": now - 300, "minutes": [120, 120, 0.0], "told": 1}
    Store(tmp_path / "hers").keep_settings({"night": limit})
    window = evening.player(evening.house(), "--name", "Anna", home="hers")
    window.until_table()
    window.wait(lambda seen: len(seen["night"]["told"]) == 2, "two lines")
    hours = {
        "en": "You have been here for 2 hours. Tonight: 0.",
        "ru": "Вы здесь уже 2 часа. За вечер: 0.",
    }
    time_is_up = evening.words("note.own_time")
    assert window.seen["night"]["told"] == [hours[language], time_is_up]
    window.click("spot:17")
    window.wait(lambda seen: seen["banner"] == time_is_up, "the plain word")
    assert window.seen["at_stake"] == 0
