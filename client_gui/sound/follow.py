"""What of the tables is heard: follows the scenes, and tells the loudspeaker."""

from client_gui.shell.parts.seated import Seated
from client_gui.shell.preferences import Preferences
from client_gui.shell.scene import Scene
from client_gui.sound.cues import Ears
from client_gui.sound.loudspeaker import Sound


class SoundFollower:
    """Listens to one window."""

    def __init__(self, preferences: Preferences) -> None:
        self._sound = Sound(preferences.volume, preferences.muted)
        self._scene: Scene | None = None
        self._ears: Ears | None = None

    def listen(self, scene: Scene, now: float) -> None:
        """Called as often as something may have changed."""
        if scene is not self._scene:
            self._scene = scene
            self._ears = scene.ears() if isinstance(scene, Seated) else None
            if self._ears is not None:
                self._sound.ready(self._ears.prepare)
        heard, roll = self._ears.listen(now) if self._ears is not None else ((), None)
        self._sound.follow(roll)
        for cue in heard:
            self._sound.play(cue)

    def prefer(self, preferences: Preferences) -> None:
        self._sound.set(preferences.volume, preferences.muted)

    def close(self) -> None:
        self._sound.close()
