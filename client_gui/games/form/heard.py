"""What there is to be heard of a small game: chips, and that it is one's turn."""

from collections.abc import Callable, Iterable, Iterator

from client_gui.games.form.view import FormView
from client_gui.sound.cues import Cue


def heard(was: FormView, now: FormView) -> Iterator[Cue]:
    """What has become audible since the moment before."""
    if was.form.shown is None or now.form.shown is None:
        return
    if now.at_stake != was.at_stake:
        yield Cue.LAID if now.at_stake > was.at_stake else Cue.LIFTED
    if now.form.offered("") and not was.form.offered(""):
        yield Cue.LAST_CALL


class Ears:
    """Listens to one table."""

    def __init__(self, seen: Callable[[], FormView]) -> None:
        self._seen = seen
        self._was = seen()

    def prepare(self) -> None:
        """Everything that is heard here, any table has."""

    def listen(self, now: float) -> tuple[Iterable[Cue], None]:
        del now
        was, self._was = self._was, self._seen()
        return heard(was, self._was), None
