"""What of the table is heard: follows the scenes, and tells the loudspeaker."""

from client_gui.games.roulette.scene.table import TableScene
from client_gui.shell.preferences import Preferences
from client_gui.shell.scene import Scene
from client_gui.sound.cues import Moment, cues, moment
from client_gui.sound.loudspeaker import Sound


class SoundFollower:
    """Listens to one window."""

    def __init__(self, preferences: Preferences) -> None:
        self._sound = Sound(preferences.volume, preferences.muted)
        self._table: TableScene | None = None
        self._was = Moment()

    def listen(self, scene: Scene, now: float) -> None:
        """Called as often as something may have changed."""
        table = scene if isinstance(scene, TableScene) else None
        if table is not self._table:
            self._table, self._was = table, Moment()
            self._sound.ready()
        if table is None:
            self._sound.follow(None)
            return
        spin = table.show.spin
        self._sound.follow(None if spin.over(now) or not spin.thrown else spin)
        is_ = moment(table.show, table.show.shown(table.known, now), now)
        for cue in cues(self._was, is_):
            self._sound.play(cue)
        self._was = is_

    def prefer(self, preferences: Preferences) -> None:
        self._sound.set(preferences.volume, preferences.muted)

    def close(self) -> None:
        self._sound.close()
