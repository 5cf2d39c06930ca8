"""What the trace says, and to nobody."""

import json
import os
from dataclasses import replace

from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.view import Outcome, Phase
from client_gui.trace import Trace
from tests.client_gui import states
from tests.client_gui.states import NOW


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


def test_it_says_what_is_to_be_seen_and_not_what_is_known_already() -> None:
    scene, _, _ = drawn("betting")
    later = scene.frame(NOW).now + 1
    before = scene.known
    scene.show_table(replace(before, phase=Phase.SPINNING), later)
    over = Outcome(before.round, 17, 875, {17: 25})
    scene.show_table(replace(before, round=before.round + 1, balance=9999, outcome=over), later + 1)
    told = scene.tell(later + 2)
    assert (told["stage"], told["phase"]) == ("spin", "spinning")
    assert told["balance"] == before.balance


def test_the_window_goes_on_when_nobody_reads_any_more() -> None:
    ear, mouth = os.pipe()
    os.close(ear)
    with os.fdopen(mouth, "w", encoding="ascii") as out:
        trace = Trace(out)
        for state in ("betting", "won", "lost"):
            trace.look(*drawn(state))
