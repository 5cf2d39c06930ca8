"""The loudspeaker without one: SDL writes what would be heard into a file."""

import os
import subprocess
import sys
import threading
from array import array
from itertools import groupby, pairwise
from pathlib import Path
from time import monotonic

import pytest

from client_gui.cues import Cue
from client_gui.motion import Spin
from client_gui.sound import Sound, gain
from client_gui.tones import RATE
from tests.client_gui.evening import BOTH, Evening, settled
from tests.client_gui.window import CLONE


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that SDL's disk driver writes to."""
    file = tmp_path / "heard.raw"
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(file))
    return file


def samples(file: Path) -> "array[int]":
    sound = array("h")
    raw = file.read_bytes() if file.exists() else b""
    sound.frombytes(raw[: len(raw) // 2 * 2])
    return sound


def loud(sound: "array[int]") -> int:
    return max(map(abs, sound), default=0)


def crossings(sound: "array[int]") -> int:
    return sum((a < 0) != (b < 0) for a, b in pairwise(sound))


def is_open() -> bool:
    return any(thread.name == "sound" for thread in threading.enumerate())


def test_what_is_played_is_heard_and_the_device_is_closed_with_the_window(heard: Path) -> None:
    sound = Sound(100, muted=False)
    assert not is_open()
    sound.play(Cue.WON)
    sound.follow(Spin.begin(monotonic() - 3))
    until, pulse = monotonic() + 10, threading.Event()
    while loud(samples(heard)) < 1000 and monotonic() < until:
        pulse.wait(0.02)  # Nobody tells when SDL has written.
    sound.close()
    assert not is_open()
    assert loud(samples(heard)) > 1000


def test_who_is_muted_opens_no_device(heard: Path) -> None:
    sound = Sound(100, muted=True)
    sound.ready()
    sound.play(Cue.WON)
    sound.follow(Spin.begin(monotonic()))
    assert not is_open()
    sound.close()
    assert not heard.exists()


def test_without_a_device_there_is_silence_and_no_word(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no such driver")
    sound = Sound(40, muted=False)
    sound.play(Cue.LAID)
    sound.follow(Spin.begin(monotonic()))
    sound.close()
    assert not is_open()
    assert capfd.readouterr() == ("", "")


def test_loudness_is_felt_in_even_steps() -> None:
    steps = [gain(volume, muted=False) for volume in (20, 40, 60, 80, 100)]
    assert steps[-1] == 1.0
    assert steps[0] == pytest.approx(0.04)
    assert gain(100, muted=True) == 0


KEYBOARDS = {
    "en": ("us", "bracketright", "m"),
    "ru": ("ru", "Cyrillic_hardsign", "Cyrillic_softsign"),
}
"""What stands on the keys for louder and for silence: their places count."""


@BOTH
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


@BOTH
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


def test_the_device_can_be_closed_at_any_moment_of_a_spin() -> None:
    """In a process of its own: what went wrong here once took the whole window with it."""
    script = (
        "from time import monotonic\n"
        "import client_gui\n"
        "from client_gui.cues import Cue\n"
        "from client_gui.motion import Spin\n"
        "from client_gui.sound import Sound\n"
        "for turn in range(40):\n"
        "    sound = Sound(100, muted=False)\n"
        "    sound.follow(Spin.begin(monotonic() - 1 - turn / 40))\n"
        "    for cue in Cue:\n"
        "        sound.play(cue)\n"
        "    until = monotonic() + turn / 400\n"
        "    while monotonic() < until:\n"
        "        pass\n"
        "    sound.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", script],
        cwd=CLONE, env=os.environ | {"SDL_AUDIODRIVER": "dummy"}, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
