"""The loudspeaker without one: SDL writes what would be heard into a file."""

import os
import subprocess
import sys
import threading
from array import array
from pathlib import Path
from time import monotonic

import pytest

from client_gui.games.roulette.motion import Spin
from client_gui.games.roulette.rolling import Rolling
from client_gui.sound.cues import Cue
from client_gui.sound.loudspeaker import Sound, gain
from tests.client_gui.window import CLONE


def samples(file: Path) -> "array[int]":
    sound = array("h")
    raw = file.read_bytes() if file.exists() else b""
    sound.frombytes(raw[: len(raw) // 2 * 2])
    return sound


def loud(sound: "array[int]") -> int:
    return max(map(abs, sound), default=0)


def is_open() -> bool:
    return any(thread.name == "sound" for thread in threading.enumerate())


def test_what_is_played_is_heard_and_the_device_is_closed_with_the_window(heard: Path) -> None:
    sound = Sound(100, muted=False)
    assert not is_open()
    sound.play(Cue.WON)
    sound.follow(Rolling(Spin.begin(monotonic() - 3)))
    until, pulse = monotonic() + 60, threading.Event()
    while loud(samples(heard)) < 1000 and monotonic() < until:
        pulse.wait(0.02)  # Nobody tells when SDL has written.
    sound.close()
    assert not is_open()
    assert loud(samples(heard)) > 1000


def test_who_is_muted_opens_no_device(heard: Path) -> None:
    sound = Sound(100, muted=True)
    sound.ready()
    sound.play(Cue.WON)
    sound.follow(Rolling(Spin.begin(monotonic())))
    assert not is_open()
    sound.close()
    assert not heard.exists()


def test_without_a_device_there_is_silence_and_no_word(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no such driver")
    sound = Sound(40, muted=False)
    sound.play(Cue.LAID)
    sound.follow(Rolling(Spin.begin(monotonic())))
    sound.close()
    assert not is_open()
    assert capfd.readouterr() == ("", "")


def test_loudness_is_felt_in_even_steps() -> None:
    steps = [gain(volume, muted=False) for volume in (20, 40, 60, 80, 100)]
    assert steps[-1] == 1.0
    assert steps[0] == pytest.approx(0.04)
    assert gain(100, muted=True) == 0


def test_the_device_can_be_closed_at_any_moment_of_a_spin() -> None:
    """In a process of its own: what went wrong here once took the whole window with it."""
    script = (
        "from time import monotonic\n"
        "import client_gui\n"
        "from client_gui.sound.cues import Cue\n"
        "from client_gui.games.roulette.motion import Spin\n"
        "from client_gui.games.roulette.rolling import Rolling\n"
        "from client_gui.sound.loudspeaker import Sound\n"
        "for turn in range(40):\n"
        "    sound = Sound(100, muted=False)\n"
        "    sound.follow(Rolling(Spin.begin(monotonic() - 1 - turn / 40)))\n"
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
