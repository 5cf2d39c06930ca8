"""What is heard of a small game."""

from dataclasses import replace

import pytest

from client.games.form.state import UNKNOWN
from client_gui.games.form.heard import Ears
from client_gui.sound.cues import Cue
from tests.client_gui.games.form.test_panel import FORMS
from tests.client_gui.games.form.test_scene import view_of
from tests.client_gui.states import NOW

MINE = replace(FORMS["toy"], at_stake=50)
assert MINE.shown is not None
IDLE = replace(MINE, shown=replace(MINE.shown, actions=()))


@pytest.mark.parametrize(
    ("was", "now", "cues"),
    [
        (MINE, MINE, []),
        (MINE, replace(MINE, at_stake=60), [Cue.LAID]),
        (MINE, replace(MINE, at_stake=0), [Cue.LIFTED]),
        (IDLE, MINE, [Cue.LAST_CALL]),
        (MINE, IDLE, []),
        (UNKNOWN, MINE, []),
    ],
)
def test_chips_are_heard_and_a_bell_when_there_is_something_to_do(
    was: object, now: object, cues: list[Cue]
) -> None:
    seen = [was, now, now]
    ears = Ears(lambda: view_of(seen.pop(0)))  # type: ignore[arg-type]  # a form
    heard, rolls = ears.listen(NOW)
    assert (list(heard), rolls) == (cues, None)
    assert list(ears.listen(NOW)[0]) == []
