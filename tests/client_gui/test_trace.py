"""What the trace says, and to nobody."""

import json
import os

from client_gui.games.roulette.scene.table import TableScene
from client_gui.trace import Trace
from tests.client_gui import states


def drawn(state: str) -> tuple[TableScene, int, float]:
    scene, now = states.scene(state, "en", (960, 600))
    return scene, 7, now


def test_it_speaks_when_something_has_changed_and_no_more() -> None:
    ear, mouth = os.pipe()
    with os.fdopen(ear, encoding="ascii") as heard, os.fdopen(mouth, "w", encoding="ascii") as out:
        trace = Trace(out)
        for state in ("betting", "betting", "won"):
            trace.look(*drawn(state))
        out.close()
        lines = [json.loads(line) for line in heard]
    assert [line["stage"] for line in lines] == ["rest", "mark"]
    assert all((line["scene"], line["frame"]) == ("table", 7) for line in lines)


def test_the_window_goes_on_when_nobody_reads_any_more() -> None:
    ear, mouth = os.pipe()
    os.close(ear)
    with os.fdopen(mouth, "w", encoding="ascii") as out:
        trace = Trace(out)
        for state in ("betting", "won", "lost"):
            trace.look(*drawn(state))
