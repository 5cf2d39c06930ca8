"""What the house has of the terminal that it is started from: streams, and signals to stop."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
"""By their numbers in the system: 0, 1, 2."""


def open_streams() -> None:
    """Where one was closed (`>&-`), nothing is read or said; first of all, or the next file that is
    opened has its number, and what is said to the screen by others than us is written there.
    """
    for name, mode in STREAMS:
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def signals_to_stop() -> Iterator[int]:
    """Ctrl-C, a service that ends, and a terminal that is closed, unless that is not to be heard
    (`nohup`).
    """
    yield from (signal.SIGINT, signal.SIGTERM)
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        yield signal.SIGHUP
