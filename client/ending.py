"""How a program of ours ends when it is asked to: at once, whatever it is in the middle of."""

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

LATEST = 0.5
"""Whatever holds a program up, a terminal that is paused or a name that is looked up: after so many
seconds it is over. A second is promised.
"""


def in_time(code: int) -> None:
    """End with this code by then at the latest."""
    # No `threading.Thread`: this may interrupt somebody who holds the lock that starts one.
    _thread.start_new_thread(_end, (code,))


def ends_by(number: signal.Signals, code: int, end: Callable[[int], object] = sys.exit) -> None:
    """Let this signal end the program with this code, as if it had come to its end by itself."""

    def handle(_: int, __: FrameType | None) -> None:
        in_time(code)
        # Code in C that this comes in the middle of may make another error of it.
        sys.excepthook = lambda *_: os._exit(code)
        end(code)

    signal.signal(number, handle)


def _end(code: int) -> None:
    time.sleep(LATEST)
    os._exit(code)
