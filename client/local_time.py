"""The table's moments by the clock on this wall."""

import time


def local_time(milliseconds: int) -> str:
    """`21:05`; a moment that this computer cannot name is not worth a crash."""
    try:
        return time.strftime("%H:%M", time.localtime(milliseconds / 1000))
    except (OverflowError, OSError, ValueError):
        return "--:--"
