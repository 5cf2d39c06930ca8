"""Who listens to the scenes, and what the loudspeaker is told."""

from typing import Any

import pytest

from client_gui.shell.preferences import Preferences
from client_gui.sound import tones
from client_gui.sound.cues import Cue, Roll
from client_gui.sound.follow import SoundFollower
from client_gui.sound.loudspeaker import Sound
from tests.client_gui.hands import table
from tests.client_gui.states import NOW, new_door

pytestmark = pytest.mark.usefixtures("display")


class Speaker:
    """A loudspeaker that writes down its orders."""

    def __init__(self) -> None:
        self.orders: list[object] = []

    def ready(self, also: object) -> None:
        self.orders.append(also)

    def play(self, cue: Cue) -> None:
        self.orders.append(cue)

    def follow(self, roll: Roll | None) -> None:
        self.orders.append(roll)


class Ears:
    def prepare(self) -> None: ...

    def listen(self, now: float) -> tuple[list[Cue], None]:
        assert now == NOW
        return [Cue.PAID], None


def follower() -> tuple[SoundFollower, list[Any]]:
    made, speaker = SoundFollower(Preferences()), Speaker()
    made._sound = speaker  # type: ignore[assignment]  # as much of one as is needed
    return made, speaker.orders


def test_a_scene_is_listened_to_with_its_own_ears(monkeypatch: pytest.MonkeyPatch) -> None:
    made, orders = follower()
    scene, ears = table(), Ears()
    monkeypatch.setattr(scene, "ears", lambda: ears)
    made.listen(scene, NOW)
    assert orders == [ears.prepare, None, Cue.PAID]
    orders.clear()
    made.listen(scene, NOW)
    assert orders == [None, Cue.PAID], "everything is made by then"


def test_at_the_door_nothing_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    made, orders = follower()
    scene = table()
    monkeypatch.setattr(scene, "ears", Ears)
    made.listen(scene, NOW)
    orders.clear()
    made.listen(new_door("en"), NOW)
    assert orders == [None]


def test_what_a_game_needs_is_made_with_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(tones, "prepare", lambda: made.append("what any table needs"))
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    sound = Sound(100, muted=False)
    sound.ready(lambda: made.append("what this game needs"))
    sound.close()
    assert made == ["what any table needs", "what this game needs"]
