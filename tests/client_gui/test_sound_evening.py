"""End to end: a real window is heard, or is silent, whatever stands on its keys."""

from array import array
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from client_gui.sound.tones import RATE
from tests.client_gui.evening import Evening, played_in, settled, without_motion
from tests.client_gui.sound.test_loudspeaker import loud, samples

KEYBOARDS = {
    "en": ("us", "bracketright", "m"),
    "ru": ("ru", "Cyrillic_hardsign", "Cyrillic_softsign"),
}
"""What stands on the keys for louder and for silence: their places count."""


def crossings(sound: "array[int]") -> int:
    return sum((a < 0) != (b < 0) for a, b in pairwise(sound))


@played_in("ru")
def test_a_spin_is_heard_in_the_window(
    evening: Evening, language: str, heard: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard, louder, _ = KEYBOARDS[language]
    house = evening.house()
    window = evening.player(house, "--name", "Anna")
    window.until_table()
    window.keyboard(keyboard)
    for _ in range(3):
        window.press(louder)
    window.wait(lambda seen: seen["settings"]["volume"] == 100, "the volume")
    window.bet(17)
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")  # The croupier shall not write there, too.
    croupier = evening.croupier(house, "--name", "Vera")
    without_motion(croupier)
    croupier.wait(lambda seen: seen["at_stake"] == 25, "the bet")
    croupier.press("space")
    settled(window, 1)
    window.close()
    sound = samples(heard)
    halves = [sound[at : at + RATE // 2] for at in range(0, len(sound), RATE // 2)]
    runs = [list(run) for heard_, run in groupby(halves, lambda half: loud(half) > 300) if heard_]
    rolling = max(runs, key=len)
    assert len(rolling) > 12
    assert sum(map(crossings, rolling[1:4])) > sum(map(crossings, rolling[9:12])) * 1.2


@played_in("en")
def test_who_mutes_the_window_hears_nothing(evening: Evening, language: str, heard: Path) -> None:
    keyboard, _, silence = KEYBOARDS[language]
    house = evening.house("--auto", "5")
    window = evening.player(house, "--name", "Anna")
    window.until_table()
    window.keyboard(keyboard)
    window.press(silence)
    window.wait(lambda seen: seen["settings"]["muted"], "silence")
    window.bet(17)
    settled(window, window.seen["round"])
    window.close()
    assert loud(samples(heard)) == 0
