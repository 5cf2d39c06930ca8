"""`--trace`: one JSON line whenever something that a test would wait for has changed."""

import json
import os
import sys
from typing import Any, TextIO

from client_gui.shell.scene import Scene


class Trace:
    """Follows the scenes, and says what is new. A new frame alone is no news."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._said: dict[str, Any] = {}

    def look(self, scene: Scene, frame: int, now: float) -> None:
        """Called after each drawn frame, with the number of it."""
        seen = tell(scene, now)
        if seen == self._said:
            return
        self._said = seen
        line = {"scene": seen["scene"], "frame": frame} | seen
        try:
            print(json.dumps(line, ensure_ascii=True), file=self._out, flush=True)
        except BrokenPipeError:
            # Whoever read it is gone; the window is not. What is left in the buffer goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())


def tell(scene: Scene, now: float) -> dict[str, Any]:
    """What of a scene can be waited for."""
    return {
        "scene": scene.name,
        **scene.tell(now),
        "focus": scene.ui.focus or "",
        "language": scene.words.language,
        "banner": scene.banner(now),
        "size": list(scene.size),
        "hits": {name: list(box) for name, box in scene.places(now).items()},
    }
