"""What a person keeps of a roulette on this machine: the night, and the evidence of a round."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from client.games.roulette.night import export
from client.house.state import HouseState
from client_gui.games.roulette import intents as play
from client_gui.games.roulette import spots
from client_gui.games.roulette.scene.table import TableScene
from client_gui.kit.clipboard import copy
from protocol.fair import document


def save_night(scene: TableScene, state: HouseState, wish: play.SaveNight) -> None:
    """Write the night out where people look for what they saved."""
    words = scene.words
    paper = export.on_paper(state, words.language, partial(spots.name_of, words))
    _keep(scene, "record.saved", lambda: export.save(paper, wish.ending, export.documents()))


def copy_evidence(scene: TableScene, state: HouseState, wish: play.CopyEvidence) -> None:
    """Put a round on the clipboard and into a file, as `run.py verify` takes it."""
    judged = state.table.verdicts.get(wish.round)
    if judged is None:
        return
    text = json.dumps(document.write(judged.document), indent=1) + "\n"
    key = "fair.copied" if copy(text) else "fair.not_copied"
    stem = f"evidence-{judged.document.table.hex()[:8]}-round-{wish.round}"
    _keep(scene, key, lambda: export.write_new(export.documents(), stem, "json", text))


def _keep(scene: TableScene, key: str, write: Callable[[], object]) -> None:
    """Write it, and say in the record where, or why not."""
    words, record = scene.words, scene.ui.record
    try:
        path = str(write())
    except OSError as error:
        why = error.strerror or type(error).__name__
        record.say(words("record.not_saved", why=why), good=False)
    else:
        record.say(words(key, path=path), path)


KEEPING: Mapping[type, Callable[[Any, HouseState, Any], None]] = {
    play.SaveNight: save_night,
    play.CopyEvidence: copy_evidence,
}
